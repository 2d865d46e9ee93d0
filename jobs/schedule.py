"""When a listing is visited next, and when a location is audited next. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from scrapers.types import Outcome

WENT_WELL = frozenset({Outcome.OK, Outcome.UNCHANGED})

# The pause after a first failure of each kind; it doubles with every further one.
FIRST_PAUSE = {
    Outcome.UNREACHABLE: timedelta(minutes=15),
    Outcome.RATE_LIMITED: timedelta(hours=1),
    Outcome.BLOCKED: timedelta(hours=6),
    Outcome.LOGIN_REQUIRED: timedelta(hours=6),
    Outcome.LAYOUT_CHANGED: timedelta(hours=6),
    Outcome.GONE: timedelta(hours=24),
    Outcome.REFUSED: timedelta(hours=24),
}
LONGEST_PAUSE = timedelta(days=7)
# Listings added together would be visited together for ever: each pause is up to this much longer.
JITTER = 0.1


def next_visit(
    outcome: Outcome,
    failures: int,
    every: timedelta,
    now: datetime,
    jitter: float,
    retry_at: datetime | None = None,
) -> datetime:
    """When to visit again after a visit that ended with `outcome`.

    `failures` in a row include this one; `jitter` is from 0 to 1; `retry_at` is what the source
    asked for, and is kept to even where it is later than our own pause.
    """
    if outcome in WENT_WELL:
        pause = every
    else:
        pause = min(FIRST_PAUSE[outcome] * 2 ** min(max(failures - 1, 0), 12), LONGEST_PAUSE)
    at = now + pause * (1 + JITTER * jitter)
    return max(at, retry_at) if retry_at else at


def after_failure(failures: int, now: datetime) -> datetime:
    """When to try again a piece of our own work that failed: minutes first, then days."""
    pause = FIRST_PAUSE[Outcome.UNREACHABLE] * 2 ** min(max(failures - 1, 0), 12)
    return now + min(pause, LONGEST_PAUSE)
