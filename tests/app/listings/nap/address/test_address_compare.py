"""Verdicts on two addresses, part by part."""

import pytest

from app.listings.nap.address import compare, parse
from app.listings.nap.verdict import Verdict


def verdict(expected: str, observed: str, country: str):
    return compare(parse(expected, country), parse(observed, country))


@pytest.mark.parametrize(
    ("expected", "observed", "country"),
    [
        ("12 Main St. Ste 1, Waco, TX 76701", "12 Main Street Suite 1, Waco, Texas 76701", "US"),
        ("9 N 2nd Ave, Mesa, AZ 85201", "9 North Second Avenue, Mesa, Arizona 85201-1234", "US"),
        ("Hauptstr. 12a, 10115 Berlin", "Hauptstraße 12 A, 10115 Berlin, Deutschland", "DE"),
        ("12 r. de la Paix, 75002 Paris", "12, Rue de la Paix, 75002 PARIS", "FR"),
        ("5 St. Mary's Rd, London NW1 6XE", "5 Saint Marys Road, London nw16xe", "GB"),
    ],
)  # fmt: skip
def test_another_spelling_is_never_different(expected, observed, country):
    assert verdict(expected, observed, country).verdict is Verdict.EQUIVALENT


@pytest.mark.parametrize(
    ("part", "observed"),
    [
        ("house_number", "124 Main St Ste 101, Austin, TX 78701"),
        ("unit", "123 Main St Ste 102, Austin, TX 78701"),
        ("street", "123 Main Ave Ste 101, Austin, TX 78701"),
        ("postal_code", "123 Main St Ste 101, Austin, TX 78702"),
        ("region", "123 Main St Ste 101, Austin, OK 78701"),
    ],
)
def test_a_changed_part_is_different_and_the_others_are_not(part, observed):
    judged = verdict("123 Main St Ste 101, Austin, TX 78701", observed, "US")
    assert judged.verdict is Verdict.DIFFERENT
    assert [n for n, v in judged.parts.items() if v is Verdict.DIFFERENT] == [part]


def test_a_missing_unit_is_absent_and_the_address_equivalent():
    judged = verdict("123 Main St Ste 101, Austin, TX 78701", "123 Main St, Austin, TX 78701", "US")
    assert judged.parts["unit"] is Verdict.ABSENT
    assert judged.verdict is Verdict.EQUIVALENT


def test_the_rule_is_named():
    judged = verdict("1 Elm St Suite 2, Ames, IA 50010", "1 Elm St Ste 2, Ames, IA 50010", "US")
    assert judged.why == "Ste = Suite"
