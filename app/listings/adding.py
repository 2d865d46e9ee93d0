"""Use cases that write: adding the pages on which a Location is listed, and taking them off."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound
from app.listings.links import Link
from app.listings.models import Listing
from app.listings.rules import Closed
from app.listings.service import close_findings, reopen_removed


def add_listings(
    session: Session, location_id: int, links: Iterable[Link], clock: Clock
) -> list[Listing]:
    """Add a Listing per readable link that is not there yet; each is due to be read at once."""
    now = clock()
    known = {
        (row.source_key, row.url): row
        for row in session.scalars(select(Listing).where(Listing.location_id == location_id))
    }
    added = []
    for link in links:
        if link.source is None or link.url is None:
            continue
        row = known.get((link.source.key, link.url))
        if row is None:
            row = Listing(
                location_id=location_id,
                source_key=link.source.key,
                url=link.url,
                added_at=now,
                next_check_at=now,
            )
            known[link.source.key, link.url] = row
            session.add(row)
        elif row.archived_at is None:
            continue
        row.archived_at, row.next_check_at = None, now
        added.append(row)
    session.flush()
    return added


def remove_listing(session: Session, listing_id: int, clock: Clock) -> Listing:
    """Stop reading a Listing; what it said is kept. Raises NotFound."""
    row = session.get(Listing, listing_id)
    if row is None:
        raise NotFound("There is no such listing here.")
    row.archived_at = clock()
    close_findings(session, row.id, Closed.LISTING_REMOVED, clock)
    session.flush()
    return row


def restore_listing(session: Session, listing_id: int, clock: Clock) -> Listing:
    """Read a Listing again that was taken off. Raises NotFound."""
    row = session.scalar(select(Listing).where(Listing.id == listing_id))
    if row is None:
        raise NotFound("There is no such listing here.")
    if row.archived_at is not None:
        reopen_removed(session, row)
        row.archived_at, row.next_check_at = None, clock()
    session.flush()
    return row
