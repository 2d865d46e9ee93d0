"""The worker: one process that ticks, claims what is due, and does it in threads."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from jobs import beats
from jobs.leases import LISTINGS, LOCATIONS, REPLIES, SEARCHES, SUBSCRIPTIONS, WEBSITES
from jobs.parts import Parts
from jobs.tasks.alert import alert
from jobs.tasks.audit import audit
from jobs.tasks.collect import collect
from jobs.tasks.digest import digest, ensure_subscriptions
from jobs.tasks.find import find
from jobs.tasks.publish import publish
from jobs.tasks.purge import purge
from jobs.tasks.suggest import suggest
from jobs.tasks.websites import look

log = structlog.get_logger()

# Listings of slow sites must not keep the others waiting: so many runs go side by side.
COLLECT_RUNS = 3
LISTINGS_A_RUN = 50
ROWS_A_TICK = 20
SWEEP = timedelta(minutes=10)
BEAT_S = 20.0


class Worker:
    """Ticks until `stop`. The scheduler's memory holds nothing that matters: every tick asks the
    rows what is due, so that a worker that was killed loses only the time of a lease."""

    def __init__(self, parts: Parts, tick_s: float = 5.0) -> None:
        self.parts = parts
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._tick_s = tick_s
        self._stopping = threading.Event()
        self._words_wanted = threading.Event()
        self._words_wanted.set()
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            # Leases are renewed in a thread of their own: no work may keep them waiting.
            executors={"default": ThreadPoolExecutor(8), "beat": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, then finish what is in hand."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        self.start()
        self._stopping.wait()
        self.finish()

    def start(self) -> None:
        """Begin to tick."""
        beats.begin(self.parts.database, self.name, self.parts.clock)
        tick = self._tick_s
        ticks: tuple[tuple[Callable[[], None], float], ...] = (
            (self._beat, min(BEAT_S, tick * 4)),
            (self._collect, tick),
            (self._look, tick),
            (self._audit, tick),
            (self._suggest, tick),
            (self._publish, tick),
            (self._find, tick),
            (self._digest, tick),
            (self._sweep, SWEEP.total_seconds()),
        )
        for work, seconds in ticks:
            self._scheduler.add_job(
                self._guarded(work),
                "interval",
                seconds=seconds,
                max_instances=COLLECT_RUNS if work == self._collect else 1,
                executor="beat" if work == self._beat else "default",
                next_run_time=self.parts.clock(),
            )
        self._scheduler.start()
        log.info("worker started", name=self.name)

    def finish(self) -> None:
        """Stop ticking, let running work come to its end, and give back what was not begun."""
        self._stopping.set()
        self._scheduler.shutdown(wait=True)
        beats.end(self.parts.database, self.name)
        log.info("worker stopped", name=self.name)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def _guarded(self, work: Callable[[], None]) -> Callable[[], None]:
        def tick() -> None:
            if self._stopping.is_set():
                return
            try:
                work()
            except Exception:
                log.exception("tick failed", task=work.__name__)

        return tick

    def _collect(self) -> None:
        claims = self.parts.leases.claim(LISTINGS, LISTINGS_A_RUN)
        if claims:
            count = collect(self.parts, claims, stop=self._stopping)
            self._words_wanted.set()
            log.info("listings visited", count=count)

    def _look(self) -> None:
        if claims := self.parts.leases.claim(WEBSITES, LISTINGS_A_RUN):
            log.info("websites looked at", count=look(self.parts, claims, self._stopping))

    def _audit(self) -> None:
        if claims := self.parts.leases.claim(LOCATIONS, ROWS_A_TICK):
            log.info("locations audited", count=audit(self.parts, claims))

    def _suggest(self) -> None:
        if self._words_wanted.is_set():
            self._words_wanted.clear()
            if count := suggest(self.parts):
                log.info("replies suggested", count=count)
            if count := alert(self.parts):
                log.info("people alerted", count=count)

    def _publish(self) -> None:
        if claims := self.parts.leases.claim(REPLIES, ROWS_A_TICK):
            log.info("replies sent", claimed=len(claims), taken=publish(self.parts, claims))

    def _find(self) -> None:
        if claims := self.parts.leases.claim(SEARCHES, 1):
            log.info("searched for listings", new=find(self.parts, claims))

    def _digest(self) -> None:
        if claims := self.parts.leases.claim(SUBSCRIPTIONS, ROWS_A_TICK):
            log.info("digests due", count=len(claims), sent=digest(self.parts, claims))

    def _beat(self) -> None:
        self.parts.leases.renew()
        beats.beat(self.parts.database, self.name, self.parts.clock)

    def _sweep(self) -> None:
        """What no single row asks for: new members, texts whose time is over, missing words."""
        ensure_subscriptions(self.parts)
        purge(self.parts)
        self._words_wanted.set()
