"""Better Business Bureau: profile pages with JSON-LD; its letter grade is no star rating."""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.base import Source
from scrapers.types import Capability, Extract, ListingRef, Page, Request


class Bbb(Source):
    name = "Better Business Bureau"
    hosts = ("bbb.org",)
    listing_url = re.compile(r"/profile/[^?#]*?-(?P<id>\d{4}-\d+)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    # Its terms allow personal use only, none for sales; robots.txt keeps addresses with a query.
    default_on = False
    terms_url = "https://www.bbb.org/terms-of-use"
    correct_url = "https://www.bbb.org/business-login"
    min_interval_s = 10.0
    weight = 0.5
    countries = ("US", "CA", "MX")

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        """The profile, and from there the page of reviews, which stands apart."""
        extract = super().parse(page, ref)
        address = page.url.partition("?")[0].rstrip("/")
        if extract.next or "/customer-reviews" in address:
            return extract
        return replace(extract, complete=False, next=Request(f"{address}/customer-reviews"))
