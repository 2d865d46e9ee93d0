"""Acxiom: a business database that American directories take their data from."""

from __future__ import annotations

from scrapers.base import Source
from scrapers.types import Access


class Acxiom(Source):
    name = "Acxiom"
    hosts = ("myacxiom.com", "acxiom.com")
    access = Access.BY_HAND
    default_on = False
    terms_url = "https://www.acxiom.com/"
    correct_url = "https://mybusinesslistingmanager.myacxiom.com/"
    by_hand = (
        "Search for the business in My Business Listing Manager.",
        "Compare name, address, phone and category.",
        "Claim and correct it there; other directories follow over some months.",
    )
    weight = 0.4
    countries = ("US",)
