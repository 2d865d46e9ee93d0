"""Opening hours: the week as a whole, whatever form it was written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from app.listings.nap.verdict import FieldVerdict, Verdict
from scrapers.text.hours import clock as clock_of_words
from scrapers.text.hours import weekly
from scrapers.text.weekday_words import DAY_NAMES
from scrapers.types import DAYS

MINUTES = 24 * 60
_MORNING = 6 * 60  # what runs past midnight ends before it; a later end is a day of its own

Span = tuple[int, int]  # minutes after midnight of the day it opens; the end may lie beyond 1440


_BY_APPOINTMENT = re.compile(
    r"by appointment|appointment only|appointments? required|nach (?:termin)?vereinbarung"
    r"|nur mit termin|sur rendez-vous|sur rdv|con cita|cita previa|su appuntamento|op afspraak"
    r"|com hora marcada|예약제|예약\s?(?:필수|손님만)|完全予約制|要予約|予約制|预约",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Week:
    """The days that are known, each with its opening times in order; () is closed.

    `special` are single dates with hours of their own. `by_appointment` says that whoever comes
    must have called.
    """

    days: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    special: dict[date, tuple[Span, ...]] = field(default_factory=dict)
    by_appointment: bool = False
    text: str = ""


def read_hours(hours: Any, text: str | None, special: Any = None) -> Week | None:
    """Read the weekly form, else the text; None where neither is given."""
    if isinstance(hours, Mapping) and hours:
        written = _by_day(hours)
        days = _readable(written)
        shown = "; ".join(f"{day} {_as_written(value)}" for day, value in written.items())
    elif text:
        days, shown = _readable(weekly(text) or {}), text
    elif special:
        days, shown = {}, ""
    else:
        return None
    dates = {
        day: spans
        for day, value in (special or {}).items()
        if (spans := _read_day(value)) is not None
    }
    return Week(_joined_overnight(days), dates, bool(_BY_APPOINTMENT.search(text or "")), shown)


def _by_day(hours: Mapping[Any, Any]) -> dict[str, Any]:
    """By "mon" … "sun" in their order, whatever the days are called."""
    named = {
        DAY_NAMES.get(str(said)[:30].casefold().strip(". ")): value
        for said, value in islice(hours.items(), 50)
        if value is not None
    }
    return {day: named[day] for day in DAYS if day in named}


def _readable(written: Mapping[str, Any]) -> dict[str, tuple[Span, ...]]:
    read = {day: _read_day(value) for day, value in written.items()}
    return {day: spans for day, spans in read.items() if spans is not None}


def _as_written(value: Any) -> str:
    """One day as evidence: 09:00–12:00, 14:00–18:00."""
    if not isinstance(value, (list, tuple)):
        return str(value)[:60]
    return ", ".join("–".join(map(_shortened, span[:2])) for span in _spans(value)) or "closed"


def _shortened(clock: Any) -> str:
    return str(clock)[:10]


def _spans(value: Sequence[Any]) -> list[Sequence[Any]]:
    """The times of a day as pairs, whichever of the usual forms they have."""
    if len(value) == 2 and all(isinstance(clock, str) and "-" not in clock for clock in value):
        return [value]
    return [_pair(entry) for entry in value[:20]]


def _pair(entry: Any) -> Sequence[Any]:
    if isinstance(entry, Mapping):
        opens, closes = (entry.get(f"{verb}s") or entry.get(verb) for verb in ("open", "close"))
        return (opens, closes)
    if isinstance(entry, str):
        return entry.replace("–", "-").split("-", 1)
    return entry if isinstance(entry, (list, tuple)) else (entry,)


def _read_day(value: Any) -> tuple[Span, ...] | None:
    """The times of one day; None where they are absent or cannot be read."""
    if isinstance(value, str):
        return _read_day((weekly(f"mon {value}") or {}).get("mon"))
    if not isinstance(value, (list, tuple)):
        return None
    spans = [_read_span(entry) for entry in _spans(value)]
    return None if None in spans else tuple(_merged([span for span in spans if span]))


def _read_span(entry: Sequence[Any]) -> Span | None:
    if len(entry) != 2:
        return None
    opens, closes = (_minutes(clock) for clock in entry)
    if opens is None or closes is None:
        return None
    return (opens, closes if closes > opens else closes + MINUTES)


def _minutes(clock: Any) -> int | None:
    """ "HH:MM", or "5:30 PM", as minutes; 23:59 is how forms that know no 24:00 write midnight."""
    if not isinstance(clock, str):
        return None
    if clock.strip()[-1:].isalpha() or clock.strip()[-1:] == ".":
        return clock_of_words(clock)
    hours, _, minutes = clock.strip()[:5].partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()) or int(hours) > 24 or int(minutes) > 59:
        return None
    total = int(hours) * 60 + int(minutes)
    return MINUTES if total == MINUTES - 1 else total


def _joined_overnight(days: dict[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
    """One writing for all: touching times are one, and what a form broke at midnight is put back
    to the evening it began."""
    merged = {day: list(_merged(spans)) for day, spans in days.items()}
    for position, day in enumerate(DAYS):
        following = DAYS[(position + 1) % 7]
        if day not in merged or following not in merged:
            continue
        evening, morning = merged[day], merged[following]
        if (
            evening
            and morning
            and evening[-1][1] == MINUTES
            and evening[-1][0] > 0
            and morning[0][0] == 0
            and morning[0][1] <= _MORNING
        ):
            evening[-1] = (evening[-1][0], MINUTES + morning[0][1])
            del morning[0]
    return {day: tuple(spans) for day, spans in merged.items()}


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for opens, closes in sorted(spans):
        if out and opens <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], closes))
        else:
            out.append((opens, closes))
    return out


def compare_hours(expected: Week, observed: Week) -> FieldVerdict:
    """Days that both know are compared; a day that one does not show is unknown."""
    verdict, why = _judge(expected, observed)
    return FieldVerdict(verdict, why, expected.text, observed.text)


def _judge(expected: Week, observed: Week) -> tuple[Verdict, str]:
    if expected.text == observed.text and expected.special == observed.special:
        return Verdict.IDENTICAL, ""
    if expected.by_appointment and observed.by_appointment:
        return Verdict.EQUIVALENT, "both by appointment"
    ours, theirs = expected.days | expected.special, observed.days | observed.special
    common = [day for day in ours if day in theirs]
    if not common:
        unknown = "by appointment" if observed.by_appointment else "no day that both show"
        return Verdict.UNREADABLE, unknown
    wrong = [day for day in common if ours[day] != theirs[day]]
    if wrong:
        told = [f"{_named(day)} {_show(theirs[day])}, not {_show(ours[day])}" for day in wrong[:2]]
        more = f" and {len(wrong) - 2} more days" if len(wrong) > 2 else ""
        return Verdict.DIFFERENT, "; ".join(told) + more
    missing = [_named(day) for day in ours if day not in theirs]
    if missing:
        return Verdict.EQUIVALENT, "not shown: " + ", ".join(missing)
    return Verdict.EQUIVALENT, "the same times, written differently"


def _named(day: str | date) -> str:
    """ "mon", "25 December"."""
    return day if isinstance(day, str) else f"{day.day} {day:%B}"


def _show(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in spans) or "closed"


def _clock(minutes: int) -> str:
    if minutes > MINUTES:
        minutes -= MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"
