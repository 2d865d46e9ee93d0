"""Ratings in markup: of one review, and of a thing as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scrapers.structured.nodes import Graph, Node, values, word
from scrapers.text import numbers
from scrapers.types import Rating

_VALUE = ("ratingValue", "average", "value", "rating", "@value")
_BEST = ("bestRating", "best", "max")
_WORST = ("worstRating", "worst", "min")
_SCALE_KEYS = frozenset({*_BEST, *_WORST})
_COUNTS = ("ratingCount", "votes", "count")
_REVIEW_COUNTS = ("reviewCount", "reviewscount", "numreviews")

# Sites without stars say it in a word.
_RECOMMENDS = {
    **dict.fromkeys(
        ("recommends", "recommended", "recommend", "positive", "thumbs up", "empfehlenswert",
         "recommande", "recomienda", "추천", "おすすめ", "good"), True),
    **dict.fromkeys(
        ("doesn't recommend", "does not recommend", "not recommended", "negative", "thumbs down",
         "nicht empfehlenswert", "ne recommande pas", "no recomienda", "비추천", "bad"), False),
}  # fmt: skip


def of_review(value: Any, graph: Graph) -> tuple[Rating | None, bool | None]:
    """The stars of a review and, where it has none but says so in a word, its recommendation."""
    value = graph.resolve(value)
    said = _first(value, _VALUE) if isinstance(value, dict) else value
    if isinstance(said, dict):
        value = graph.resolve(said)
        said = _first(value, _VALUE)
    if isinstance(said, str) and (wish := _RECOMMENDS.get(said.strip().lower())) is not None:
        return None, wish
    number, best = numbers.rating(said)
    if number is None:
        return None, None
    stated, worst = _scale(value) if isinstance(value, dict) else (None, None)
    return Rating(number, stated if stated is not None else best, worst), None


def of_thing(value: Any, graph: Graph) -> tuple[Rating | None, int | None]:
    """An aggregate rating, and the number of reviews with text where that is stated apart."""
    value = graph.resolve(value)
    if not isinstance(value, dict):
        number, best = numbers.rating(word(value))
        return (Rating(number, best), None) if number is not None else (None, None)
    number, best = _number(value, graph)
    stated, worst = _scale(value)
    reviews = _count(value, _REVIEW_COUNTS)
    counted = _count(value, _COUNTS)
    counted = reviews if counted is None else counted
    if number == 0 and not counted and worst != 0:
        number = None  # templates print 0 where nobody has rated yet
    if number is None and counted is None:
        return None, None
    return Rating(number, best if stated is None else stated, worst, counted), reviews


def counts_below_zero(nodes: Iterable[Node], graph: Graph) -> bool:
    """Whether things state a number of ratings or reviews that nothing can have."""
    said = (
        number
        for node in nodes
        for value in map(graph.resolve, (node, *values(node, "aggregateRating")))
        if isinstance(value, dict)
        for name in (*_COUNTS, *_REVIEW_COUNTS)
        for number in values(value, name)
    )
    return any((numbers.rating(number)[0] or 0) < 0 for number in said)


def _number(value: Node, graph: Graph) -> tuple[float | None, float | None]:
    """The value, which older vocabularies put into a Rating inside."""
    said = graph.resolve(_first(value, _VALUE))
    if isinstance(said, dict):
        best = numbers.rating(_first(said, _BEST))[0]
        inner = _first(said, _VALUE)
        number, beside = numbers.rating(inner if not isinstance(inner, dict) else None)
        return number, beside if best is None else best
    return numbers.rating(said)


def _scale(value: Node) -> tuple[float | None, float | None]:
    if _SCALE_KEYS.isdisjoint(value):
        return None, None
    return numbers.rating(_first(value, _BEST))[0], numbers.rating(_first(value, _WORST))[0]


def _count(value: Node, names: tuple[str, ...]) -> int | None:
    for name in names:
        for said in values(value, name):
            if (number := numbers.count(said)) is not None:
                return number
    return None


def _first(value: Node, names: tuple[str, ...]) -> Any:
    for name in names:
        if name not in value:
            continue
        if found := values(value, name):
            return found[0]
    return None
