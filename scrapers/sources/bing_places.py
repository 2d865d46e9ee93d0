"""Bing Places: what Bing and Microsoft's assistants show; its API is for partners only."""

from __future__ import annotations

from scrapers.base import Source
from scrapers.types import Access


class BingPlaces(Source):
    name = "Bing Places"
    hosts = ("bingplaces.com",)
    access = Access.BY_HAND
    default_on = False
    terms_url = "https://www.bingplaces.com/"
    correct_url = "https://www.bingplaces.com/"
    by_hand = (
        "Search for the business on bing.com/maps.",
        "Compare name, address, phone, hours and website.",
        "Correct it in Bing Places, by hand or by importing the Google Business Profile again.",
    )
    weight = 0.6
