"""From figures to a sentence and the columns of a chart. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from babel.dates import format_date

from app.insights.queries import Month, Topic, Week
from app.replies.topics import topic_name
from app.ui import words


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart: parts (kind, percent of the height) from the foot up."""

    label: str
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, its answer, and the figures; `columns` is empty where there is too little.
    `act` leads (address, words) to where something can be done about it."""

    question: str
    says: str
    columns: Sequence[Column]
    heads: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    act: tuple[str, str] | None = None


def in_time(weeks: Sequence[Week], median: timedelta | None, locale: str) -> Answer:
    """Are we answering in time?"""
    total = sum(week.total for week in weeks)
    good = sum(week.in_time for week in weeks)
    if not total:
        says = "No review was due in the last twelve weeks."
    else:
        says = f"{_share(good, total)} had an answer within the promised time."
        if median is not None:
            says += f" Half of the answers came within {words.span(median)}."
    most = max((week.total for week in weeks), default=0)
    return Answer(
        "Are we answering in time?",
        says,
        [_week(week, most, locale) for week in weeks] if total else [],
        ("Week of", "In time", "Late", "Still waiting"),
        [(_day(week.start, locale), week.in_time, week.late, week.waiting) for week in weeks],
    )


def _week(week: Week, most: int, locale: str) -> Column:
    kinds = (("good", week.in_time), ("late", week.late), ("waiting", week.waiting))
    return Column(_day(week.start, locale), tuple((k, 100 * n / most) for k, n in kinds if n))


def rated(months: Sequence[Month], locale: str) -> Answer:
    """How do people rate us?"""
    half = len(months) // 2
    before, now = _mean(months[:half]), _mean(months[half:])
    if now is None:
        says = "Nobody has rated you in the last three months."
    else:
        says = f"{now:.1f} of 5 on average over the last three months"
        if before is None:
            says += "."
        elif abs(now - before) < 0.05:
            says += ", as in the three before."
        else:
            says += f", {abs(now - before):.1f} {'more' if now > before else 'less'}"
            says += " than in the three before."
    return Answer(
        "How do people rate us?",
        says,
        [_month(month, locale) for month in months] if now or before else [],
        ("Month", "Ratings", "On average"),
        [
            (
                format_date(month.start, "MMMM y", locale),
                month.count,
                f"{month.average:.1f}" if month.average else "none",
            )
            for month in months
        ],
    )


def _month(month: Month, locale: str) -> Column:
    parts = (("stars", 20 * month.average),) if month.average else ()
    label = format_date(month.start, "MMM", locale)
    return Column(f"{label} {month.average:.1f}" if month.average else label, parts)


def _mean(months: Sequence[Month]) -> float | None:
    count = sum(month.count for month in months)
    return sum(month.count * (month.average or 0) for month in months) / count if count else None


def spoken_of(topics: Sequence[Topic]) -> Answer:
    """What do people praise, and what do they complain about?"""
    praised = max(topics, key=lambda topic: topic.praised, default=None)
    blamed = max(topics, key=lambda topic: topic.complained, default=None)
    says = "Too few reviews say why." if not topics else ""
    if praised and praised.praised:
        says += f"Most praised: {topic_name(praised.name)}. "
    if blamed and blamed.complained:
        says += f"Most complained about: {topic_name(blamed.name)}."
    return Answer(
        "What do people praise, and what do they complain about?",
        says,
        [],
        ("Topic", "Praised", "Complained about"),
        [(topic_name(topic.name), topic.praised, topic.complained) for topic in topics],
    )


def right(scores: Sequence[Any], locale: str) -> Answer:
    """Do the directories say the right things?"""
    if not scores:
        says = "Nothing was compared yet."
    elif len(scores) == 1:
        says = f"{scores[-1].score:.0f} of 100 at the first comparison."
    else:
        says = f"{scores[-1].score:.0f} of 100, after {scores[0].score:.0f}"
        says += f" on {_day(scores[0].made_at, locale)}."
    return Answer(
        "Do the directories say the right things?",
        says,
        [Column(_day(a.made_at, locale), (("good", a.score),)) for a in scores],
        ("Compared on", "Score", "Directories", "Could not check"),
        [
            (_day(a.made_at, locale), f"{a.score:.0f}", a.listings, a.unchecked)
            for a in reversed(scores)
        ],
    )


def _day(when: Any, locale: str) -> str:
    return format_date(when, "d MMM", locale)


def _share(part: int, whole: int) -> str:
    last = f"the last {words.count(whole, 'review')}"
    if part in (0, whole):
        return f"{'All' if part else 'None'} of {last}"
    return f"{part} of {last} ({100 * part // whole} %)"
