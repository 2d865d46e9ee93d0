"""Made-up directory pages like those of real sites: 88 KB, 20 reviews, JSON-LD or microdata.

The same number always makes the same page, so that two readers can be compared on it.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator

REVIEWS = 20
PAGE_CHARS = 88_000
JSONLD_SHARE = 0.7

_WORDS = (
    "the a we our they staff table order room morning bread coffee quick slow friendly cold warm "
    "clean tidy parking price fair again never always family lunch dinner waited minutes kindly "
    "asked answered phone booking online garden window street corner music quiet loud lovely"
).split()


def page(number: int) -> str:
    """Page `number` of the corpus."""
    rng = random.Random(number)
    place = _place(number, rng)
    body = _jsonld(place) if rng.random() < JSONLD_SHARE else _microdata(place)
    return _dressed(place, body, rng)


def corpus(size: int) -> Iterator[str]:
    return (page(number) for number in range(size))


def _place(number: int, rng: random.Random) -> dict:
    reviews = [
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": f"{rng.choice(_WORDS).title()} {index}"},
            "datePublished": f"2026-{rng.randint(1, 10):02d}-{rng.randint(1, 28):02d}",
            "reviewRating": {"@type": "Rating", "ratingValue": rng.randint(1, 5), "bestRating": 5},
            "reviewBody": " ".join(rng.choices(_WORDS, k=38)).capitalize() + ".",
        }
        for index in range(REVIEWS)
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Restaurant",
        "name": f"Number {number} Kitchen",
        "telephone": f"+1 440-555-{number % 10_000:04d}",
        "url": f"https://directory.example/biz/{number}",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{number % 900 + 1} Larkspur Avenue",
            "addressLocality": "Millbrook",
            "addressRegion": "OH",
            "postalCode": "44001",
            "addressCountry": "US",
        },
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": 4.2,
            "bestRating": 5,
            "reviewCount": REVIEWS,
        },
        "review": reviews,
    }


def _jsonld(place: dict) -> str:
    cards = "".join(
        f'<div class="card"><b>{review["author"]["name"]}</b><p>{review["reviewBody"]}</p></div>'
        for review in place["review"]
    )
    return f'<script type="application/ld+json">{json.dumps(place)}</script>{cards}'


def _microdata(place: dict) -> str:
    return f'<div class="profile">{_item(place)}</div>'


def _item(node: dict, prop: str = "") -> str:
    """A node of JSON-LD as the same item of microdata."""
    inner = "".join(
        _item(value, key) if isinstance(value, dict) else _span(key, value)
        for key, given in node.items()
        if not key.startswith("@")
        for value in (given if isinstance(given, list) else [given])
    )
    named = f' itemprop="{prop}"' if prop else ""
    kind = f"https://schema.org/{node['@type']}"
    return f'<div class="item"{named} itemscope itemtype="{kind}">{inner}</div>'


def _span(key: str, value: object) -> str:
    if isinstance(value, dict):
        return _item(value, key)
    return f'<span class="field" itemprop="{key}">{html.escape(str(value))}</span>\n'


def _box(rng: random.Random) -> str:
    """A card as directories show them beside a listing: a tag every 60 characters or so, most of
    them attributes."""
    one, two, three = rng.choices(_WORDS, k=3)
    number = rng.randint(1, 99_999)
    sizes = ", ".join(f"/i/{number}-{width}.webp {width}w" for width in range(160, 1600, 160))
    blurb = " ".join(rng.choices(_WORDS, k=40))
    return (
        f'<div class="card card-sm mb-2 d-flex flex-column" data-id="{number}" data-track=\''
        f'{{"list":"nearby","id":{number},"kind":"{three}"}}\'>'
        f'<a class="card-link" href="/biz/{number}">'
        f'<img class="thumb rounded" loading="lazy" srcset="{sizes}" alt="{one} {two}"></a>'
        f'<div class="card-body p-2"><h4 class="title text-truncate"><a href="/biz/{number}">'
        f'{one.title()} {two}</a></h4><span class="stars" aria-label="4"><i class="on"></i></span>'
        f'<ul class="tags list-inline"><li>{two}</li><li>{three}</li></ul>'
        f'<p class="text-muted small">{blurb}</p></div></div>\n'
    )


def _dressed(place: dict, body: str, rng: random.Random) -> str:
    """The page with the menus, scripts and boxes that make up most of a real one."""
    head = f'<!doctype html><html lang="en-US"><head><title>{place["name"]}</title></head><body>'
    menu = "".join(
        f'<li class="nav-item"><a href="/c/{n}">Category {n}</a></li>' for n in range(60)
    )
    script = (
        "<script>window.config = {" + ", ".join(f'"k{n}": {n}' for n in range(900)) + "};</script>"
    )
    page_ = f"{head}<ul>{menu}</ul><h1>{place['name']}</h1>{body}{script}"
    while len(page_) < PAGE_CHARS:
        page_ += _box(rng)
    return page_ + "</body></html>"
