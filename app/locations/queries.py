"""What the list of locations shows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.paging import Paged, paged
from app.locations.models import Location


def search(session: Session, text: str, number: int) -> Paged[Location]:
    """A page of the locations in use whose name or town holds `text`, by name."""
    wanted = select(Location).where(Location.archived_at.is_(None))
    if text:
        named = Location.name.icontains(text, autoescape=True)
        wanted = wanted.where(named | Location.locality.icontains(text, autoescape=True))
    return paged(session, wanted.order_by(Location.name, Location.id), number)
