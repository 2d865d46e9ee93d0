"""Doubles, what is missing, how a candidate is shown."""

from app.candidates import rules
from app.listings.models import Listing
from scrapers.types import Address, ListingRecord


def test_a_business_that_stands_twice_on_a_source_is_doubled():
    assert rules.doubled(["yelp", "yelp", "openstreetmap"]) == {"yelp"}


def test_a_candidate_is_shown_in_one_line():
    full = ListingRecord(phone="1", address=Address(street="2 Quay St", locality="Portland"))
    assert rules.one_line(full) == "2 Quay St, Portland, 1"
    assert rules.one_line(ListingRecord(address=Address(text="somewhere"))) == "somewhere"
    assert rules.one_line(ListingRecord()) is None


def listing(key, same_place="yes"):
    return Listing(source_key=key, comparison=same_place and {"same_place": same_place})


def test_two_pages_of_one_directory_that_are_both_ours_are_one_too_many():
    pages = [listing("yelp"), listing("yelp"), listing("bbb")]
    others = [listing("bbb", "no"), listing("bbb", "unsure"), listing("bbb", None)]
    assert rules.twice([*pages, *others], lambda one: one.source_key) == {"yelp": pages[:2]}
