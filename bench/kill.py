"""kill -9 while collecting and while sending mail, ten times each; then two workers at once.

`python -m bench.kill` prints counts and ends with 1 if a review or a mail was lost or doubled.
`python -m bench.kill worker` is the process that is killed: the program's own worker, with a short
lease so that the rows of a killed one come back soon.
"""

from __future__ import annotations

import json
import logging
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from sqlalchemy import delete, func, select, update

from app.accounts.models import Membership, Organization, User
from app.core.db import Database
from app.core.log import configure
from app.core.models import SiteTurn
from app.core.settings import Settings
from app.digests.models import DigestDelivery, DigestSubscription
from app.listings.models import Listing, Scan
from app.locations.models import Location
from app.replies.models import ReplySuggestion
from app.reviews.models import Review
from jobs.leases import Leases
from jobs.parts import Parts
from jobs.worker import Worker
from migrations import upgrade

KILLS = 10
SITES, LISTINGS_A_SITE, FIRST_REVIEWS = 6, 10, 12
ANSWER_S = 0.1  # so that the visits of a round fill several batches
PEOPLE_A_ROUND = 20
LEASE = timedelta(seconds=5)
TICK_S = 0.1
ACROSS = {"across_tenants": True}


class Server(ThreadingHTTPServer):
    """A killed worker hangs up in the middle of an answer, which is no news here."""

    def handle_error(self, *_: object) -> None: ...


class Town:
    """Directories on loopback that show one review more after each round, and answer slowly enough
    to be killed in the middle of."""

    def __init__(self) -> None:
        self.reviews = FIRST_REVIEWS
        self.hits = 0
        self.servers = [
            ThreadingHTTPServer(("127.0.0.1", 0), self._handler()) for _ in range(SITES)
        ]
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()

    @property
    def origins(self) -> list[str]:
        return [f"http://127.0.0.1:{server.server_port}" for server in self.servers]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        town = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/robots.txt":
                    self.send_error(404)
                    return
                time.sleep(ANSWER_S)
                town.hits += 1
                body = town.page(self.path).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        return Handler

    def page(self, path: str) -> str:
        at = datetime(2026, 11, 1, tzinfo=UTC)
        reviews = [
            {
                "@type": "Review",
                "@id": f"{path}#r{number}",
                "author": {"@type": "Person", "name": f"Guest {number}"},
                "datePublished": (at + timedelta(hours=number)).isoformat(),
                "reviewBody": f"Visit number {number} to {path}: the soup was warm.",
                "reviewRating": {"@type": "Rating", "ratingValue": 1 + number % 5, "bestRating": 5},
            }
            for number in range(self.reviews)
        ]
        thing = {
            "@context": "https://schema.org",
            "@type": "Restaurant",
            "name": f"Soup {path}",
            "aggregateRating": {
                "@type": "AggregateRating",
                "ratingValue": 3,
                "reviewCount": self.reviews,
            },
            "review": reviews,
        }
        return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


class Post:
    """A real SMTP server that is slow to take a mail."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())
        self._controller.start()
        self.port = self._controller.port

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        import asyncio
        from email import message_from_bytes

        await asyncio.sleep(0.02)
        content: bytes = envelope.content  # type: ignore[attr-defined]
        self.taken.append(message_from_bytes(content)["Message-ID"].strip())
        await asyncio.sleep(0.02)
        return "250 taken"


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def worker() -> None:
    """The program's own worker on the settings of the environment."""
    configure(logging.ERROR)
    parts = Parts.build(Settings())
    parts.leases = Leases(parts.database, parts.clock, LEASE)
    Worker(parts, TICK_S).run()


class Stage:
    """The database, the town, the post, and workers that come and go."""

    def __init__(self, folder: Path) -> None:
        self.town, self.post = Town(), Post()
        os.environ |= {
            "GOODWORD_DATA_DIR": str(folder),
            "GOODWORD_ALLOW_ORIGINS": json.dumps(self.town.origins),
            "GOODWORD_SMTP_HOST": "127.0.0.1",
            "GOODWORD_SMTP_PORT": str(self.post.port),
            "GOODWORD_SMTP_SECURITY": "none",
            "GOODWORD_MAIL_FROM": "goodword@example.com",
        }
        self.settings = Settings()
        upgrade(self.settings.url)
        self.database = Database(self.settings.url)
        self.organization_id = self._found()

    def _found(self) -> int:
        now = datetime.now(UTC)
        with self.database.begin() as session:
            organization = Organization(name="Soup", created_at=now, reply_to="desk@example.com")
            session.add(organization)
            session.flush()
            organization_id = organization.id
        with self.database.begin(organization_id) as session:
            later = now + timedelta(days=30)
            place = Location(name="Soup", country="US", next_audit_at=later, created_at=now)
            session.add(place)
            session.flush()
            for origin in self.town.origins:
                for number in range(LISTINGS_A_SITE):
                    url = f"{origin}/{number}"
                    session.add(
                        Listing(
                            location_id=place.id, source_key="generic", url=url, added_at=now,
                            next_check_at=now,
                        )
                    )  # fmt: skip
        return organization_id

    def forget_turns(self) -> None:
        """A killed worker's turn at a site falls back after a minute and a half; we do not wait."""
        with self.database.begin() as session:
            session.execute(delete(SiteTurn))

    def start(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "bench.kill", "worker"]
        return subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def make_due(self) -> None:
        with self.database.begin(self.organization_id) as session:
            session.execute(update(Listing).values(next_check_at=datetime.now(UTC)))

    def add_people(self, count: int) -> None:
        now = datetime.now(UTC)
        with self.database.begin(self.organization_id) as session:
            for _ in range(count):
                name = secrets.token_hex(6)
                user = User(
                    email=f"{name}@example.com", active=True, fs_uniquifier=name, name="Ann"
                )
                session.add(user)
                session.flush()
                session.add(Membership(user_id=user.id, role="owner", joined_at=now))
                session.add(
                    DigestSubscription(user_id=user.id, token=name, next_due_at=now, created_at=now)
                )

    def number(self, statement) -> int:
        with self.database.session(write=False) as session:
            return session.scalar(statement, execution_options=ACROSS) or 0

    def not_visited(self) -> int:
        due = Listing.next_check_at <= datetime.now(UTC)
        return self.number(select(func.count()).select_from(Listing).where(due))

    def reviews(self) -> int:
        return self.number(select(func.count()).select_from(Review))

    def digests_open(self) -> int:
        due = DigestSubscription.next_due_at <= datetime.now(UTC)
        return self.number(select(func.count()).select_from(DigestSubscription).where(due))


def until(condition: Callable[[], bool], what: str, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"gave up waiting: {what}")
        time.sleep(0.005)


def kill(stage: Stage, process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    stage.forget_turns()


def kill_while_collecting(stage: Stage) -> int:
    """Kill ten workers, each after it has stored some of what it came for and not all."""
    listings = SITES * LISTINGS_A_SITE
    in_the_middle = 0
    for _ in range(KILLS):
        before = stage.reviews()
        hits = stage.town.hits
        process = stage.start()
        wanted = random.randint(3, listings - 1)
        until(lambda: stage.town.hits - hits >= wanted, "the worker to visit")  # noqa: B023
        time.sleep(random.uniform(0, 0.05))
        kill(stage, process)
        in_the_middle += stage.not_visited() > 0
        stored = stage.reviews() - before
        print(f"  killed after {stage.town.hits - hits:3} pages; {stored:4} reviews were stored")
        stage.town.reviews += 1
        stage.make_due()
    process = stage.start()
    until(lambda: stage.not_visited() == 0, "the last worker to finish")
    process.terminate()
    process.wait()
    return in_the_middle


def kill_while_sending(stage: Stage) -> int:
    """Kill ten workers, each after some mails of its round were taken and not all."""
    in_the_middle = 0
    for _ in range(KILLS):
        stage.add_people(PEOPLE_A_ROUND)
        before = len(stage.post.taken)
        process = stage.start()
        wanted = random.randint(1, PEOPLE_A_ROUND - 5)
        until(lambda: len(stage.post.taken) - before >= wanted, "mails")  # noqa: B023
        time.sleep(random.uniform(0, 0.05))
        kill(stage, process)
        in_the_middle += stage.digests_open() > 0
        print(f"  killed after {len(stage.post.taken) - before:3} mails")
    process = stage.start()
    until(lambda: stage.digests_open() == 0, "the last worker to finish")
    process.terminate()
    process.wait()
    return in_the_middle


def two_at_once(stage: Stage) -> dict[str, int]:
    """Two workers on the same rows: each listing visited once, each mail sent once."""
    scans = select(func.count()).select_from(Scan)
    before, mails = stage.number(scans), len(stage.post.taken)
    stage.town.reviews += 1
    stage.make_due()
    stage.add_people(PEOPLE_A_ROUND)
    workers = [stage.start(), stage.start()]
    until(lambda: stage.not_visited() + stage.digests_open() == 0, "both workers")
    for process in workers:
        process.terminate()
    for process in workers:
        process.wait()
    return {
        "visits beyond one a listing": stage.number(scans) - before - SITES * LISTINGS_A_SITE,
        "mails beyond one a person": len(stage.post.taken) - mails - PEOPLE_A_ROUND,
    }


def counts(stage: Stage) -> dict[str, int]:
    """What must be nought, and what may be."""
    expected = SITES * LISTINGS_A_SITE * stage.town.reviews
    with stage.database.session(write=False) as session:
        held = session.execute(
            select(Review.listing_id, Review.external_id), execution_options=ACROSS
        ).all()
        words = select(ReplySuggestion.review_id).group_by(ReplySuggestion.review_id)
        twice = session.execute(words.having(func.count() > 1), execution_options=ACROSS).all()
        states = Counter(session.scalars(select(DigestDelivery.state), execution_options=ACROSS))
        ids = set(session.scalars(select(DigestDelivery.message_id), execution_options=ACROSS))
        people = session.scalar(
            select(func.count()).select_from(DigestSubscription), execution_options=ACROSS
        )
    taken = Counter(stage.post.taken)
    accounted = states["sent"] + states["uncertain"]
    return {
        "reviews lost": expected - len(set(held)),
        "reviews doubled": len(held) - len(set(held)),
        "suggestions doubled": len(twice),
        "mails doubled": sum(taken.values()) - len(taken),
        "mails of no delivery": len(set(taken) - ids),
        "people neither sent to nor marked": (people or 0) - accounted,
        "(reviews held)": len(held),
        "(mails taken)": sum(taken.values()),
        "(marked uncertain, never sent again)": states["uncertain"],
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        print(f"kill -9 while collecting, {KILLS} times:")
        collecting = kill_while_collecting(stage)
        print(f"kill -9 while sending mail, {KILLS} times:")
        sending = kill_while_sending(stage)
        found = counts(stage) | two_at_once(stage)
        print(f"in the middle of the work: {collecting} of {KILLS} and {sending} of {KILLS} kills")
        for name, number in found.items():
            print(f"{name:40}{number:8}")
        wrong = {name: n for name, n in found.items() if n and not name.startswith("(")}
        sys.exit(f"NOT HELD: {', '.join(wrong)}" if wrong else 0)


if __name__ == "__main__":
    worker() if sys.argv[1:] == ["worker"] else main()
