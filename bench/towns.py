"""Made-up American places and the ways directories write them, for benchmarks."""

from __future__ import annotations

import random
from dataclasses import replace

from app.listings.nap.place import Place
from scrapers.types import Address

_FIRST = "Harbor Maple Golden Cedar Union Lakeside Pioneer Summit Velvet Copper Orchard"
_FAMILIES = """
Lindqvist Okonkwo Pemberton Villareal Hashimoto Drummond Castellano Abernathy Kowalczyk Thibault
Marchetti Oyelaran Sorensen Fitzwilliam Delacroix Nakagawa Brandvold Esposito Haverford Quillen
"""
_TRADES = "Bakery Cafe Dental Plumbing Florist Pharmacy Books Hardware Grill Salon Optical Motors"
_STREETS = """
Oak Elm Cedar Maple Walnut Chestnut Willow Spruce Juniper Magnolia Sycamore Poplar Hawthorne Lincoln
Jefferson Madison Franklin Jackson Monroe Hamilton Washington Harrison Cleveland Grant
"""
_KINDS = {"St": "Street", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Dr": "Drive"}
_TOWNS = """
Austin,TX,787,512 Portland,OR,972,503 Denver,CO,802,303 Columbus,OH,432,614 Madison,WI,537,608
Tucson,AZ,857,520
"""


def town(size: int, seed: int = 1) -> list[Place]:
    """`size` places of record, no two with the same door or number."""
    rng = random.Random(seed)
    return [_place(number, rng) for number in range(size)]


def _place(number: int, rng: random.Random) -> Place:
    towns, streets = _TOWNS.split(), _STREETS.split()
    locality, region, zip_start, area = towns[number % len(towns)].split(",")
    name = " ".join(rng.choice(words.split()) for words in (_FIRST, _FAMILIES, _TRADES))
    house = 100 + number // (len(streets) * len(towns)) * 2 + rng.randrange(2)
    street = f"{house} {streets[number // len(towns) % len(streets)]} {rng.choice(list(_KINDS))}"
    unit = f" Ste {rng.randrange(100, 400)}" if number % 3 == 0 else ""
    line = 2_000_000 + number * 77 % 7_999_999
    return Place(
        name=name,
        address=Address(
            street=street + unit,
            locality=locality,
            region=region,
            postal_code=f"{zip_start}{rng.randrange(10, 60)}",
        ),
        phones=(f"({area}) {line // 10_000}-{line % 10_000:04}",),
        country="US",
    )


def as_listed(place: Place, rng: random.Random) -> Place:
    """How a directory shows a place: six in ten as it is, three written differently, one wrong."""
    chance = rng.random()
    if chance < 0.6:
        return Place(place.name, place.address, place.phones, country="US")
    if chance < 0.9:
        return written_differently(place, rng)
    return wrong(place, rng)


def written_differently(place: Place, rng: random.Random) -> Place:
    """Another spelling in every field that has one."""
    where = place.address or Address()
    street = (where.street or "").replace("Ste ", rng.choice(("Suite ", "Unit ", "# ")))
    digits = "".join(filter(str.isdigit, place.phones[0]))
    name = rng.choice((f"{place.name}".upper(), f"{place.name} LLC", f"The {place.name}"))
    phone = rng.choice((f"+1{digits}", f"{digits[:3]}.{digits[3:6]}.{digits[6:]}"))
    spelt = " ".join(_KINDS.get(word, word) for word in street.split())
    return Place(name, replace(where, street=spelt), (phone,), country="US")


def wrong(place: Place, rng: random.Random) -> Place:
    """One field that misleads: an old number, another door or another name."""
    where = place.address or Address()
    number, _, rest = (where.street or "").partition(" ")
    elsewhere = replace(where, street=f"{int(number) + 1000} {rest}")
    changes = (
        Place(place.name, where, (_other_digit(place.phones[0]),), country="US"),
        Place(f"{rng.choice(_FAMILIES.split())} & Daughters", where, place.phones, country="US"),
        Place(place.name, elsewhere, place.phones, country="US"),
    )
    return changes[rng.randrange(len(changes))]


def _other_digit(phone: str) -> str:
    return phone[:-1] + str((int(phone[-1]) + 1) % 10)


def directories(count: int, seed: int = 3) -> list[random.Random]:
    """One source of chance per directory: each has a house style and keeps to it."""
    return [random.Random(seed * 1_000 + number % 8) for number in range(count)]
