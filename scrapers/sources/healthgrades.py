"""Healthgrades: pages of doctors, dentists and hospitals with JSON-LD."""

from __future__ import annotations

import re

from scrapers.base import Source
from scrapers.types import Capability


class Healthgrades(Source):
    name = "Healthgrades"
    hosts = ("healthgrades.com",)
    listing_url = re.compile(
        r"/(?:physician|dentist|providers|group-directory|hospital-directory)/(?P<id>[\w-]+)"
    )
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms of use forbid automated reading.
    default_on = False
    terms_url = "https://www.healthgrades.com/content/user-agreement"
    correct_url = "https://update.healthgrades.com/"
    min_interval_s = 10.0
    weight = 0.5
    countries = ("US",)
    trades = ("dentist", "clinic")
