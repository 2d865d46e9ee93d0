"""Which words of a review a reply answers: the clauses on the topics that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.replies.engine.matcher import fold, tidy
from app.replies.engine.phrasebook import Phrasebook
from app.replies.engine.told import tell
from app.replies.engine.understand import MAX_CHARS

_EDGE = re.compile(r"[.!?。！？…\n,;:、，；：()]+")
_LONGEST = 60  # characters of a clause that is marked whole; of a longer one the found words are
_MOST = 12


def answered(review: str, reply: str, book: Phrasebook, trade: str) -> list[tuple[int, int]]:
    """Stretches of `review` that `reply` speaks of, in order and apart, as (from, to).

    Empty for a review whose characters do not stand where they are read, as after removing hidden
    ones.
    """
    if tidy(review) != review:
        return []
    text = review[:MAX_CHARS]
    named = _topics(reply, book)
    said = fold(reply)
    spans = [
        *((told.start, told.end) for told in tell(text, fold(text), book, trade)
          if told.topic in named or any(fold(form) in said for form in told.forms)),
        *(_clause(text, start, end) for topic, start, end in _found(text, book, trade)
          if topic in named),
    ]  # fmt: skip
    return _apart(spans)[:_MOST]


def _topics(reply: str, book: Phrasebook) -> set[str]:
    hits = book.topic_matcher.find(fold(reply))
    return {sense.topic for hit in hits for sense in hit.payload}


def _found(text: str, book: Phrasebook, trade: str) -> Iterator[tuple[str, int, int]]:
    folded = fold(text)
    for hit in book.topic_matcher.find(folded):
        for sense in hit.payload:
            if book.topics[sense.topic].of(trade):
                yield sense.topic, hit.start, hit.end


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around some words, without the spaces at its ends; the words alone where it is
    long."""
    reach = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    before = [match.end() for match in _EDGE.finditer(text, reach[0], start)]
    after = _EDGE.search(text, end, reach[1])
    first = before[-1] if before else reach[0]
    last = after.start() if after else reach[1]
    cut_off = (not before and reach[0] > 0) or (after is None and reach[1] < len(text))
    if cut_off or last - first > _LONGEST:
        return start, end
    clause = text[first:last]
    return first + len(clause) - len(clause.lstrip()), first + len(clause.rstrip())


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined
