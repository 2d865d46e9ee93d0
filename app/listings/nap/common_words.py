"""How common a word is in names of businesses: what two names share counts by its rarity."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from app.listings.nap.tables import one_character, table
from app.listings.nap.text import fold

# One name in how many holds the word. Orders of magnitude: the tables say why a word is in them.
_TRADE, _USUAL, _RARE, _RAREST = 60, 600, 6_000, 60_000


@cache
def trade_words() -> frozenset[str]:
    """Words that tell a trade in any of the languages of the table, folded."""
    return _words_of("trade")


@cache
def _words_of(tier: str) -> frozenset[str]:
    texts = " ".join(table("common_words")[tier].values())
    found = set(one_character(fold(texts)).split())
    return frozenset(found | {w[:-1] for w in found if w.isascii() and len(w) > 3 and w[-1] == "s"})


@cache
def _chains() -> frozenset[str]:
    return frozenset(_stem(name) for name in table("common_words")["chain"]["names"].split())


def is_chain(letters: str) -> bool:
    """Whether a name, its telling words joined, is that of a house with very many branches."""
    return _stem(letters) in _chains()


def has_chain(shared: tuple[str, ...]) -> bool:
    """Whether a run of the shared words is the name of a house with very many branches."""
    runs = (
        shared[i:j] for i in range(len(shared)) for j in range(i + 1, min(i + 4, len(shared)) + 1)
    )
    return any(is_chain("".join(run)) for run in runs)


def _stem(letters: str) -> str:
    return fold(letters).replace("s", "")  # names are compared without plurals and possessives


@lru_cache(maxsize=16_384)
def rarity(word: str) -> float:
    """Natural logarithm of "one name in how many" for a folded word; 0 for a single letter.

    Unknown words count as rare; long ones more, since surnames and short words recur.
    """
    if len(word) == 1 and word.isascii():
        return math.log(20)
    if word in trade_words():
        return math.log(_TRADE)
    if word in _words_of("usual"):
        return math.log(_USUAL)
    if word.isdigit():
        return math.log(_USUAL)
    long_from = 3 if not word.isascii() else 8
    return math.log(_RAREST if len(word) >= long_from else _RARE)
