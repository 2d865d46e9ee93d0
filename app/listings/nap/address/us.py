"""Addresses of the United States: plain street lines by the tables, all others by usaddress."""

from __future__ import annotations

import re
from functools import lru_cache

from app.listings.nap.address.countries import region_key, region_names
from app.listings.nap.address.general import parse_general, take_places
from app.listings.nap.address.house_numbers import lone_number
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.reading import Reading, finish, segments_of, take_country
from app.listings.nap.address.units import is_unit
from app.listings.nap.address.words import words_of

_PLACES = ("locality", "region", "postal_code")

# Which part each label of usaddress belongs to. Labels that are not named here (recipients,
# landmarks) go to the building.
_PART_OF_LABEL = {
    "AddressNumberPrefix": "house_number",
    "AddressNumber": "house_number",
    "AddressNumberSuffix": "house_number",
    "StreetNamePreModifier": "street",
    "StreetNamePreDirectional": "street",
    "StreetNamePreType": "street",
    "StreetName": "street",
    "StreetNamePostType": "street",
    "StreetNamePostDirectional": "street",
    "StreetNamePostModifier": "street",
    "IntersectionSeparator": "street",
    "SecondStreetName": "street",
    "SecondStreetNamePreDirectional": "street",
    "SecondStreetNamePostType": "street",
    "CornerOf": "street",
    "OccupancyType": "unit",
    "OccupancyIdentifier": "unit",
    "SubaddressType": "unit",
    "SubaddressIdentifier": "unit",
    "PlaceName": "locality",
    "StateName": "region",
    "ZipCode": "postal_code",
    "ZipPlus4": "postal_code",
    "CountryName": "country",
    "USPSBoxType": "po_box",
    "USPSBoxID": "po_box",
    "USPSBoxGroupType": "po_box",
    "USPSBoxGroupID": "po_box",
}

# "9112 N Mendenhall Mall Road, Ste 5": number, direction, name, type, direction, unit. Nine of ten
# addresses of shops have this form, which needs no statistics.
_PLAIN = (
    r"(?P<house_number>\d+[A-Za-z]?(?:-\d+)?) "
    r"(?P<street>(?:(?:[NSEW]{1,2}\.?|North|South|East|West) )?(?:[A-Z0-9][\w'.-]* ){1,4}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Ct|Court|Pl|Place|"
    r"Pkwy|Parkway|Hwy|Highway|Cir|Circle|Ter|Terrace|Sq|Square)\.?"
    r"(?: (?:[NSEW]{1,2}|North|South|East|West)\.?)?)"
    r"(?:,? (?P<unit>(?:Ste|Suite|Apt|Unit|#|Rm|Room|Fl|Floor)\.? ?#?[\w-]+))?"
)
_PLAIN_STREET = re.compile(_PLAIN, re.IGNORECASE)


@lru_cache(maxsize=1)
def _plain_line() -> re.Pattern[str]:
    """A plain street, town, state and ZIP code in one line, or two."""
    states = "|".join(sorted(region_names("US"), key=len, reverse=True))
    return re.compile(
        _PLAIN + rf"[,\n] ?(?P<locality>[A-Z][A-Z .'-]*?)[, \n] ?(?P<region>{states})"
        r" (?P<postal_code>\d{5}(?:-\d{4})?)",
        re.IGNORECASE,
    )


def parse_us(text: str) -> AddressParts:
    """An address of the United States taken apart."""
    plain = _plain_line().fullmatch(text)
    if plain:
        return _plain(plain, {}, text)
    reading = Reading(_with_number(segments_of(text)), "US")
    take_country(reading)
    if reading.country != "US":
        return parse_general(text, reading.country)
    if len(reading.segments) == 1 and not _is_bare(reading.segments[0]):
        return _by_usaddress(reading.segments[0], {}, text)
    take_places(reading)
    if region_key("US", reading.parts.get("locality") or ""):  # "… Suite 200 Boise, Idaho 83702"
        read = _by_usaddress(text.replace("\n", ", "), {}, text)
        if read.locality and read.region:
            return read
    return _read_street(reading, text)


def _with_number(segments: list[str]) -> list[str]:
    """A number, and a letter, in lines of their own belong to the street that follows."""
    while len(segments) > 2 and re.fullmatch(r"\d+(?: [A-Z])?", segments[0], re.IGNORECASE):
        segments = [f"{segments[0]} {segments[1]}", *segments[2:]]
    return segments


def _is_bare(line: str) -> bool:
    """A town, a street or a unit alone: too little for usaddress to learn anything from."""
    known = words_of("US")
    return not any(c.isdigit() for c in line) or bool(
        is_unit(line, known) or lone_number(line, known)
    )


def parse_us_street(street: str, places: dict[str, str | None], line: str) -> AddressParts:
    """The same where the places are given apart; `line` is the whole."""
    plain = _PLAIN_STREET.fullmatch(street)
    if plain:
        return _plain(plain, places, line)
    return _read_street(Reading(segments_of(street), "US", places), line)


def _plain(match: re.Match[str], places: dict[str, str | None], text: str) -> AddressParts:
    parts = match.groupdict() | places
    return AddressParts(**parts, country="US", confidence=1.0, written=text)


def _read_street(reading: Reading, text: str) -> AddressParts:
    street = ", ".join(reading.segments)
    if not street or _PLAIN_STREET.fullmatch(street):
        return finish(reading, text)
    read = _by_usaddress(street, reading.parts, text)
    return read if read.street or read.po_box else finish(reading, text)


def _by_usaddress(line: str, places: dict[str, str | None], text: str) -> AddressParts:
    """`line` read by usaddress. It sees the places too, because it learnt from whole addresses;
    what it then says of them does not count."""
    import usaddress  # its model takes a moment to load

    tail = ", ".join(filter(None, (places.get(name) for name in _PLACES)))
    found: dict[str, list[str]] = {}
    rest = len(tail.split())
    labelled = usaddress.parse(f"{line}, {tail}" if tail else line)
    for token, label in labelled[: len(labelled) - rest]:
        part = _PART_OF_LABEL.get(label, "building")
        if part in _PLACES and tail:
            part = "street"  # the places are known: a town's name here is a street's ("Chicago Av")
        found.setdefault(part, []).append(token)
    parts = {name: _joined(tokens) for name, tokens in found.items() if name != "country"}
    parts |= {name: value for name, value in places.items() if value}
    full = sum(bool(parts.get(n)) for n in ("street", "house_number", "locality", "postal_code"))
    confidence = round(0.2 + 0.2 * full, 2)
    return AddressParts(**parts, country="US", confidence=confidence, written=text)


def _joined(tokens: list[str]) -> str | None:
    return " ".join(tokens).strip(" ,;()") or None
