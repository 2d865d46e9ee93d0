"""The whole comparison: fields, parts, same place, score, and values nobody expects."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from app.listings.nap.compare import FIELDS, compare
from app.listings.nap.place import Place
from jobs.commands.compare import command
from scrapers.types import Address, ListingRecord

LOCATION = {
    "name": "Joe's Pizza",
    "address": {
        "street": "12 Main St Ste 101",
        "locality": "Austin",
        "region": "TX",
        "postal_code": "78701",
    },
    "country": "US",
    "phone": "(512) 555-0100",
    "website": "https://joes.example",
    "hours": {"mon": [["09:00", "17:00"]]},
    "categories": ["Pizza Restaurant"],
    "status": "open",
}
LISTING = {
    "name": "Joes Pizza LLC",
    "address": {"text": "12 Main Street, Suite 101, Austin, Texas 78701"},
    "phones": ["+1 512 555 0199", "+1 512 555 0100"],
    "website": "http://www.joes.example/?utm_source=x",
    "hours": {"mon": [["09:00", "17:00"]], "tue": []},
    "categories": ["pizzeria"],
    "status": "OPERATIONAL",
}


def test_a_listing_written_differently_agrees_in_every_field():
    compared = compare(Place.from_json(LOCATION), Place.from_json(LISTING))
    assert {field.verdict for field in compared.fields.values()} == {"equivalent"}
    assert compared.same_place == "yes"
    assert compared.score == 100
    assert compared.address_parts["unit"] == "equivalent"


def test_a_place_is_identical_to_itself():
    compared = compare(Place.from_json(LOCATION), Place.from_json(LOCATION))
    assert {field.verdict for field in compared.fields.values()} == {"identical"}


def test_what_the_record_lacks_is_unset_and_what_the_listing_lacks_absent():
    empty = Place()
    assert _verdicts(LOCATION, {}) == dict.fromkeys(FIELDS, "absent")
    assert _verdicts({}, LISTING) == dict.fromkeys(FIELDS, "unset")
    assert compare(empty, empty).same_place == "unsure"


def test_a_listing_record_of_a_source_is_read_as_a_place():
    record = ListingRecord(
        name=" Joe's  Pizza ",
        phones=["512-555-0100"],
        address=Address(street="12 Main Street", locality="Austin", region="TX"),
    )
    compared = compare(Place.from_json(LOCATION), Place.from_listing(record, "US"))
    assert compared.fields["name"].verdict == "identical"
    assert compared.fields["phone"].verdict == "equivalent"
    assert compared.address_parts["unit"] == "absent"
    assert compared.fields["address"].verdict in ("equivalent", "absent")


@pytest.mark.parametrize(
    ("field", "value", "listing"),
    [
        ("phone", "5125550177", {"phone": "512-555-0177"}),
        ("name", "josephs pies", {"name": "Joseph's Pies"}),
        ("website", "joes-old.example", {"website": "https://www.joes-old.example/"}),
        ("address", "14 Main Street, Austin TX", {"address": "14 Main St, Austin, TX"}),
        ("hours", {"mon": [["10:00", "17:00"]]}, {"hours": {"mon": [["10:00", "17:00"]]}}),
        ("category", ["Bakery"], {"categories": ["bakery"]}),
    ],
)
def test_an_accepted_variant_ends_the_alarm_for_that_value_only(field, value, listing):
    accepted = [{"field": field, "value": value}]
    assert _verdicts(LOCATION, listing)[field] == "different"
    assert _verdicts(LOCATION, listing, accepted)[field] == "equivalent"
    another = {
        "phone": "512-555-0178",
        "name": "Josephine",
        "website": "http://else.example",
        "address": "14 Main St Ste 9, Austin, TX",
        "hours": {"mon": [["11:00", "17:00"]]},
        "categories": ["Bank"],
    }
    assert _verdicts(LOCATION, another, accepted)[field] == "different"


def test_a_number_takes_the_country_that_the_address_names():
    ours = {"phone": "030 123456", "address": "Hauptstr. 1, 10115 Berlin, Germany"}
    assert _verdicts(ours, {"phone": "+49 30 123456"})["phone"] == "equivalent"
    assert (
        _verdicts(ours | {"country": "UK", "phone": "020 7946 0958"}, {"phone": "+442079460958"})[
            "phone"
        ]
        == "equivalent"
    )


SAME_NAME = {"name": "Joe's Pizza", "country": "US"}


@pytest.mark.parametrize(
    ("listing", "answer"),
    [
        ({"phone": "512 555 0100"}, "yes"),
        ({"address": "12 Main St, Austin, TX 78701"}, "yes"),
        ({}, "unsure"),
        ({"phone": "512 555 0188", "address": "14 Main St, Austin, TX 78701"}, "no"),
        ({"phone": "512 555 0188", "address": "9 Oak Ave, Dallas, TX 75201"}, "no"),
    ],
)
def test_a_name_alone_is_unsure_and_the_branch_next_door_another_place(listing, answer):
    compared = compare(Place.from_json(LOCATION), Place.from_json(SAME_NAME | listing))
    assert compared.same_place == answer


HUGE = [
    "a" * 100_000,
    "(" * 99_999,
    " - " * 33_000,
    "店" * 100_000,
    "a\u0300" * 50_000,
    "ﷺ" * 9_000,
]


@pytest.mark.parametrize("huge", HUGE, ids=lambda text: repr(text[:3]))
@pytest.mark.parametrize("key", ["name", "phone", "website", "hours", "address", "country"])
def test_a_value_as_long_as_a_book_gets_a_verdict(key, huge):
    for value in (huge, {"text": huge, "street": huge, "mon": huge}):
        shown = LISTING | {key: value}
        answer = compare(Place.from_json(LOCATION), Place.from_json(shown)).to_json()
        assert len(json.dumps(answer)) < 100_000


@pytest.mark.parametrize("name", ["Littletown", "Joes Pizza", "Joe's Pizzeria & Grill"])
def test_both_sides_say_the_same_of_each_other(name):
    ours = Place.from_json(LOCATION | {"name": "Little Town" if "tt" in name else "Joe's Pizza"})
    theirs = Place.from_json(LISTING | {"phone": "512 555 0188", "name": name})
    there, back = compare(ours, theirs), compare(theirs, ours)
    assert there.probability == pytest.approx(back.probability)


ODD = [None, "", " ", 0, 5, 1e308, True, [], {}, [[]], [None], {"mon": 3}, "\x00\u202e", "x" * 9999]


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("key", [*LOCATION, "phones", "latitude"])
def test_odd_values_get_a_verdict(key, odd):
    for ours, theirs in ((LOCATION, LISTING | {key: odd}), (LOCATION | {key: odd}, LISTING)):
        answer = compare(Place.from_json(ours), Place.from_json(theirs)).to_json()
        assert 0 <= answer["probability"] <= 1
        assert 0 <= answer["score"] <= 100
        json.dumps(answer)


def test_the_command_answers_line_by_line_and_reports_bad_lines():
    lines = [
        json.dumps({"id": 1, "location": LOCATION, "listing": LISTING}),
        json.dumps({"id": 2, "location": 3}),
        json.dumps({"id": 3, "location": LOCATION, "listing": {}, "accepted": "x"}),
    ]
    result = CliRunner().invoke(command, input="\n".join(lines))
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2, 3]
    assert answers[0]["same_place"] == "yes"
    assert list(answers[0]["fields"]) == list(FIELDS)
    assert "object" in answers[1]["error"]
    assert "list" in answers[2]["error"]
    assert result.exit_code == 1


def _verdicts(location, listing, accepted=()):
    compared = compare(Place.from_json(location), Place.from_json(listing), accepted)
    return {name: str(field.verdict) for name, field in compared.fields.items()}
