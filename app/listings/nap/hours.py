"""Opening hours: the week as a whole, whatever form it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.listings.nap.verdict import FieldVerdict, Verdict
from scrapers.types import DAYS

MINUTES = 24 * 60
_MORNING = 6 * 60  # what runs past midnight ends before it; a later end is a day of its own

Span = tuple[int, int]  # minutes after midnight of the day it opens; the end may lie beyond 1440


@dataclass(frozen=True, slots=True)
class Week:
    """The days that are known, each with its opening times in order; () is closed.

    `by_appointment` says that whoever comes must have called.
    """

    days: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    by_appointment: bool = False
    text: str = ""


def read_hours(hours: Any, text: str | None, country: str | None) -> Week | None:
    """Read the weekly form, else the text; None where neither is given."""
    if isinstance(hours, Mapping) and hours:
        days = {day: spans for day in DAYS if (spans := _read_day(hours.get(day))) is not None}
        return Week(_joined_overnight(days), text=_shown(days))
    return Week(text=text) if text else None


def _read_day(value: Any) -> tuple[Span, ...] | None:
    """A day of the weekly form; None where it is absent or cannot be read."""
    if not isinstance(value, (list, tuple)):
        return None
    spans = [_read_span(entry) for entry in value[:20]]
    return None if None in spans else tuple(sorted(span for span in spans if span))


def _read_span(entry: Any) -> Span | None:
    if not isinstance(entry, (list, tuple)) or len(entry) != 2:
        return None
    opens, closes = (_minutes(clock) for clock in entry)
    if opens is None or closes is None:
        return None
    return (opens, closes if closes > opens else closes + MINUTES)


def _minutes(clock: Any) -> int | None:
    """ "HH:MM" as minutes; 23:59 is how forms that know no 24:00 write midnight."""
    if not isinstance(clock, str):
        return None
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


def _merged(spans: tuple[Span, ...]) -> list[Span]:
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
    if expected.text == observed.text:
        return Verdict.IDENTICAL, ""
    if expected.by_appointment and observed.by_appointment and not expected.days:
        return Verdict.EQUIVALENT, "both by appointment"
    common = [day for day in DAYS if day in expected.days and day in observed.days]
    if not common:
        return Verdict.UNREADABLE, "no day that both show"
    wrong = [day for day in common if expected.days[day] != observed.days[day]]
    if wrong:
        told = [f"{d} {_show(observed.days[d])}, not {_show(expected.days[d])}" for d in wrong[:2]]
        more = f" and {len(wrong) - 2} more days" if len(wrong) > 2 else ""
        return Verdict.DIFFERENT, "; ".join(told) + more
    unknown = [day for day in DAYS if day in expected.days and day not in observed.days]
    if unknown:
        return Verdict.EQUIVALENT, "not shown: " + ", ".join(unknown)
    return Verdict.EQUIVALENT, "the same times, written differently"


def _shown(days: dict[str, tuple[Span, ...]]) -> str:
    return "; ".join(f"{day} {_show(spans)}" for day, spans in days.items())


def _show(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in spans) or "closed"


def _clock(minutes: int) -> str:
    if minutes > MINUTES:
        minutes -= MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"
