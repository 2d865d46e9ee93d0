"""Google Business Profile: the reviews, listing and replies of the owner (v4 and v1 of its API)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from scrapers import google_oauth as oauth
from scrapers.api import (
    ApiSource,
    Span,
    clock,
    dated,
    day,
    dig,
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
from scrapers.errors import Blocked, Gone, LoginRequired, VisitError
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

_REVIEWS = "https://mybusiness.googleapis.com/v4"
_LOCATIONS = "https://mybusinessbusinessinformation.googleapis.com/v1"
_READ_MASK = (
    "name,title,phoneNumbers,categories,storefrontAddress,websiteUri,regularHours,specialHours,"
    "openInfo,serviceArea,latlng,metadata"
)
_PAGE_SIZE = "50"  # the most it gives
_STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_REPLY_STATES = {"PENDING": "pending", "APPROVED": "visible", "REJECTED": "rejected"}
_STATUS = {
    "OPEN": "open",
    "CLOSED_TEMPORARILY": "temporarily_closed",
    "CLOSED_PERMANENTLY": "closed",
}
_WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
# Google puts its translation before or after what the customer wrote.
_TRANSLATED_FIRST = re.compile(r"\(Translated by Google\).*?\(Original\)\s*(.+)", re.DOTALL)
_TRANSLATED_LAST = re.compile(r"(.+?)\s*\(Translated by Google\)", re.DOTALL)


class GoogleBusinessProfile(ApiSource):
    """The id of a listing is "accounts/{account}/locations/{location}": the reviews want both."""

    name = "Google"
    hosts = (
        "business.google.com",
        "mybusiness.googleapis.com",
        "mybusinessbusinessinformation.googleapis.com",
        "mybusinessaccountmanagement.googleapis.com",
        "mybusinessnotifications.googleapis.com",
    )
    listing_url = re.compile(r"(?P<id>(?:accounts/\d+/)?locations/\d+)")
    capabilities = frozenset(
        {
            Capability.LISTING,
            Capability.REVIEWS,
            Capability.OWNER_REPLIES,
            Capability.REPLY,
        }
    )
    credentials = ("client_id", "client_secret", "refresh_token")
    min_interval_s = 0.25  # 300 requests a minute are allowed for a project
    quota = "300 requests a minute, 10 edits a minute for a profile"
    terms_url = "https://developers.google.com/my-business/content/policies"
    correct_url = "https://business.google.com/locations"
    retention = timedelta(days=30)
    reply_limit = 4096
    reply_limit_unit = "bytes"
    reply_rules = ("replaces",)
    tells_news = True
    weight = 1.0

    def authorize(self, ref: ListingRef) -> Request | None:
        if ref.account.get("access_token"):
            return None
        return oauth.refresh_request(
            {name: self.credential(ref, name) for name in self.credentials}
        )

    def parse_authorize(self, page: Page) -> dict[str, str]:
        return oauth.parse_token(page)

    def first_page(self, ref: ListingRef) -> Request:
        return self._get(ref, f"{_LOCATIONS}/{_bare(self._id(ref))}", readMask=_READ_MASK)

    def _id(self, ref: ListingRef) -> str:
        found = ref.external_id or self.recognise(ref.url)
        if not found or not found.startswith("accounts/"):
            raise LoginRequired("Choose which of your Google locations this is, then read it.")
        return found

    def _get(self, ref: ListingRef, url: str, **params: str) -> Request:
        token = self.credential(ref, "access_token")
        return Request(url, params=params, headers={"Authorization": f"Bearer {token}"})

    def _reviews(self, ref: ListingRef, page_token: str | None) -> Request | None:
        if not ref.account.get("access_token"):  # read from a saved answer
            return None
        params = {"pageSize": _PAGE_SIZE, "orderBy": "update_time desc"}
        if page_token:
            params["pageToken"] = page_token
        return self._get(ref, f"{_REVIEWS}/{self._id(ref)}/reviews", **params)

    def failure(self, page: Page) -> VisitError | None:
        return oauth.failure(page)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        """Reads a location or a list of them, a page of reviews, one review, a batch."""
        answer = self.answer(page)
        if error := self.failure(page):
            raise error
        if "locations" in answer or "title" in answer:
            found = _flat(answer["locations"]) if "locations" in answer else [answer]
            places = [_place(item) for item in found]
            reviews = [_review(item) for item in _flat(answer.get("reviews"))]
            following = self._reviews(ref, None) if "title" in answer else None
            return self.one_of(
                places, ref, reviews=reviews, complete=following is None, next=following
            )
        token = line(answer.get("nextPageToken"))
        total = integer(answer.get("totalReviewCount"))
        return Extract(
            source=self.key,
            rating=stars(answer.get("averageRating"), total),
            reviews=[_review(item) for item in _listed(answer)],
            replies_visible=True,
            expected_reviews=total,
            complete=token is None,
            next=self._reviews(ref, token) if token else None,
        )

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        """Creates the reply or replaces the one that stands."""
        read = self._review_of(ref, review)
        return Request(
            f"{read.url}/reply", method="PUT", headers=read.headers, json={"comment": text}
        )

    def parse_reply(self, page: Page) -> ReplyRecord:
        reply = _reply(self.answer(page))
        if reply is None:
            # Seen where the account's number in the address was not the location's own.
            raise Blocked("Google took the answer without keeping it; connect the location again.")
        return reply

    def delete_reply_request(self, ref: ListingRef, review: ReviewRecord) -> Request:
        read = self._review_of(ref, review)
        return Request(f"{read.url}/reply", method="DELETE", headers=read.headers)

    def review_request(self, ref: ListingRef, review: ReviewRecord) -> Request:
        return self._review_of(ref, review)

    def _review_of(self, ref: ListingRef, review: ReviewRecord) -> Request:
        return self._get(ref, f"{_REVIEWS}/{self._id(ref)}/reviews/{review.external_id}")

    def parse_review(self, page: Page) -> ReviewRecord:
        answer = self.answer(page)
        if "reviewId" not in answer and "name" not in answer:
            raise Gone("Google says that this review is not there any more.")
        return _review(answer)


def _bare(resource: str) -> str:
    """ "accounts/1/locations/2" as v1 calls it: "locations/2"."""
    return resource[resource.index("locations/") :]


def _flat(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or of a table of lists."""
    lists = value.values() if isinstance(value, dict) else [value]
    return [item for inner in lists for item in objects(inner)]


def _listed(answer: dict[str, Any]) -> list[dict[str, Any]]:
    if "locationReviews" in answer:
        return objects([item.get("review") for item in objects(answer["locationReviews"])])
    if "starRating" in answer or "reviewId" in answer:
        return [answer]
    return _flat(answer.get("reviews"))


def _place(item: dict[str, Any]) -> ListingRecord:
    numbers = item.get("phoneNumbers")
    phones = [
        *words([dig(numbers, "primaryPhone")]),
        *words(dig(numbers, "additionalPhones")),
    ]
    return ListingRecord(
        name=line(item.get("title")),
        phone=line(dig(numbers, "primaryPhone")),
        phones=phones,
        website=line(item.get("websiteUri")),
        address=_address(item.get("storefrontAddress")),
        hours=_hours(dig(item, "regularHours", "periods")),
        special_hours=_special_hours(dig(item, "specialHours", "specialHourPeriods")),
        categories=_categories(item.get("categories")),
        status=_STATUS.get(line(dig(item, "openInfo", "status")) or ""),
        latitude=number(dig(item, "latlng", "latitude")),
        longitude=number(dig(item, "latlng", "longitude")),
        url=line(dig(item, "metadata", "mapsUri")),
        external_id=line(item.get("name")),
    )


def _categories(value: Any) -> list[str]:
    entries = [dig(value, "primaryCategory"), *objects(dig(value, "additionalCategories"))]
    return words([dig(entry, "displayName") for entry in entries])


def _address(value: Any) -> Address | None:
    street = joined(words(dig(value, "addressLines")))
    region = line(dig(value, "administrativeArea"))
    postal_code = line(dig(value, "postalCode"))
    locality = line(dig(value, "locality")) or line(dig(value, "sublocality"))
    address = Address(
        text=joined([street, locality, joined([region, postal_code], " ")]),
        street=street,
        locality=locality,
        region=region,
        postal_code=postal_code,
        country=line(dig(value, "regionCode")),
    )
    return address if address != Address() else None


def _hours(value: Any) -> Hours | None:
    def periods() -> Any:
        for period in objects(value):
            opened, closed = period.get("openDay"), period.get("closeDay") or period.get("openDay")
            if opened in _WEEKDAYS and closed in _WEEKDAYS:
                times = _time(period.get("openTime")), _time(period.get("closeTime"))
                yield _WEEKDAYS.index(opened), times[0], _WEEKDAYS.index(closed), times[1]

    return week(periods())


def _time(value: Any) -> str | None:
    """A time of day. Zeros are left out of the JSON: midnight is an empty object, or nothing."""
    if isinstance(value, str):
        return four_digits(value)
    return clock(dig(value, "hours"), dig(value, "minutes"))


def _special_hours(value: Any) -> dict[date, list[Span]] | None:
    found: dict[date, list[Span]] = {}
    for period in objects(value):
        start = period.get("startDate")
        on = day(dig(start, "year"), dig(start, "month"), dig(start, "day"))
        opens, closes = _time(period.get("openTime")), _time(period.get("closeTime"))
        if on is None:
            continue
        spans = found.setdefault(on, [])
        if period.get("closed") is not True and opens and closes:
            spans.append((opens, closes))
    return found or None


def _review(item: dict[str, Any]) -> ReviewRecord:
    created, updated = moment(item.get("createTime")), moment(item.get("updateTime"))
    return ReviewRecord(
        external_id=line(item.get("reviewId")) or _last(line(item.get("name"))),
        url=line(item.get("reviewReplyUrl")),
        author=line(dig(item, "reviewer", "displayName")),
        rating=stars(_STARS.get(line(item.get("starRating")) or "")),
        text=_original(text_of(item.get("comment"))),
        updated_at=updated if updated != created else None,
        reply=_reply(item.get("reviewReply")),
        **dated(item.get("createTime")),
    )


def _last(name: str | None) -> str | None:
    return name.rpartition("/")[2] if name else None


def _original(text: str | None) -> str | None:
    if not text or "(Translated by Google)" not in text:
        return text
    found = _TRANSLATED_FIRST.match(text) or _TRANSLATED_LAST.match(text)
    return found[1].strip() if found else text


def _reply(value: Any) -> ReplyRecord | None:
    text = text_of(dig(value, "comment"))
    if text is None:
        return None
    return ReplyRecord(
        text,
        published_at=moment(dig(value, "updateTime")),
        state=_REPLY_STATES.get(line(dig(value, "reviewReplyState")) or ""),
        reason=line(dig(value, "policyViolation")),
    )
