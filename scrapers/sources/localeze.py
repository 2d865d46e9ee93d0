"""Localeze: a business database that search engines, maps and directories take their data from."""

from __future__ import annotations

from scrapers.base import Source
from scrapers.types import Access


class Localeze(Source):
    name = "Localeze"
    hosts = ("neustarlocaleze.biz", "localeze.com")
    access = Access.BY_HAND
    default_on = False
    terms_url = "https://www.neustarlocaleze.biz/"
    correct_url = "https://www.neustarlocaleze.biz/directory/"
    by_hand = (
        "Search for the business in the Localeze directory.",
        "Compare name, address and phone.",
        "Claim and correct it there; other directories follow over some months.",
    )
    weight = 0.5
    countries = ("US", "CA")
