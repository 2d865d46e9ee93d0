"""Naver local search: how a place in Korea is listed on the map most people there use."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from scrapers.api import ApiSource, dig, joined, line, number, objects
from scrapers.errors import LoginRequired, RateLimited, VisitError
from scrapers.types import (
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Request,
)

_API = "https://openapi.naver.com/v1/search/local.json"
_TAG = re.compile(r"</?b>")
# WGS84 times ten million; older answers used another grid (KATECH), far outside these.
_SCALE = 1e7
_LATITUDES, _LONGITUDES = (32.0, 40.0), (123.0, 133.0)


class Naver(ApiSource):
    """Five results at the most, without ids, often without a phone; no reviews."""

    name = "Naver"
    hosts = ("naver.com", "naver.me", "naverapihub.apigw.ntruss.com")
    listing_url = re.compile(r"/(?:place|restaurant|entry/place)/(?P<id>\d{4,15})")
    capabilities = frozenset({Capability.LISTING, Capability.FIND})
    credentials = ("client_id", "client_secret")
    quota = "25,000 a day"
    terms_url = "https://developers.naver.com/products/terms/"
    correct_url = "https://smartplace.naver.com/"
    weight = 0.9
    countries = ("KR",)

    def first_page(self, ref: ListingRef) -> Request:
        return self._search(ref, joined([ref.name], " "))

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        address = place.address or Address()
        query = joined([place.name, address.locality], " ")
        return self._search(ListingRef("", account=dict(account)), query)

    def _search(self, ref: ListingRef, query: str | None) -> Request:
        headers = {
            "X-Naver-Client-Id": self.credential(ref, "client_id"),
            "X-Naver-Client-Secret": self.credential(ref, "client_secret"),
        }
        return Request(_API, params={"query": query or "", "display": "5"}, headers=headers)

    def failure(self, page: Page) -> VisitError | None:
        code = dig(page.json, "errorCode")
        if code == "024":
            return LoginRequired("Naver does not accept the key; enter it again.")
        if code in ("010", "012"):
            return RateLimited("Naver's allowance for today is used up.")
        return None

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        return self.one_of(self.parse_find(page), ref)

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [_place(item) for item in objects(dig(self.answer(page), "items"))]


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = line(item.get("telephone"))
    category = _plain(item.get("category"))
    road = _plain(item.get("roadAddress")) or _plain(item.get("address"))
    return ListingRecord(
        name=_plain(item.get("title")),
        phone=phone,
        phones=[phone] if phone else [],
        website=line(item.get("link")),
        address=Address(text=road, country="KR") if road else None,
        categories=[part for word in (category or "").split(">") if (part := line(word))],
        latitude=_degrees(item.get("mapy"), _LATITUDES),
        longitude=_degrees(item.get("mapx"), _LONGITUDES),
    )


def _plain(value: Any) -> str | None:
    """Without the <b> that marks the words searched for, and without entities."""
    return line(html.unescape(_TAG.sub("", value[:1000]))) if isinstance(value, str) else None


def _degrees(value: Any, within: tuple[float, float]) -> float | None:
    found = number(value)
    if found is None:
        return None
    degrees = found / _SCALE
    return degrees if within[0] <= degrees <= within[1] else None
