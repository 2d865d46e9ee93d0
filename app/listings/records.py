"""What a listing said, as JSON for its snapshot, and both sides as the comparer takes them."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from hashlib import blake2b
from typing import Any

from app.listings.nap.place import Place
from app.locations.models import FormerRecord, Location
from scrapers.types import Address, ListingRecord, Rating

_NAMES = tuple(field.name for field in fields(ListingRecord))
# They change with every review and say nothing of name, address and phone.
_PASSING = ("rating",)


def to_json(record: ListingRecord) -> dict[str, Any]:
    """`record` as JSON, without what it leaves open."""
    given = {name: getattr(record, name) for name in _NAMES}
    for name in ("address", "rating"):
        if given[name] is not None:
            given[name] = asdict(given[name])
    if record.special_hours:
        given["special_hours"] = {str(day): times for day, times in record.special_hours.items()}
    return {name: value for name, value in given.items() if value not in (None, [], {})}


def from_json(given: dict[str, Any]) -> ListingRecord:
    """The record that `to_json` wrote, also by an earlier version of the program."""
    known = {name: value for name, value in given.items() if name in _NAMES}
    if address := known.get("address"):
        known["address"] = Address(**address)
    if rating := known.get("rating"):
        known["rating"] = Rating(**rating)
    if special := known.get("special_hours"):
        known["special_hours"] = {date.fromisoformat(day): times for day, times in special.items()}
    return ListingRecord(**known)


def digest(record: dict[str, Any]) -> str:
    """Of a record as JSON, to tell that a listing changed."""
    lasting = {name: value for name, value in record.items() if name not in _PASSING}
    content = json.dumps(lasting, sort_keys=True, ensure_ascii=False)
    return blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()


def listing_of(location: Location) -> ListingRecord:
    """The location as a search of a source takes it."""
    return ListingRecord(
        name=location.name,
        phone=location.phone,
        phones=[location.phone] if location.phone else [],
        website=location.website,
        address=_address(location),
        latitude=location.latitude,
        longitude=location.longitude,
    )


def _address(location: Location) -> Address:
    return Address(
        street=location.street,
        locality=location.locality,
        region=location.region,
        postal_code=location.postal_code,
        country=location.country,
    )


def of_record(location: Location, today: date | None = None) -> Place:
    """The location's own side of a comparison; of its special days those from `today` on."""
    special = {
        date.fromisoformat(day): spans for day, spans in (location.special_hours or {}).items()
    }
    return Place(
        name=location.name,
        address=_address(location)
        if location.street or location.locality or location.postal_code
        else None,
        phones=(location.phone,) if location.phone else (),
        website=location.website,
        hours=location.hours,
        special_hours={day: special[day] for day in special if today is None or day >= today},
        categories=tuple(location.categories or ()),
        status=location.status,
        country=location.country,
        latitude=location.latitude,
        longitude=location.longitude,
    )


def of_former(former: FormerRecord) -> Place:
    """The location's own side as it stood until a change."""
    return of_record(Location(**former.record))
