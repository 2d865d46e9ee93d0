"""What the list of locations shows, and what stood in their records before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.paging import Paged, paged
from app.locations.models import FormerRecord, Location

# Who changes a record more often than this is correcting it, not moving.
FORMER = 5


def search(session: Session, text: str, number: int) -> Paged[Location]:
    """A page of the locations in use whose name or town holds `text`, by name."""
    wanted = select(Location).where(Location.archived_at.is_(None))
    if text:
        named = Location.name.icontains(text, autoescape=True)
        wanted = wanted.where(named | Location.locality.icontains(text, autoescape=True))
    return paged(session, wanted.order_by(Location.name, Location.id), number)


def former(session: Session, location_ids: Collection[int]) -> defaultdict[int, list[FormerRecord]]:
    """The last former records of some locations, the newest first."""
    found: defaultdict[int, list[FormerRecord]] = defaultdict(list)
    rows = select(FormerRecord).where(FormerRecord.location_id.in_(location_ids))
    for row in session.scalars(rows.order_by(FormerRecord.id.desc())):
        if len(found[row.location_id]) < FORMER:
            found[row.location_id].append(row)
    return found
