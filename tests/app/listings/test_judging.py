"""A listing of a business that changed: late is not the same as somebody else's."""

from app.listings.judging import FORMER, judge
from app.listings.nap.place import Place
from scrapers.types import Address

QUAY = Address("", "12 Quay Street", "Portland", "OR", "97209", "US")
HILL = Address("", "900 Hill Avenue", "Salem", "OR", "97301", "US")
OLD = Place(name="Harbour Café", address=QUAY, phones=("(503) 555-0118",), country="US")
NEW = Place(name="Harbour Café", address=HILL, phones=("(971) 555-0199",), country="US")


def verdicts(compared):
    wrong = {
        name: cell["why"]
        for name, cell in compared["fields"].items()
        if cell["verdict"] == "different"
    }
    return compared["same_place"], wrong


def test_a_listing_that_has_not_followed_is_ours_and_late():
    assert verdicts(judge(NEW, [], OLD))[0] == "no"
    assert verdicts(judge(NEW, [OLD], OLD)) == ("yes", {"address": FORMER, "phone": FORMER})


def test_what_was_wrong_before_too_is_not_called_late():
    third = Place(name="Harbour Café", address=QUAY, phones=("(503) 555-0777",), country="US")
    same, wrong = verdicts(judge(NEW, [OLD], third))
    assert (same, wrong["address"]) == ("yes", FORMER)
    assert wrong["phone"] != FORMER


def test_a_stranger_stays_one_and_who_followed_needs_no_past():
    stranger = Place(
        name="Smith Tyres", address=Address("", "1 Main Street", "Bend", "OR", "97701", "US"),
        phones=("(541) 555-0100",), country="US",
    )  # fmt: skip
    assert verdicts(judge(NEW, [OLD], stranger))[0] == "no"
    assert judge(NEW, [OLD], NEW) == judge(NEW, [], NEW)
