"""The row of `bench.collect` with the database: the worker's own way from page to stored review."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Organization
from app.core.db import Database
from app.core.settings import Settings
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews.models import Review
from bench.stopwatch import Stopwatch, Took
from jobs.leases import Claim, Leases
from jobs.parts import Parts
from jobs.tasks.collect import collect
from migrations import upgrade
from scrapers.fetch import MemoryPace

Found = dict[str, set[tuple[str, float, str]]]


class _NoMailer:
    def send(self, message: object) -> None:
        raise AssertionError("collecting sends no mail")


def collect_and_store(address: str, pages: int, hosts: int) -> tuple[Took, Found]:
    """Visit all pages and store what they show in a new SQLite database; the reviews that stand
    there afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        upgrade(url)
        database = Database(url)
        names = [f"site{number}.example" for number in range(hosts)]
        settings = Settings(
            data_dir=Path(folder), host_map=dict.fromkeys(names, address), _env_file=None
        )
        leases = Leases(database, lambda: datetime.now(UTC))
        parts = Parts(settings, database, _NoMailer(), leases, MemoryPace())
        organization_id, claims = _listings(database, names, pages)
        watch = Stopwatch()
        collect(parts, claims)
        took = watch.took()
        found = _stored(database, organization_id)
        parts.close()
        return took, found


def _listings(database: Database, names: list[str], pages: int) -> tuple[int, list[Claim]]:
    now = datetime.now(UTC)
    with database.begin() as session:
        organization = Organization(name="Bench", created_at=now, reply_to="a@bench.example")
        session.add(organization)
        session.flush()
        organization_id = organization.id
    with database.begin(organization_id) as session:
        # A place stands once in each directory.
        places = [
            Location(name="Business", country="US", next_audit_at=now, created_at=now)
            for _ in range(0, pages, len(names))
        ]
        session.add_all(places)
        session.flush()
        listings = [
            Listing(
                location_id=places[number // len(names)].id,
                source_key="generic",
                url=f"http://{names[number % len(names)]}/b/{number}",
                added_at=now,
                next_check_at=now,
            )
            for number in range(pages)
        ]
        session.add_all(listings)
        session.flush()
        return organization_id, [Claim(organization_id, listing.id) for listing in listings]


def _stored(database: Database, organization_id: int) -> Found:
    found: Found = {}
    with database.begin(organization_id) as session:
        rows = session.execute(
            select(Listing.url, Review.author, Review.rating_value, Review.text).join(
                Review, Review.listing_id == Listing.id
            )
        )
        for url, author, rating, text in rows:
            found.setdefault("/b/" + url.rpartition("/")[2], set()).add((author, rating, text))
    return found
