"""Yelp Places API: the listing and three excerpts; answers where the owner is a partner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from scrapers.api import (
    ApiSource,
    Span,
    dated,
    day,
    dig,
    flag,
    four_digits,
    integer,
    joined,
    line,
    moment,
    number,
    objects,
    stars,
    text_of,
    week,
    words,
)
from scrapers.errors import Blocked, LoginRequired, RateLimited, VisitError
from scrapers.types import (
    Address,
    Capability,
    Extract,
    Hours,
    ListingRecord,
    ListingRef,
    Page,
    ReplyRecord,
    Request,
    ReviewRecord,
)

_API = "https://api.yelp.com/v3/businesses"
_PARTNER = "https://partner-api.yelp.com/reviews/v1"
_COUNTRIES = (
    *(
        "ca",
        "ie",
        "fr",
        "de",
        "it",
        "es",
        "nl",
        "be",
        "at",
        "ch",
        "dk",
        "se",
        "no",
        "fi",
        "pl",
        "pt",
    ),
    *("cz", "co.uk", "co.jp", "co.nz", "com.au", "com.mx", "com.br", "com.tr", "com.sg"),
)
# Times carry no zone; Yelp's documentation calls them PST.
_PACIFIC = timezone(timedelta(hours=-8))
_REPLY_REFUSED = {
    "R2R_COMMENTS_NOT_ALLOWED": "This business may not answer through Yelp's interface.",
    "R2R_PROBLEM_WITH_USER_PHOTO": "Yelp wants the owner's account to have a photo first.",
    "R2R_UNACCEPTABLE_BIZ_USER_NAME": "Yelp does not accept the name on the owner's account.",
    "R2R_REVIEW_DOES_NOT_EXIST": "Yelp says that this review is not there any more.",
    "R2R_INVALID_RESPONSE_TEXT": "Yelp did not accept the text; it may be too like an earlier one.",
    "R2R_PUBLIC_COMMENTS_DISABLED": "Public answers are switched off for this business on Yelp.",
    "R2R_BUSINESS_NOT_CLAIMED": "This business has not been claimed on Yelp.",
    "R2R_PERMISSION_DENIED": "This Yelp account may not answer for the business.",
    "R2R_COMMENT_QUOTA_EXCEEDED": "Yelp takes 20 answers a day for a business; try tomorrow.",
    "INSUFFICIENT_SCOPE": "The connection to Yelp does not include answering reviews.",
}


class Yelp(ApiSource):
    name = "Yelp"
    hosts = ("yelp.com", *(f"yelp.{country}" for country in _COUNTRIES))
    listing_url = re.compile(r"/(?:biz|businesses)/(?P<id>[^/?#\s]{1,200})")
    capabilities = frozenset(
        {Capability.LISTING, Capability.REVIEWS, Capability.REPLY, Capability.FIND}
    )
    credentials = ("api_key", "partner_token")
    reply_credentials = ("partner_token",)
    terms_url = "https://terms.yelp.com/developers/api_terms/"
    correct_url = "https://biz.yelp.com/"
    quota = "5,000 a day, 30,000 a month; the count starts anew at midnight UTC"
    # Ids may be kept for ever, everything else for a day.
    retention = timedelta(hours=24)
    reply_limit = 5000
    reply_rules = ("no_emoji", "once", "20 a day")
    weight = 0.9
    # fmt: off
    countries = (
        "US", "CA", "MX", "BR", "AR", "CL", "GB", "IE", "FR", "DE", "AT", "CH", "IT", "ES", "PT",
        "NL", "BE", "SE", "DK", "NO", "FI", "PL", "CZ", "TR", "AU", "NZ", "SG", "HK", "TW", "JP",
        "MY", "PH",
    )
    # fmt: on

    def first_page(self, ref: ListingRef) -> Request:
        return self._get(ref, f"{_API}/{self._id(ref)}")

    def _id(self, ref: ListingRef) -> str:
        return ref.external_id or self.recognise(ref.url) or ref.url

    def _get(self, ref: ListingRef, url: str) -> Request:
        key = self.credential(ref, "api_key")
        return Request(url, headers={"Authorization": f"Bearer {key}"})

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        address = place.address or Address()
        asked = {
            "name": (place.name or "")[:64],
            "address1": (address.street or "")[:64],
            "city": (address.locality or "")[:64],
            "state": (address.region or "")[:3],
            "country": address.country or "",
            "postal_code": address.postal_code or "",
            "phone": place.phone or "",
        }
        request = self._get(ListingRef("", account=dict(account)), f"{_API}/matches")
        return replace(request, params={name: value for name, value in asked.items() if value})

    def failure(self, page: Page) -> VisitError | None:
        code = dig(page.json, "error", "code") or dig(page.json, "error", "id")
        if code == "TOO_MANY_REQUESTS_PER_SECOND":
            again = page.seen_at + timedelta(seconds=1) if page.seen_at else None
            return RateLimited("Yelp was asked too often within a second.", retry_at=again)
        if code == "ACCESS_LIMIT_REACHED":
            again = moment(page.headers.get("ratelimit-resettime"))
            return RateLimited("Yelp's allowance for today is used up.", retry_at=again)
        if code in ("TOKEN_INVALID", "INVALID_TOKEN", "UNAUTHORIZED_ACCESS_TOKEN"):
            return LoginRequired("Yelp does not accept the key any more; connect it again.")
        if isinstance(code, str) and code in _REPLY_REFUSED:
            return Blocked(_REPLY_REFUSED[code])
        return None

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        if error := self.failure(page):
            raise error
        if "businesses" in answer:
            places = [_place(item) for item in objects(answer["businesses"])]
            return self.one_of(places, ref, complete=False)
        if "reviews" in answer and "name" not in answer:  # the answer of /reviews
            reviews = [_review(item) for item in objects(answer["reviews"])]
            total = integer(answer.get("total"))
            return Extract(
                source=self.key,
                reviews=reviews,
                expected_reviews=total,
                complete=total is not None and total <= len(reviews),
            )
        return self._business(answer, ref)

    def _business(self, answer: dict[str, Any], ref: ListingRef) -> Extract:
        listing = _place(answer)
        reviews = [_review(item) for item in objects(answer.get("reviews"))]
        stated = integer(answer.get("review_count"))
        following = None
        if ref.account.get("api_key"):
            following = self._get(ref, f"{_API}/{listing.external_id or self._id(ref)}/reviews")
            following = replace(following, params={"limit": "50", "sort_by": "newest"})
        return Extract(
            source=self.key,
            listing=listing,
            rating=listing.rating,
            reviews=reviews,
            expected_reviews=stated,
            complete=stated is not None and stated <= len(reviews),
            next=following if stated else None,
        )

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [_place(item) for item in objects(dig(self.answer(page), "businesses"))]

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        token = self.credential(ref, "partner_token")
        return Request(
            f"{_PARTNER}/{review.external_id}",
            method="POST",
            headers={"Authorization": f"Bearer {token}"},
            json={"response_text": text, "response_type": "public_comment"},
        )

    def parse_reply(self, page: Page) -> ReplyRecord:
        return ReplyRecord(text_of(dig(page.json, "response_text")) or "", state="pending")


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = _phone(item)
    location = item.get("location")
    coordinates = item.get("coordinates") or dig(location, "coordinate")
    return ListingRecord(
        name=line(item.get("name")),
        phone=phone,
        phones=[phone] if phone else [],
        address=_address(location),
        hours=_hours(item.get("hours")),
        special_hours=_special_hours(item.get("special_hours")),
        categories=_categories(item.get("categories")),
        status=flag(item.get("is_closed"), "closed", "open"),
        latitude=number(dig(coordinates, "latitude")),
        longitude=number(dig(coordinates, "longitude")),
        rating=stars(item.get("rating"), item.get("review_count")),
        url=line(item.get("url")),
        external_id=line(item.get("id")),
    )


def _phone(item: dict[str, Any]) -> str | None:
    """Of the two spellings the one that carries its country's code, else the first."""
    spellings = [said for key in ("phone", "display_phone") if (said := line(item.get(key)))]
    international = [said for said in spellings if said.startswith("+")]
    return next(iter(international or spellings), None)


def _categories(value: Any) -> list[str]:
    """From {"title": …}, or from ["Mass Media", "massmedia"] of the older version."""
    entries = value if isinstance(value, list) else []
    return words([dig(entry, "title") or dig(entry, 0) for entry in entries])


def _address(location: Any) -> Address | None:
    if not isinstance(location, dict):
        return None
    street = joined(location.get(key) for key in ("address1", "address2", "address3"))
    address = Address(
        text=joined(words(location.get("display_address"))),
        street=street or joined(words(location.get("address"))),
        locality=line(location.get("city")),
        region=line(location.get("state")) or line(location.get("state_code")),
        postal_code=line(location.get("zip_code")) or line(location.get("postal_code")),
        country=line(location.get("country")) or line(location.get("country_code")),
    )
    return address if address != Address() else None


def _hours(value: Any) -> Hours | None:
    regular = [
        entry
        for entry in objects(value)
        if entry.get("hours_type", "REGULAR") == "REGULAR"  # others are of holidays
    ]

    def periods() -> Any:
        for entry in objects(dig(regular, 0, "open")):
            opened = integer(entry.get("day"))  # Monday is 0 here
            if opened is not None:
                closed = opened + (entry.get("is_overnight") is True)
                yield opened, four_digits(entry.get("start")), closed, four_digits(entry.get("end"))

    return week(periods())


def _special_hours(value: Any) -> dict[date, list[Span]] | None:
    found: dict[date, list[Span]] = {}
    for entry in objects(value):
        written = line(entry.get("date")) or ""
        on = day(*written.split("-")) if written.count("-") == 2 else None
        opens, closes = four_digits(entry.get("start")), four_digits(entry.get("end"))
        if on is None:
            continue
        spans = found.setdefault(on, [])
        if entry.get("is_closed") is not True and opens and closes:
            spans.append((opens, closes))
    return found or None


def _review(item: dict[str, Any]) -> ReviewRecord:
    return ReviewRecord(
        external_id=line(item.get("id")),
        url=line(item.get("url")),
        author=line(dig(item, "user", "name")),
        rating=stars(item.get("rating")),
        text=text_of(item.get("text")) or text_of(item.get("excerpt")),
        **_when(item.get("time_created")),
    )


def _when(value: Any) -> dict[str, Any]:
    found = dated(value)
    if found and isinstance(value, str) and isinstance(found["published_at"], datetime):
        pacific = found["published_at"].replace(tzinfo=_PACIFIC)
        found["published_at"] = pacific.astimezone(UTC)
    return found
