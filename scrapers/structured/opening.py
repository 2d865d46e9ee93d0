"""Opening hours in markup: `openingHours` texts and `openingHoursSpecification` items."""

from __future__ import annotations

from scrapers.structured.nodes import Graph, Node, first_word, last_word, values, word
from scrapers.text.hours import clock, clock_text, weekly
from scrapers.text.weekday_words import DAY_NAMES
from scrapers.types import DAYS, Hours

MAX_SPANS = 8  # of one day


def weekly_hours(node: Node, graph: Graph) -> tuple[Hours | None, str | None]:
    """The week, and the words it was given in where it was given in words."""
    week: Hours = {}
    for item in graph.nodes(node, "openingHoursSpecification")[:50]:
        if ("validFrom" not in item and "validThrough" not in item) or "dayOfWeek" in item:
            _add(week, item)
    texts = [
        text
        for value in values(node, "openingHours", "hours", "openingHoursText")
        if (text := word(value))
    ]
    if not week and texts:
        week = weekly("; ".join(texts)) or {}
    ordered = {day: sorted(set(week[day]))[:MAX_SPANS] for day in DAYS if day in week}
    return ordered or None, "; ".join(texts) or None


def _add(week: Hours, item: Node) -> None:
    opens, closes = _clock(item, "opens"), _clock(item, "closes")
    if opens is None or closes is None:
        return
    for day in _days(item):
        known = week.setdefault(day, [])
        # The same time twice (as a rule 00:00) is how schema.org writes a closed day.
        if opens != closes:
            end = 1440 if closes in (1439, 0) else closes
            known.append((clock_text(opens), clock_text(end)))


def _days(item: Node) -> list[str]:
    """The days of an item: "https://schema.org/Monday", "Monday", "Mo, Tu" or a list."""
    said = [
        first_word(value, "name", "@id") if isinstance(value, dict) else word(value)
        for value in values(item, "dayOfWeek")[:10]
    ]
    names = [name for text in said if text for name in text.split(",")]
    return [day for name in names if (day := DAY_NAMES.get(last_word(name)))]


def _clock(item: Node, name: str) -> int | None:
    """ "09:00:00", "9 AM" or "T09:00" as minutes since midnight."""
    text = first_word(item, name)
    return clock(text.lstrip("Tt")) if text else None
