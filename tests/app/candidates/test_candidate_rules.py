"""Doubles, what is missing, how a candidate is shown."""

from app.candidates import rules
from scrapers.types import Address, ListingRecord


def test_a_business_that_stands_twice_on_a_source_is_doubled():
    assert rules.doubled(["yelp", "yelp", "openstreetmap"]) == {"yelp"}


def test_a_candidate_is_shown_in_one_line():
    full = ListingRecord(phone="1", address=Address(street="2 Quay St", locality="Portland"))
    assert rules.one_line(full) == "2 Quay St, Portland, 1"
    assert rules.one_line(ListingRecord(address=Address(text="somewhere"))) == "somewhere"
    assert rules.one_line(ListingRecord()) is None
