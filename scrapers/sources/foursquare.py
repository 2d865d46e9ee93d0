"""Foursquare Places: the listing and its tips, which have text but neither stars nor replies."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scrapers.api import (
    ApiSource,
    dated,
    dig,
    flag,
    four_digits,
    integer,
    joined,
    line,
    number,
    objects,
    stars,
    text_of,
    week,
    words,
)
from scrapers.text.countries import country_code
from scrapers.text.hours import weekly
from scrapers.types import (
    Address,
    Capability,
    Extract,
    Hours,
    ListingRecord,
    ListingRef,
    Page,
    Request,
    ReviewRecord,
)

_API = "https://places-api.foursquare.com/places"
_VERSION = {"X-Places-Api-Version": "2025-06-17"}
_TEN = (10.0, 0.0)
# How much of an answer of the older version is looked through for venues and tips.
_MAX_OBJECTS = 50_000


class Foursquare(ApiSource):
    name = "Foursquare"
    hosts = ("foursquare.com", "places-api.foursquare.com")
    listing_url = re.compile(r"/(?:v/(?:[^/]+/)?|venue/|places/)(?P<id>[0-9a-f]{24})")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS, Capability.FIND})
    credentials = ("service_key",)
    quota = "50 requests a second"
    terms_url = "https://foursquare.com/legal/terms/apilicenseagreement/"
    correct_url = "https://business.foursquare.com/"
    # Only the place's id may be kept.
    keeps_text = False
    retention = timedelta(0)
    weight = 0.4

    def first_page(self, ref: ListingRef) -> Request:
        return self._get(ref, f"/{self._id(ref)}")

    def _id(self, ref: ListingRef) -> str:
        return ref.external_id or self.recognise(ref.url) or ref.url

    def _get(self, ref: ListingRef, path: str, **params: str) -> Request:
        key = self.credential(ref, "service_key")
        headers = {**_VERSION, "Authorization": f"Bearer {key}"}
        return Request(_API + path, params=params, headers=headers)

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        address = place.address or Address()
        asked = {
            "name": place.name,
            "address": address.street,
            "city": address.locality,
            "cc": address.country,
        }
        given = {name: value for name, value in asked.items() if value}
        return self._get(ListingRef("", account=dict(account)), "/match", **given)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        if isinstance(page.json, list):  # the tips of a place
            return self._tips(page.json, None)
        answer = self.answer(page)
        if "response" in answer:
            return self._older(answer["response"], ref)
        if "fsq_place_id" not in answer:
            found = objects(answer.get("results")) or objects([answer.get("place")])
            return self.one_of([_place(item) for item in found], ref)
        listing = _place(answer)
        following = None
        if ref.account.get("service_key"):
            path = f"/{listing.external_id}/tips"
            following = self._get(ref, path, limit="50", sort="NEWEST")
        return Extract(
            source=self.key,
            listing=listing,
            rating=listing.rating,
            complete=following is None,
            next=following,
        )

    def _tips(self, tips: Any, stated: int | None, listing: ListingRecord | None = None) -> Extract:
        reviews = [_tip(item) for item in objects(tips)]
        return Extract(
            source=self.key,
            listing=listing,
            rating=listing.rating if listing else None,
            reviews=reviews,
            expected_reviews=stated,
            complete=stated is not None and stated <= len(reviews),
        )

    def _older(self, response: Any, ref: ListingRef) -> Extract:
        """An answer of the version before, whose recordings are still about: venues and tips,
        wherever it keeps them."""
        everything = list(_objects_inside(response))
        venues = [item for item in everything if "name" in item and "location" in item]
        tips = [item for item in everything if "text" in item and "createdAt" in item]
        own = dig(response, "venue")
        if own:
            extract = self._tips(tips, integer(dig(own, "tips", "count")), _venue(own))
            return replace(extract, others=_distinct(venues[1:]))
        stated = integer(dig(response, "tips", "count"))
        if timeframes := dig(response, "hours", "timeframes"):
            return Extract(self.key, listing=ListingRecord(hours=_timeframes(timeframes)))
        if not venues:
            return self._tips(tips, stated)
        reviews = [_tip(item) for item in tips]
        return self.one_of(_distinct(venues), ref, reviews=reviews, complete=not reviews)

    def parse_find(self, page: Page) -> list[ListingRecord]:
        answer = self.answer(page)
        found = objects(dig(answer, "results")) or objects([dig(answer, "place")])
        return [_place(item) for item in found]


def _objects_inside(response: Any) -> Iterable[dict[str, Any]]:
    """All objects of an answer, outer before inner, in their order."""
    waiting = deque([response])
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extendleft(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extendleft(reversed(value))


def _distinct(venues: Iterable[dict[str, Any]]) -> list[ListingRecord]:
    """The places of venues, each once although an answer may name it at every tip."""
    places = {line(venue.get("id")) or id(venue): _venue(venue) for venue in venues}
    return list(places.values())


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = line(item.get("tel"))
    location = item.get("location")
    address = Address(
        text=line(dig(location, "formatted_address")),
        street=line(dig(location, "address")),
        locality=line(dig(location, "locality")),
        region=line(dig(location, "region")),
        postal_code=line(dig(location, "postcode")),
        country=country_code(line(dig(location, "country"))),
    )
    shown = line(dig(item, "hours", "display"))
    return ListingRecord(
        name=line(item.get("name")),
        phone=phone,
        phones=[phone] if phone else [],
        email=line(item.get("email")),
        website=line(item.get("website")),
        address=address if address != Address() else None,
        hours=_regular(dig(item, "hours", "regular")) or weekly(shown),
        hours_text=shown,
        categories=words([entry.get("name") for entry in objects(item.get("categories"))]),
        status="closed" if line(item.get("date_closed")) else None,
        latitude=number(item.get("latitude")),
        longitude=number(item.get("longitude")),
        rating=stars(item.get("rating"), dig(item, "stats", "total_ratings"), _TEN),
        url=line(item.get("link")),
        external_id=line(item.get("fsq_place_id")) or line(item.get("fsq_id")),
    )


def _regular(value: Any) -> Hours | None:
    """Monday is 1."""

    def periods() -> Any:
        for entry in objects(value):
            opened = integer(entry.get("day"))
            if opened is not None:
                opens, closes = four_digits(entry.get("open")), four_digits(entry.get("close"))
                yield (opened - 1, *_until(opened - 1, opens, closes))

    return week(periods())


def _until(day: int, opens: str | None, closes: str | None) -> tuple[str | None, int, str | None]:
    overnight = bool(opens and closes and closes <= opens)
    return opens, day + overnight, closes


def _venue(item: dict[str, Any]) -> ListingRecord:
    contact, location = item.get("contact"), item.get("location")
    phone = line(dig(contact, "formattedPhone")) or line(dig(contact, "phone"))
    address = Address(
        text=joined(words(dig(location, "formattedAddress"))),
        street=line(dig(location, "address")),
        locality=line(dig(location, "city")),
        region=line(dig(location, "state")),
        postal_code=line(dig(location, "postalCode")),
        country=country_code(line(dig(location, "cc")) or line(dig(location, "country"))),
    )
    return ListingRecord(
        name=line(item.get("name")),
        phone=phone,
        phones=[phone] if phone else [],
        website=line(item.get("url")),
        address=address if address != Address() else None,
        hours=_timeframes(dig(item, "hours", "timeframes")),
        categories=words([entry.get("name") for entry in objects(item.get("categories"))]),
        status=flag(item.get("closed"), "closed", None),
        latitude=number(dig(location, "lat")),
        longitude=number(dig(location, "lng")),
        rating=stars(item.get("rating"), item.get("ratingSignals"), _TEN),
        url=line(item.get("canonicalUrl")) or line(item.get("shortUrl")),
        external_id=line(item.get("id")),
    )


def _timeframes(value: Any) -> Hours | None:
    """{"days": [1, 2], "open": [{"start": "0700", "end": "+0200"}]}, or the same in words."""

    def periods() -> Any:
        for frame in objects(value):
            days = frame.get("days")
            for day in days if isinstance(days, list) else []:
                for span in objects(frame.get("open")):
                    opens, closes = four_digits(span.get("start")), four_digits(span.get("end"))
                    opened = (integer(day) or 0) - 1  # Monday is 1
                    yield (opened, *_until(opened, opens, closes))

    shown = [
        joined([frame.get("days"), *(span.get("renderedTime") for span in objects(frame["open"]))])
        for frame in objects(value)
        if isinstance(frame.get("days"), str) and "open" in frame
    ]
    return week(periods()) or weekly("\n".join(said for said in shown if said))


def _tip(item: dict[str, Any]) -> ReviewRecord:
    return ReviewRecord(
        external_id=line(item.get("id")) or line(item.get("fsq_tip_id")),
        url=line(item.get("canonicalUrl")),
        author=joined([dig(item, "user", "firstName"), dig(item, "user", "lastName")], " "),
        text=text_of(item.get("text")),
        language=line(item.get("lang")),
        **dated(item.get("createdAt") or item.get("created_at")),
    )
