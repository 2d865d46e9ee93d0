"""Many locations at once, compared with each other and each across its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from app.listings import queries
from app.listings.models import Audit, Finding, Listing
from app.listings.queries import LocationRow, SourceCell
from app.listings.service import WENT_WELL
from app.listings.work import POINTS
from app.locations.models import Location

ROWS = 25
# More columns than this are not read any more: the others are counted in one.
COLUMNS = 8
MAX_PAGE = 10_000
WRONG = "wrong"
# What the locations may be sorted by, and how that is said.
ORDERS = {
    WRONG: "those with most to correct first",
    "score": "those with the lowest score first",
    "unchecked": "those with most that could not be checked first",
    "name": "by name",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of locations. `others` counts, per location, what stands in no column of its own."""

    keys: Sequence[str]
    rows: Sequence[LocationRow]
    others: dict[int, SourceCell]
    worst: dict[int, str]  # the field that costs each location most, where one is wrong
    search: str
    order: str
    page: int
    locations: int
    misled: int
    watched: int  # directories of all locations
    checked: int  # those of them whose last visit went well

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page * ROWS < self.locations else None


def first_locations(session: Session) -> Sequence[int]:
    """The ids of the first two locations, to tell none, one and many apart."""
    statement = select(Location.id).where(Location.archived_at.is_(None)).order_by(Location.id)
    return session.scalars(statement.limit(2)).all()


def page(session: Session, search: str = "", number: int = 1, order: str = WRONG) -> Overview:
    """The locations whose name or town holds `search`: those with most findings first, with the
    lowest score, with most that could not be checked, or by name."""
    number = min(max(number, 1), MAX_PAGE)
    order = order if order in ORDERS else WRONG
    wanted = _measured()
    if search:
        like = Location.name.icontains(search, autoescape=True)
        wanted = wanted.where(like | Location.locality.icontains(search, autoescape=True))
    counted = wanted.subquery()
    total, misled = session.execute(select(func.count(), func.count(counted.c.wrong))).one()
    ids = [
        row.id
        for row in session.execute(_sorted(wanted, order).limit(ROWS).offset((number - 1) * ROWS))
    ]
    keys, rows = queries.overview(session, ids)
    place = {location_id: at for at, location_id in enumerate(ids)}
    rows.sort(key=lambda row: place[row.id])
    shown = _most_wrong(keys, rows)
    others = {row.id: _rest(row, shown) for row in rows} if len(keys) > len(shown) else {}
    sums = (total, misled, *_watched(session))
    return Overview(shown, rows, others, _worst(session, ids), search, order, number, *sums)


def _watched(session: Session) -> tuple[int, int]:
    well = case((Listing.last_outcome.in_(WENT_WELL), 1))
    in_use = (
        select(func.count(), func.count(well))
        .join(Location, Location.id == Listing.location_id)
        .where(Listing.archived_at.is_(None), Location.archived_at.is_(None))
    )
    watched, checked = session.execute(in_use).one()
    return watched, checked


def _measured() -> Select:
    """Every location with what it can be sorted by."""
    wrong = (
        select(Finding.location_id, func.count().label("wrong"))
        .where(Finding.closed_at.is_(None))
        .group_by(Finding.location_id)
        .subquery()
    )
    unread = (
        select(Listing.location_id, func.count().label("unchecked"))
        .where(Listing.archived_at.is_(None))
        .where(func.coalesce(Listing.last_outcome, "").not_in(WENT_WELL))
        .group_by(Listing.location_id)
        .subquery()
    )
    # Joined by its id: asked for as one of a list, SQLite walks the list for every location.
    newest = (
        select(Audit.location_id, func.max(Audit.id).label("id"))
        .group_by(Audit.location_id)
        .subquery()
    )
    last = select(newest.c.location_id, Audit.score).join(Audit, Audit.id == newest.c.id).subquery()
    return (
        select(Location.id, wrong.c.wrong, unread.c.unchecked, last.c.score)
        .outerjoin(wrong, wrong.c.location_id == Location.id)
        .outerjoin(unread, unread.c.location_id == Location.id)
        .outerjoin(last, last.c.location_id == Location.id)
        .where(Location.archived_at.is_(None))
    )


def _sorted(wanted: Select, order: str) -> Select:
    found = wanted.selected_columns
    first = {
        WRONG: func.coalesce(found.wrong, 0).desc(),
        "score": found.score.asc().nulls_last(),
        "unchecked": func.coalesce(found.unchecked, 0).desc(),
        "name": Location.name,
    }
    return wanted.order_by(first[order], Location.name, Location.id)


def _worst(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Per location the field whose wrong values have most points together."""
    statement = (
        select(Finding.location_id, Finding.field, func.count())
        .where(Finding.location_id.in_(ids), Finding.closed_at.is_(None))
        .group_by(Finding.location_id, Finding.field)
    )
    points: dict[int, dict[str, int]] = {}
    for location_id, field, wrong in session.execute(statement):
        points.setdefault(location_id, {})[field] = POINTS[field] * wrong
    return {location_id: max(own, key=own.__getitem__) for location_id, own in points.items()}


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
