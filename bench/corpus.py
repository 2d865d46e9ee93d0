"""Pages of invented directories to measure collection on: about 88 kB each, 20 reviews a page,
seven of ten marked up in JSON-LD and three in microdata."""

from __future__ import annotations

import html
import json
import random
from dataclasses import dataclass

REVIEWS_A_PAGE = 20
_WORDS = (
    "bread coffee table friendly morning quick slow service corner window warm cold fresh price "
    "queue staff always never again street parking clean music evening cake order waited kind "
    "phone booked open closed family garden lunch dinner recommended visit delivery repair honest "
    "quality careful tidy pleasant helpful answer problem solved returned paid quote work"
).split()
_NAMES = (
    "Ana Ben Chae Dmitri Eun Fatou Gus Hana Ines Jun Kofi Lea Mio Nils Ola Pia Quin Rui Sol".split()
)


@dataclass(frozen=True)
class Corpus:
    """`paths` to their pages, and per path the reviews that stand there."""

    pages: dict[str, bytes]
    reviews: dict[str, set[tuple[str, float, str]]]


def make(count: int, seed: int = 1) -> Corpus:
    """`count` pages at "/b/0" and on; reviews are (author, stars, text)."""
    chance = random.Random(seed)
    pages, reviews = {}, {}
    for number in range(count):
        path = f"/b/{number}"
        found = [_review(chance) for _ in range(REVIEWS_A_PAGE)]
        page = _json_ld if number % 10 < 7 else _microdata
        pages[path] = page(chance, number, found).encode()
        reviews[path] = set(found)
    return Corpus(pages, reviews)


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def _review(chance: random.Random) -> tuple[str, float, str]:
    text = " ".join(_sentence(chance, chance.randint(6, 12)) for _ in range(3))
    author = f"{chance.choice(_NAMES)} {chance.randint(100, 999)}"
    return author, float(chance.randint(1, 5)), text


def _json_ld(chance: random.Random, number: int, reviews: list[tuple[str, float, str]]) -> str:
    block = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": f"Business {number}",
        "telephone": f"+1 303 555 {number % 10000:04}",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{number} Mill Lane",
            "addressLocality": "Ambleford",
            "postalCode": "80299",
        },
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": "4.2",
            "reviewCount": str(len(reviews)),
        },
        "review": [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": author},
                "reviewRating": {"@type": "Rating", "ratingValue": stars},
                "datePublished": "2026-03-02",
                "reviewBody": text,
            }
            for author, stars, text in reviews
        ],
    }
    shown = "".join(f'<div class="card"><p>{html.escape(text)}</p></div>' for _, _, text in reviews)
    script = f'<script type="application/ld+json">{json.dumps(block)}</script>'
    return _around(chance, number, script, shown)


def _microdata(chance: random.Random, number: int, reviews: list[tuple[str, float, str]]) -> str:
    shown = "".join(
        '<div itemprop="review" itemscope itemtype="https://schema.org/Review" class="card">'
        f'<span itemprop="author">{html.escape(author)}</span>'
        '<span itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">'
        f'<meta itemprop="ratingValue" content="{stars}"></span>'
        '<meta itemprop="datePublished" content="2026-03-02">'
        f'<p itemprop="reviewBody">{html.escape(text)}</p></div>'
        for author, stars, text in reviews
    )
    body = (
        '<div itemscope itemtype="https://schema.org/LocalBusiness">'
        f'<h1 itemprop="name">Business {number}</h1>'
        f'<span itemprop="telephone">+1 303 555 {number % 10000:04}</span>{shown}</div>'
    )
    return _around(chance, number, "", body)


def _around(chance: random.Random, number: int, head: str, body: str) -> str:
    """A page as directories make them: mostly menus, styles, scripts and links to others."""
    style = "".join(
        f".c{chance.randint(0, 9999)}{{margin:{n}px;padding:{chance.randint(0, 40)}px}}"
        for n in range(450)
    )
    links = "".join(
        f'<li class="item i{n}"><a href="/b/{chance.randint(0, 9999)}" data-track="{n}">'
        f"{_sentence(chance, 4)}</a></li>"
        for n in range(330)
    )
    script = ",".join(f'"k{n}":{chance.randint(0, 10**6)}' for n in range(900))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Business {number}'
        f"</title><style>{style}</style>{head}</head><body><nav><ul>{links}</ul></nav>"
        f"<main>{body}</main><script>window.state={{{script}}};</script></body></html>"
    )
