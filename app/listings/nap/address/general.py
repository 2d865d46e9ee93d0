"""Addresses of countries without a parser of their own, read from the end: country, postal code,
region, locality; what is left are street lines."""

from __future__ import annotations

import dataclasses
import re

from app.listings.nap.address import countries
from app.listings.nap.address.house_numbers import lone_number
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.reading import (
    TRIM,
    Reading,
    finish,
    segments_of,
    take_country,
    without_country,
)
from app.listings.nap.address.street import box_end
from app.listings.nap.address.text import fold, squash, words
from app.listings.nap.address.units import is_unit
from app.listings.nap.address.words import country_facts, is_surely_street, words_of


def parse_general(text: str, country: str | None) -> AddressParts:
    """Reads `text` by the formats and regions of `country`; None: by those all share."""
    reading = Reading(segments_of(text, country), country)
    take_country(reading)
    take_places(reading)
    return finish(reading, text)


def city_not_region(parts: AddressParts, cities: frozenset[str]) -> AddressParts:
    """Where a city is a region of its own (Seoul, Beijing), Latin texts mean the city by it, and
    what stands before it is a district."""
    if squash(parts.region or "") not in cities:
        return parts
    districts = ", ".join(filter(None, (parts.district, parts.locality)))
    return dataclasses.replace(
        parts, locality=parts.region, region=None, district=districts or None
    )


def take_places(reading: Reading) -> None:
    """Claims postal code, region and locality."""
    found = _find_postal(reading)
    if found is None:
        _places_without_postal(reading)
    else:
        _places_around_postal(reading, *found)
    _settle_places(reading)


def _places_around_postal(reading: Reading, index: int, start: int, end: int) -> None:
    segment = reading.segments[index]
    reading.parts["postal_code"] = segment[start:end].strip(" ()")
    before, after = segment[:start].strip(" -–—,/:("), segment[end:].strip(" -–—,/:)")
    head, tail = reading.segments[:index], reading.segments[index + 1 :]
    if box := box_end(after):
        head, after = [*head, after[:box]], after[box:].strip(TRIM)
    if after:
        _place_after_postal(reading, head, before, after, tail)
    elif before and not head and not tail and _city_first(reading, before):
        return
    elif before:
        reading.segments = head
        tail = _take_region(reading, tail)
        _place_from(reading, before)
        _leftover_region(reading, tail)
    else:
        _lone_postal(reading, head, tail)


def _settle_places(reading: Reading) -> None:
    """A region that stands alone is the town of that name; Cedex is no part of a town."""
    region = reading.parts.get("region")
    is_name = region and (len(squash(region)) > 3 or not region.isascii())
    if is_name and not reading.parts.get("locality"):
        reading.parts.update(locality=region, region=None)
    locality = reading.parts.get("locality")
    if locality and "edex" in locality.lower():
        reading.parts["locality"] = re.sub(r"\s*\bcedex\b.*", "", locality, flags=re.I) or None


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
    """Whether the digits found are a code, and no house number, box or street ("Rue 406")."""
    before, after = segment[: match.start()].strip(), segment[match.end() :].strip()
    if not any(c.isdigit() for c in match.group()):
        return False
    if any(c.isalpha() for c in match.group()):
        return True
    known = words_of(reading.country)
    previous = words(before)[-1:]
    numbered = previous and (previous[0] in known.kind or previous[0] in known.sign)
    if numbered and countries.region_key(reading.country, previous[0]):  # LA is no lane here
        numbered = False
    short = sum(c.isdigit() for c in match.group()) < 5
    if numbered and short and not (after and any(c.isdigit() for c in before)):
        return False
    if before.endswith("#") or (previous and box_end(segment) >= match.end()):
        return False
    city_first = bool(country_facts(reading.country).get("city_first"))
    if not before and after and not city_first:
        # "1000 Brussels" is a place, "1000 Main Street" and "1000, rue X" are not.
        return not any(is_surely_street(w, known) for w in words(after)[:4])
    lone_first = index == 0 and len(reading.segments) > 1 and not before
    return not lone_first or city_first


def _place_after_postal(
    reading: Reading, head: list[str], before: str, after: str, tail: list[str]
) -> None:
    """ "1010 Wien", "11000 México D.F.", "… 5 1010 Wien"; behind it perhaps the region."""
    reading.segments = [*head, before] if before else head
    if not reading.segments:
        _place_leads(reading, after, tail)
        return
    above, country = reading.segments, reading.country
    if _looks_like_street(tail, country) and not _looks_like_street(above, country):
        reading.parts["region"] = above[-1]
        _place_leads(reading, after, tail)
        return
    tail = _take_region(reading, tail)
    place = after if reading.parts.get("region") else _strip_region(reading, after)
    reading.parts["locality"] = place or None
    _leftover_region(reading, tail)


def _place_leads(reading: Reading, place: str, tail: list[str]) -> None:
    """ "720001 Бишкек, Проспект Чуй 193": the street follows the place."""
    reading.segments = tail
    if tail or not _looks_like_street([place], reading.country):
        reading.parts["locality"] = place
        return
    first, _, rest = place.partition(" ")
    reading.parts["locality"] = first
    reading.segments = [rest]


def _lone_postal(reading: Reading, head: list[str], tail: list[str]) -> None:
    """A postal code in a line of its own: the place follows it, else it stands before."""
    reading.segments = head
    city_first = country_facts(reading.country).get("city_first")
    if not head and len(tail) > 1:
        reading.parts["locality"], reading.segments = tail[0], tail[1:]
        return
    if tail and not city_first and not _is_region_code(reading, tail):
        reading.parts["locality"] = tail[0]
        _leftover_region(reading, _take_region(reading, tail[1:]))
        return
    _leftover_region(reading, _take_region(reading, tail), even_alone=True)
    _places_without_postal(reading)


def _is_region_code(reading: Reading, tail: list[str]) -> bool:
    """Whether all that follows is a region's short form ("Caracas, 1010, D.F.") or the country
    once more ("Taichung, 403, Taiwan")."""
    name = squash(tail[0])
    country = reading.country or ""
    again = name in countries.country_names(country) and not countries.is_city_named(country)
    return len(tail) == 1 and (len(name) <= 3 or again) and len(reading.segments) > 1


def _places_without_postal(reading: Reading) -> None:
    if not reading.segments:
        return
    if country_facts(reading.country).get("city_first") and _city_leads(reading):
        return
    remaining = _take_region(reading, reading.segments)
    remaining = _guess_region(reading, remaining)
    if _no_place(remaining, reading):
        reading.segments = remaining
        return
    reading.segments = remaining[:-1]
    if remaining:
        _place_from(reading, remaining[-1])


def _no_place(segments: list[str], reading: Reading) -> bool:
    """Whether the last of `segments` is a street too, so that the place is not named."""
    if not segments:
        return False
    known = words_of(reading.country)
    tokens = words(segments[-1])
    if reading.parts.get("region") and (
        tokens[0][0].isdigit()
        or lone_number(segments[-1], known)
        or is_unit(segments[-1], known)
        or any(is_surely_street(token, known) for token in tokens)
    ):
        return True
    end = tokens[:1] if known.kind_first else tokens[-1:]
    return len(segments) > 1 and len(tokens) > 1 and is_surely_street(end[0], known)


def _city_first(reading: Reading, line: str) -> bool:
    """ "Budapest Honvéd utca 13-15 1055" in countries that write the town first."""
    reading.segments = [line]
    return bool(country_facts(reading.country).get("city_first")) and _city_leads(reading)


def _city_leads(reading: Reading) -> bool:
    first, *rest = reading.segments
    if _looks_like_street([first], reading.country) and rest:
        return False
    if any(c.isdigit() for c in first) or (rest and not _looks_like_street(rest, reading.country)):
        if rest or " " not in first:
            return False
        first, _, line = first.partition(" ")
        rest = [line]
    if not rest:
        return False
    reading.parts["locality"], reading.segments = first, rest
    return True


def _looks_like_street(segments: list[str], country: str | None) -> bool:
    known = words_of(country)
    return any(
        any(c.isdigit() for c in segment)
        or any(is_surely_street(word, known) for word in words(segment))
        for segment in segments
    )


# Regions ----------------------------------------------------------------------------------------


def _take_region(reading: Reading, segments: list[str]) -> list[str]:
    """Claims the last segment if it is a known region; the rest stays."""
    if "region" in reading.parts or not segments:
        return segments
    if countries.region_key(reading.country, segments[-1]):
        reading.parts["region"] = segments[-1].strip("() ")
        return segments[:-1]
    return segments


def _guess_region(reading: Reading, segments: list[str]) -> list[str]:
    """In countries whose addresses end with a region, and whose regions are not known in the
    script of the text, the last of several segments is one."""
    if reading.parts.get("region") or len(segments) < 3:
        return segments
    last = segments[-1]
    if any(c.isdigit() for c in last) or not countries.has_region(reading.country):
        return segments
    if countries.regions(reading.country) and max(last) < "\u0370":
        return segments
    if _looks_like_street([segments[-2]], reading.country):
        return segments
    reading.parts["region"] = last
    return segments[:-1]


def _leftover_region(reading: Reading, tail: list[str], even_alone: bool = False) -> None:
    """What stands behind the place and is not known: the region, where addresses have one."""
    if tail and not reading.parts.get("region") and (even_alone or reading.parts.get("locality")):
        reading.parts["region"] = tail[0]
        tail = tail[1:]
    reading.segments = reading.segments + tail


_REGION_MAX_WORDS = 5
_REGION_WORDS = frozenset(
    {"departamento", "provincia", "province", "estado", "state", "of", "de", "del", "region"}
    | {"г", "город", "м", "місто", "city"}
)


def _strip_region(reading: Reading, place: str) -> str:
    """`place` without the region at its end ("Campinas - SP", "Noto (SR)", "Pyrmont NSW")."""
    tokens = place.split(" ")
    longest = min(_REGION_MAX_WORDS, len(tokens) - 1)
    known = words_of(reading.country)
    kinds = known.kind if place[:1].isdigit() else {}
    for count in (*range(longest, 0, -1), len(tokens)):
        tail = " ".join(tokens[-count:])
        if fold(tail).strip(".") in kinds:  # "130 N Garland Ct" is a court, not Connecticut
            continue
        if countries.region_key(reading.country, tail):
            rest = " ".join(tokens[:-count]).strip(" -–—,/(")
            if rest and set(words(rest)) <= _REGION_WORDS:
                tail, rest = place, ""
            if words(rest)[-1:] and words(rest)[-1] in known.small:  # San Miguel de Tucumán
                continue
            if rest or reading.segments:
                reading.parts["region"] = tail.strip(" ()-–")
                return rest
    return place


def _place_from(reading: Reading, text: str) -> None:
    """Region and locality out of `text`, the last piece before the code or the end."""
    if not reading.segments and not countries.is_city_named(reading.country):
        text = without_country(text, reading.country)[1]
    if not reading.parts.get("postal_code"):
        text = _take_partial_postal(reading, text)
    if not reading.parts.get("region"):
        text = _strip_region(reading, text)
    if text.isdecimal() and reading.segments:
        reading.segments.append(text)
        text = ""
    if not text:
        if reading.segments and not _looks_like_street(reading.segments[-1:], reading.country):
            reading.parts["locality"] = reading.segments.pop()
        return
    if box := box_end(text):
        street, place = text[:box], text[box:].strip(TRIM)
    else:
        street, place = _cut_country_city(text, reading.country)
        if not street and _holds_street(text, reading):
            street, place = _cut_place(text, reading.country)
    reading.segments += [street] if street else []
    reading.parts["locality"] = place or None


def _take_partial_postal(reading: Reading, text: str) -> str:
    """ "London NW1": the outward code alone, where a country has such."""
    partial = countries.postal_partial(reading.country)
    head, _, last = text.rpartition(" ")
    if partial and not last.isdigit() and partial.fullmatch(last):
        reading.parts["postal_code"] = last
        return head
    return text


def _holds_street(text: str, reading: Reading) -> bool:
    """Whether `text` is more than a place: all that is left of the address, or with a street
    type behind its first word ("Circus Avenue Kolkata")."""
    if not reading.segments:
        return _looks_like_street([text], reading.country)
    known = words_of(reading.country)
    tokens = words(text)
    inner = tokens[1:] if tokens and tokens[0][0].isdigit() else tokens[1:-1]
    return not known.kind_first and any(
        word in known.kind and is_surely_street(word, known) for word in inner
    )


def _cut_country_city(text: str, country: str | None) -> tuple[str, str]:
    """ "Gateway East Singapore": the city that has the country's name ends the street."""
    head, _, last = text.rpartition(" ")
    if words(head)[-1:] and words(head)[-1] in words_of(country).small:
        return "", text
    if head and country and squash(last) in countries.country_names(country):
        return head, last
    return "", text


def _cut_place(line: str, country: str | None) -> tuple[str, str | None]:
    """Cuts "497 Jacob Mare Street Pretoria" behind the last word that can only be a street's.

    Where the type comes first, a number behind it is part of the name ("via 20 settembre")."""
    known = words_of(country)
    tokens = line.split(" ")
    leads = known.kind_first or is_surely_street("".join(words(tokens[0])), known)
    if leads and not any(c.isdigit() for t in tokens[2:] for c in t):
        return line, None
    last = -1
    for index, token in enumerate(tokens):
        word = "".join(words(token))
        is_kind = not known.kind_first and is_surely_street(word, known)
        if is_kind or any(c.isdigit() for c in word):
            last = index
    while last + 1 < len(tokens) and (
        len(tokens[last + 1]) == 1 or fold(tokens[last + 1]).strip(".") in known.direction
    ):
        last += 1
    place = " ".join(tokens[last + 1 :])
    return " ".join(tokens[: last + 1]), place or None
