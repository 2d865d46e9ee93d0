"""Categories and statuses: every directory has its own words."""

from __future__ import annotations

import pytest

from app.listings.nap.categories import compare_categories
from app.listings.nap.compare import compare
from app.listings.nap.place import Place
from app.listings.nap.statuses import compare_statuses
from app.listings.nap.verdict import Verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        (["Pizza"], ["pizza"], "equivalent"),
        (["Pizza Restaurant"], ["pizzeria"], "equivalent"),
        (["Italian Restaurant"], ["Restaurant"], "equivalent"),
        (["Dentist"], ["Zahnarztpraxis"], "equivalent"),
        (["Dentist"], ["치과"], "equivalent"),
        (["Hair Salon"], ["美容室"], "equivalent"),
        (["Coffee Shop"], ["Café"], "equivalent"),
        (["Auto Repair"], ["Mechanic", "Car Wash"], "equivalent"),
        (["Plumber"], ["Bakery"], "different"),
        (["Dentist"], ["Law Firm"], "different"),
        (["식당"], ["미용실"], "different"),
        (["Axe throwing"], ["Recreation"], "unreadable"),
        (["Plumber"], ["Recreation"], "unreadable"),
        (["Plumber"], ["Plumber"], "identical"),
    ],
)
def test_words_for_a_trade_are_compared_by_their_trade(ours, theirs, verdict):
    assert str(compare_categories(tuple(ours), tuple(theirs)).verdict) == verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("open", "open", Verdict.IDENTICAL),
        ("open", "OPERATIONAL", Verdict.EQUIVALENT),
        ("temporarily_closed", "CLOSED_TEMPORARILY", Verdict.EQUIVALENT),
        ("open", "Permanently closed", Verdict.DIFFERENT),
        ("open", "閉店", Verdict.DIFFERENT),
        ("open", "moved", Verdict.DIFFERENT),
        ("closed", "open", Verdict.DIFFERENT),
        ("open", "busy", Verdict.UNREADABLE),
    ],
)
def test_an_open_place_called_closed_misleads(ours, theirs, verdict):
    assert compare_statuses(ours, theirs).verdict is verdict


@pytest.mark.parametrize("shown", ["closed", "CLOSED_TEMPORARILY", "moved", "open", None])
def test_a_record_without_a_status_has_none_to_compare(shown):
    field = compare(Place(name="Joe's"), Place(name="Joe's", status=shown)).fields["status"]
    assert (field.verdict, field.expected) == (Verdict.UNSET, None)
