"""The rows of an export, one dictionary each, ready for CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.listings.models import Finding, Listing
from app.locations.importing import COLUMNS as LOCATION_COLUMNS
from app.locations.models import Location
from app.passports.service import all_passports
from app.reviews.models import Review

Row = dict[str, Any]

REVIEW_COLUMNS = (
    *("id", "copy_of_id", "syndicated_from"),
    *("author", "rating_value", "rating_best", "stars", "recommends", "title", "text", "language"),
    *("published_at", "precision", "url", "external_id", "first_seen_at", "last_seen_at"),
    *("edited_at", "removed_at", "answered", "reply_text", "reply_published_at", "stand", "due_at"),
)
FINDING_COLUMNS = (
    *("field", "why", "expected", "observed", "opened_at", "last_seen_at", "closed_at"),
    "closed_because",
)


def locations(session: Session) -> Iterator[Row]:
    """Every location, under the columns that the import knows."""
    pages: dict[int, list[str]] = {}
    for listing in session.scalars(select(Listing).where(Listing.archived_at.is_(None))):
        pages.setdefault(listing.location_id, []).append(listing.url)
    for row in session.scalars(select(Location).where(Location.archived_at.is_(None))):
        values = {name: getattr(row, name) for name in LOCATION_COLUMNS if hasattr(row, name)}
        yield values | {
            "categories": ", ".join(row.categories),
            "listings": " ".join(pages.get(row.id, ())),
        }


def listings(session: Session) -> Iterator[Row]:
    """Every listing with its passport."""
    return map(asdict, all_passports(session))


def reviews(session: Session) -> Iterator[Row]:
    """Every review; text that its source's rules made us delete is empty."""
    rows = session.scalars(
        select(Review)
        .options(joinedload(Review.location), joinedload(Review.listing))
        .order_by(Review.id)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        yield {
            "location": row.location.name,
            "source": row.listing.source_key,
            **{name: _plain(getattr(row, name)) for name in REVIEW_COLUMNS},
        }


def findings(session: Session) -> Iterator[Row]:
    """Every finding, open and closed."""
    rows = session.scalars(
        select(Finding)
        .options(joinedload(Finding.listing).joinedload(Listing.location))
        .order_by(Finding.id)
    )
    for row in rows:
        yield {
            "location": row.listing.location.name,
            "source": row.listing.source_key,
            "url": row.listing.url,
            **{name: _plain(getattr(row, name)) for name in FINDING_COLUMNS},
        }


EXPORTS: dict[str, Callable[[Session], Iterator[Row]]] = {
    "locations": locations,
    "listings": listings,
    "reviews": reviews,
    "findings": findings,
}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
