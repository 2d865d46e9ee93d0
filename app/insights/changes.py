"""What people change in suggested replies: how, to which kind of review, and what they leave out.
Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.insights.outcomes import WAYS, Outcome, interval, way
from app.insights.rules import Answer
from app.ui import words

LEAST = 5  # replies from which a habit is told
_OFTEN = 0.6
# What a person calls the kinds of reviews; the others are too seldom to tell a habit.
_GROUPS = {
    "praise": "praise",
    "stars_only": "stars alone",
    "mixed": "complaints",
    "complaint": "complaints",
    "angry": "complaints",
    "sarcasm": "complaints",
    "refund": "complaints",
    "vague_attack": "complaints",
    "question": "questions",
}
_VERBS = {"shortened": "shorten", "lengthened": "lengthen", "reworded": "reword",
          "own words": "write anew"}  # fmt: skip
_WHY = re.compile(r"“(?P<start>.+?)…?” (?P<reason>[^(“]+)")


def changes(found: Sequence[Outcome], location_id: int | None = None) -> Answer:
    """What do you change in suggestions? Of one location it leads to the voice of its replies."""
    suggested = [one for one in found if one.suggested]
    by_group: dict[str, list[Outcome]] = {}
    for one in suggested:
        if group := _GROUPS.get(one.kind or ""):
            by_group.setdefault(group, []).append(one)
    habits = [told for group, own in by_group.items() if (told := _habit(group, own))]
    habits += _left_out(suggested)
    if len(suggested) < LEAST:
        says = f"Too few to tell: {words.count(len(suggested), 'reply', 'replies')} so far."
    else:
        same = sum(way(one) == "as suggested" for one in suggested)
        says = f"You post {same} of {len(suggested)} as suggested. " + " ".join(habits)
    return Answer(
        "What do you change in suggestions?",
        says.strip(),
        [],
        ("To", *(name.capitalize() for name in WAYS)),
        [(group.capitalize(), *_counts(own)) for group, own in by_group.items()],
        (f"/locations/{location_id}/voice", "How its replies sound") if location_id else None,
    )


def _counts(own: Sequence[Outcome]) -> list[int]:
    ways = Counter(map(way, own))
    return [ways[name] for name in WAYS]


def _habit(group: str, own: Sequence[Outcome]) -> str | None:
    """ "You always shorten praise (9 of 9)." where it is one: more than half, and surely so."""
    if len(own) < LEAST:
        return None
    ways = Counter(map(way, own))
    name, times = max(((name, ways[name]) for name in _VERBS), key=lambda item: item[1])
    if interval(times, len(own))[0] <= 0.5:
        return None
    often = "always" if times == len(own) else "mostly"
    what = group if group == "praise" else f"replies to {group}"
    return f"You {often} {_VERBS[name]} {what} ({times} of {len(own)})."


def _left_out(found: Sequence[Outcome]) -> list[str]:
    """The move that is most often struck out of replies that are otherwise kept."""
    offered: Counter[str] = Counter()
    struck: Counter[str] = Counter()
    for one in found:
        if way(one) in ("as suggested", "own words"):
            continue
        for line in one.why:
            told = _WHY.match(line)
            if told is None:
                continue
            reason = told["reason"].strip()
            offered[reason] += 1
            struck[reason] += told["start"] not in one.posted
    often = [
        (times, reason)
        for reason, times in struck.items()
        if times >= LEAST and times >= _OFTEN * offered[reason]
    ]
    return [
        f"What you mostly leave out: {reason} ({times} of {offered[reason]})."
        for times, reason in sorted(often, reverse=True)[:1]
    ]
