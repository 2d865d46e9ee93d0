"""Angi (Angie's List): pages of home services with JSON-LD.

Nothing says that its markup always holds the answers of the business: where one stands in it,
replies are visible on that page, else whether a review was answered is not known."""

from __future__ import annotations

import re

from scrapers.base import Source
from scrapers.types import Capability


class Angi(Source):
    name = "Angi"
    hosts = ("angi.com", "angieslist.com")
    listing_url = re.compile(r"/companylist/us/(?P<id>[^?#]+?)(?:\.htm)?(?:[?#]|$)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms of use forbid automated reading.
    default_on = False
    terms_url = "https://www.angi.com/terms/"
    correct_url = "https://pro.angi.com/"
    min_interval_s = 10.0
    weight = 0.4
    countries = ("US",)
    trades = ("plumber",)
