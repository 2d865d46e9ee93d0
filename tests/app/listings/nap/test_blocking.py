"""Finding the owner of a listing, linking two lists, and doubles in one."""

from __future__ import annotations

from app.listings.nap.blocking import PlaceIndex, duplicates, link
from app.listings.nap.place import Place

TOWN = {"locality": "Austin", "region": "TX", "country": "US"}
WORDS = ("Zafferano", "Lindqvist", "Pemberton", "Okonkwo", "Villareal", "Hashimoto", "Drummond")


def _place(number: int, **changed) -> Place:
    house, street = 100 + 4 * number, ("Oak", "Elm", "Cedar", "Maple")[number % 4]
    record = {
        "name": f"{WORDS[number % 7]} Bakery {number // 7 + 1}",
        "address": {**TOWN, "street": f"{house} {street} St", "postal_code": f"787{number:02}"},
        "phone": f"(512) 555-{1000 + 7 * number:04}",
    }
    return Place.from_json(record | changed)


PLACES = [_place(number) for number in range(60)]


def test_each_record_finds_itself_by_any_one_of_its_fields():
    index = PlaceIndex(PLACES)
    for number in range(60):
        written = _place(
            number, phone=None, name=f"{WORDS[number % 7]} Bakery {number // 7 + 1} LLC"
        )
        match = index.owner(written)
        assert match is not None
        assert match.position == number


def test_a_listing_of_somebody_else_has_no_owner():
    stranger = Place.from_json(
        {"name": "Quillfeather Books", "phone": "512 555 9999", "address": "1 Birch Rd, Austin, TX"}
    )
    assert PlaceIndex(PLACES).owner(stranger) is None
    assert PlaceIndex([]).owner(stranger) is None


def test_only_a_few_places_are_compared():
    assert len(PlaceIndex(PLACES).candidates(_place(5))) <= 30


def test_two_lists_are_paired_one_to_one():
    pairs = link(PLACES, [_place(3), _place(3), _place(9)])
    assert sorted((match.position, number) for number, match in pairs) == [(3, 0), (9, 2)]


def test_doubles_of_one_list_are_told_once():
    found = [(match.position, later) for later, match in duplicates([*PLACES[:9], _place(4)])]
    assert found == [(4, 9)]


def test_a_place_without_anything_is_found_nowhere():
    assert PlaceIndex([Place(), *PLACES]).candidates(Place()) == []
