"""A place of business as the comparer sees it, read once and taken apart when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.listings.nap import address
from app.listings.nap.address.countries import country_named
from app.listings.nap.hours import Week, read_hours
from app.listings.nap.names import Name, read_name
from app.listings.nap.phones import Phone, read_phones
from app.listings.nap.text import MAX_CHARS, clean, words
from app.listings.nap.verdict import UNSET, FieldVerdict, Verdict
from app.listings.nap.websites import Website, read_website
from scrapers.types import Address, Hours, ListingRecord

FIELDS = ("name", "address", "phone", "website", "hours", "category", "status")

MAX_VALUES = 50  # numbers or categories of one place; a page with more lists something else

_QUOTES = " '\"`´‘’“”«»\\"
_OTHER_CODES = {"UK": "GB", "EL": "GR"}  # used, though ISO 3166 has others

# What forms and exports write where they have nothing.
_NOTHING = frozenset(("n/a", "na", "none", "null", "nil", "undefined", "unknown", "tbd", "-", "--"))


@dataclass(frozen=True)
class Place:
    """One side of a comparison. Texts are cleaned, the main telephone number stands first.

    `leads_to` is where the website was seen to redirect, where somebody looked. What is
    taken apart (`parsed_name`, `numbers`, …) is kept, so that one Place compared with many is
    parsed once, and not at all with its equals.
    """

    name: str | None = None
    address: Address | None = None
    phones: tuple[str, ...] = ()
    website: str | None = None
    leads_to: str | None = None
    hours: Hours | None = None
    hours_text: str | None = None
    special_hours: dict[date, list[tuple[str, str]]] | None = field(default=None, repr=False)
    categories: tuple[str, ...] = ()
    status: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @classmethod
    def from_json(cls, given: Any) -> Place:
        """Read a PLACE of `goodword compare`. Unknown keys are ignored and missing ones None.

        Raises ValueError where it is not an object; odd values inside are read as not given.
        """
        if not isinstance(given, Mapping):
            raise ValueError("a place must be a JSON object")
        where = _address(given.get("address"))
        country = _country(given.get("country")) or (where.country if where else None)
        hours = given.get("hours")
        return cls(
            name=clean(given.get("name")),
            address=where,
            phones=_phones(given.get("phone"), given.get("phones")),
            website=_something(given.get("website")),
            leads_to=_something(given.get("leads_to")),
            hours=dict(hours) if isinstance(hours, Mapping) else None,
            hours_text=_hours_text(hours) or _hours_text(given.get("hours_text")),
            categories=_texts(given.get("categories")),
            status=clean(given.get("status")),
            country=country,
            latitude=_degrees(given.get("latitude"), 90),
            longitude=_degrees(given.get("longitude"), 180),
        )

    @classmethod
    def from_listing(cls, record: ListingRecord, country: str | None = None) -> Place:
        """What a source showed. `country` is that of the Location, for listings that say none."""
        where = record.address
        return cls(
            name=clean(record.name),
            address=where,
            phones=_phones(record.phone, record.phones),
            website=_something(record.website),
            hours=record.hours,
            hours_text=record.hours_text,
            special_hours=record.special_hours,
            categories=_texts(record.categories),
            status=clean(record.status),
            country=_country(where.country if where else None) or _country(country),
            latitude=record.latitude,
            longitude=record.longitude,
        )

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """What each of FIELDS holds, as given: equal values need no reading."""
        where = self.address
        written = where and (
            where.text, where.street, where.locality, where.region, where.postal_code, where.country
        )  # fmt: skip
        site = (self.website, self.leads_to)
        hours = (self.hours, self.hours_text, self.special_hours)
        return (self.name, written, self.phones, site, hours, self.categories, self.status)

    @cached_property
    def agreed(self) -> dict[str, FieldVerdict]:
        """The verdicts on a listing that says exactly the same."""
        shown = (
            self.name,
            self.shown_address,
            ", ".join(self.phones),
            self.website,
            self.week and self.week.text,
            ", ".join(self.categories),
            self.status,
        )
        return {
            name: FieldVerdict(Verdict.IDENTICAL, "", text, text) if text else UNSET
            for name, text in zip(FIELDS, shown, strict=True)
        }

    @cached_property
    def parsed_name(self) -> Name | None:
        return read_name(self.name) if self.name else None

    @cached_property
    def parsed_address(self) -> address.AddressParts:
        return address.parse(self.address or Address(), self.country)

    @cached_property
    def numbers(self) -> tuple[Phone, ...]:
        return read_phones(self.phones, self.country or self.parsed_address.country)

    @cached_property
    def site(self) -> Website | None:
        shown = self.leads_to or self.website
        return read_website(shown) if shown else None

    @cached_property
    def shown_address(self) -> str | None:
        """The address in one line, as evidence."""
        where = self.address
        if where is None:
            return None
        if where.text:
            return clean(where.text)
        town = " ".join(part for part in (where.region, where.postal_code) if part)
        parts = (where.street, where.locality, town, where.country)
        return clean(", ".join(part for part in parts if part))

    @cached_property
    def week(self) -> Week | None:
        return read_hours(self.hours, self.hours_text, self.special_hours)

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Folded words of the address that name places, for suffixes of names."""
        if self.address is None:
            return frozenset()
        where = self.address
        parts = (where.text, where.street, where.locality, where.region, where.country)
        found = (word for part in parts if part for word in words(part[:500]))
        return frozenset(word for word in found if not word.isdigit() and len(word) > 1)


def _address(given: Any) -> Address | None:
    if isinstance(given, str):
        return Address(text=text) if (text := _kept(given)) else None
    if not isinstance(given, Mapping):
        return None
    names = ("text", "street", "locality", "region", "postal_code")
    parts = {name: _kept(given.get(name)) for name in names}
    country = _country(given.get("country"))
    return Address(**parts, country=country) if any(parts.values()) or country else None


def _kept(value: Any) -> str | None:
    """An address keeps its line breaks, which part it; quotes that exports put around are gone."""
    if isinstance(value, str):
        unquoted = value[: 4 * MAX_CHARS].strip(_QUOTES)
        return unquoted if clean(unquoted) else None
    return clean(value)


def _country(value: Any) -> str | None:
    return _code_of(cleaned) if (cleaned := clean(value)) else None


def _code_of(name: str) -> str | None:
    if len(name) == 2 and name.isascii():
        return _OTHER_CODES.get(name.upper(), name.upper())
    return country_named(name)


def _phones(main: Any, others: Any) -> tuple[str, ...]:
    found = (_something(value) for value in (main, *(others if _is_list(others) else ())))
    return tuple(dict.fromkeys(text for text in found if text))[:MAX_VALUES]


def _texts(values: Any) -> tuple[str, ...]:
    listed = values if _is_list(values) else (values,)
    return tuple(text for value in listed[:MAX_VALUES] if (text := clean(value)))


def _is_list(values: Any) -> bool:
    return isinstance(values, (list, tuple))


def _something(value: Any) -> str | None:
    cleaned = clean(value)
    return None if cleaned is None or cleaned.lower() in _NOTHING else cleaned


def _hours_text(value: Any) -> str | None:
    if _is_list(value):
        return "; ".join(_texts(value))[:MAX_CHARS] or None
    return clean(value)


def _degrees(value: Any, limit: int) -> float | None:
    try:
        degrees = float(value)
    except (TypeError, ValueError):
        return None
    return degrees if -limit <= degrees <= limit else None
