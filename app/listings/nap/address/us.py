"""Addresses of the United States: usaddress, called only where the plain form is not met."""

from __future__ import annotations

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


def parse_us(text: str) -> AddressParts:
    """An address of the United States taken apart by usaddress."""
    import usaddress  # its model takes a moment to load

    line = text.replace("\n", ", ")
    found: dict[str, list[str]] = {}
    for token, label in usaddress.parse(line):
        found.setdefault(_PART_OF_LABEL.get(label, "building"), []).append(token)
    parts = {name: _joined(tokens) for name, tokens in found.items() if name != "country"}
    full = sum(bool(parts.get(n)) for n in ("street", "house_number", "locality", "postal_code"))
    return AddressParts(**parts, country="US", confidence=0.2 + 0.2 * full, written=text)


def _joined(tokens: list[str]) -> str | None:
    return " ".join(tokens).strip(" ,;()") or None
