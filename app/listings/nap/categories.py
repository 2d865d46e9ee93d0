"""Categories: every directory has its own words for a trade."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from app.listings.nap.tables import table
from app.listings.nap.text import same_letters, words
from app.listings.nap.verdict import FieldVerdict, Verdict


def compare_categories(expected: tuple[str, ...], observed: tuple[str, ...]) -> FieldVerdict:
    """One common trade is enough: directories allow different numbers of categories."""
    ours, theirs = ", ".join(expected), ", ".join(observed)
    if set(expected) == set(observed):
        return FieldVerdict(Verdict.IDENTICAL, "", ours, theirs)
    verdict, why = _judge(expected, observed)
    return FieldVerdict(verdict, why, ours, theirs)


def _judge(expected: tuple[str, ...], observed: tuple[str, ...]) -> tuple[Verdict, str]:
    pairs = [(left, right) for left in expected for right in observed]
    for left, right in pairs:
        if same_letters(left, right):
            return Verdict.EQUIVALENT, f"both say {right}"
    for left, right in pairs:
        if _share_words(left, right) or trades_of(left) & trades_of(right):
            return Verdict.EQUIVALENT, f"{left} = {right}"
    ours = [trades_of(left) for left in expected]
    theirs = [trades_of(right) for right in observed]
    if all(ours) and all(theirs):
        return Verdict.DIFFERENT, "another trade"
    return Verdict.UNREADABLE, "words for a trade that we do not know"


def _share_words(left: str, right: str) -> bool:
    """Italian restaurant is a restaurant: one says all the words of the other."""
    ours, theirs = set(_telling(left)), set(_telling(right))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def same_trade(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether words of two names tell one trade: animal hospital and veterinary clinic."""
    shared = trades_of(" ".join(left)) & trades_of(" ".join(right))
    return not shared <= frozenset(table("categories")["wide"])


@lru_cache(maxsize=16_384)
def trades_of(category: str) -> frozenset[str]:
    """The trades of the table whose words stand in a category."""
    found = _telling(category)
    known = _trades()
    joined = "".join(found)
    hits = {known[word] for word in (*found, joined) if word in known}
    pairs = (f"{first} {second}" for first, second in pairwise(found))
    hits |= {known[pair] for pair in pairs if pair in known}
    if not hits and not joined.isascii():
        hits = {trade for word, trade in known.items() if not word.isascii() and word in joined}
    return frozenset(hits)


@lru_cache(maxsize=16_384)
def _telling(category: str) -> tuple[str, ...]:
    dull = _dull()
    found = [word for word in words(category.replace("_", " ")) if word not in dull]
    return tuple(_singular(word) for word in found)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word


@cache
def _trades() -> dict[str, str]:
    return {
        " ".join(_telling(word.strip())): trade
        for trade, text in table("categories")["trades"].items()
        for word in (*text.split(","), trade)
    }


@cache
def _dull() -> frozenset[str]:
    return frozenset(table("categories")["dull"])
