"""Tripadvisor Content API: the listing and the five most recent reviews, to look at only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from scrapers.api import (
    ApiSource,
    dated,
    dig,
    integer,
    joined,
    line,
    moment,
    number,
    objects,
    stars,
    text_of,
    words,
)
from scrapers.text.countries import country_code
from scrapers.text.hours import weekly
from scrapers.types import (
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    ReplyRecord,
    Request,
    ReviewRecord,
)

_API = "https://api.content.tripadvisor.com/api/v1/location"


class Tripadvisor(ApiSource):
    name = "Tripadvisor"
    hosts = (
        "tripadvisor.com",
        *(f"tripadvisor.{end}" for end in ("co.uk", "ca", "de", "fr", "it", "es", "nl", "ie")),
        *(f"tripadvisor.{end}" for end in ("jp", "co.kr", "com.au", "com.br", "com.mx", "in")),
    )
    listing_url = re.compile(r"(?:-d|/location/)(?P<id>\d{3,12})\b")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS, Capability.FIND})
    credentials = ("api_key",)
    quota = "5,000 free calls a month, 50 a second"
    terms_url = "https://developer-tripadvisor.com/content-api/terms-and-conditions/"
    correct_url = "https://www.tripadvisor.com/Owners"
    # Nothing but the location's id may be stored or cached.
    keeps_text = False
    retention = timedelta(0)
    weight = 0.7
    trades = ("cafe", "restaurant", "hotel")

    def first_page(self, ref: ListingRef) -> Request:
        return self._get(ref, f"{self._id(ref)}/details")

    def _id(self, ref: ListingRef) -> str:
        return ref.external_id or self.recognise(ref.url) or ref.url

    def _get(self, ref: ListingRef, path: str, **params: str) -> Request:
        key = self.credential(ref, "api_key")
        return Request(f"{_API}/{path}", params={"key": key, "language": "en", **params})

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        asked = {"searchQuery": place.name, "phone": (place.phone or "").lstrip("+")}
        if place.latitude is not None and place.longitude is not None:
            asked["latLong"] = f"{place.latitude},{place.longitude}"
        given = {name: value for name, value in asked.items() if value}
        return self._get(ListingRef("", account=dict(account)), "search", **given)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        if "data" not in answer:
            listing = _place(answer)
            stated = integer(answer.get("num_reviews"))
            following = None
            if stated and ref.account.get("api_key"):
                following = self._get(ref, f"{listing.external_id or self._id(ref)}/reviews")
            return Extract(
                source=self.key,
                listing=listing,
                rating=listing.rating,
                expected_reviews=stated,
                complete=not stated,
                next=following,
            )
        found = objects(answer["data"])
        if found and "name" in found[0]:
            return self.one_of([_place(item) for item in found], ref)
        reviews = [_review(item) for item in found]
        return Extract(
            source=self.key,
            reviews=reviews,
            replies_visible=any(review.reply for review in reviews),
            complete=False,  # the five most recent
        )

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [_place(item) for item in objects(dig(self.answer(page), "data"))]


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = line(item.get("phone"))
    lines = words(dig(item, "hours", "weekday_text"))
    kinds = [item.get("category"), *objects(item.get("subcategory"))]
    return ListingRecord(
        name=line(item.get("name")),
        phone=phone,
        phones=[phone] if phone else [],
        email=line(item.get("email")),
        website=line(item.get("website")),
        address=_address(item.get("address_obj")),
        hours=weekly("\n".join(lines)),
        hours_text=joined(lines, "; "),
        categories=words([dig(kind, "localized_name") or dig(kind, "name") for kind in kinds]),
        latitude=number(item.get("latitude")),
        longitude=number(item.get("longitude")),
        rating=stars(item.get("rating"), item.get("num_reviews")),
        url=line(item.get("web_url")),
        external_id=line(item.get("location_id")),
    )


def _address(value: Any) -> Address | None:
    address = Address(
        text=line(dig(value, "address_string")),
        street=joined([dig(value, "street1"), dig(value, "street2")]),
        locality=line(dig(value, "city")),
        region=line(dig(value, "state")),
        postal_code=line(dig(value, "postalcode")),
        country=country_code(line(dig(value, "country"))),
    )
    return address if address != Address() else None


def _review(item: dict[str, Any]) -> ReviewRecord:
    answered = item.get("owner_response")
    text = text_of(dig(answered, "text"))
    return ReviewRecord(
        external_id=line(item.get("id")),
        url=line(item.get("url")),
        author=line(dig(item, "user", "username")),
        rating=stars(item.get("rating")),
        title=line(item.get("title")),
        text=text_of(item.get("text")),
        language=line(item.get("lang")),
        reply=ReplyRecord(text, moment(dig(answered, "published_date"))) if text else None,
        **dated(item.get("published_date")),
    )
