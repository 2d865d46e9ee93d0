"""Times in the words an owner uses. Pure: the moment, the clock and the zone are handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from babel.dates import format_date, format_time, format_timedelta

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOON = 4 * HOUR  # less than half a working day is left: said in the colour of caution


@dataclass(frozen=True, slots=True)
class Wait:
    """How a promise stands: `words` for the person, `state` (late, soon, fine) for the colour."""

    words: str
    state: str

    @property
    def in_full(self) -> str:
        """The same where there is room: "3 h past your promise"."""
        return self.words.replace(" over", " past your promise")


def wait(due_at: datetime, now: datetime, zone: tzinfo, locale: str = "en") -> Wait:
    """How long a review waits against the promised time: "3 h over", "2 h left", "tomorrow"."""
    left = due_at - now
    if left < timedelta(0):
        return Wait(f"{_amount(-left)} over", "late")
    if left <= SOON:
        return Wait(f"{_amount(left)} left", "soon")
    days = (due_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if left < 18 * HOUR or days == 0:
        return Wait(f"{_amount(left)} left", "fine")
    if days == 1:
        return Wait("tomorrow", "fine")
    if days < 7:
        return Wait(format_date(due_at.astimezone(zone), "EEEE", locale), "fine")
    return Wait(f"{days} days left", "fine")


def _amount(span: timedelta) -> str:
    if span < HOUR:
        return f"{max(1, span // timedelta(minutes=1))} min"
    if span < 2 * DAY:
        return f"{span // HOUR} h"
    return f"{span // DAY} days"


def when(
    moment: datetime,
    now: datetime,
    zone: tzinfo,
    locale: str = "en",
    precision: str | None = None,
) -> str:
    """A moment as one would say it: "today 06:10", "Thursday 08:12", "3 March", "March 2025".

    `precision` is scrapers.types.Precision: a date without a time is said without one.
    """
    if precision == "month":
        return format_date(moment.date(), "MMMM y", locale)
    if precision in ("day", "relative"):
        # A bare date stands at midnight UTC: no zone may move it to the day before.
        local, clock = moment, ""
    else:
        local = moment.astimezone(zone)
        clock = " " + format_time(local.timetz().replace(tzinfo=None), "HH:mm", locale=locale)
    days = (now.astimezone(zone).date() - local.date()).days
    if days == 0:
        return f"today{clock}"
    if days == 1:
        return f"yesterday{clock}"
    if days == -1:
        return f"tomorrow{clock}"
    if abs(days) < 7:
        return format_date(local, "EEEE", locale) + clock
    return day(local, now, locale)


def day(moment: datetime, now: datetime, locale: str = "en") -> str:
    """The day alone: "3 March", with its year where that is another one."""
    return format_date(moment, "d MMMM" if moment.year == now.year else "d MMMM y", locale)


def ago(moment: datetime, now: datetime, locale: str = "en") -> str:
    """How long since: "12 minutes ago", "just now"."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return "just now"
    return format_timedelta(-passed, granularity="minute", add_direction=True, locale=locale)


def span(passed: timedelta) -> str:
    """A length of time: "40 min", "5 h", "3 days"."""
    return _amount(passed)


def every(hours: int) -> str:
    """How often something is done: "every 6 hours", "daily", "weekly"."""
    if hours == 1:
        return "every hour"
    if hours == 24:
        return "daily"
    if hours == 168:
        return "weekly"
    if hours % 24 == 0:
        return f"every {hours // 24} days"
    return f"every {hours} hours"


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def ordinal(n: int) -> str:
    """ "first", "second" … "ninth", then "10th"."""
    if 1 <= n <= len(ORDINALS):
        return ORDINALS[n - 1]
    last = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{last}"


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 review", "7 reviews", "1,204 reviews"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
