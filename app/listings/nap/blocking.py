"""Finding who a listing belongs to among many locations without comparing it with each.

Every place gets a few keys: its numbers, its door, its site, the rare words of its name in its
town. Places that share no key are never compared; what shares many, or rare ones, is compared
first. Memory and time grow with the number of places, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.listings.nap.common_words import rarity
from app.listings.nap.compare import Comparison, compare
from app.listings.nap.place import Place
from app.listings.nap.same_place import YES_FROM
from app.listings.nap.scripts import romanize, skeleton
from app.listings.nap.text import words
from app.listings.nap.websites import site_key

# A key that more places share tells little; it is used only where nothing better is shared.
MAX_BLOCK = 60
MAX_CANDIDATES = 30

_CELL = 0.004  # degrees of latitude, about 450 m; neighbouring cells are looked at as well


@dataclass(frozen=True, slots=True)
class Match:
    """The place at `position` of the index, and how the listing compares with it."""

    position: int
    comparison: Comparison


class PlaceIndex:
    """Places by their keys. Built once; looked up without changing anything."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: list[Place] = []
        self._blocks: defaultdict[str, list[int]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: Place) -> int:
        """Put a place into the index and return its position."""
        position = len(self.places)
        self.places.append(place)
        for key in set(keys(place)):
            self._blocks[key].append(position)
        return position

    def candidates(self, listing: Place) -> list[int]:
        """Positions of places worth comparing, the likeliest first, at most MAX_CANDIDATES."""
        shared: defaultdict[int, float] = defaultdict(float)
        crowded: list[list[int]] = []
        for key in set(keys(listing)) | set(_cells(listing, around=1)):
            block = self._blocks.get(key)
            if not block:
                continue
            if len(block) > MAX_BLOCK:
                crowded.append(block)
                continue
            for position in block:
                shared[position] += 1 / len(block)
        if not shared:
            for block in crowded:
                for position in block[: 10 * MAX_BLOCK]:
                    shared[position] += 1 / len(block)
        return sorted(shared, key=lambda position: (-shared[position], position))[:MAX_CANDIDATES]

    def matches(self, listing: Place) -> list[Match]:
        """The candidates with their comparisons, the most probable first."""
        found = [
            Match(position, compare(self.places[position], listing))
            for position in self.candidates(listing)
        ]
        return sorted(found, key=lambda match: -match.comparison.probability)

    def owner(self, listing: Place) -> Match | None:
        """The place this listing belongs to; None where none is probable enough for a yes."""
        found = self.matches(listing)
        return found[0] if found and found[0].comparison.probability >= YES_FROM else None


def link(places: Sequence[Place], listings: Sequence[Place]) -> list[tuple[int, Match]]:
    """Pair two lists without doubles of their own: each listing with at most one place and each
    place with at most one listing, the most probable pairs first."""
    index = PlaceIndex(places)
    found = [
        (number, match)
        for number, listing in enumerate(listings)
        for match in index.matches(listing)
        if match.comparison.probability >= YES_FROM
    ]
    found.sort(key=lambda pair: -pair[1].comparison.probability)
    taken_places: set[int] = set()
    taken_listings: set[int] = set()
    out = []
    for number, match in found:
        if number not in taken_listings and match.position not in taken_places:
            taken_listings.add(number)
            taken_places.add(match.position)
            out.append((number, match))
    return out


def duplicates(places: Sequence[Place]) -> Iterator[tuple[int, Match]]:
    """Pairs of one list that are the same place: (position of the later, the earlier as Match)."""
    index = PlaceIndex(())
    for place in places:
        for match in index.matches(place):
            if match.comparison.probability >= YES_FROM:
                yield len(index.places), match
        index.add(place)


def keys(place: Place) -> Iterator[str]:
    """What a place and another record of it are likely to share."""
    for phone in place.numbers:
        yield "p" + phone.digits[-7:]
    key = site_key(place.site) if place.site else None
    if key:
        yield "w" + key
    parts = place.parsed_address
    house = "".join(words(parts.house_number or ""))
    street = words(parts.street or "")
    postal = "".join(words(parts.postal_code or ""))
    town = "".join(words(parts.locality or ""))
    if house:
        for word in street:
            yield f"h{house} {word}"
        if postal:
            yield f"z{postal} {house}"
    yield from _cells(place)
    for word in _rarest_words(place):
        yield "n" + word
        for where in (postal, town, *street):
            if where:
                yield f"n{word} {where}"


def _rarest_words(place: Place) -> list[str]:
    """The two rarest words of the name, in Latin consonants too where another script is used."""
    name = place.parsed_name
    if name is None:
        return []
    found = sorted(dict.fromkeys(name.telling), key=lambda word: -rarity(word))[:3]
    found.append("".join(name.head))
    sounds = [skeleton(latin) for word in found if (latin := romanize(word))]
    return found + [f"~{sound}" for sound in sounds if len(sound) >= 3]


def _cells(place: Place, around: int = 0) -> Iterator[str]:
    """The cells of a grid of coordinates that the place stands in, with those around it."""
    if place.latitude is None or place.longitude is None:
        return
    north, east = int(place.latitude / _CELL), int(place.longitude / _CELL)
    for row in range(north - around, north + around + 1):
        for column in range(east - around, east + around + 1):
            yield f"g{row} {column}"
