"""Reading a page: ours beside extruct asked for JSON-LD and microdata, and beside the floor.

The floor finds the JSON-LD by a regular expression and parses it, or walks the page for microdata,
and makes no records. Ratios of one run count; absolute rates depend on the machine.
"""

from __future__ import annotations

import gc
import json
import re
import statistics
import time
from collections.abc import Callable

import extruct
from selectolax.lexbor import LexborHTMLParser

from bench.pages import REVIEWS, corpus
from scrapers import registry
from scrapers.types import ListingRef, Page

PAGES = 120
ROUNDS = 5
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def ours(text: str) -> list[tuple]:
    page = Page("https://directory.example/biz/1", text)
    extract = registry.get("generic").parse(page, ListingRef(page.url))
    return [
        (r.author, r.rating.value if r.rating else None, r.text, str(r.published_at)[:10])
        for r in extract.reviews
    ]


def peer(text: str) -> list[tuple]:
    found = extruct.extract(text, syntaxes=["json-ld", "microdata"], uniform=True)
    items = [*found["json-ld"], *found["microdata"]]
    return [
        (
            review["author"]["name"],
            float(review["reviewRating"]["ratingValue"]),
            review["reviewBody"],
            review["datePublished"],
        )
        for item in items
        for review in item.get("review", [])
    ]


def floor(text: str) -> int:
    if found := _SCRIPT.search(text):
        return len(json.loads(found[1])["review"])
    return len(LexborHTMLParser(text).css('[itemprop="review"]'))


def seconds(read: Callable[[str], object], pages: list[str]) -> float:
    started = time.process_time()
    for page in pages:
        read(page)
    return (time.process_time() - started) / len(pages)


def main() -> None:
    gc.freeze()  # as the worker does: what was imported is never garbage
    pages = list(corpus(PAGES))
    assert all(ours(page) == peer(page) and len(ours(page)) == REVIEWS for page in pages)
    kinds = {
        "mixed": pages,
        "JSON-LD": [page for page in pages if "ld+json" in page],
        "microdata": [page for page in pages if "itemscope" in page],
    }
    for name, chosen in kinds.items():
        rounds = [[seconds(read, chosen) for read in (floor, ours, peer)] for _ in range(ROUNDS)]
        low, mine, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(
            f"{name:10} ours {mine * 1e3:6.2f} ms/page · extruct {theirs * 1e3:6.2f} = "
            f"{theirs / mine:4.1f} x ours · floor {low * 1e3:5.2f} = {mine / low:4.1f} x below ours"
        )


if __name__ == "__main__":
    main()
