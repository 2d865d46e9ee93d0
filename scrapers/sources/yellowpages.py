"""YP (yellowpages.com): business pages with JSON-LD; stars and hours also stand in the page."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup

from scrapers.base import Source
from scrapers.structured.html import shallow
from scrapers.text import numbers
from scrapers.text.hours import weekly
from scrapers.types import Capability, Extract, Hours, ListingRef, Page, Rating

_STARS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}


class YellowPages(Source):
    name = "Yellow Pages"
    hosts = ("yellowpages.com",)
    listing_url = re.compile(r"/(?:mip|listings)/[^?#]*?-(?P<id>\d{5,})")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms of use, section 2.1, forbid data mining and scraping.
    default_on = False
    terms_url = "https://www.yellowpages.com/about/legal/terms-conditions"
    correct_url = "https://accounts.yellowpages.com/"
    min_interval_s = 10.0
    weight = 0.5
    countries = ("US",)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        extract = super().parse(page, ref)
        listing = extract.listing
        if listing is None or (listing.hours and listing.rating):
            return extract
        soup = BeautifulSoup(shallow(page.text), "lxml")
        rating = listing.rating or _stars(soup)
        hours = listing.hours or _hours(soup)
        return replace(
            extract,
            listing=replace(listing, rating=rating, hours=hours),
            rating=extract.rating or rating,
        )


def _stars(soup: BeautifulSoup) -> Rating | None:
    """The rating is a word in a class: "rating-stars four half"."""
    element = soup.select_one(".rating-stars, .result-rating")
    words = element.get("class") if element else None
    value = next((_STARS[word] for word in words or () if word in _STARS), None)
    if value is None or words is None:
        return None
    counted = soup.select_one(".ratings .count, .ratings .reviews-count")
    return Rating(
        value + (0.5 if "half" in words else 0.0),
        5.0,
        count=numbers.count(counted.get_text()) if counted else None,
    )


def _hours(soup: BeautifulSoup) -> Hours | None:
    said = [str(time["datetime"]) for time in soup.select(".open-details time[datetime]")]
    return weekly("; ".join(said))
