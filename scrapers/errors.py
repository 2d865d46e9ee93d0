"""Typed failures of a visit; each is one Outcome and one sentence for the person."""

from __future__ import annotations

from datetime import datetime

from scrapers.types import Outcome


class VisitError(Exception):
    """A visit that did not bring what it went for. `str()` is a sentence for the owner."""

    outcome = Outcome.UNREACHABLE

    def __init__(self, says: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(says)
        self.retry_at = retry_at


class Gone(VisitError):
    """404 or 410: the page is not there any more."""

    outcome = Outcome.GONE


class Blocked(VisitError):
    """401, 403 or a challenge page: could not check, which is not the same as missing."""

    outcome = Outcome.BLOCKED


class LoginRequired(VisitError):
    """The source wants its owner to connect, or connect again."""

    outcome = Outcome.LOGIN_REQUIRED


class RateLimited(VisitError):
    """429, or a quota used up; `retry_at` says when to come back."""

    outcome = Outcome.RATE_LIMITED


class LayoutChanged(VisitError):
    """The page answers, but what should stand there does not."""

    outcome = Outcome.LAYOUT_CHANGED


class Unreachable(VisitError):
    """No answer, a broken one, or 5xx."""

    outcome = Outcome.UNREACHABLE


class Refused(VisitError):
    """We did not ask: the address is private, robots.txt forbids it, or a cap was reached."""

    outcome = Outcome.REFUSED
