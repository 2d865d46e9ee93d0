"""What the fuzzers call: every reader of foreign text, with any bytes of up to 2 kB.

A reader may give nothing, but it must not raise, and what it gives must hold what the records
promise: nothing empty, nothing that JSON cannot say, times in UTC, numbers within their bounds.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapers import registry
from scrapers.contact.addresses import addresses
from scrapers.contact.phones import numbers as phone_numbers
from scrapers.extract import as_json
from scrapers.text import clean, dates, numbers
from scrapers.text.countries import country_code
from scrapers.text.hours import weekly
from scrapers.text.translation import original
from scrapers.types import DAYS, ListingRef, Page

MAX_BYTES = 2_048
SEEN_AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_EARLIEST, _LATEST = dates.EARLIEST, SEEN_AT + timedelta(days=2)
URL = "https://site.example/page"
_SOURCES = ("generic", "trustpilot", "tabelog", "yellowpages", "opentable")
_REGIONS = ("US", "GB", "DE", "JP", "KR", "FR", "SE")


def page(text: str, choice: int) -> None:
    """The text as a page of one of the sources."""
    source = registry.get(_SOURCES[choice % len(_SOURCES)])
    extract = source.parse(Page(URL, text, seen_at=SEEN_AT), ListingRef(URL))
    answer = as_json(extract)
    json.dumps(answer, allow_nan=False)
    assert not _empty(answer), answer
    for review in extract.reviews:
        assert review.text or review.title or review.rating or review.recommends is not None
        assert review.published_at is None or _EARLIEST <= review.published_at <= _LATEST
        assert (review.published_at is None) == (review.precision is None)


def _empty(answer: Any) -> bool:
    """Whether "" stands anywhere for what was not said."""
    if isinstance(answer, dict):
        return any(map(_empty, answer.values()))
    return any(map(_empty, answer)) if isinstance(answer, list) else answer == ""


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
    found = dates.when(text, SEEN_AT, ("en-US", "de", None)[choice % 3])
    assert found is None or dates.EARLIEST <= found[0] <= dates.LATEST
    assert all(number is None or math.isfinite(number) for number in numbers.rating(text))
    assert 0 <= (numbers.count(text) or 0) <= numbers.MAX_COUNT
    assert (weekly(text) or {}).keys() <= set(DAYS)
    assert country_code(text) != ""
    said = clean.paragraphs(text)
    assert said != ""
    assert clean.paragraphs(said) == said
    assert len(original(said or "")) <= len(said or "")
    assert "\n" not in (clean.line(text) or "")


def contact(text: str, choice: int) -> None:
    """The text as the plain lines of a contact page."""
    region = _REGIONS[choice % len(_REGIONS)]
    for one in addresses(text.split("\n"), region):
        assert one.address.text
    for number in phone_numbers(text, region):
        assert number.e164.startswith("+")


TARGETS = (page, block, state, words, contact)


def run(data: bytes) -> None:
    """The first byte chooses the target, the second what the target chooses by."""
    data = data[:MAX_BYTES]
    if len(data) > 2:
        target = TARGETS[data[0] % len(TARGETS)]
        target(clean.decode(data[2:]), data[1])
