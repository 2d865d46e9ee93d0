"""Finding phrases where words are not set apart by spaces, or by spaces that writers leave out.

Korean and Japanese put a particle and a word of degree between a thing and what is said of it, and
many reviews are written without a single space. `의자~딱딱` finds 의자가 딱딱, 의자도 너무 딱딱 and
의자딱딱; a space inside a pattern may be missing in the text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, product, repeat
from operator import add
from typing import TypeVar

from app.replies.engine.matcher import Hit, Matcher, fold, tidy

P = TypeVar("P")

_GAP = "~"
_SYLLABLE = re.compile("[가-힣一-鿿々]")  # before a head of one character it is another word
_MOST_SPACES = 3  # of a pattern that may be missing one by one
_MOST_BETWEEN = 2  # words of degree in a row: "정말 너무"


class LooseMatcher(Matcher[P]):
    """A `Matcher` that forgives missing spaces and knows `~`, what may stand between two words.

    `between` holds the language's `particles` and `degrees` (language.toml); `nouns` are heads
    to be found apart, as they may be copied: a find begins behind them. All expressions are of
    escaped words with bounded repetition, so that no text can make a search slow.
    """

    def __init__(
        self, patterns: Iterable[tuple[str, P]], between: Mapping[str, Sequence[str]],
        nouns: Container[str] = (),
    ) -> None:  # fmt: skip
        plain: dict[str, P] = {}
        gapped: dict[str, dict[str, P]] = {}
        for pattern, payload in patterns:
            head, gap, tail = fold(tidy(pattern)).partition(_GAP)
            if gap:
                gapped.setdefault(head, {})[tail.replace(" ", "")] = payload
            else:
                plain.setdefault(pattern, payload)
        for pattern, payload in list(plain.items()):
            for variant in _spacings(pattern):
                plain.setdefault(variant, payload)
        super().__init__(plain.items(), spaces=False)
        self._heads: dict[str, list[tuple[str, bool, re.Pattern[str], Mapping[str, P]]]] = {}
        for head, tails in gapped.items():
            entry = (head, head in nouns, _after(tails, between), tails)
            self._heads.setdefault(head[0], []).append(entry)
        self._starts = frozenset(self._heads)

    def find(self, folded: str) -> list[Hit[P]]:
        """All finds in a folded text, in order; of two that overlap, the one that begins first,
        then the longer one."""
        hits = super().find(folded)
        found = [
            place
            for start in self._starts.intersection(folded)
            for head in self._heads[start]
            if head[0] in folded
            for place in _at_head(folded, *head)
        ]
        if not found:
            return hits
        kept: list[Hit[P]] = []
        places = [*found, *((hit.start, hit) for hit in hits)]
        for _, hit in sorted(places, key=lambda place: (place[0], -place[1].end)):
            if not any(hit.start < other.end and other.start < hit.end for other in kept[-2:]):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.start)


def _at_head(
    folded: str, head: str, apart: bool, after: re.Pattern[str], tails: Mapping[str, P]
) -> Iterable[tuple[int, Hit[P]]]:
    """The finds of one head, each with the place of the head."""
    start = folded.find(head)
    while start >= 0:
        inside = len(head) == 1 and start and _SYLLABLE.match(folded[start - 1])
        if not inside and (match := after.match(folded, start + len(head))):
            begin = match.start() if apart else start
            yield start, Hit(begin, match.end(), tails[match.group(1).replace(" ", "")])
        start = folded.find(head, start + 1)


def _spacings(pattern: str) -> Iterable[str]:
    """A pattern with and without each of its inner spaces. Those at its edges mark a word's end
    and stay."""
    words = pattern.strip(" ").split(" ")
    if len(words) == 1:
        return
    start, _, end = pattern.partition(" ".join(words))
    for joints in product((" ", ""), repeat=min(len(words) - 1, _MOST_SPACES)):
        first, *rest = words
        joined = first + "".join(map(add, chain(joints, repeat(joints[-1])), rest))
        yield start + joined + end


def _after(tails: Iterable[str], between: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """What follows a head: perhaps a particle, perhaps words of degree, one of the tails."""
    particles, degrees = _any_of(between["particles"]), _any_of(between["degrees"])
    ends = "|".join(_spaced(tail) for tail in sorted(tails, key=len, reverse=True))
    gap = f"(?:{particles})?[ ,、]{{0,2}}(?:(?:{degrees}) ?){{0,{_MOST_BETWEEN}}}"
    return re.compile(f"{gap}({ends})")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _spaced(word: str) -> str:
    """A word in which a space may stand between any two characters, but at most one."""
    return " ?".join(map(re.escape, word))
