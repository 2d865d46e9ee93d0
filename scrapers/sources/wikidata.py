"""Wikidata: what stands about a known place, read by search engines and assistants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scrapers.api import ApiSource, dig, line, number, objects
from scrapers.errors import Gone, RateLimited, VisitError
from scrapers.types import (
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Request,
)

_API = "https://www.wikidata.org/w/api.php"
_COMMON = {"format": "json", "maxlag": "5"}
_WEBSITE, _PHONE, _STREET, _POSTAL_CODE, _POSITION = "P856", "P1329", "P6375", "P281", "P625"
_EMAIL, _FAX, _DISSOLVED, _CLOSED_ON = "P968", "P2900", "P576", "P3999"


class Wikidata(ApiSource):
    name = "Wikidata"
    hosts = ("wikidata.org",)
    listing_url = re.compile(r"/(?:wiki|entity|items)/(?P<id>Q\d{1,15})\b")
    capabilities = frozenset({Capability.LISTING, Capability.FIND})
    terms_url = "https://foundation.wikimedia.org/wiki/Policy:Terms_of_Use"
    correct_url = "https://www.wikidata.org/"
    quota = "a User-Agent that names a contact, and patience while its copies lag behind"
    weight = 0.2

    def where_to_correct(self, ref: ListingRef) -> str | None:
        found = ref.external_id or self.recognise(ref.url)
        return f"https://www.wikidata.org/wiki/{found}" if found else self.correct_url

    def first_page(self, ref: ListingRef) -> Request:
        found = ref.external_id or self.recognise(ref.url)
        if not found:
            raise Gone("The address names no item of Wikidata, such as /wiki/Q42.")
        params = {"action": "wbgetentities", "ids": found, "props": "labels|claims", **_COMMON}
        return Request(_API, params=params)

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        params = {
            "action": "wbsearchentities",
            "search": place.name or "",
            "language": "en",
            "uselang": "en",
            **_COMMON,
        }
        return Request(_API, params=params)

    def failure(self, page: Page) -> VisitError | None:
        code = dig(page.json, "error", "code")
        if code == "maxlag":
            return RateLimited("Wikidata is busy; it is asked again later.")
        if code == "no-such-entity":
            return Gone("Wikidata knows no such item any more.")
        return None

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        if error := self.failure(page):
            raise error
        if "search" in answer:
            return self.one_of(self.parse_find(page), ref)
        entities = dig(answer, "entities")
        items = objects(list(entities.values())) if isinstance(entities, dict) else [answer]
        if any("missing" in item for item in items):
            raise Gone("Wikidata knows no such item any more.")
        return self.one_of([_item(item) for item in items], ref)

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [
            ListingRecord(
                name=line(item.get("label")),
                url=line(item.get("concepturi")),
                external_id=line(item.get("id")),
            )
            for item in objects(dig(self.answer(page), "search"))
        ]


def _item(item: dict[str, Any]) -> ListingRecord:
    claims = item.get("claims") or item.get("statements")
    phones = _texts(claims, _PHONE)
    street = next(iter(_texts(claims, _STREET)), None)
    position = next(iter(_values(claims, _POSITION)), None)
    address = Address(street=street, postal_code=next(iter(_texts(claims, _POSTAL_CODE)), None))
    number_ = line(item.get("id"))
    closed = _values(claims, _DISSOLVED) or _values(claims, _CLOSED_ON)
    return ListingRecord(
        name=_label(item.get("labels")),
        phone=phones[0] if phones else None,
        phones=phones,
        faxes=_texts(claims, _FAX),
        email=next((said.removeprefix("mailto:") for said in _texts(claims, _EMAIL)), None),
        website=next(iter(_texts(claims, _WEBSITE)), None),
        address=address if address != Address() else None,
        status="closed" if closed else None,
        latitude=number(dig(position, "latitude")),
        longitude=number(dig(position, "longitude")),
        url=f"https://www.wikidata.org/wiki/{number_}" if number_ else None,
        external_id=number_,
    )


def _label(labels: Any) -> str | None:
    """The English label, else the one for all languages, else any."""
    if not isinstance(labels, dict):
        return None
    for label in (labels.get("en"), labels.get("mul"), *labels.values()):
        if said := line(dig(label, "value")) or line(label):
            return said
    return None


def _values(claims: Any, property_: str) -> list[Any]:
    """The values of a property, preferred ones alone where there are any; both API's forms."""
    statements = [
        claim for claim in objects(dig(claims, property_)) if claim.get("rank") != "deprecated"
    ]
    preferred = [claim for claim in statements if claim.get("rank") == "preferred"]
    found = [
        dig(claim, "mainsnak", "datavalue", "value") or dig(claim, "value", "content")
        for claim in preferred or statements
    ]
    return [value for value in found if value is not None]


def _texts(claims: Any, property_: str) -> list[str]:
    values = _values(claims, property_)
    return [said for value in values if (said := line(dig(value, "text")) or line(value))]
