"""Two ways of writing, given to reviews in turn, so that what becomes of them can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from app.replies.engine.types import BusinessProfile, Kind, Suggestion


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question, and two ways to write: what each changes of the voice."""

    asks: str
    ways: Mapping[str, Mapping[str, Any]]

    def variants(self, key: str) -> tuple[str, str]:
        """The names of the ways as they are stored: "length:short"."""
        first, second = (f"{key}:{way}" for way in self.ways)
        return first, second


COMPARISONS = {
    "length": Comparison(
        "Shorter or longer replies?", {"short": {"length": "short"}, "long": {"length": "long"}}
    ),
    "closing": Comparison(
        "With a closing line or without?",
        {"with": {"closing": True}, "without": {"closing": False}},
    ),
    "tone": Comparison(
        "Warm or plain words?", {"warm": {"tone": "warm"}, "plain": {"tone": "plain"}}
    ),
}


def next_variant(key: str, given: Counter[str], review_id: int) -> str | None:
    """The way for the next review: the one given less often, so that both stay even; where they
    are, one that cannot be foreseen from the review. None for an unknown comparison."""
    if key not in COMPARISONS:
        return None
    first, second = COMPARISONS[key].variants(key)
    if given[first] != given[second]:
        return min((first, second), key=lambda variant: given[variant])
    tossed = blake2b(f"{key}|{review_id}".encode(), digest_size=1).digest()[0]
    return (first, second)[tossed % 2]


def voiced(business: BusinessProfile, variant: str | None) -> BusinessProfile:
    """The profile with the voice of a variant."""
    key, _, way = (variant or "").partition(":")
    comparison = COMPARISONS.get(key)
    if comparison is None or way not in comparison.ways:
        return business
    return replace(business, voice=replace(business.voice, **comparison.ways[way]))


def counts(suggestion: Suggestion) -> bool:
    """Whether a suggestion can be compared: thanks for stars alone and holding replies are the same
    in every way."""
    return bool(suggestion.reply) and not (
        suggestion.escalate or suggestion.kind is Kind.STARS_ONLY
    )
