"""Which words of two names are one: what each name has that the other lacks."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from app.listings.nap.name_places import core, same_branch
from app.listings.nap.names import two_meanings


def left_over(
    expected: tuple[str, ...], observed: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of each side that the other lacks, in order; none where only spaces differ."""
    if "".join(expected) == "".join(observed):
        return (), ()
    ours, theirs = Counter(map(_plain, expected)), Counter(map(_plain, observed))
    left = _beyond(expected, ours - theirs), _beyond(observed, theirs - ours)
    if "".join(left[0]) == "".join(left[1]):
        return (), ()
    return _without_other_writings(*left) if left[0] and left[1] else left


def _without_other_writings(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Without the words that may be one: St on one side, Saint or Street on the other; 홍대 and
    홍대점; 스타벅스 and 스타벅스커피."""
    left, right = list(ours), list(theirs)
    for word in ours:
        other = next((other for other in right if _is_same_east_asian(word, other)), None)
        if other:
            left.remove(word)
            right.remove(other)
    for one, other in ((left, right), (right, left)):
        for short, meanings in two_meanings().items():
            for meant in meanings:
                if short in one and meant in other:
                    one.remove(short)
                    other.remove(meant)
    return tuple(left), tuple(right)


def _is_same_east_asian(word: str, other: str) -> bool:
    if word.isascii() or other.isascii():
        return False
    return same_branch(word, other) or core(word) == core(other)


def _beyond(side: tuple[str, ...], more: Counter[str]) -> tuple[str, ...]:
    out = []
    for word in side:
        if more[_plain(word)] > 0:
            more[_plain(word)] -= 1
            out.append(word)
    return tuple(out)


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    """Mueller, Müller and Muller alike; harbour and harbor; Noor and Nour."""
    if not word.isascii() or len(word) < 4:
        return word
    word = _BRITISH_OUR.sub("or", word)
    for written, plain in _ONE_SOUND:
        word = word.replace(written, plain)
    return word


_BRITISH_OUR = re.compile(r"(?<=\w{3})our")
_ONE_SOUND = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("oo", "u"), ("ou", "u"))
