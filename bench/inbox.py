"""The inbox over a million reviews: any page of the queue, and the counts, in milliseconds of SQL.

`python -m bench.inbox` fills an SQLite database and, where it is installed, a PostgreSQL one, with
1,000 locations of which 15 % of the reviews are open, and reads through `app.inbox.queries`.
`python -m bench.inbox 100000` takes fewer reviews.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.accounts.models import Organization
from app.core.db import Database, scope
from app.inbox import queries
from app.inbox.queries import InboxFilter
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews.models import Review
from migrations import upgrade
from tests import postgres

LOCATIONS, OPEN_IN_100, SOME = 1000, 15, 50
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
REPEATS = 7


def fill(database: Database, reviews: int) -> int:
    """One organization; its id."""
    with database.begin() as session:
        organization = Organization(name="Soup", created_at=NOW, reply_to="a@example.com")
        session.add(organization)
        session.flush()
        own = organization.id
    with database.begin(own) as session:
        connection = session.connection()
        of = {"organization_id": own}
        connection.execute(
            insert(Location),
            [
                of | {"name": f"Soup {n}", "country": "US", "next_audit_at": NOW, "created_at": NOW}
                for n in range(LOCATIONS)
            ],
        )
        connection.execute(
            insert(Listing),
            [
                of | {
                    "location_id": n + 1, "source_key": "generic", "url": f"https://x.example/{n}",
                    "added_at": NOW, "next_check_at": NOW,
                }
                for n in range(LOCATIONS)
            ],
        )  # fmt: skip
    for start in range(0, reviews, 50_000):
        with database.begin(own) as session:
            rows = [_row(own, n) for n in range(start, min(reviews, start + 50_000))]
            session.connection().execute(insert(Review), rows)
    with database.begin() as session:
        session.connection().execute(text("ANALYZE"))
    return own


def _row(own: int, number: int) -> dict:
    place = number % LOCATIONS + 1
    mixed = number * 2_654_435_761 % 4_294_967_296  # spreads without a random generator
    return {
        "organization_id": own,
        "location_id": place,
        "listing_id": place,
        "identity": f"id:{number}",
        "author": f"Guest {number % 5000}",
        "stars": 1 + number % 5,
        "text": "The soup was warm, the bread fresh, and the waiter remembered us. " * 3,
        "published_at": NOW - timedelta(minutes=number),
        "digest": f"{number:032x}",
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "answered": "no",
        "stand": "open" if mixed % 100 < OPEN_IN_100 else "answered",
        "urgency": mixed / 1000,
        "due_at": NOW,
    }


def milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def deep(session: Session, wanted: InboxFilter, pages: int) -> str | None:
    """The cursor that many pages down."""
    after = None
    for _ in range(pages):
        after = queries.queue(session, wanted, NOW, after, limit=500).next or after
    return after


def measure(database: Database, own: int, title: str) -> None:
    print(f"\n{title}")
    everywhere = InboxFilter()
    some = InboxFilter(location_ids=range(1, SOME + 1))
    with database.session(write=False) as session:
        scope(session, own)
        rows = (
            ("all locations, first page", everywhere, None),
            ("all locations, 50,000 down", everywhere, deep(session, everywhere, 100)),
            (f"{SOME} locations, first page", some, None),
            (f"{SOME} locations, 5,000 down", some, deep(session, some, 10)),
            ("1 location, first page", InboxFilter(location_ids=[7]), None),
        )
        for name, wanted, after in rows:
            taken = milliseconds(lambda: queries.queue(session, wanted, NOW, after))  # noqa: B023
            print(f"  {name:32}{taken:8.2f} ms")
        for name, wanted in (("counts, all", everywhere), (f"counts, {SOME} locations", some)):
            taken = milliseconds(lambda: queries.counts(session, wanted, NOW))  # noqa: B023
            print(f"  {name:32}{taken:8.2f} ms")
        taken = milliseconds(lambda: queries.waiting(session, NOW))
        print(f"  {'the number beside Inbox':32}{taken:8.2f} ms")


def main() -> None:
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        upgrade(url)
        database = Database(url)
        measure(database, fill(database, reviews), f"SQLite, {reviews:,} reviews")
        database.dispose()
    programs = postgres.programs()
    if programs is None:
        sys.exit("NOT MEASURED on PostgreSQL: it is not installed")
    with postgres.cluster(programs) as address:
        postgres.execute(address, "CREATE DATABASE bench")
        upgrade(f"{address}/bench")
        database = Database(f"{address}/bench")
        measure(database, fill(database, reviews), f"PostgreSQL, {reviews:,} reviews")
        database.dispose()


if __name__ == "__main__":
    main()
