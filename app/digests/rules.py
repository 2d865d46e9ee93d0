"""When a digest is due, and which period it belongs to. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Frequency(StrEnum):
    """How often a person wants the digest."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


LENGTH = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def next_due(frequency: str, hour: int, weekday: int, tz: ZoneInfo, after: datetime) -> datetime:
    """The first moment behind `after` at which the person's clock shows `hour`, in UTC; weekly on
    `weekday` (0 is Monday).

    An hour that a change of the clocks skips is due when they have jumped over it; one that comes
    twice is due the first time.
    """
    day = after.astimezone(tz).date()
    while True:
        if frequency != Frequency.WEEKLY or day.weekday() == weekday:
            at = _moment(day, hour, tz)
            if at > after:
                return at
        day += timedelta(days=1)


def _moment(day: date, hour: int, tz: ZoneInfo) -> datetime:
    # fold=0 reads a skipped hour by the clock before the change, which is the moment behind it.
    return datetime.combine(day, time(hour), tz).astimezone(UTC)


def period(frequency: str, tz: ZoneInfo, at: datetime) -> str:
    """The name of the period that a digest at `at` closes: "2026-11-21", or weekly "2026-W47"."""
    day = at.astimezone(tz).date()
    if frequency != Frequency.WEEKLY:
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
