"""Which place names may stand for each other, from data/places.toml."""

from __future__ import annotations

from functools import lru_cache

from app.listings.nap.address.keys import place_key
from app.listings.nap.address.words import table


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """Key of a borough or quarter, and of the city itself → the city."""
    index: dict[str, str] = {}
    for city, quarters in table("places.toml")["within"].items():
        index[city] = city
        index.update({place_key(quarter): city for quarter in quarters})
    return index


@lru_cache(maxsize=1)
def _large() -> frozenset[str]:
    return frozenset(place_key(name) for name in table("places.toml")["large"]["cities"])


def same_area(one: str, other: str) -> bool:
    """Whether one key names a city and the other a quarter of it, or both quarters of one."""
    city = _cities().get(one)
    return city is not None and city == _cities().get(other)


def two_large_cities(one: str, other: str) -> bool:
    """Whether both keys name large cities: no postal code serves two of them."""
    return one in _large() and other in _large()
