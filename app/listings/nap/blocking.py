"""Finding who a listing belongs to among many locations without comparing it with each.

Every place gets a few keys: its numbers, its door, its site, the rare words of its name in its
town. Places that share no key are never compared; what shares many, or rare ones, is compared
first. Memory and time grow with the number of places, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.listings.nap import address
from app.listings.nap.common_words import rarity
from app.listings.nap.compare import Comparison, compare
from app.listings.nap.names import Name, read_name
from app.listings.nap.phones import read_phones
from app.listings.nap.place import Place
from app.listings.nap.same_place import YES_FROM
from app.listings.nap.scripts import romanize, skeleton
from app.listings.nap.text import words
from app.listings.nap.websites import site_key
from scrapers.types import Address

# A key that more places share tells little; it is used only where nothing better is shared.
MAX_BLOCK = 60
MAX_CANDIDATES = 30

# A place that shares much less than the best candidate is not compared; one that shares little
# with a crowd is, since then nothing tells them apart before.
_WORTH_COMPARING = 0.12

_RARE_ALONE = 8.0  # a word of one name in three thousand or fewer finds its owner without a town
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
        # Most keys lead to one place only: its position stands there without a list around it.
        self._blocks: dict[int, int | list[int]] = {}
        for place in places:
            self.add(place)

    def add(self, place: Place) -> int:
        """Put a place into the index and return its position."""
        position = len(self.places)
        self.places.append(place)
        for key in {hash(key) for key in keys(place)}:
            block = self._blocks.setdefault(key, position)
            if isinstance(block, list):
                block.append(position)
            elif block != position:
                self._blocks[key] = [block, position]
        return position

    def candidates(self, listing: Place, worth: float = _WORTH_COMPARING) -> list[int]:
        """Positions of places worth comparing, the likeliest first, at most MAX_CANDIDATES.

        `worth` is the share of the best candidate's agreement that another must reach.
        """
        blocks = self._blocks_of(listing)
        telling = [block for block in blocks if len(block) <= MAX_BLOCK]
        shared: defaultdict[int, float] = defaultdict(float)
        for block in telling or blocks:
            for position in block[: 10 * MAX_BLOCK]:
                shared[position] += 1 / len(block)
        least = worth * max(shared.values(), default=0.0)
        likely = sorted((-share, position) for position, share in shared.items() if share >= least)
        return [position for _, position in likely[:MAX_CANDIDATES]]

    def _blocks_of(self, listing: Place) -> list[list[int]]:
        found = (
            self._blocks.get(hash(key)) for key in {*keys(listing), *_cells(listing, around=1)}
        )
        return [
            [block] if isinstance(block, int) else block for block in found if block is not None
        ]

    def matches(self, listing: Place, worth: float = _WORTH_COMPARING) -> list[Match]:
        """The candidates with their comparisons, the most probable first."""
        found = [
            Match(position, compare(self.places[position], listing))
            for position in self.candidates(listing, worth)
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
        for match in index.matches(place, worth=0.0):  # a place may stand there more than twice
            if match.comparison.probability >= YES_FROM:
                yield len(index.places), match
        index.add(place)


def keys(place: Place) -> Iterator[str]:
    """What a place and another record of it are likely to share."""
    for phone in read_phones(place.phones, place.country):
        yield "p" + phone.digits[-7:]
    key = site_key(place.site) if place.site else None
    if key:
        yield "w" + key
    parts = address.parse(place.address or Address(), place.country)
    house = "".join(words(parts.house_number or ""))
    postal = "".join(words(parts.postal_code or ""))
    if house:
        for word in words(parts.street or ""):
            yield f"h{house} {word}"
        if postal:
            yield f"z{postal} {house}"
    yield from _cells(place)
    if place.name:
        town = "".join(words(parts.locality or ""))
        yield from _name_keys(read_name(place.name), (postal, town))


def _name_keys(name: Name, places: tuple[str, ...]) -> Iterator[str]:
    """The rarest words of the name, alone where they are rare and with the town; and how the
    whole sounds, for names in another script."""
    head = "".join(name.head)
    rarest = sorted(dict.fromkeys(name.telling), key=lambda word: -rarity(word))[:2]
    for word in (*rarest, head):
        if rarity(word) >= _RARE_ALONE:
            yield "n" + word
        for where in places:
            if where:
                yield f"n{word} {where}"
    sound = skeleton(romanize(head) or "")
    if len(sound) >= 3:
        yield "s" + sound


def _cells(place: Place, around: int = 0) -> Iterator[str]:
    """The cells of a grid of coordinates that the place stands in, with those around it."""
    if place.latitude is None or place.longitude is None:
        return
    north, east = int(place.latitude / _CELL), int(place.longitude / _CELL)
    for row in range(north - around, north + around + 1):
        for column in range(east - around, east + around + 1):
            yield f"g{row} {column}"
