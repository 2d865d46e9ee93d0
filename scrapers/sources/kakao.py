"""Kakao local search: how a place in Korea is listed on KakaoMap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scrapers.api import ApiSource, dig, joined, line, number, objects
from scrapers.errors import Blocked, VisitError
from scrapers.types import (
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Request,
)

_API = "https://dapi.kakao.com/v2/local/search/keyword.json"


class Kakao(ApiSource):
    """45 places of a search can be reached; neither hours nor reviews are among what it says."""

    name = "KakaoMap"
    hosts = ("kakao.com", "kakaomap.com")
    listing_url = re.compile(r"place\.map\.kakao\.com/(?:m/)?(?P<id>\d{4,15})")
    capabilities = frozenset({Capability.LISTING, Capability.FIND})
    credentials = ("rest_key",)
    terms_url = "https://developers.kakao.com/terms/latest/ko/site-policies"
    correct_url = "https://business.kakao.com/"
    weight = 0.7
    countries = ("KR",)

    def first_page(self, ref: ListingRef) -> Request:
        return self._search(ref, ref.name)

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        address = place.address or Address()
        query = joined([place.name, address.locality], " ")
        return self._search(ListingRef("", account=dict(account)), query)

    def _search(self, ref: ListingRef, query: str | None) -> Request:
        key = self.credential(ref, "rest_key")
        headers = {"Authorization": f"KakaoAK {key}"}
        return Request(_API, params={"query": query or "", "size": "15"}, headers=headers)

    def failure(self, page: Page) -> VisitError | None:
        if dig(page.json, "errorType") == "NotAuthorizedError":
            return Blocked("Kakao refused: switch KakaoMap on for the app, then try again.")
        return None

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        return self.one_of(self.parse_find(page), ref)

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [_place(item) for item in objects(dig(self.answer(page), "documents"))]


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = line(item.get("phone"))
    written = line(item.get("road_address_name")) or line(item.get("address_name"))
    kinds = line(item.get("category_name")) or ""
    return ListingRecord(
        name=line(item.get("place_name")),
        phone=phone,
        phones=[phone] if phone else [],
        address=Address(text=written, country="KR") if written else None,
        categories=[part for word in kinds.split(">") if (part := line(word))],
        latitude=number(item.get("y")),
        longitude=number(item.get("x")),
        url=line(item.get("place_url")),
        external_id=line(item.get("id")),
    )
