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

from bench import corpus
from scrapers import registry
from scrapers.types import ListingRef, Page

PAGES = 120
ROUNDS = 5
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def ours(text: str) -> set[tuple]:
    page = Page("https://directory.example/biz/1", text)
    extract = registry.get("generic").parse(page, ListingRef(page.url))
    return {(r.author, r.rating.value if r.rating else None, r.text) for r in extract.reviews}


def peer(text: str) -> set[tuple]:
    found = extruct.extract(text, syntaxes=["json-ld", "microdata"], uniform=True)
    return {
        (
            _name(review["author"]),
            float(review["reviewRating"]["ratingValue"]),
            review["reviewBody"],
        )
        for item in (*found["json-ld"], *found["microdata"])
        for review in item.get("review", [])
    }


def _name(author: dict | str) -> str:
    return author["name"] if isinstance(author, dict) else author


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
    made = corpus.make(PAGES)
    pages = [page.decode() for page in made.pages.values()]
    for page, reviews in zip(pages, made.reviews.values(), strict=True):
        assert ours(page) == peer(page) == reviews
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
