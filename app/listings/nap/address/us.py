"""Addresses of the United States: plain street lines by the tables, all others by usaddress."""

from __future__ import annotations

import re

from app.listings.nap.address.general import (
    Reading,
    finish,
    parse_general,
    segments_of,
    take_country,
)
from app.listings.nap.address.model import AddressParts

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

# "9112 N Mendenhall Mall Road, Ste 5": number, name, type, direction, unit. Nine of ten addresses
# of shops have this form, and the tables read it a hundred times as fast as usaddress does.
_PLAIN = re.compile(
    r"\d+[A-Za-z]?(?:-\d+)? (?:[NSEW]{1,2}\.? |North |South |East |West )?(?:[A-Z][\w'.-]* ){1,4}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Ct|Court|Pl|Place|"
    r"Pkwy|Parkway|Hwy|Highway|Cir|Circle|Ter|Terrace|Sq|Square)\.?"
    r"(?: (?:[NSEW]{1,2}|North|South|East|West)\.?)?"
    r"(?:,? (?:Ste|Suite|Apt|Unit|#|Rm|Room|Fl|Floor)\.? ?#?[\w-]+)?"
)


def parse_us(text: str) -> AddressParts:
    """An address of the United States taken apart."""
    if _PLAIN.match(text):
        parts = parse_general(text, "US")
        if parts.country != "US" or _is_whole(parts):
            return parts
    return _by_usaddress(text)


def parse_us_street(street: str, places: dict[str, str], line: str) -> AddressParts:
    """The same where the places are given apart; `line` is the whole."""
    read = None if _PLAIN.fullmatch(street) else _by_usaddress(line)
    if read is None or not (read.street or read.po_box):
        return finish(Reading(segments_of(street), "US", dict(places)), line)
    return AddressParts(**{**read.as_dict(), **places}, confidence=read.confidence, written=line)


def _is_whole(parts: AddressParts) -> bool:
    """Whether everything has its place and nothing is left over."""
    return bool(
        parts.street and parts.house_number and parts.locality and parts.region
        and parts.postal_code and not parts.building and not parts.district
    )  # fmt: skip


def _by_usaddress(text: str) -> AddressParts:
    import usaddress  # its model takes a moment to load

    found: dict[str, list[str]] = {}
    for token, label in usaddress.parse(_without_country(text)):
        found.setdefault(_PART_OF_LABEL.get(label, "building"), []).append(token)
    parts = {name: _joined(tokens) for name, tokens in found.items() if name != "country"}
    full = sum(bool(parts.get(n)) for n in ("street", "house_number", "locality", "postal_code"))
    confidence = round(0.2 + 0.2 * full, 2)
    return AddressParts(**parts, country="US", confidence=confidence, written=text)


def _without_country(text: str) -> str:
    reading = Reading(segments_of(text), "US")
    take_country(reading)
    return ", ".join(reading.segments)


def _joined(tokens: list[str]) -> str | None:
    return " ".join(tokens).strip(" ,;()") or None
