"""A time limit for a whole exchange, also while its headers drip in byte by byte.

The read time-out of a socket starts anew with every byte. One thread watches all exchanges in
flight and shuts the socket of one that is over its time, which wakes the thread that reads it.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import math
import socket
import threading
import time
from collections.abc import Iterator

_current = threading.local()


class Limit:
    """One exchange: `over` turns true when its time was up and its socket was shut."""

    __slots__ = ("done", "over", "sock")

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.done = False
        self.over = False

    def cut(self) -> None:
        self.over = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def watched(sock: socket.socket) -> None:
    """Put `sock` under the limit of the exchange that runs in this thread, if there is one."""
    limit: Limit | None = getattr(_current, "limit", None)
    if limit is not None:
        limit.sock = sock
        if limit.over:
            limit.cut()


class Watchdog:
    """The one thread that watches; started with the first exchange, a daemon."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Limit]] = []
        self._wakes_at = math.inf
        self._count = itertools.count()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def limit(self, seconds: float) -> Iterator[Limit]:
        """Everything this thread exchanges inside the block ends after `seconds`."""
        limit = Limit()
        at = time.monotonic() + seconds
        with self._changed:
            self._forget_done()
            heapq.heappush(self._waiting, (at, next(self._count), limit))
            if at < self._wakes_at:
                self._wake(at)
        _current.limit = limit
        try:
            yield limit
        finally:
            _current.limit = None
            limit.done = True
            limit.sock = None

    def _forget_done(self) -> None:
        while self._waiting and self._waiting[0][2].done:
            heapq.heappop(self._waiting)

    def _wake(self, at: float) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="deadlines", daemon=True)
            self._thread.start()
        self._wakes_at = at
        self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                self._forget_done()
                self._wakes_at = self._waiting[0][0] if self._waiting else math.inf
                rest = self._wakes_at - time.monotonic()
                if rest > 0:
                    self._changed.wait(None if rest == math.inf else rest)
                    continue
                limit = heapq.heappop(self._waiting)[2]
            limit.cut()


WATCHDOG = Watchdog()
