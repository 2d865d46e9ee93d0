"""How often one site is asked: one request at a time, with a pause between two of them.

What is kept for a site is three values, so that a table can hold them as well as a dictionary;
the rules that say what they become are plain functions here.
"""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

MAX_RETRY_AFTER = timedelta(days=1)
# A Crawl-delay beyond this would stop a scan of a few pages from ever ending.
MAX_CRAWL_DELAY_S = 60.0
# The circuit breaker: after so many failures in a row a site is left alone, then tried once.
BREAK_AFTER = 3
_FIRST_BREAK = timedelta(minutes=5)
_LONGEST_BREAK = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to ask `site` once. `failures` is how many requests before it failed in a row."""

    site: str
    token: str
    failures: int


@dataclass(frozen=True, slots=True)
class NotYet:
    """It is not our turn at `site` before `at`."""

    site: str
    at: datetime
    failures: int = 0


class Pace(Protocol):
    """Who may ask a site, and when. One store holds for every process that shares it.

    `tests/scrapers/fetch/pace_contract.py` says what an implementation must hold to.
    """

    def claim(self, site: str, now: datetime, lease: timedelta) -> Turn | NotYet:
        """Take the turn at `site`, or learn when to ask again.

        A turn that is never released (its process was killed) falls back after `lease`.
        """
        ...

    def release(self, turn: Turn, free_at: datetime, failures: int) -> None:
        """Give the turn back: nobody asks before `free_at`. A turn that fell back is ignored."""
        ...


@dataclass(slots=True)
class _Site:
    free_at: datetime
    failures: int = 0
    token: str | None = None


class MemoryPace:
    """The pace of one process, held in memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sites: dict[str, _Site] = {}
        self._tokens = itertools.count()

    def claim(self, site: str, now: datetime, lease: timedelta) -> Turn | NotYet:
        with self._lock:
            known = self._sites.setdefault(site, _Site(free_at=now))
            if now < known.free_at:
                return NotYet(site, known.free_at, known.failures)
            known.token = str(next(self._tokens))
            known.free_at = now + lease
            return Turn(site, known.token, known.failures)

    def release(self, turn: Turn, free_at: datetime, failures: int) -> None:
        with self._lock:
            known = self._sites[turn.site]
            if known.token == turn.token:
                known.token, known.free_at, known.failures = None, free_at, failures


def pause_after_failure(failures: int) -> timedelta:
    """How long a site is left alone after `failures` in a row: the breaker, doubling."""
    if failures < BREAK_AFTER:
        return timedelta(0)
    doubled = _FIRST_BREAK * 2 ** min(failures - BREAK_AFTER, 10)
    return min(doubled, _LONGEST_BREAK)


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """When a Retry-After header lets us come back: seconds or an HTTP date, one day at most.

    RFC 9110, section 10.2.3. What cannot be read is None; the past means now.
    """
    if not value:
        return None
    value = value.strip()
    try:
        at = (
            now + min(timedelta(seconds=int(value)), MAX_RETRY_AFTER)
            if value.isascii() and value.isdigit() and len(value) < 10
            else parsedate_to_datetime(value)
        )
    except (ValueError, OverflowError):
        return None
    if at.tzinfo is None:  # "-0000" says UTC without saying it is
        at = at.replace(tzinfo=UTC)
    return max(now, min(at, now + MAX_RETRY_AFTER))
