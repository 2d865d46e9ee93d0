"""Many visits at once, ordered by whose site is free next rather than by who came first.

A pool of threads that each wait for one site stands still as soon as visits lie sorted by
directory. Here nobody waits for a site: a visit that is not at its turn goes back to the queue of
its site, and each site has at most one visit in work.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import math
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from scrapers.fetch import NotYet
from scrapers.runner import Steps

Result = TypeVar("Result")

_HANDFUL_S = 0.01


class Pool(Generic[Result]):
    """Runs visits on `threads` threads; `clock` is the fetcher's. For one run."""

    def __init__(self, clock: Callable[[], datetime], threads: int = 32) -> None:
        self._clock = clock
        self._threads = threads
        self._changed = threading.Condition()
        self._waiting: defaultdict[str, deque[tuple[int, Steps[Result]]]] = defaultdict(deque)
        # One entry for each site that has visits waiting and none in work: when, which.
        self._ready: list[tuple[datetime, int, str]] = []
        self._held: set[str] = set()  # sites in that queue or in work
        self._order = itertools.count()
        self._left = 0
        self._stopped = False
        self._watched = False  # one idle thread waits for the time of the queue's head
        self._done: SimpleQueue[tuple[int, Result | Exception]] = SimpleQueue()

    def run(self, visits: Iterable[Steps[Result]]) -> Iterator[tuple[int, Result | Exception]]:
        """Each visit's number, counted from 0 as given, and its result, as they end.

        An exception that a visit raised comes as its result; the others go on. Closing the
        iterator lets what is in work end and begins nothing more.
        """
        total = 0
        for number, steps in enumerate(visits):
            total += 1
            wait = self._advance(number, steps)
            if wait:
                with self._changed:
                    self._left += 1
                    self._waiting[wait.site].append((number, steps))
                    self._offer(wait.site, wait.at)
        for _ in range(min(self._threads, self._left)):
            threading.Thread(target=self._work, name="visits", daemon=True).start()
        try:
            yield from self._results(total)
        finally:  # also where the caller wants no more of them
            with self._changed:
                self._stopped = True
                self._changed.notify_all()

    def _results(self, total: int) -> Iterator[tuple[int, Result | Exception]]:
        """Results as they end, a handful at a time: a reader that wakes for each single one
        takes the interpreter from the threads that read pages."""
        handed = 0
        while handed < total:
            ended = [self._done.get()]
            with contextlib.suppress(Empty):
                while True:
                    ended.append(self._done.get_nowait())
            yield from ended
            handed += len(ended)
            if handed < total:
                time.sleep(_HANDFUL_S)

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            site, number, steps = taken
            wait = self._advance(number, steps)
            with self._changed:
                self._held.discard(site)
                if wait is None:
                    self._left -= 1
                elif wait.site == site:
                    self._waiting[site].appendleft((number, steps))
                else:
                    self._waiting[wait.site].append((number, steps))
                    self._offer(wait.site, wait.at)
                self._offer(site, wait.at if wait and wait.site == site else self._clock())
                if not self._left:
                    self._changed.notify_all()

    def _advance(self, number: int, steps: Steps[Result]) -> NotYet | None:
        """Carry a visit on until it has to wait; None once it has ended."""
        try:
            return next(steps)
        except StopIteration as end:
            self._done.put((number, end.value))
        except Exception as error:  # a fault of one source is no reason to drop the others
            self._done.put((number, error))
        return None

    def _offer(self, site: str, at: datetime) -> None:
        if site in self._held:
            return
        if not self._waiting[site]:
            del self._waiting[site]
            return
        self._held.add(site)
        entry = (at, next(self._order), site)
        heapq.heappush(self._ready, entry)
        if self._ready[0] is entry:
            self._changed.notify()

    def _take(self) -> tuple[str, int, Steps[Result]] | None:
        """The first visit of the site that is free first, once it is free; None at the end."""
        with self._changed:
            while self._left and not self._stopped:
                rest = self._until_free()
                if rest <= 0:
                    site = heapq.heappop(self._ready)[2]
                    if self._ready:
                        self._changed.notify()
                    return site, *self._waiting[site].popleft()
                if self._watched or rest == math.inf:
                    self._changed.wait()
                else:
                    self._watched = True
                    self._changed.wait(rest)
                    self._watched = False
            return None

    def _until_free(self) -> float:
        if not self._ready:
            return math.inf
        return (self._ready[0][0] - self._clock()).total_seconds()
