"""The comparer: its speed against parsing afresh, owners among thousands, an audit, its growth.

Times are of the processor, on one core, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

import phonenumbers
import usaddress

from app.listings.nap.blocking import PlaceIndex
from app.listings.nap.compare import compare
from app.listings.nap.place import Place
from app.listings.nap.verdict import AGREEING
from bench import towns
from scrapers.types import Address, ListingRecord

FLOOR_PARSING = 40
FLOOR_ALL_PAIRS = 100
FLOOR_RECALL = 0.99
FIELDS = ("name", "address", "phone")
Pairs = Sequence[tuple[Place, Place]]


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


# The peer: both sides parsed afresh for every pair, by the libraries everybody takes. -------------

_SPELLINGS = {
    "street": "st", "avenue": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr",
}  # fmt: skip


def parsed_afresh(location: Place, listing: Place) -> tuple[bool, ...]:
    """Per field, whether the sides agree."""
    ours, theirs = (
        (_plain_name(place.name or ""), _tagged(place), phonenumbers.parse(place.phones[0], "US"))
        for place in (location, listing)
    )
    return tuple(left == right for left, right in zip(ours, theirs, strict=True))


def _plain_name(name: str) -> str:
    words = name.lower().replace("&", "and").split()
    return "".join(word for word in words if word not in ("the", "llc"))


def _tagged(place: Place) -> dict[str, str]:
    where = place.address or Address()
    line = f"{where.street}, {where.locality}, {where.region} {where.postal_code}"
    tagged, _ = usaddress.tag(line)
    plain = {part: word.lower().removeprefix("# ") for part, word in tagged.items()}
    return {
        part: _SPELLINGS.get(word, word) for part, word in plain.items() if part != "OccupancyType"
    }


# What is measured. --------------------------------------------------------------------------------


def fresh(place: Place) -> Place:
    """A copy that nothing was read from yet."""
    return replace(place)


def taken_apart(place: Place) -> Place:
    """`place` with every side read, as an audit holds it."""
    _ = (place.parsed_name, place.parsed_address.keys, place.numbers, place.place_words)
    _ = (place.values, place.agreed, place.shown_address)
    return place


def comparisons(locations: int, directories: int) -> None:
    places = [taken_apart(place) for place in towns.town(locations, seed=7)]
    styles = towns.directories(directories)
    pairs = [(p, taken_apart(towns.as_listed(p, style))) for p in places for style in styles]
    few = pairs[::8]
    naive = max(_speed(parsed_afresh, few) for _ in range(3))
    ours = max(_speed(compare, pairs) for _ in range(3))
    same = sum(_agreeing(pair) == parsed_afresh(*pair) for pair in few)
    print(f"{len(pairs):,} comparisons of an audit, name + address + phone, sides read before")
    _line("parsing both sides afresh", naive, naive)
    _line("compared", ours, naive, FLOOR_PARSING)
    print(f"  {'same verdicts':32} {same:>9,} of {len(few):,}")


def _speed(judge: Callable[[Place, Place], object], pairs: Pairs) -> float:
    return len(pairs) / seconds(lambda: deque((judge(*pair) for pair in pairs), maxlen=0))


def _agreeing(pair: tuple[Place, Place]) -> tuple[bool, ...]:
    fields = compare(*pair).fields
    return tuple(fields[name].verdict in AGREEING for name in FIELDS)


def audit(locations: int, directories: int) -> None:
    places = [fresh(place) for place in towns.town(locations, seed=7)]
    styles = towns.directories(directories)
    shown = [[_record(towns.as_listed(place, style)) for style in styles] for place in places]

    def run() -> None:
        for place, records in zip(places, shown, strict=True):
            for record in records:
                compare(place, Place.from_listing(record, "US")).to_json()

    count = locations * directories
    first, again = seconds(run), seconds(run)
    print(
        f"audit of {locations:,} locations on {directories} directories, every answer written out"
    )
    print(f"  {'first':32} {first:9.1f} s  {count / first:9,.0f}/s")
    print(f"  {'a week later':32} {again:9.1f} s  {count / again:9,.0f}/s")


def _record(place: Place) -> ListingRecord:
    return ListingRecord(name=place.name, phones=list(place.phones), address=place.address)


def owners(size: int, listings: int) -> None:
    rng = random.Random(9)
    places = [taken_apart(place) for place in towns.town(size)]
    index = PlaceIndex(places)
    wanted = [rng.randrange(size) for _ in range(listings)]
    shown = [towns.as_listed(places[position], rng) for position in wanted]

    def by_all_pairs(listing: Place) -> int:
        chances = [compare(place, listing).probability for place in places]
        return max(range(size), key=chances.__getitem__)

    few = shown[:10]
    slow = len(few) / seconds(lambda: [by_all_pairs(fresh(listing)) for listing in few])
    copies = [fresh(listing) for listing in shown]
    fast = listings / seconds(lambda: [index.owner(listing) for listing in copies])
    first = [index.matches(listing)[:1] for listing in shown]
    hits = sum(
        match.position == at for found, at in zip(first, wanted, strict=True) for match in found
    )
    print(f"the owner of an unlabelled listing among {size:,} locations")
    _line("compared with all", slow, slow)
    _line("blocked", fast, slow, FLOOR_ALL_PAIRS)
    print(f"  {'recall':32} {hits / listings:9.4f}   (floor {FLOOR_RECALL})")


def growth(sizes: Sequence[int]) -> None:
    print("growth of the index")
    for size in sizes:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        places = towns.town(size, seed=size)
        built = seconds(lambda: PlaceIndex(places))  # noqa: B023
        index = PlaceIndex(places)
        rng = random.Random(size)
        shown = [towns.as_listed(places[rng.randrange(size)], rng) for _ in range(1_000)]
        found = len(shown) / seconds(lambda: [index.owner(listing) for listing in shown])  # noqa: B023
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        speed = f"+{memory:5.0f} MB  {found:8,.0f} owners/s"
        print(f"  {size:>9,} places  built in {built:6.1f} s  {speed}")


def _line(name: str, speed: float, floor: float, wanted: float | None = None) -> None:
    more = f"   (floor {wanted:g} x)" if wanted else ""
    print(f"  {name:32} {speed:9,.0f}/s {speed / floor:8.1f} x{more}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of every size")
    tenth = 10 if parser.parse_args().quick else 1
    comparisons(400 // tenth, 60)
    owners(1_000 // tenth, 500 // tenth)
    audit(1_000 // tenth, 60)
    growth([1_000, 10_000] if tenth > 1 else [1_000, 10_000, 100_000])


if __name__ == "__main__":
    main()
