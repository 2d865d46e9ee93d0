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
    text = " ".join(_sentence(chance, chance.randint(9, 16)) for _ in range(4))
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
    shown = "".join(
        _card("", html.escape(author), "", f"<p>{text}</p>") for author, _, text in reviews
    )
    script = f'<script type="application/ld+json">{json.dumps(block)}</script>'
    return _around(chance, number, script, shown)


def _microdata(chance: random.Random, number: int, reviews: list[tuple[str, float, str]]) -> str:
    shown = "".join(
        _card(
            ' itemprop="review" itemscope itemtype="https://schema.org/Review"',
            '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
            f'<span itemprop="name">{html.escape(author)}</span></span>',
            '<span itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">'
            f'<meta itemprop="ratingValue" content="{stars}">'
            '<meta itemprop="bestRating" content="5">'
            '<meta itemprop="worstRating" content="1"></span>'
            '<time itemprop="datePublished" datetime="2026-03-02">2 March 2026</time>',
            f'<p itemprop="reviewBody">{html.escape(text)}</p>',
        )
        for author, stars, text in reviews
    )
    body = (
        '<div itemscope itemtype="https://schema.org/LocalBusiness">'
        f'<h1 itemprop="name">Business {number}</h1>'
        f'<span itemprop="telephone">+1 303 555 {number % 10000:04}</span>'
        '<div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">'
        f'<span itemprop="streetAddress">{number} Mill Lane</span>'
        '<span itemprop="addressLocality">Ambleford</span>'
        '<span itemprop="postalCode">80299</span></div>'
        '<div itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating">'
        '<span itemprop="ratingValue">4.2</span>'
        f'<span itemprop="reviewCount">{len(reviews)}</span></div>{shown}</div>'
    )
    return _around(chance, number, "", body)


_STAR = (
    '<svg class="star" viewBox="0 0 16 16"><path d="M8 1l2 5h5l-4 3 1 5-4-3-4 3 1-5-4-3h5z"/></svg>'
)
_BUTTON = (
    '<li class="actions__item"><button class="btn btn--quiet" type="button">'
    '<span class="btn__icon"></span><span class="btn__label">{}</span></button></li>'
)


def _card(item: str, author: str, marked: str, text: str) -> str:
    """A review as directories show it: far more frame than words."""
    return (
        f'<article class="review review--full"{item}><header class="review__head">'
        '<div class="avatar avatar--s"><span class="avatar__face"></span></div>'
        f'<div class="review__who"><div class="review__name">{author}</div>'
        '<div class="review__meta"><span>12 reviews</span><span>3 photos</span></div></div>'
        "</header>"
        f'<div class="stars" role="img">{_STAR * 5}</div>{marked}'
        f'<div class="review__body">{text}</div><footer class="review__foot"><ul class="actions">'
        f"{''.join(map(_BUTTON.format, ('Helpful', 'Thanks', 'Love this', 'Share', 'Report')))}"
        "</ul></footer></article>"
    )


def _around(chance: random.Random, number: int, head: str, body: str) -> str:
    """A page as directories make them: menus, styles, a script and links to others."""
    style = "".join(f".c{n}{{margin:{n % 40}px;padding:{n % 7}px}}" for n in range(200))
    links = "".join(
        f'<li class="menu__item"><a class="menu__link" href="/c/{n}">'
        f"<span>{_sentence(chance, 2)}</span></a></li>"
        for n in range(240)
    )
    script = ",".join(f'"k{n}":{chance.randint(0, 999)}' for n in range(900))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Business {number}'
        f"</title><style>{style}</style>{head}</head><body><nav><ul>{links}</ul></nav>"
        f"<main>{body}</main><script>window.state={{{script}}};</script></body></html>"
    )
