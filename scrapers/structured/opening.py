"""Opening hours in markup: `openingHours` texts and `openingHoursSpecification` items."""

from __future__ import annotations

from datetime import date, timedelta

from scrapers.structured.nodes import Graph, Node, first_word, last_word, values, word
from scrapers.text.hours import clock, clock_text, weekly
from scrapers.text.weekday_words import DAY_NAMES
from scrapers.types import DAYS, Hours

MAX_SPANS = 8  # of one day
# Holidays of their own, not a season: a span of more days than this is no special day.
MAX_SPECIAL_DAYS = 31
MAX_SPECIAL_ITEMS = 60


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


def special_hours(node: Node, graph: Graph) -> dict[date, list[tuple[str, str]]] | None:
    """Single days with hours of their own, [] is closed: of `specialOpeningHoursSpecification`
    and, as Google's documents write them, those of the ordinary one that name dates and no days.

    A day whose item states no `opens` is closed (schema.org, OpeningHoursSpecification).
    """
    items = graph.nodes(node, "specialOpeningHoursSpecification")
    items += [
        item
        for item in graph.nodes(node, "openingHoursSpecification")
        if "validFrom" in item and "dayOfWeek" not in item
    ]
    found: dict[date, list[tuple[str, str]]] = {}
    for item in items[:MAX_SPECIAL_ITEMS]:
        opens, closes = _clock(item, "opens"), _clock(item, "closes")
        given = first_word(item, "opens") or first_word(item, "closes")
        if given and (opens is None or closes is None):
            continue
        for day in _dates(item):
            spans = found.setdefault(day, [])
            if opens is not None and closes is not None and opens != closes:
                end = 1440 if closes in (1439, 0) else closes
                spans.append((clock_text(opens), clock_text(end)))
    return {day: sorted(set(found[day]))[:MAX_SPANS] for day in sorted(found)} or None


def _dates(item: Node) -> list[date]:
    """The dates from `validFrom` to `validThrough`, of those weekdays that the item names."""
    first = _date(item, "validFrom") or _date(item, "validThrough")
    last = _date(item, "validThrough") or first
    if first is None or last is None or not 0 <= (last - first).days < MAX_SPECIAL_DAYS:
        return []
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    named = _days(item)
    return [day for day in dates if not named or DAYS[day.weekday()] in named]


def _date(item: Node, name: str) -> date | None:
    """A date as written: a zone behind it does not move a holiday to another day."""
    text = first_word(item, name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


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
