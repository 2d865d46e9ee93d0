"""Apple Business Connect: what Apple Maps and Siri show; partners only, so looked at by hand."""

from __future__ import annotations

from scrapers.base import Source
from scrapers.types import Access


class AppleBusinessConnect(Source):
    name = "Apple Maps"
    hosts = ("maps.apple.com", "businessconnect.apple.com")
    access = Access.BY_HAND
    default_on = False
    terms_url = "https://www.apple.com/legal/internet-services/maps/terms-en.html"
    correct_url = "https://businessconnect.apple.com/"
    by_hand = (
        "Open the place on maps.apple.com or on an iPhone.",
        "Compare name, address, phone, hours and the position of the pin.",
        "Correct it under Places in Apple Business Connect; changes are reviewed for some days.",
    )
    weight = 0.9
