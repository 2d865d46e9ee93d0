"""The same place or not: what each kind of agreement is worth."""

from __future__ import annotations

import pytest

from app.listings.nap.compare import compare
from app.listings.nap.place import Place

AUSTIN = {"locality": "Austin", "region": "TX", "postal_code": "78701"}
NEXT_DOOR = AUSTIN | {"street": "14 Oak St"}
RECORD = {
    "name": "Zafferano Trattoria",
    "address": {
        "street": "12 Oak St",
        "locality": "Austin",
        "region": "TX",
        "postal_code": "78701",
    },
    "country": "US",
    "phone": "512-555-0100",
    "website": "https://zafferano.example",
    "latitude": 30.2672,
    "longitude": -97.7431,
}
ELSEWHERE = {"street": "9 Elm Ave", "locality": "Dallas", "region": "TX", "postal_code": "75201"}


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "512-555-0188"},  # an old number
        {"address": NEXT_DOOR},  # a slip in the number
        {"address": ELSEWHERE, "latitude": None},  # moved, the number kept
        {"name": "Zafferano Trattoria & Wine Bar"},
        {"name": "Zaferano Tratoria"},
        {"name": None},
        {"address": None, "latitude": None},
        {"phone": None, "latitude": None, "website": None},
    ],
    ids=str,
)
def test_one_wrong_field_does_not_make_another_place(changed):
    assert _answer(RECORD, RECORD | changed) == "yes"


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "512-555-0188", "address": NEXT_DOOR},  # the chain's branch next door
        {"phone": "512-555-0188", "address": ELSEWHERE, "latitude": 32.78, "longitude": -96.8},
        {"name": "Pemberton Books", "phone": "512-555-0188"},  # the tenant beside it
        {"name": "Pemberton Books", "address": ELSEWHERE, "latitude": 32.78},
    ],
    ids=str,
)
def test_two_wrong_fields_do(changed):
    assert _answer(RECORD, RECORD | changed) == "no"


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Joe's Pizza"},
        {"name": "Starbucks"},
        {"name": "City Dental"},
    ],
    ids=str,
)
def test_where_only_a_common_name_agrees_the_answer_is_unsure(changed):
    town = {"country": "US", "address": {"locality": "Austin", "region": "TX"}}
    assert _answer(changed | town, changed | town) == "unsure"


def test_two_trades_of_one_house_are_not_one_place():
    cafe = RECORD | {"name": "Grand Hotel Lindqvist Cafe"}
    assert _answer(cafe, RECORD | {"name": "Grand Hotel Lindqvist Spa"}) != "yes"


def test_an_initial_in_common_is_nothing_in_common():
    ours = RECORD | {"name": "Lillie L. Langtry", "website": None}
    assert _answer(ours, RECORD | {"name": "Stefano L.", "website": None}) != "yes"


def test_quotes_that_an_export_put_around_a_value_do_not_matter():
    ours = {"name": "` joe's diner '", "address": {"street": "' 12 Oak St '"}, "country": "US"}
    theirs = {"name": "Joe's Diner", "address": {"street": "12 Oak Street"}, "country": "US"}
    assert _answer(ours, theirs) == "yes"


def test_the_name_in_another_script_is_the_same_name():
    ours = {"name": "스타벅스 강남점", "phone": "02-555-1234", "country": "KR"}
    theirs = {"name": "Starbucks", "phone": "+82 2 555 1234"}
    assert _answer(ours, theirs) == "yes"


def test_the_probability_falls_with_every_disagreement():
    worse = [{}, {"phone": "512-555-0188"}, {"phone": "512-555-0188", "address": NEXT_DOOR}]
    chances = [_compared(RECORD, RECORD | changed).probability for changed in worse]
    assert chances == sorted(chances, reverse=True)


def _compared(ours, theirs):
    return compare(Place.from_json(ours), Place.from_json(theirs))


def _answer(ours, theirs):
    return _compared(ours, theirs).same_place


def _side(name: str | None, where: str | None, phone: str | None = None) -> Place:
    given = {"name": name, "country": "US", "phone": phone}
    return Place.from_json(given | ({"address": {"text": where}} if where else {}))


DOOR, LINE, OTHER_LINE = "2000 Elm St, Dallas, TX 75201", "214-555-0101", "214-555-0177"
NEXT_DOOR, ELSEWHERE = "2010 Elm St, Dallas, TX 75201", "9 Oak Ave, Plano, TX 75023"
CASES = [
    ("a branch next door", ("Starbucks", DOOR, LINE), ("Starbucks", NEXT_DOOR, OTHER_LINE), "no"),
    ("a shop in a shop", ("Target", DOOR, LINE), ("Starbucks", DOOR, OTHER_LINE), "no"),
    ("a department", ("Kroger", DOOR, LINE), ("Kroger Pharmacy", DOOR, OTHER_LINE), "unsure"),
    ("two practices", ("Harmon Dentistry", DOOR, LINE), ("Elm Eye Care", DOOR, OTHER_LINE), "no"),
    ("one reception", ("Grand Hotel", DOOR, LINE), ("Bella Vista Bistro", DOOR, LINE), "unsure"),
    ("moved", ("Zanzibar Upholstery", DOOR, LINE), ("Zanzibar Upholstery", ELSEWHERE, LINE), "yes"),
    ("a number that counts calls", ("Delgado Roofing", DOOR, LINE),
     ("Delgado Roofing LLC", DOOR, "833-555-0101"), "yes"),
    ("digits exchanged", ("Delgado Roofing", "512 Mill Rd, Tulsa, OK 74103", LINE),
     ("Delgado Roofing", "521 Mill Road, Tulsa, OK 74103", LINE), "yes"),
    ("another town", ("Golden Dragon", DOOR, LINE), ("Golden Dragon", ELSEWHERE, OTHER_LINE), "no"),
    ("a common name alone", ("Main Street Cafe", None), ("Main Street Cafe", None), "unsure"),
    ("the next owner", ("Gino's Trattoria", DOOR, LINE), ("Saigon Cafe", DOOR, OTHER_LINE), "no"),
    ("its former name", ("Bob's Tire (formerly Ace Garage)", DOOR, LINE),
     ("Ace Garage", DOOR, LINE), "yes"),
    ("a post office box", ("Delgado Roofing", "5 Mill Rd, Tulsa, OK 74103", LINE),
     ("Delgado Roofing", "PO Box 44, Tulsa, OK 74101", LINE), "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "answer"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_what_a_person_would_say(ours, theirs, answer):
    assert compare(_side(*ours), _side(*theirs)).same_place == answer
    assert compare(_side(*theirs), _side(*ours)).same_place == answer
