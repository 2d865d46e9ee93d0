"""Zomato: restaurant pages with JSON-LD."""

from __future__ import annotations

import re

from scrapers.base import Source
from scrapers.types import Capability


class Zomato(Source):
    name = "Zomato"
    hosts = ("zomato.com",)
    listing_url = re.compile(r"zomato\.com/(?P<id>[\w-]+/[\w-]+)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms of use forbid automated reading.
    default_on = False
    terms_url = "https://www.zomato.com/policies/terms-of-service"
    correct_url = "https://www.zomato.com/partners"
    min_interval_s = 10.0
    weight = 0.5
    countries = ("IN", "AE")
    trades = ("cafe", "restaurant")
