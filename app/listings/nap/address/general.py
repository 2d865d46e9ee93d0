"""Addresses of countries without a parser of their own, read from the end: country, postal code,
region, locality; what is left are street lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.listings.nap.address import countries
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.street import kind_of, read_street_lines
from app.listings.nap.address.text import fold, words
from app.listings.nap.address.words import country_facts, words_of

_SEGMENTS = re.compile(r"\s*[\n,،、，;|•]\s*")
_TRIM = " -–—,./:"


@dataclass
class Reading:
    """An address half read: the segments that nobody has claimed yet, and the parts found."""

    segments: list[str]
    country: str | None
    parts: dict[str, str | None] = field(default_factory=dict)


def segments_of(text: str) -> list[str]:
    """The pieces of `text` between commas and line breaks, without empty ones."""
    pieces = (piece.strip(" \t-–") for piece in _SEGMENTS.split(text))
    return [piece for piece in pieces if piece.strip(_TRIM)]


def parse_general(text: str, country: str | None) -> AddressParts:
    """Reads `text` by the formats and regions of `country`; None: by those all share."""
    reading = Reading(segments_of(text), country)
    take_country(reading)
    take_places(reading)
    return finish(reading, text)


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
    for index in _country_places(reading.segments):
        code = _named_country(reading.segments[index], reading.country)
        if code and len(reading.segments) > 1:
            reading.country = code
            del reading.segments[index]
            return
    if reading.segments:
        _take_country_words(reading)


def _country_places(segments: list[str]) -> list[int]:
    last = len(segments) - 1
    return [i for i in (last, last - 1, 0) if 0 <= i <= last]


def _named_country(segment: str, hint: str | None) -> str | None:
    folded = fold(segment).strip(" .()")
    if hint and folded in countries.country_names(hint):
        return hint
    if len(folded) < 4 or (hint and countries.region_key(hint, folded)):
        return None
    return countries.country_named(folded)


def _take_country_words(reading: Reading) -> None:
    """The country as last words of a line without commas ("… 1010 Wien Österreich")."""
    line = reading.segments[-1]
    tokens = line.split(" ")
    for count in range(min(5, len(tokens) - 1), 0, -1):
        tail = " ".join(tokens[-count:])
        code = _named_country(tail, reading.country)
        if code and (code == reading.country or reading.country is None):
            reading.country = code
            reading.segments[-1] = " ".join(tokens[:-count]).strip(_TRIM)
            return


# Places -----------------------------------------------------------------------------------------


def take_places(reading: Reading) -> None:
    """Claims postal code, region and locality."""
    found = _find_postal(reading)
    if found is None:
        _places_without_postal(reading)
        return
    index, start, end = found
    segment = reading.segments[index]
    reading.parts["postal_code"] = segment[start:end].strip(" ()")
    before, after = segment[:start].strip(" -–—,/:("), segment[end:].strip(" -–—,/:)")
    head, tail = reading.segments[:index], reading.segments[index + 1 :]
    if after:
        _place_after_postal(reading, head, before, after, tail)
    elif before:
        reading.segments = head
        tail = _take_region(reading, tail)
        _place_from(reading, before)
        reading.segments += [] if reading.parts.get("region") else tail
        _leftover_region(reading, tail)
    else:
        _lone_postal(reading, head, tail)


_DIGITS = str.maketrans(
    {chr(base + n): str(n) for base in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10) for n in range(10)}
    | {"–": "-", "—": "-", "−": "-", "－": "-"}
)


def _find_postal(reading: Reading) -> tuple[int, int, int] | None:
    """Segment, start and end of the postal code: the last that is no house number."""
    if not countries.has_postal(reading.country):
        return None
    pattern = countries.postal_pattern(reading.country)
    for index in range(len(reading.segments) - 1, -1, -1):
        segment = reading.segments[index].translate(_DIGITS)
        for match in reversed(list(pattern.finditer(segment))):
            if _is_postal(reading, index, segment, match):
                return index, match.start(), match.end()
    return None


def _is_postal(reading: Reading, index: int, segment: str, match: re.Match[str]) -> bool:
    before, after = segment[: match.start()], segment[match.end() :]
    code = match.group()
    if any(c.isalpha() for c in code) and len(code) > 5:
        return True
    if before.rstrip().endswith("#"):
        return False
    last = index == len(reading.segments) - 1
    known = words_of(reading.country)
    if last and not after.strip() and before.strip():
        previous = words(before)[-1:]
        return not (previous and (previous[0] in known.kind or previous[0] in known.sign))
    if not before.strip() and after.strip():
        # "1000 Brussels" is a place, "1000 Main Street" and "1000, rue X" are not.
        follower = words(after)
        return not any(kind_of(w, known) for w in (follower[-1], follower[0]))
    return True


def _place_after_postal(
    reading: Reading, head: list[str], before: str, after: str, tail: list[str]
) -> None:
    """ "1010 Wien", "11000 México D.F.", "… 5 1010 Wien"; behind it perhaps the region."""
    reading.segments = [*head, before] if before else head
    if not head and not before and tail and _looks_like_street(tail, reading.country):
        reading.segments = tail
        tail = []
    tail = _take_region(reading, tail)
    place = after if reading.parts.get("region") else _strip_region(reading, after)
    reading.parts["locality"] = place or None
    _leftover_region(reading, tail)


def _lone_postal(reading: Reading, head: list[str], tail: list[str]) -> None:
    """A postal code in a line of its own: the place follows it, else it stands before."""
    reading.segments = head
    tail = _take_region(reading, tail)
    if tail:
        reading.parts["locality"] = tail[0]
        _leftover_region(reading, tail[1:])
    elif head:
        _places_without_postal(reading)


def _places_without_postal(reading: Reading) -> None:
    if not reading.segments:
        return
    if country_facts(reading.country).get("city_first") and _city_leads(reading):
        reading.parts["locality"] = reading.segments.pop(0)
        return
    remaining = _take_region(reading, reading.segments)
    reading.segments = remaining[:-1]
    if remaining:
        _place_from(reading, remaining[-1])


def _city_leads(reading: Reading) -> bool:
    first = reading.segments[0]
    return len(reading.segments) > 1 and not any(c.isdigit() for c in first)


def _looks_like_street(segments: list[str], country: str | None) -> bool:
    known = words_of(country)
    return any(any(c.isdigit() for c in s) or _has_kind(s, known) for s in segments)


def _has_kind(segment: str, known) -> bool:
    return any(kind_of(word, known) for word in words(segment))


# Regions ----------------------------------------------------------------------------------------


def _take_region(reading: Reading, segments: list[str]) -> list[str]:
    """Claims a whole segment that is a known region, if it is the last; the rest stays."""
    if len(segments) > 0 and countries.region_key(reading.country, segments[-1]):
        lone = len(segments) == 1 and segments is reading.segments
        if not lone:
            reading.parts.setdefault("region", segments[-1].strip("() "))
            return segments[:-1]
    return segments


def _leftover_region(reading: Reading, tail: list[str]) -> None:
    """What stands behind the place and is not known: the region, where addresses have one."""
    if tail and not reading.parts.get("region") and reading.parts.get("locality"):
        reading.parts["region"] = tail[0]


_REGION_MAX_WORDS = 5


def _strip_region(reading: Reading, place: str) -> str:
    """`place` without the region at its end ("Campinas - SP", "Noto (SR)", "Pyrmont NSW")."""
    tokens = place.split(" ")
    for count in range(min(_REGION_MAX_WORDS, len(tokens)), 0, -1):
        tail = " ".join(tokens[-count:])
        if countries.region_key(reading.country, tail):
            rest = " ".join(tokens[:-count]).strip(" -–—,/(")
            if rest or (reading.segments and _can_stand_alone(tail)):
                reading.parts["region"] = tail.strip("()")
                return rest
    return place


def _can_stand_alone(name: str) -> bool:
    """Whether a region without a place before it in its segment is not the place itself."""
    return len(name) <= 4


def _place_from(reading: Reading, text: str) -> None:
    """Region and locality out of `text`, the last piece before the code or the end."""
    if not reading.parts.get("region"):
        text = _strip_region(reading, text)
    if not text:
        if reading.segments:
            reading.parts["locality"] = reading.segments.pop()
        return
    if reading.segments or not _looks_like_street([text], reading.country):
        reading.parts["locality"] = text
        return
    street, place = _cut_place(text, reading.country)
    reading.segments = [street] if street else []
    reading.parts["locality"] = place


def _cut_place(line: str, country: str | None) -> tuple[str, str | None]:
    """Cuts "497 Jacob Mare Street Pretoria" behind the last word that can only be a street's."""
    known = words_of(country)
    tokens = line.split(" ")
    last = -1
    for index, token in enumerate(tokens):
        word = "".join(words(token))
        if any(c.isdigit() for c in word) or (not known.kind_first and kind_of(word, known)):
            last = index
    place = " ".join(tokens[last + 1 :])
    return " ".join(tokens[: last + 1]), place or None
