"""What the worker reads just now, in figures that are true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.core.work import LAST_BEAT, is_alive
from app.listings.models import Listing

NAMED = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """`now` are (source key, url) of some of the `claimed` listings, which are read just now;
    `due` ones wait for their turn."""

    listings: int
    claimed: int
    due: int
    now: Sequence[tuple[str, str]]
    running: bool
    last_at: datetime | None
    next_at: datetime | None

    @property
    def moves(self) -> bool:
        """Whether it will soon be something else."""
        return self.running and bool(self.claimed or self.due)


def look(session: Session, now: datetime) -> Reading:
    """One pass over the listings that are read at all."""
    claimed = func.coalesce(Listing.claimed_until > now, False)
    watched = Listing.archived_at.is_(None)
    counted = select(
        func.count(),
        func.count(case((claimed, 1))),
        func.count(case(((Listing.next_check_at <= now) & ~claimed, 1))),
        func.max(Listing.last_visit_at),
        func.min(Listing.next_check_at),
        LAST_BEAT.scalar_subquery(),
    ).where(watched)
    listings, read_now, due, last_at, next_at, last_beat = session.execute(counted).one()
    named: Sequence[tuple[str, str]] = ()
    if read_now:
        some = select(Listing.source_key, Listing.url).where(watched, claimed).limit(NAMED)
        named = [(row.source_key, row.url) for row in session.execute(some)]
    return Reading(listings, read_now, due, named, is_alive(last_beat, now), last_at, next_at)
