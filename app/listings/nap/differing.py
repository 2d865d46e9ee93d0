"""Which letters of two values differ, for a screen that marks them."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

MAX_CHARS = 500  # of each value; what lies beyond is marked as differing
_NEAR = 2  # letters: marks closer than this are drawn as one

Spans = list[tuple[int, int]]


def differing(expected: str, observed: str) -> tuple[Spans, Spans]:
    """The spans [from, to) of `expected` and of `observed` that the other does not have.

    Capitals do not count. Spans are in order, do not touch and are never empty.
    """
    ours, theirs = _comparable(expected), _comparable(observed)
    marks: tuple[Spans, Spans] = ([], [])
    edits = list(Levenshtein.opcodes(ours, theirs))
    for at, edit in enumerate(edits):
        # One letter that agrees by chance between two that do not, as in 0118 and 0181.
        between = 0 < at < len(edits) - 1 and edit.src_end - edit.src_start < _NEAR
        if edit.tag != "equal" or between:
            _mark(marks[0], edit.src_start, edit.src_end)
            _mark(marks[1], edit.dest_start, edit.dest_end)
    for spans, text in zip(marks, (expected, observed), strict=True):
        _mark(spans, min(MAX_CHARS, len(text)), len(text))
    return marks


def _comparable(text: str) -> str:
    """Lower case letter by letter, so that positions stay."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text[:MAX_CHARS])


def _mark(spans: Spans, start: int, end: int) -> None:
    if start == end:
        return
    if spans and start - spans[-1][1] < _NEAR:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))
