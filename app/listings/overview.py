"""Many locations at once: those with most to correct first, each across its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.listings import queries
from app.listings.models import Finding
from app.listings.queries import LocationRow, SourceCell
from app.locations.models import Location

ROWS = 25
# More columns than this are not read any more: the others are counted in one.
COLUMNS = 8
MAX_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of locations. `others` counts, per location, what stands in no column of its own."""

    keys: Sequence[str]
    rows: Sequence[LocationRow]
    others: dict[int, SourceCell]
    search: str
    page: int
    locations: int
    misled: int

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page * ROWS < self.locations else None


def first_locations(session: Session) -> Sequence[int]:
    """The ids of the first two locations, to tell none, one and many apart."""
    statement = select(Location.id).where(Location.archived_at.is_(None)).order_by(Location.id)
    return session.scalars(statement.limit(2)).all()


def page(session: Session, search: str = "", number: int = 1) -> Overview:
    """The locations whose name or town holds `search`, those with most findings first."""
    number = min(max(number, 1), MAX_PAGE)
    wrong = (
        select(Finding.location_id, func.count().label("wrong"))
        .where(Finding.closed_at.is_(None))
        .group_by(Finding.location_id)
        .subquery()
    )
    wanted = (
        select(Location.id, wrong.c.wrong)
        .outerjoin(wrong, wrong.c.location_id == Location.id)
        .where(Location.archived_at.is_(None))
    )
    if search:
        like = Location.name.icontains(search, autoescape=True)
        wanted = wanted.where(like | Location.locality.icontains(search, autoescape=True))
    counted = wanted.subquery()
    total, misled = session.execute(select(func.count(), func.count(counted.c.wrong))).one()
    ids = [
        row.id
        for row in session.execute(
            wanted.order_by(func.coalesce(wrong.c.wrong, 0).desc(), Location.name, Location.id)
            .limit(ROWS)
            .offset((number - 1) * ROWS)
        )
    ]
    keys, rows = queries.overview(session, ids)
    place = {location_id: at for at, location_id in enumerate(ids)}
    rows.sort(key=lambda row: place[row.id])
    shown = _most_wrong(keys, rows)
    others = {row.id: _rest(row, shown) for row in rows} if len(keys) > len(shown) else {}
    return Overview(shown, rows, others, search, number, total, misled)


def _most_wrong(keys: Sequence[str], rows: Sequence[LocationRow]) -> list[str]:
    """The sources that get a column of their own."""

    def wrong(key: str) -> int:
        return sum(row.cells[key].wrong for row in rows if key in row.cells)

    return sorted(sorted(keys, key=wrong, reverse=True)[:COLUMNS])


def _rest(row: LocationRow, shown: Sequence[str]) -> SourceCell:
    rest = [cell for key, cell in row.cells.items() if key not in shown]
    return SourceCell(
        listings=sum(cell.listings for cell in rest),
        wrong=sum(cell.wrong for cell in rest),
        unchecked=sum(cell.unchecked for cell in rest),
    )
