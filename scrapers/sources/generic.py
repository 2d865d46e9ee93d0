"""Any site that has no source of its own, read by its markup and then by its plain text."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapers.base import Source
from scrapers.types import Capability


class Generic(Source):
    name = "Other website"
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS})
    weight = 0.2

    def title(self, url: str) -> str:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            host = ""
        return host.removeprefix("www.") or self.name
