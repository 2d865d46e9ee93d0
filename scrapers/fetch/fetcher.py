"""Fetching as a guest behaves: by the site's rules, one request at a time, in its own time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urljoin

from scrapers.errors import RateLimited, Refused, Unreachable, VisitError
from scrapers.fetch import answers, robots
from scrapers.fetch.guard import Target, read_url
from scrapers.fetch.pace import BREAK_AFTER, MemoryPace, NotYet, Pace, Turn, pause_after_failure
from scrapers.fetch.robots import Rules, RulesKept
from scrapers.fetch.settings import FetchSettings
from scrapers.fetch.wire import Answer, Wire
from scrapers.types import Outcome, Page, Request

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LEASE_MARGIN = timedelta(seconds=30)
# Outcomes after which asking again at once would be a burden to the site.
_BURDENS = frozenset({Outcome.UNREACHABLE, Outcome.RATE_LIMITED, Outcome.BLOCKED})
# A failure that the source explains concerns one owner's access (a quota, a permission): it
# must not keep the site from another owner for longer than this.
_PAUSE_FOR_ACCOUNT = timedelta(seconds=60)

Explain = Callable[[Page], VisitError | None]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """One fetch session: settings, connections, the pace of sites and the rules they ask for.

    Safe to share between threads. `pace` and `rules` may be shared with other processes.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        pace: Pace | None = None,
        rules: RulesKept | None = None,
        clock: Callable[[], datetime] = _utc_now,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = lambda: random.uniform(1.0, 1.3),
        wire: Wire | None = None,
    ) -> None:
        self.settings = settings
        self.pace = pace or MemoryPace()
        self.rules = {} if rules is None else rules
        self.clock = clock
        self.sleep = sleep
        self.jitter = jitter
        self.wire = wire or Wire(settings)

    def close(self) -> None:
        self.wire.close()

    def errand(
        self,
        request: Request,
        *,
        interval_s: float = 5.0,
        obey_robots: bool = True,
        explain: Explain | None = None,
        called: str | None = None,
    ) -> Errand:
        """`request`, to be attempted until its turn has come. See Errand."""
        return Errand(self, request, interval_s, obey_robots, explain, called)

    def fetch(
        self,
        request: Request,
        *,
        interval_s: float = 5.0,
        obey_robots: bool = True,
        explain: Explain | None = None,
    ) -> Page:
        """The page `request` asks for, after waiting for its turn. Raises VisitError."""
        errand = self.errand(
            request, interval_s=interval_s, obey_robots=obey_robots, explain=explain
        )
        while isinstance(result := errand.attempt(), NotYet):
            self.sleep(max(0.0, (result.at - self.clock()).total_seconds()))
        return result


class Errand:
    """One request on its way through turns, robots.txt and redirects.

    `interval_s` is the pause after it on its site, at least; `explain` may name a failure that
    the answer's body tells more of than its status; `called` is what people call the site. An API
    that its owner connected is not crawled, so its requests go with `obey_robots` False.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        request: Request,
        interval_s: float,
        obey_robots: bool,
        explain: Explain | None,
        called: str | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._request = request
        self._interval_s = interval_s
        self._obey_robots = obey_robots
        self._explain = explain
        self._hops = 0
        self._target = _target(request)
        self._called = {self._target.host: called}
        self._robots: Errand | None = None
        self._explained = False

    @property
    def site(self) -> str:
        """The site that the next attempt asks."""
        return self._target.site

    @property
    def _who(self) -> str:
        """What to call the host being asked in a sentence; a redirect may have left the site."""
        host = self._target.host
        return self._called.get(host) or host

    def attempt(self) -> Page | NotYet:
        """Carry the request out if it is its turn. Raises VisitError when it has failed."""
        while True:
            rules = self._rules()
            if isinstance(rules, NotYet):
                return rules
            self._check(rules)
            turn = self._claim()
            if isinstance(turn, NotYet):
                return turn
            page = self._with_turn(turn, rules)
            if page is not None:
                return page

    def _rules(self) -> Rules | NotYet | None:
        """The rules of the site we are about to ask; fetched first where they are not known."""
        if not self._obey_robots:
            return None
        fetcher, target = self._fetcher, self._target
        origin = f"{target.scheme}://{target.site}"
        known = fetcher.rules.get(origin)
        if known and known.fresh(fetcher.clock()):
            return known
        if self._robots is None:
            self._robots = _RobotsErrand(fetcher, origin, self._interval_s)
        try:
            page = self._robots.attempt()
        except Refused:  # the address itself is not one to be opened
            raise
        except VisitError:
            rules = robots.unreachable(fetcher.clock(), known)
        else:
            if isinstance(page, NotYet):
                return page
            rules = robots.rules_for_status(page.status, page.text, fetcher.clock(), known)
        self._robots = None
        fetcher.rules[origin] = rules
        return rules

    def _check(self, rules: Rules | None) -> None:
        if rules is None or rules.allows(self._target.url):
            return
        if rules.reachable:
            raise Refused(f"{self._who} asks robots not to read this page (robots.txt).")
        raise Unreachable(
            f"{self._who} did not say what robots may read (robots.txt), so nothing was read.",
            retry_at=rules.fetched_at + robots.UNREACHABLE_KEPT,
        )

    def _claim(self) -> Turn | NotYet:
        fetcher = self._fetcher
        now = fetcher.clock()
        lease = timedelta(seconds=fetcher.settings.total_s) + _LEASE_MARGIN
        turn = fetcher.pace.claim(self.site, now, lease)
        patience = timedelta(seconds=fetcher.settings.patience_s)
        if isinstance(turn, NotYet) and turn.at - now > patience:
            if turn.failures >= BREAK_AFTER:
                raise Unreachable(
                    f"{self._who} failed {turn.failures} times in a row; it is left alone "
                    "for a while.",
                    retry_at=turn.at,
                )
            raise RateLimited(f"{self._who} is not to be asked yet.", retry_at=turn.at)
        return turn

    def _with_turn(self, turn: Turn, rules: Rules | None) -> Page | None:
        """The page, or None after a redirect to another origin. Always gives the turn back."""
        asked = self._target
        failed: VisitError | None = None
        try:
            while self._target.origin == asked.origin:
                answer = self._exchange()
                if not self._follow(answer):
                    return self._read(answer)
                if self._target.origin == asked.origin:
                    self._check(rules)
            return None
        except VisitError as error:
            failed = error
            raise
        finally:
            self._release(turn, asked, rules.delay_s if rules else 0.0, failed)

    def _exchange(self) -> Answer:
        return self._fetcher.wire.exchange(self._request, self._target)

    def _read(self, answer: Answer) -> Page:
        now = self._fetcher.clock()
        page = answers.to_page(answer, self._target.url, now)
        error = self._explain(page) if self._explain else None
        self._explained = error is not None
        error = error or answers.failure(page, self._who, now)
        if error:
            raise error
        return page

    def _follow(self, answer: Answer) -> bool:
        """Whether `answer` is a redirect; then the errand goes on to where it leads."""
        location = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not location or self._request.method != "GET":
            return False
        self._hops += 1
        if self._hops > self._fetcher.settings.max_redirects:
            raise Unreachable(f"{self._who} sent us on again and again.")
        before = self._target
        # Headers may hold a key, and a key is for the origin it was given for.
        url = urljoin(before.url, location)
        request = Request(url, headers=self._request.headers)
        self._target = _target(request)
        same = self._target.origin == before.origin
        self._request = request if same else replace(request, headers={})
        return True

    def _release(
        self, turn: Turn, asked: Target, delay_s: float, failed: VisitError | None
    ) -> None:
        fetcher = self._fetcher
        now = fetcher.clock()
        interval_s = max(self._interval_s, delay_s)
        if fetcher.settings.is_local(asked):
            interval_s = fetcher.settings.loopback_interval_s
        free_at = now + timedelta(seconds=interval_s * fetcher.jitter())
        failures = 0
        if failed and self._explained:
            wait_until = failed.retry_at or now
            free_at = max(free_at, min(wait_until, now + _PAUSE_FOR_ACCOUNT))
        elif failed:
            failures = turn.failures + 1 if failed.outcome in _BURDENS else 0
            free_at = max(free_at, now + pause_after_failure(failures), failed.retry_at or now)
        fetcher.pace.release(turn, free_at, failures)


class _RobotsErrand(Errand):
    """Asks for a site's robots.txt: any status is an answer, and too long a file is cut."""

    def __init__(self, fetcher: Fetcher, origin: str, interval_s: float) -> None:
        super().__init__(fetcher, Request(f"{origin}/robots.txt"), interval_s, False, None)

    def _exchange(self) -> Answer:
        return self._fetcher.wire.exchange(self._request, self._target, robots.MAX_BYTES)

    def _follow(self, answer: Answer) -> bool:
        # RFC 9309, section 2.3.1.2: redirects without end mean that there are no rules.
        return self._hops < self._fetcher.settings.max_redirects and super()._follow(answer)

    def _read(self, answer: Answer) -> Page:
        text = answer.body.decode("utf-8", "replace")
        return Page(self._target.url, text, status=answer.status, headers=answer.headers)


def _target(request: Request) -> Target:
    target = read_url(request.url)
    if not request.params:
        return target
    mark = "&" if "?" in target.rest else "?"
    return replace(target, rest=f"{target.rest}{mark}{urlencode(request.params)}")
