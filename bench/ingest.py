"""Storing reviews: our ingest beside raw sqlite3, beside COPY on PostgreSQL, and beside the ORM.

`python -m bench.ingest` prints rows per second and ratios taken within this run. All write the same
columns of the same table with its indexes; ours also decides what is new, edited, urgent and due.
The floor decides by a digest in the statement, ours reads what it holds first.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Organization
from app.core.clock import Clock
from app.core.db import Database
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import rules, service
from app.reviews.matching import Match
from app.reviews.models import Review
from app.reviews.rows import KEPT, Writer
from app.reviews.service import Arrival
from migrations import upgrade
from scrapers.types import Extract, Precision, Rating, ReplyRecord, ReviewRecord
from tests import postgres

LISTINGS, EACH = 20, 500
CHUNK = 10  # listings to a transaction
ROUNDS = 3
EDITED = 50  # one in so many
NAIVE = 1500
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WORDS = (
    "We came on a rainy Tuesday and the soup was warm, the bread fresh, and the waiter remembered "
    "us from last year. The bill took a while, and the music was a little loud for talking. "
)


def record(listing: int, number: int, edited: bool) -> ReviewRecord:
    return ReviewRecord(
        external_id=f"{listing}-{number}",
        author=f"Guest {number}",
        rating=Rating(1 + number % 5, 5),
        text=f"{WORDS}{'Edited since. ' if edited else ''}{listing}-{number}",
        published_at=NOW - timedelta(hours=number),
        precision=Precision.SECOND,
        reply=ReplyRecord("Thank you.") if number % 3 == 0 else None,
    )


def extracts(edited: bool) -> list[Extract]:
    return [
        Extract(
            source="generic",
            reviews=[
                record(listing, number, edited and number % EDITED == 0) for number in range(EACH)
            ],
            replies_visible=True,
            expected_reviews=EACH,
        )
        for listing in range(LISTINGS)
    ]


class Bench:
    """A database with one location and its listings."""

    def __init__(self, url: str) -> None:
        upgrade(url)
        self.database = Database(url)
        with self.database.begin() as session:
            organization = Organization(name="Soup", created_at=NOW, reply_to="a@example.com")
            session.add(organization)
            session.flush()
            self.organization_id = organization.id
        with self.database.begin(self.organization_id) as session:
            place = Location(name="Soup", country="US", next_audit_at=NOW, created_at=NOW)
            session.add(place)
            session.flush()
            for number in range(LISTINGS):
                url = f"https://example.com/{number}"
                session.add(
                    Listing(
                        location_id=place.id, source_key="generic", url=url, added_at=NOW,
                        next_check_at=NOW,
                    )
                )  # fmt: skip

    @property
    def clock(self) -> Clock:
        return lambda: NOW

    @contextmanager
    def begin(self) -> Iterator[tuple[Session, Location, list[Listing]]]:
        with self.database.begin(self.organization_id) as session:
            listings = session.scalars(select(Listing).order_by(Listing.id)).all()
            yield session, session.scalars(select(Location)).one(), list(listings)

    def clear(self) -> None:
        with self.database.begin(self.organization_id) as session:
            session.execute(delete(Review))
            for listing in session.scalars(select(Listing)):
                listing.stated_reviews, listing.read_reviews = None, 0

    def ours(self, pages: list[Extract]) -> int:
        for start in range(0, LISTINGS, CHUNK):
            with self.begin() as (session, place, listings):
                some = range(start, start + CHUNK)
                arrivals = [Arrival(listings[index], place, pages[index]) for index in some]
                service.ingest(session, arrivals, self.clock)
        return LISTINGS * EACH

    def rows(self, pages: list[Extract]) -> list[dict]:
        """The finished rows, for ways that are spared deciding anything."""
        with self.begin() as (_session, place, listings):
            return [
                Writer(listings[index], place, True, KEPT, NOW).new(
                    Match(one, rules.digest(one), f"id:{one.external_id}", None)
                )
                for index, page in enumerate(pages)
                for one in page.reviews
            ]

    def orm_batched(self, rows: list[dict]) -> int:
        """One SELECT for a listing, then objects."""
        for start in range(0, len(rows), EACH):
            some = rows[start : start + EACH]
            with self.database.begin(self.organization_id) as session:
                of_listing = select(Review).where(Review.listing_id == some[0]["listing_id"])
                known = {review.identity: review for review in session.scalars(of_listing)}
                for row in some:
                    review = known.get(row["identity"])
                    if review is None:
                        session.add(Review(**row))
                    elif review.digest != row["digest"]:
                        for name, value in row.items():
                            setattr(review, name, value)
        return len(rows)

    def orm_per_row(self, rows: list[dict]) -> int:
        """SELECT and add for each review, a commit for each page of twenty."""
        for start in range(0, NAIVE, 20):
            with self.database.begin(self.organization_id) as session:
                for row in rows[start : start + 20]:
                    same = select(Review).where(
                        Review.listing_id == row["listing_id"], Review.identity == row["identity"]
                    )
                    if session.scalar(same) is None:
                        session.add(Review(**row))
                        session.flush()
        return NAIVE


def raw_sqlite(path: Path, rows: list[dict]) -> Callable[[], int]:
    """executemany with ON CONFLICT, in transactions of as many rows as ours."""
    names = list(rows[0])
    statement = (
        f"INSERT INTO reviews ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "
        "ON CONFLICT (listing_id, identity) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in names)
        + " WHERE digest <> excluded.digest"
    )
    values = [tuple(map(_plain, row.values())) for row in rows]

    def run() -> int:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous=NORMAL")
        for start in range(0, len(values), CHUNK * EACH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, values[start : start + CHUNK * EACH])
            connection.execute("COMMIT")
        connection.close()
        return len(values)

    return run


def raw_copy(url: str, rows: list[dict]) -> Callable[[], int]:
    """COPY into a stage, then INSERT … SELECT … ON CONFLICT."""
    import psycopg

    names = list(rows[0])
    columns = ", ".join(names)
    values = [tuple(row.values()) for row in rows]
    stage = f"CREATE TEMP TABLE stage ON COMMIT DROP AS SELECT {columns} FROM reviews WITH NO DATA"
    store = (
        f"INSERT INTO reviews ({columns}) SELECT {columns} FROM stage "
        "ON CONFLICT (listing_id, identity) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in names)
        + " WHERE reviews.digest <> excluded.digest"
    )

    def run() -> int:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            for start in range(0, len(values), CHUNK * EACH):
                with connection.transaction(), connection.cursor() as cursor:
                    cursor.execute(stage.encode())
                    with cursor.copy(f"COPY stage ({columns}) FROM STDIN".encode()) as copy:
                        for row in values[start : start + CHUNK * EACH]:
                            copy.write_row(row)
                    cursor.execute(store.encode())
        return len(values)

    return run


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value


def measure(
    bench: Bench, floor: Callable[[list[dict]], Callable[[], int]], clock: Callable[[], float]
) -> dict[str, float]:
    """Rows per second of each way, medians of the rounds, the ways in turn.

    SQLite works within this process, so that its ways are compared by CPU time, which other
    programs on the machine do not disturb; PostgreSQL's server does not, so there it is wall time.
    """
    first, again = extracts(False), extracts(True)
    rows = bench.rows(first)
    edited = bench.rows(again)
    found: dict[str, list[float]] = {}

    def note(name: str, work: Callable[[], int]) -> None:
        begun = clock()
        count = work()
        found.setdefault(name, []).append(count / (clock() - begun))

    for _ in range(ROUNDS):
        bench.clear()
        note("floor, new", floor(rows))
        note("floor, again (2 % edited)", floor(edited))
        bench.clear()
        note("ours, new", lambda: bench.ours(first))
        note("ours, again (2 % edited)", lambda: bench.ours(again))
        note("ours, again (unchanged)", lambda: bench.ours(again))
        bench.clear()
        note("ORM in batches, new", lambda: bench.orm_batched(rows))
        note("ORM in batches, again (2 % edited)", lambda: bench.orm_batched(edited))
        bench.clear()
        note("ORM row by row, new", lambda: bench.orm_per_row(rows))
    return {name: statistics.median(rates) for name, rates in found.items()}


def report(title: str, rates: dict[str, float]) -> None:
    print(f"\n{title}: {LISTINGS * EACH:,} reviews, {CHUNK * EACH:,} to a transaction")
    for name, rate in rates.items():
        base = rates["floor, again (2 % edited)" if "again" in name else "floor, new"]
        print(f"  {name:38}{rate:10,.0f} rows/s{rate / base:8.3f} x floor")
    ours = rates["ours, new"]
    print(f"  ours / ORM in batches, new      {ours / rates['ORM in batches, new']:6.1f} x")
    print(f"  ours / ORM row by row, new      {ours / rates['ORM row by row, new']:6.1f} x")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        bench = Bench(f"sqlite:///{path}")
        rates = measure(bench, lambda rows: raw_sqlite(path, rows), time.process_time)
        report("SQLite (floor: sqlite3, CPU time)", rates)
        bench.database.dispose()
    programs = postgres.programs()
    if programs is None:
        sys.exit("NOT MEASURED on PostgreSQL: it is not installed")
    with postgres.cluster(programs) as address:
        postgres.execute(address, "CREATE DATABASE bench")
        url = f"{address}/bench"
        bench = Bench(url)
        rates = measure(bench, lambda rows: raw_copy(url, rows), time.perf_counter)
        report("PostgreSQL (floor: COPY, wall time)", rates)
        bench.database.dispose()


if __name__ == "__main__":
    main()
