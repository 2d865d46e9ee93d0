"""The parts of a postal address, and what a comparison of two addresses says."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from app.listings.nap.address.keys import Keys, bag_of, keys_of
from app.listings.nap.verdict import Verdict

PART_NAMES = (
    "house_number",
    "street",
    "unit",
    "building",
    "locality",
    "district",
    "region",
    "postal_code",
    "country",
    "po_box",
)

# The parts that a comparison gives a verdict on. The district is judged with the street (where
# towns have no street names it is the street) or, between places, with the locality.
COMPARED_PARTS = (
    "house_number",
    "street",
    "unit",
    "building",
    "locality",
    "region",
    "postal_code",
)


@dataclass(frozen=True)
class AddressParts:
    """An address taken apart. Parts stand as they were written; `country` is two letters.

    `confidence` (0 to 1) says how far the parts can be trusted. `written` is the whole as it came,
    `system` names the way of counting houses where a country has several (Korea: road, lot).
    """

    house_number: str | None = None
    street: str | None = None
    unit: str | None = None
    building: str | None = None
    locality: str | None = None
    district: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    po_box: str | None = None
    confidence: float = 0.0
    written: str = field(default="", repr=False)
    system: str | None = field(default=None, repr=False)

    @cached_property
    def keys(self) -> Keys:
        """What the comparison looks at, computed once per address."""
        return keys_of(self)

    @cached_property
    def bag(self) -> tuple[str, ...]:
        """All words, sorted, with every allowed spelling made one."""
        return bag_of(self)

    def as_dict(self) -> dict[str, str | None]:
        """The ten parts by name, in the order of PART_NAMES."""
        return {name: getattr(self, name) for name in PART_NAMES}


@dataclass(frozen=True, slots=True)
class AddressVerdict:
    """The verdict on a whole address, the rule it rests on, and the verdict on each part."""

    verdict: Verdict
    why: str = ""
    parts: dict[str, Verdict] = field(default_factory=dict)
