"""Data Axle: a business database that many American directories and cars take their data from."""

from __future__ import annotations

from scrapers.base import Source
from scrapers.types import Access


class DataAxle(Source):
    name = "Data Axle"
    hosts = ("data-axle.com", "expressupdate.com")
    access = Access.BY_HAND
    default_on = False
    terms_url = "https://www.data-axle.com/"
    correct_url = "https://local-listings.data-axle.com/"
    by_hand = (
        "Search for the business by phone in Data Axle Local Listings.",
        "Compare name, address, phone, website and category.",
        "Claim and correct it there; other directories follow over some months.",
    )
    weight = 0.6
    countries = ("US", "CA")
