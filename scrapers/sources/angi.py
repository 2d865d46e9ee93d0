"""Angi (Angie's List): pages of home services with JSON-LD."""

from __future__ import annotations

import re

from scrapers.base import Source
from scrapers.types import Capability


class Angi(Source):
    name = "Angi"
    hosts = ("angi.com", "angieslist.com")
    listing_url = re.compile(r"/companylist/us/(?P<id>[^?#]+?)(?:\.htm)?(?:[?#]|$)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES})
    # Its terms of use forbid automated reading.
    default_on = False
    terms_url = "https://www.angi.com/termsofuse.htm"
    correct_url = "https://pro.angi.com/"
    min_interval_s = 10.0
    weight = 0.4
    countries = ("US",)
    trades = ("plumber",)
