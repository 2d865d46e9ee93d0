"""What the tests of the fetcher share: a clock that only moves when told, a name server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hostile_urls import NAMES

from scrapers.fetch import Fetcher, FetchSettings
from scrapers.fetch.guard import resolve

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """Time as the test wants it; sleeping moves it on."""

    def __init__(self) -> None:
        self.now = START
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


def name_server(host: str, port: int) -> list[str]:
    """Answers the invented names and what the system reads as a number; asks no real server."""
    if host in NAMES:
        return NAMES[host]
    if host.replace(".", "").replace("x", "").isalnum() and not host[:1].isdigit():
        raise socket.gaierror(socket.EAI_NONAME, "unknown")
    return resolve(host, port)


def a_fetcher(clock: Clock, **settings: object) -> Fetcher:
    settings.setdefault("contact_url", "https://goodword.example/about")
    settings.setdefault("resolver", name_server)
    return Fetcher(
        FetchSettings(**settings),  # type: ignore[arg-type]
        clock=clock,
        sleep=clock.sleep,
        jitter=lambda: 1.0,
    )


@contextmanager
def raw_server(answer: Iterable[bytes]) -> Iterator[str]:
    """A server that sends just these bytes to its one visitor, then hangs up; yields its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            visitor, _ = listening.accept()
            with visitor:
                visitor.recv(65_536)
                try:
                    for piece in answer:
                        visitor.sendall(piece)
                except OSError:
                    pass  # the visitor went away, as it should

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join(10)
