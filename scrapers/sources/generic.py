"""Any site that has no source of its own, read by its markup and then by its plain text."""

from __future__ import annotations

from dataclasses import replace

from scrapers import reading
from scrapers.base import Source
from scrapers.structured.html import host_of
from scrapers.structured.markup import Markup
from scrapers.types import Capability, Extract, ListingRecord, ListingRef, Page


class Generic(Source):
    name = "Other website"
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    weight = 0.2

    def title(self, url: str) -> str:
        return host_of(url).removeprefix("www.") or self.name

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        markup = Markup(page.text, page.url)
        extract = reading.read_markup(markup, page, ref, self.key)
        if extract.rating or extract.reviews:
            return extract  # a directory's page: what else stands there is not the listing's
        # Only here, so that pages with reviews in markup never pay for it.
        from scrapers.contact import reader

        listing, others = reader.read(markup, ref)
        if extract.listing and listing:
            if listing.address and extract.listing.address:
                others = [ListingRecord(address=listing.address), *others]
            listing = reader.complete(extract.listing, listing)
        listing = listing or extract.listing
        known = [place for place in (listing, *extract.others) if place]
        return replace(
            extract, listing=listing, others=[*extract.others, *reader.unknown(others, known)]
        )
