"""Postal addresses: taking them apart by country and comparing them. Pure."""

from app.listings.nap.address.compare import compare
from app.listings.nap.address.model import (
    COMPARED_PARTS,
    PART_NAMES,
    AddressParts,
    AddressVerdict,
)
from app.listings.nap.address.parse import parse

__all__ = ["COMPARED_PARTS", "PART_NAMES", "AddressParts", "AddressVerdict", "compare", "parse"]
