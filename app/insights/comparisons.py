"""Two ways of writing, compared by what became of the replies. Pure.

Shares are given with Wilson's interval, their difference with Newcombe's (method 10 of
R. G. Newcombe, Statistics in Medicine 17, 1998). Four questions are asked at once, so that each is
held to a stricter line: together they call chance a finding once in twenty comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

from app.insights.outcomes import Outcome, change, interval, way
from app.insights.rules import Answer
from app.replies.models import ReplyState
from app.replies.variants import COMPARISONS

_STRICT = 2.498  # the normal deviate of 1 - 0.05 / 4, two-sided
_LEAST = 10  # replies of each way below which the interval is too sure of itself
_NARROW = 0.2  # a difference known to within this is told to be small
_SEEN = (ReplyState.VISIBLE, ReplyState.LOST, ReplyState.REJECTED)

# What is asked of each reply: True, False, or None where it cannot be told.
MEASURES: dict[str, Callable[[Outcome], bool | None]] = {
    "posted as suggested": lambda one: way(one) == "as suggested",
    "visible on its site": lambda one: (
        one.state == ReplyState.VISIBLE if one.state in _SEEN else None
    ),
    "followed by a better rating": lambda one: change(one) > 0,
    "followed by a worse rating": lambda one: change(one) < 0,
}


def compared(found: Sequence[Outcome]) -> list[Answer]:
    """An answer for each comparison that was tried."""
    answers = []
    for key, comparison in COMPARISONS.items():
        names = comparison.variants(key)
        first, second = ([one for one in found if one.variant == name] for name in names)
        if first or second:
            answers.append(_answer(comparison.asks, tuple(comparison.ways), first, second))
    return answers


def _answer(
    asks: str, names: tuple[str, ...], first: Sequence[Outcome], second: Sequence[Outcome]
) -> Answer:
    rows, findings = [], []
    for measure, tells in MEASURES.items():
        (a, n), (b, m) = _tally(first, tells), _tally(second, tells)
        verdict, found = _verdict(measure, names, (a, n), (b, m))
        rows.append((measure.capitalize(), _shown(a, n), _shown(b, m), verdict))
        findings += [found] if found else []
    total = f"{len(first)} {names[0]} and {len(second)} {names[1]}"
    says = " ".join(findings) or f"Too few to tell which does better: {total} so far."
    if not findings and all(row[3] != "too few to tell" for row in rows):
        says = f"They do about the same: {total}."
    return Answer(asks, says, [], ("", *(name.capitalize() for name in names), "So"), rows)


def _tally(found: Sequence[Outcome], tells: Callable[[Outcome], bool | None]) -> tuple[int, int]:
    told = [answer for one in found if (answer := tells(one)) is not None]
    return sum(told), len(told)


def _verdict(
    measure: str, names: tuple[str, ...], first: tuple[int, int], second: tuple[int, int]
) -> tuple[str, str]:
    """What may be said of one measure, for the table and, if it is a finding, as a sentence."""
    low, high = difference(*first, *second, z=_STRICT)
    few = min(first[1], second[1]) < _LEAST
    if few or low <= 0 <= high:
        same = not few and high - low <= _NARROW
        return "about the same" if same else "too few to tell", ""
    more = names[0] if low > 0 else names[1]
    least, most = sorted((abs(low), abs(high)))
    points = f"{100 * least:.0f} to {100 * most:.0f} points"
    return f"more often {more}", f"{more.capitalize()}: more often {measure} (by {points})."


def difference(a: int, n: int, b: int, m: int, z: float = 1.96) -> tuple[float, float]:
    """Newcombe's interval of the difference a/n - b/m of two shares, from -1 to 1."""
    if not n or not m:
        return -1.0, 1.0
    p, q = a / n, b / m
    (low_p, high_p), (low_q, high_q) = interval(a, n, z), interval(b, m, z)
    low = p - q - sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    high = p - q + sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    return max(-1.0, low), min(1.0, high)


def _shown(part: int, whole: int) -> str:
    if not whole:
        return "none yet"
    low, high = interval(part, whole)
    return f"{part} of {whole} ({100 * low:.0f} to {100 * high:.0f} %)"
