"""From a written address to its parts: which reader a country has, and what given parts add."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import lru_cache

from app.listings.nap.address import countries
from app.listings.nap.address.general import parse_general
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.text import MAX_CHARS, clean, fold
from app.listings.nap.address.us import parse_us
from scrapers.types import Address

Reader = Callable[[str], AddressParts]
_READERS: dict[str, Reader] = {"US": parse_us}


def parse(address: Address | str, country: str | None = None) -> AddressParts:
    """Takes `address` apart. `country` (two letters) is a hint; a country that the address names
    wins. The parts of an Address win over its text where they speak. Never raises on any text."""
    if isinstance(address, str):
        return _parse_text(clean(address), country)
    return _parse_record(_short(address), country)


def _short(address: Address) -> Address:
    """`address` with its fields cut, so that no cache keeps a page."""
    values = (getattr(address, f.name) for f in dataclasses.fields(address))
    if all(v is None or len(v) <= MAX_CHARS for v in values):
        return address
    cut = {f.name: clean(getattr(address, f.name)) for f in dataclasses.fields(address)}
    return Address(**{name: value or None for name, value in cut.items()})


@lru_cache(maxsize=20_000)
def _parse_text(text: str, country: str | None) -> AddressParts:
    code = (country or "").upper() or None
    if not text:
        return AddressParts(country=code)
    reader = _READERS.get(code or "")
    return reader(text) if reader else parse_general(text, code)


@lru_cache(maxsize=20_000)
def _parse_record(address: Address, country: str | None) -> AddressParts:
    code = _country_code(address.country) or country
    given = {
        "locality": clean(address.locality) or None,
        "region": clean(address.region) or None,
        "postal_code": clean(address.postal_code) or None,
    }
    street = _without_places(clean(address.street), given)
    tail = " ".join(filter(None, (given["region"], given["postal_code"])))
    composed = ", ".join(filter(None, (street, given["locality"], tail)))
    said = {name: value for name, value in given.items() if value}
    parts = _parse_text(composed, code)
    if address.text:
        parts = _fill(parts, _parse_text(clean(address.text), code))
    written = clean(address.text) if address.text and not composed else composed
    return dataclasses.replace(parts, **said, written=written)


def _fill(parts: AddressParts, other: AddressParts) -> AddressParts:
    """`parts` with what only `other` says."""
    missing = {
        f.name: getattr(other, f.name)
        for f in dataclasses.fields(parts)
        if getattr(parts, f.name) is None and getattr(other, f.name) is not None
    }
    return dataclasses.replace(parts, **missing)


def _country_code(name: str | None) -> str | None:
    """Two letters from a code or an English name."""
    if not name:
        return None
    name = clean(name)
    return name.upper() if len(name) == 2 else countries.country_named(name)


def _without_places(street: str, given: dict[str, str | None]) -> str:
    """`street` without trailing pieces that only repeat the given places."""
    known = {fold(value) for value in given.values() if value}
    pieces = street.replace("\n", ",").split(",")
    while len(pieces) > 1 and fold(pieces[-1]).strip() in known:
        pieces.pop()
    return ",".join(pieces).strip()
