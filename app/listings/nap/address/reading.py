"""An address half read: the pieces nobody has claimed, the parts found, and the country."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from app.listings.nap.address import countries
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.street import read_street_lines
from app.listings.nap.address.text import squash, words
from app.listings.nap.address.words import country_facts, languages_of, table

_SEGMENTS = re.compile(r"\s*[\n,،、，;|•]\s*")
TRIM = " -–—,./:"


@dataclass
class Reading:
    """An address half read: the segments that nobody has claimed yet, and the parts found."""

    segments: list[str]
    country: str | None
    parts: dict[str, str | None] = field(default_factory=dict)


def segments_of(text: str, country: str | None = None) -> list[str]:
    """The pieces of `text` between commas and line breaks, and what else separates them in
    `country`, without empty ones."""
    for pattern, general in _rewrites(country):
        text = pattern.sub(general, text)
    pieces = (piece.strip(" \t-–") for piece in _SEGMENTS.split(text))
    return [piece for piece in pieces if piece.strip(TRIM)]


@lru_cache(maxsize=300)
def _rewrites(country: str | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What the country's ways to write are in the general ones: its separators, its doors."""
    tables = (
        table("rewrites.toml").get(key, ()) for key in (*languages_of(country), country or "")
    )
    pairs = [pair for pairs in tables for pair in pairs]
    if separator := country_facts(country).get("separator"):
        pairs.append((separator, ", "))
    return tuple((re.compile(pattern, re.IGNORECASE), general) for pattern, general in pairs)


def finish(reading: Reading, text: str) -> AddressParts:
    """The unclaimed segments as street lines, and all parts together."""
    lines = read_street_lines(reading.segments, reading.country)
    parts = {
        "house_number": lines.house_number,
        "street": lines.street,
        "unit": ", ".join(lines.unit) or None,
        "building": ", ".join(lines.building) or None,
        "district": ", ".join(lines.district) or None,
        "po_box": lines.po_box,
        **reading.parts,
    }
    return AddressParts(
        **parts, country=reading.country, confidence=_confidence(parts), written=text
    )


def _confidence(parts: dict[str, str | None]) -> float:
    """How much of a full address was found: a street or box, a number, a place, a code."""
    score = 0.2
    score += 0.25 * bool(parts.get("street") or parts.get("po_box"))
    score += 0.15 * bool(parts.get("house_number") or parts.get("po_box"))
    score += 0.2 * bool(parts.get("locality"))
    score += 0.2 * bool(parts.get("postal_code"))
    return round(score, 2)


# Country ----------------------------------------------------------------------------------------


def take_country(reading: Reading) -> None:
    """Claims the country's name at the end or the start; a name in the text beats the hint."""
    segments = reading.segments
    last = len(segments) - 1
    for index in dict.fromkeys(i for i in (last, last - 1, 0) if 0 <= i <= last):
        code = _named_country(segments[index], reading.country)
        if code and len(segments) > 1:
            reading.country = code
            del segments[index]
            return
    if segments:
        _take_country_words(reading)


def _named_country(segment: str, hint: str | None) -> str | None:
    name = squash(segment)
    if hint and name in countries.country_names(hint):
        return hint
    if len(name) < 4 or (hint and countries.region_key(hint, segment)):
        return None
    return countries.country_named(name)


def _take_country_words(reading: Reading) -> None:
    """The country as last words of a line without commas ("… 1010 Wien Österreich")."""
    code, rest = without_country(reading.segments[-1], reading.country)
    if code and not (countries.is_city_named(code) and not _named_again(rest, code)):
        reading.country = code
        reading.segments[-1] = rest


def without_country(line: str, hint: str | None) -> tuple[str | None, str]:
    """(country that the last words of `line` name, `line` without them)."""
    tokens = line.split(" ")
    for count in range(min(5, len(tokens) - 1), 0, -1):
        code = _named_country(" ".join(tokens[-count:]), hint)
        if code and code in (hint, hint or code):
            return code, " ".join(tokens[:-count]).strip(TRIM)
    return None, line


def _named_again(line: str, code: str) -> bool:
    """Whether the city of the country's name stands in `line` ("98000 Monaco" keeps its town)."""
    return any(word in countries.country_names(code) for word in words(line))
