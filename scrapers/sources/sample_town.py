"""The directories of the sample town that are read as pages (see `app.sample`)."""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.sources.generic import Generic
from scrapers.types import Capability, Extract, ListingRef, Page

# Path → name of the directory, and whether its pages show owners' replies.
DIRECTORIES = {
    "townbook": ("Townbook", True),
    "plateful": ("Plateful", False),
    "kindred": ("Kindred Pages", False),
    "register": ("Old Quay Register", False),
    "reviewlane": ("Reviewlane", True),
}


class SampleTown(Generic):
    name = "Sample town"
    hosts = ("127.0.0.1",)
    listing_url = re.compile(rf"//127\.0\.0\.1:\d+/(?P<id>(?:{'|'.join(DIRECTORIES)})/[\w-]+)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES})
    min_interval_s = 0.0
    weight = 0.5

    def title(self, url: str) -> str:
        directory = (self.recognise(url) or "").partition("/")[0]
        return DIRECTORIES[directory][0] if directory in DIRECTORIES else self.name

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        directory = (self.recognise(ref.url) or "").partition("/")[0]
        shown = DIRECTORIES.get(directory, ("", False))[1]
        return replace(super().parse(page, ref), source=self.key, replies_visible=shown)
