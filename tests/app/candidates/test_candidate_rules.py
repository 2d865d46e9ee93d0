"""Doubles, what is missing, how a candidate is shown."""

from app.candidates import rules
from scrapers import registry
from scrapers.types import Address, ListingRecord


def test_a_business_that_stands_twice_on_a_source_is_doubled():
    assert rules.doubled(["yelp", "yelp", "openstreetmap"]) == {"yelp"}


def test_sources_of_other_countries_and_those_listed_on_are_not_missed():
    missed = {one.key for one in rules.missing(registry.all_sources(), "US", ["yelp"])}
    assert "google_business_profile" in missed
    assert not missed & {"yelp", "naver", "tabelog", "sample_town", "sample_cityvoice", "generic"}


def test_the_weightiest_missing_source_comes_first():
    weights = [one.weight for one in rules.missing(registry.all_sources(), "KR", [])]
    assert weights == sorted(weights, reverse=True)


def test_a_candidate_is_shown_in_one_line():
    full = ListingRecord(phone="1", address=Address(street="2 Quay St", locality="Portland"))
    assert rules.one_line(full) == "2 Quay St, Portland, 1"
    assert rules.one_line(ListingRecord(address=Address(text="somewhere"))) == "somewhere"
    assert rules.one_line(ListingRecord()) is None
