"""OpenTable: restaurant pages with JSON-LD, which leaves out the owners' replies that people see
under the reviews."""

from __future__ import annotations

import re

from scrapers.base import Source
from scrapers.types import Capability


class OpenTable(Source):
    name = "OpenTable"
    hosts = (
        "opentable.com", "opentable.co.uk", "opentable.ca", "opentable.com.au", "opentable.de",
        "opentable.es", "opentable.it", "opentable.nl", "opentable.ie", "opentable.jp",
        "opentable.com.mx", "opentable.hk", "opentable.sg",
    )  # fmt: skip
    listing_url = re.compile(r"/(?:r|restaurant/profile)/(?P<id>[\w-]+)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms of use forbid automated reading.
    default_on = False
    terms_url = "https://www.opentable.com/legal/terms-and-conditions"
    correct_url = "https://guestcenter.opentable.com/"
    min_interval_s = 10.0
    weight = 0.5
    # fmt: off
    countries = (
        "US", "CA", "MX", "GB", "IE", "DE", "NL", "ES", "IT", "FR", "AU", "JP", "HK", "SG", "TW",
        "TH", "AE",
    )
    # fmt: on
    trades = ("restaurant",)
