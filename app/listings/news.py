"""What a Source tells of its own accord makes the listing it is about due at once."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.ports import News
from app.listings.models import Listing, Scan
from scrapers.types import Outcome


def take_in(session: Session, source_key: str, news: News, clock: Clock) -> bool:
    """Make the listings at `news.place` due; False where one is being read just now, so that the
    news has to come again. A second delivery of what has been read since changes nothing."""
    now = clock()
    wanted = select(Listing).where(Listing.source_key == source_key, Listing.archived_at.is_(None))
    told = [row for row in session.scalars(wanted) if _is_at(row, news.place)]
    if any(row.claimed_until and row.claimed_until > now for row in told):
        return False
    for row in told:
        if not _read_since(session, row, news):
            row.next_check_at = min(row.next_check_at, now)
    session.flush()
    return True


def _is_at(listing: Listing, place: str) -> bool:
    path = listing.external_id or urlsplit(listing.url).path
    return f"/{place}/" in f"/{path.strip('/')}/"


def _read_since(session: Session, listing: Listing, news: News) -> bool:
    """Whether a visit that began after the news has gone well."""
    begun = session.scalar(
        select(Scan.started_at)
        .where(
            Scan.listing_id == listing.id,
            Scan.outcome.in_((Outcome.OK, Outcome.UNCHANGED)),
        )
        .order_by(Scan.id.desc())
        .limit(1)
    )
    return news.at is not None and begun is not None and begun > news.at
