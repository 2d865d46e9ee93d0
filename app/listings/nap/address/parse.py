"""From a written address to its parts: which reader a country has, and what given parts add."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import lru_cache, partial

from app.listings.nap.address import countries
from app.listings.nap.address.china import parse_chinese
from app.listings.nap.address.general import parse_general
from app.listings.nap.address.japan import parse_japan
from app.listings.nap.address.korea import parse_korea
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.numerals import spelled_number_first
from app.listings.nap.address.reading import Reading, finish, segments_of
from app.listings.nap.address.text import MAX_CHARS, clean, is_east_asian, squash
from app.listings.nap.address.us import parse_us, parse_us_street
from app.listings.nap.address.words import words_of
from scrapers.types import Address

Reader = Callable[[str], AddressParts]
_READERS: dict[str, Reader] = {
    "US": parse_us,
    "JP": parse_japan,
    "KR": parse_korea,
    **{code: partial(parse_chinese, country=code) for code in ("CN", "TW", "HK", "MO", "SG", "MY")},
}
# Between the parts of an address in a script that writes from the large to the small.
_JOINTS = {"KR": " "}

_PLACES = ("locality", "region", "postal_code")


def parse(address: Address | str, country: str | None = None) -> AddressParts:
    """Takes `address` apart. `country` (two letters) is a hint; a country that the address names
    wins. The parts of an Address win over its text where they speak. Never raises on any text."""
    if isinstance(address, str):
        return _parse_text(clean(address), _code(country))
    return _parse_record(_short(address), _code(country))


def _code(country: str | None) -> str | None:
    """Two letters from a code or an English name."""
    if not country:
        return None
    name = clean(country)
    return name.upper() if len(name) == 2 and name.isascii() else countries.country_named(name)


def _short(address: Address) -> Address:
    """`address` with its fields cut, so that no cache keeps a page."""
    values = (getattr(address, f.name) for f in dataclasses.fields(address))
    if all(v is None or len(v) <= MAX_CHARS for v in values):
        return address
    cut = {f.name: clean(getattr(address, f.name)) for f in dataclasses.fields(address)}
    return Address(**{name: value or None for name, value in cut.items()})


@lru_cache(maxsize=20_000)
def _parse_text(text: str, country: str | None) -> AddressParts:
    if not text:
        return AddressParts(country=country)
    code = country or countries.country_of_text(text)
    if text[0].isalpha():
        text = spelled_number_first(text, words_of(code))
    reader = _READERS.get(code or "")
    return reader(text) if reader else parse_general(text, code)


@lru_cache(maxsize=20_000)
def _parse_record(address: Address, country: str | None) -> AddressParts:
    code = _code(address.country) or country
    text = clean(address.text)
    given = {name: clean(getattr(address, name)) or None for name in _PLACES}
    street = _without_places(clean(address.street), given)
    if street[:1].isalpha():
        street = spelled_number_first(street, words_of(code))
    line = _one_line(street, given, code)
    if not line:
        return _parse_text(text, code)
    parts = _from_parts(street, given, line, code)
    if text and len(squash(text)) > len(squash(line)):
        parts = _fill(parts, _parse_text(text, code))
    return dataclasses.replace(parts, written=line)


def _one_line(street: str, given: dict[str, str | None], country: str | None) -> str:
    """The parts as one text, in the order of the country."""
    locality, region, code = (given[name] for name in _PLACES)
    if is_east_asian(f"{street}{locality}"):
        return _JOINTS.get(country or "", "").join(filter(None, (region, locality, street)))
    tail = " ".join(filter(None, (region, code)))
    return ", ".join(filter(None, (street, locality, tail)))


def _from_parts(
    street: str, given: dict[str, str | None], line: str, country: str | None
) -> AddressParts:
    """The street by the country's reader of street lines, the places as given.

    Places that are not cleanly apart ("Austin, TX 78701" as locality) are read as a text.
    """
    locality, code = given["locality"], given["postal_code"]
    said = {name: value for name, value in given.items() if value}
    mixed = locality and ("," in locality or (not code and any(c.isdigit() for c in locality)))
    if mixed or not said:
        said.pop("locality", None)
        return dataclasses.replace(_parse_text(line, country), **said)
    if is_east_asian(line):
        return dataclasses.replace(_parse_text(line, country), **said)
    if country == "US":
        return parse_us_street(street, dict(said), line)
    return finish(Reading(segments_of(street, country), country, dict(said)), line)


def _fill(parts: AddressParts, other: AddressParts) -> AddressParts:
    """`parts` with what only `other` says."""
    missing = {
        f.name: getattr(other, f.name)
        for f in dataclasses.fields(parts)
        if getattr(parts, f.name) is None and getattr(other, f.name) is not None
    }
    return dataclasses.replace(parts, **missing)


def _without_places(street: str, given: dict[str, str | None]) -> str:
    """`street` without trailing pieces that only repeat the given places."""
    if "," not in street and "\n" not in street:
        return street
    known = {squash(value) for value in given.values() if value}
    known.add(squash(" ".join(filter(None, (given["region"], given["postal_code"])))))
    pieces = street.replace("\n", ",").split(",")
    while len(pieces) > 1 and squash(pieces[-1]) in known:
        pieces.pop()
    return ",".join(pieces).strip()
