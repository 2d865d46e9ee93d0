"""Reviews from a file of the owner's: added to a listing; what it holds already stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound, UserError
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import rules
from app.reviews.models import Review
from app.reviews.rows import Terms
from app.reviews.service import Arrival, Ingested, ingest
from scrapers.types import Extract, ReviewRecord


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change. `known` reviews are on the listing already."""

    new: Sequence[ReviewRecord]
    known: int
    problems: Sequence[str]


def preview(session: Session, listing_id: int, extract: Extract) -> Preview:
    """Compare a file with what its listing holds. An older file does not turn an edit back, so
    reviews that are known, whatever their words, are left alone."""
    ids, named, unnamed = _held(session, listing_id)
    new = []
    for record in extract.reviews:
        key = rules.author_key(record.author, record.published_at, record.precision)
        if record.external_id in ids:
            continue
        if key in named if record.author else (key, rules.digest(record)) in unnamed:
            continue
        new.append(record)
    return Preview(new, len(extract.reviews) - len(new), extract.problems)


def take_in(
    session: Session, listing_id: int, extract: Extract, terms: Terms, clock: Clock
) -> Ingested:
    """Store what a file brings to a listing. Raises NotFound, and UserError where the source's
    terms let none of its text be kept."""
    listing = session.get(Listing, listing_id)
    if listing is None:
        raise NotFound("There is no such page here.")
    if not terms.keeps_text:
        raise UserError("The terms of this site let none of its text be kept here.")
    location = session.get_one(Location, listing.location_id)
    seen_there = listing.replies_visible
    new = preview(session, listing_id, extract).new
    file = replace(extract, reviews=list(new), expected_reviews=None, complete=False)
    done = ingest(session, [Arrival(listing, location, file, terms, is_history=True)], clock)[0]
    listing.replies_visible = seen_there  # what its page shows; the file says nothing of that
    return done


def _held(
    session: Session, listing_id: int
) -> tuple[set[str | None], set[str], set[tuple[str, str]]]:
    """The source's ids that are known; authors with their days; nameless reviews by their words."""
    rows = session.execute(
        select(
            Review.external_id,
            Review.author,
            Review.published_at,
            Review.precision,
            Review.digest,
        ).where(Review.listing_id == listing_id)
    ).all()
    keys = [(rules.author_key(row.author, row.published_at, row.precision), row) for row in rows]
    return (
        {row.external_id for row in rows if row.external_id},
        {key for key, row in keys if row.author},
        {(key, row.digest) for key, row in keys if not row.author},
    )
