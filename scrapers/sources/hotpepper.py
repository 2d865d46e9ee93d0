"""Hot Pepper Gourmet: how a restaurant in Japan is listed; the service asks to be credited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from scrapers.api import ApiSource, dig, integer, joined, line, number, objects
from scrapers.errors import Gone, LoginRequired, Unreachable, VisitError
from scrapers.types import (
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Request,
)

_API = "https://webservice.recruit.co.jp/hotpepper/gourmet/v1/"


class HotPepper(ApiSource):
    """Neither phone nor reviews are given. Errors come with status 200."""

    name = "Hot Pepper"
    hosts = ("hotpepper.jp", "webservice.recruit.co.jp")
    listing_url = re.compile(r"/str(?P<id>J\d{9})")
    capabilities = frozenset({Capability.LISTING, Capability.FIND})
    credentials = ("api_key",)
    terms_url = "https://cdn.p.recruit.co.jp/terms/rws-t-1001/index.html"
    retention = timedelta(hours=24)  # what is cached has to be renewed within a day
    correct_url = "https://www.hotpepper.jp/"
    weight = 0.5
    countries = ("JP",)
    trades = ("cafe", "restaurant")

    def first_page(self, ref: ListingRef) -> Request:
        shop = ref.external_id or self.recognise(ref.url)
        if not shop:
            raise Gone("The address names no shop of Hot Pepper, such as /strJ000000001/.")
        return self._get(ref, id=shop)

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        ref = ListingRef("", account=dict(account))
        digits = re.sub(r"\D", "", place.phone or "")
        if digits.startswith("81"):
            digits = "0" + digits[2:]
        return self._get(ref, tel=digits) if digits else self._get(ref, keyword=place.name or "")

    def _get(self, ref: ListingRef, **asked: str) -> Request:
        key = self.credential(ref, "api_key")
        return Request(_API, params={"key": key, "format": "json", "count": "10", **asked})

    def failure(self, page: Page) -> VisitError | None:
        for error in objects(dig(page.json, "results", "error")):
            if integer(error.get("code")) == 2000:
                return LoginRequired("Hot Pepper does not accept the key; enter it again.")
            return Unreachable(f"Hot Pepper answered with an error ({line(error.get('message'))}).")
        return None

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        if error := self.failure(page):
            raise error
        return self.one_of(self.parse_find(page), ref)

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [_place(item) for item in objects(dig(self.answer(page), "results", "shop"))]


def _place(item: dict[str, Any]) -> ListingRecord:
    written = line(item.get("address"))
    return ListingRecord(
        name=line(item.get("name")),
        address=Address(text=written, country="JP") if written else None,
        hours_text=joined([item.get("open"), item.get("close")], " / "),
        categories=[kind] if (kind := line(dig(item, "genre", "name"))) else [],
        latitude=number(item.get("lat")),
        longitude=number(item.get("lng")),
        url=line(dig(item, "urls", "pc")),
        external_id=line(item.get("id")),
    )
