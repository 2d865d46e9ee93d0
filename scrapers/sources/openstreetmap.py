"""OpenStreetMap: what anyone entered of a place, by Nominatim; Overpass answers are read too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from scrapers.api import ApiSource, dig, joined, line, number, objects
from scrapers.errors import Gone
from scrapers.text.hours import weekly
from scrapers.types import (
    Access,
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Request,
)

_NOMINATIM = "https://nominatim.openstreetmap.org"
_DETAILS = {"format": "jsonv2", "addressdetails": "1", "extratags": "1", "namedetails": "1"}
# Countries that write the house number before the street.
_NUMBER_FIRST = frozenset(
    ["US", "CA", "GB", "IE", "AU", "NZ", "FR", "LU", "ZA", "IN", "SG", "MY", "PH", "HK", "TH", "IL"]
)
_ROADS = ("road", "pedestrian", "footway", "path", "square", "street", "place")
_TOWNS = ("city", "town", "village", "municipality", "hamlet", "suburb")
_KINDS = ("amenity", "shop", "tourism", "office", "craft", "healthcare", "leisure")
_CLOSED = tuple(f"{word}:{kind}" for word in ("disused", "abandoned", "was") for kind in _KINDS)


class OpenStreetMap(ApiSource):
    """A listing only. Addresses are often entered in part: absent there is not wrong."""

    name = "OpenStreetMap"
    hosts = ("openstreetmap.org", "osm.org", "overpass-api.de")
    listing_url = re.compile(r"/(?P<id>(?:node|way|relation)/\d{1,20})")
    capabilities = frozenset({Capability.LISTING, Capability.FIND})
    access = Access.OFFICIAL_API
    min_interval_s = 1.0
    quota = "one request a second, and a User-Agent that names a contact"
    terms_url = "https://operations.osmfoundation.org/policies/nominatim/"
    correct_url = "https://www.openstreetmap.org/edit"
    weight = 0.4

    def where_to_correct(self, ref: ListingRef) -> str | None:
        found = ref.external_id or self.recognise(ref.url)
        if not found:
            return self.correct_url
        kind, _, number_ = found.partition("/")
        return f"{self.correct_url}?{kind}={number_}"

    def first_page(self, ref: ListingRef) -> Request:
        found = ref.external_id or self.recognise(ref.url)
        if not found:
            raise Gone("The address names no place of OpenStreetMap (node, way or relation).")
        kind, _, number_ = found.partition("/")
        return Request(
            f"{_NOMINATIM}/lookup", params={"osm_ids": f"{kind[0].upper()}{number_}", **_DETAILS}
        )

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        address = place.address or Address()
        query = joined([place.name, address.street, address.postal_code, address.locality])
        return Request(f"{_NOMINATIM}/search", params={"q": query or "", "limit": "5", **_DETAILS})

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        return self.one_of(self.parse_find(page), ref)

    def parse_find(self, page: Page) -> list[ListingRecord]:
        if elements := dig(page.json, "elements"):
            return [_element(item) for item in objects(elements)]
        found = page.json if isinstance(page.json, list) else [self.answer(page)]
        return [_found(item) for item in objects(found) if "osm_id" in item]


def _found(item: dict[str, Any]) -> ListingRecord:
    parts, tags = item.get("address"), item.get("extratags")
    written, kind = line(item.get("display_name")), line(item.get("type"))
    name = (
        line(dig(item, "namedetails", "name"))
        or line(item.get("name"))
        or line(dig(parts, kind or ""))
        or line(dig(parts, line(item.get("class")) or ""))
        or (written or "").partition(",")[0]
    )
    country = (line(dig(parts, "country_code")) or "").upper() or None
    address = Address(
        text=written,
        street=_street(_first(parts, _ROADS), line(dig(parts, "house_number")), country),
        locality=_first(parts, _TOWNS),
        region=line(dig(parts, "state")),
        postal_code=line(dig(parts, "postcode")),
        country=country,
    )
    return ListingRecord(
        name=name or None,
        address=address if address != Address() else None,
        latitude=number(item.get("lat")),
        longitude=number(item.get("lon")),
        categories=[kind] if kind else [],
        **_tagged(item, tags),
    )


def _element(item: dict[str, Any]) -> ListingRecord:
    """An element of Overpass or of the map's own API: nothing but tags and a position."""
    tags = item.get("tags")
    country = (line(dig(tags, "addr:country")) or "").upper() or None
    road = _first(tags, ("addr:street", "addr:place"))
    street = _street(road, line(dig(tags, "addr:housenumber")), country)
    address = Address(
        text=line(dig(tags, "addr:full")),
        street=joined([street, dig(tags, "addr:unit")]),
        locality=line(dig(tags, "addr:city")),
        region=line(dig(tags, "addr:state")),
        postal_code=line(dig(tags, "addr:postcode")),
        country=country,
    )
    where = item.get("center") or item
    return ListingRecord(
        name=joined([dig(tags, "name"), dig(tags, "branch")], " "),
        address=address if address != Address() else None,
        latitude=number(dig(where, "lat")),
        longitude=number(dig(where, "lon")),
        categories=[kind for key in _KINDS if (kind := line(dig(tags, key)))],
        **_tagged({"osm_type": item.get("type"), "osm_id": item.get("id")}, tags),
    )


def _tagged(item: dict[str, Any], tags: Any) -> dict[str, Any]:
    """What both kinds of answer keep in tags, as fields of a ListingRecord."""
    phones = list(_several(tags, "phone", "contact:phone", "contact:mobile"))
    identity = joined([item.get("osm_type"), item.get("osm_id")], "/")
    opening = line(dig(tags, "opening_hours"))
    return {
        "phone": phones[0] if phones else None,
        "phones": phones,
        "faxes": list(_several(tags, "fax", "contact:fax")),
        "email": _first(tags, ("email", "contact:email")),
        "website": _first(tags, ("website", "contact:website", "url")),
        "hours": weekly(opening),
        "hours_text": opening,
        "status": "closed" if any(dig(tags, key) for key in _CLOSED) else None,
        "url": f"https://www.openstreetmap.org/{identity}" if identity else None,
        "external_id": identity,
    }


def _several(tags: Any, *keys: str) -> Iterable[str]:
    """Tags hold several values with semicolons between them."""
    found = [line(part) for key in keys for part in (line(dig(tags, key)) or "").split(";")]
    return dict.fromkeys(part for part in found if part)


def _first(values: Any, keys: Iterable[str]) -> str | None:
    return next((said for key in keys if (said := line(dig(values, key)))), None)


def _street(road: str | None, house: str | None, country: str | None) -> str | None:
    if not road or not house:
        return road
    return f"{house} {road}" if country in _NUMBER_FIRST else f"{road} {house}"
