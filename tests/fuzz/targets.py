"""What the fuzzers call: every reader of foreign text, with any bytes of up to 2 kB.

A reader may give nothing, but it must not raise, and what it gives must be writable as JSON.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from scrapers import registry
from scrapers.contact.addresses import addresses
from scrapers.contact.phones import numbers as phone_numbers
from scrapers.extract import as_json
from scrapers.text import clean, dates, numbers
from scrapers.text.countries import country_code
from scrapers.text.hours import weekly
from scrapers.text.translation import original
from scrapers.types import ListingRef, Page

MAX_BYTES = 2_048
SEEN_AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
URL = "https://site.example/page"
_SOURCES = ("generic", "trustpilot", "tabelog", "yellowpages", "opentable")
_REGIONS = ("US", "GB", "DE", "JP", "KR", "FR", "SE")


def page(text: str, choice: int) -> None:
    """The text as a page of one of the sources."""
    source = registry.get(_SOURCES[choice % len(_SOURCES)])
    extract = source.parse(Page(URL, text, seen_at=SEEN_AT), ListingRef(URL))
    json.dumps(as_json(extract))


def block(text: str, choice: int) -> None:
    """The text as a block of JSON-LD, beside one that is good."""
    good = '<script type="application/ld+json">{"@type": "Bakery", "name": "Good"}</script>'
    page(f'{good}<script type="application/ld+json">{text}</script>', choice)


def state(text: str, choice: int) -> None:
    """The text as the state that a page carries for its scripts."""
    opening = '<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": '
    page(f"{opening}{text}}}}}</script>", 1)


def words(text: str, choice: int) -> None:
    """The text as each of the small values that pages hold."""
    dates.when(text, SEEN_AT, ("en-US", "de", None)[choice % 3])
    numbers.rating(text)
    numbers.count(text)
    weekly(text)
    country_code(text)
    original(clean.paragraphs(text) or "")
    clean.line(text)


def contact(text: str, choice: int) -> None:
    """The text as the plain lines of a contact page."""
    region = _REGIONS[choice % len(_REGIONS)]
    addresses(text.split("\n"), region)
    phone_numbers(text, region)


TARGETS = (page, block, state, words, contact)


def run(data: bytes) -> None:
    """The first byte chooses the target, the second what the target chooses by."""
    data = data[:MAX_BYTES]
    if len(data) > 2:
        target = TARGETS[data[0] % len(TARGETS)]
        target(clean.decode(data[2:]), data[1])
