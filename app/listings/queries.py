"""What the room Listings shows: the matrix, the proof of a cell, the work that is open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.listings import rules, websites
from app.listings.held import held
from app.listings.models import Audit, Finding, Listing, Scan, Website
from app.listings.nap.compare import FIELDS
from app.listings.nap.verdict import Verdict
from app.locations.models import Location
from scrapers.types import Outcome

WENT_WELL = (Outcome.OK, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark of the matrix. `verdict` is None where nothing was ever compared."""

    verdict: Verdict | None
    why: str = ""
    finding_id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One listing across the fields. `checked` is false where the last visit could not check: the
    cells then hold the last known state, which counts neither way, and `says` who must do what.
    A page that is gone was checked in its own way: it misleads."""

    listing: Listing
    cells: dict[str, Cell]
    checked: bool
    gone: bool
    says: str | None
    another_place: bool
    misleads: bool
    coverage: str

    @property
    def unchecked(self) -> bool:
        """Whether nobody knows what the page says now."""
        return not self.checked and not self.gone


@dataclass(frozen=True, slots=True)
class Matrix:
    """Listings × fields of one location, with its last audit and the one before."""

    location: Location
    rows: list[Row]
    audit: Audit | None
    before: Audit | None
    own_website: Website | None  # only where customers arrive nowhere

    @property
    def misleading(self) -> int:
        """How many listings send customers wrong."""
        return sum(row.misleads for row in self.rows)

    @property
    def unchecked(self) -> int:
        """How many could not be checked."""
        return sum(row.unchecked for row in self.rows)


def matrix(session: Session, location_id: int) -> Matrix:
    """The listings of one location. Raises NotFound."""
    location = session.scalar(select(Location).where(Location.id == location_id))
    if location is None:
        raise NotFound("There is no such location here.")
    listings = session.scalars(_in_use(location_id).order_by(Listing.source_key, Listing.id)).all()
    findings = held(session, [listing.id for listing in listings]).findings
    audits = session.scalars(
        select(Audit).where(Audit.location_id == location_id).order_by(Audit.id.desc()).limit(2)
    ).all()
    rows = [_row(listing, findings[listing.id]) for listing in listings]
    audit, before = (*audits, None, None)[:2]
    own = websites.seen(session, location.id, location.website)
    return Matrix(location, rows, audit, before, own if websites.is_dead(own) else None)


def _in_use(location_id: int) -> Any:
    return select(Listing).where(Listing.location_id == location_id, Listing.archived_at.is_(None))


def _row(listing: Listing, findings: Mapping[str, Finding]) -> Row:
    compared = listing.comparison or {"fields": {}, "same_place": None}
    cells = {}
    for name in FIELDS:
        cell = compared["fields"].get(name)
        finding = findings.get(name)
        cells[name] = Cell(
            Verdict(cell["verdict"]) if cell else None,
            cell["why"] if cell else "",
            finding.id if finding else None,
        )
    checked, gone = listing.last_outcome in WENT_WELL, listing.last_outcome == Outcome.GONE
    return Row(
        listing=listing,
        cells=cells,
        checked=checked,
        gone=gone,
        says=listing.last_error,
        another_place=compared["same_place"] == "no",
        misleads=bool(findings) and (checked or gone),
        coverage=rules.coverage(listing.read_reviews, listing.stated_reviews),
    )


@dataclass(slots=True)
class SourceCell:
    """A location at one source: how many of its fields agree, differ, and could not be judged."""

    listings: int = 0
    wrong: int = 0
    unchecked: int = 0


@dataclass(slots=True)
class LocationRow:
    """A location across its sources, with the score of its last audit."""

    id: int
    name: str
    locality: str | None
    score: float | None = None
    wrong: int = 0
    unchecked: int = 0
    cells: dict[str, SourceCell] = field(default_factory=dict)


def overview(
    session: Session, location_ids: Collection[int] | None = None
) -> tuple[list[str], list[LocationRow]]:
    """The matrix locations × sources: the keys of the sources, and a row for each location."""
    places = select(Location.id, Location.name, Location.locality).where(
        Location.archived_at.is_(None)
    )
    if location_ids is not None:
        places = places.where(Location.id.in_(location_ids))
    rows = {row.id: LocationRow(*row) for row in session.execute(places.order_by(Location.name))}
    wrong = (
        select(Finding.listing_id, func.count().label("wrong"))
        .where(Finding.closed_at.is_(None))
        .group_by(Finding.listing_id)
        .subquery()
    )
    listings = (
        select(
            Listing.location_id,
            Listing.source_key,
            Listing.last_outcome,
            func.coalesce(wrong.c.wrong, 0),
        )
        .outerjoin(wrong, wrong.c.listing_id == Listing.id)
        .where(Listing.archived_at.is_(None))
    )
    if location_ids is not None:
        listings = listings.where(Listing.location_id.in_(location_ids))
    keys: set[str] = set()
    for location_id, key, outcome, count in session.execute(listings):
        if location_id not in rows:
            continue
        keys.add(key)
        row = rows[location_id]
        cell = row.cells.setdefault(key, SourceCell())
        cell.listings += 1
        cell.wrong += count
        cell.unchecked += outcome not in WENT_WELL
        row.wrong += count
        row.unchecked += outcome not in WENT_WELL
    for location_id, score in _scores(session, list(rows)):
        rows[location_id].score = score
    return sorted(keys), list(rows.values())


def _scores(session: Session, location_ids: Sequence[int]) -> Sequence[Any]:
    own = Audit.location_id.in_(location_ids)
    newest = select(func.max(Audit.id)).where(own).group_by(Audit.location_id)
    return session.execute(select(Audit.location_id, Audit.score).where(Audit.id.in_(newest))).all()


def findings(
    session: Session, location_id: int | None = None, limit: int = 200
) -> list[tuple[Finding, Listing, Location]]:
    """What is open to be corrected, the oldest first."""
    statement = (
        select(Finding, Listing, Location)
        .join(Listing, Listing.id == Finding.listing_id)
        .join(Location, Location.id == Finding.location_id)
        .where(Finding.closed_at.is_(None))
        .order_by(Finding.opened_at, Finding.id)
        .limit(limit)
    )
    if location_id is not None:
        statement = statement.where(Finding.location_id == location_id)
    return [(finding, listing, place) for finding, listing, place in session.execute(statement)]


def scans(session: Session, listing_id: int, limit: int = 20) -> list[Scan]:
    """The last visits to a listing, the newest first."""
    statement = select(Scan).where(Scan.listing_id == listing_id).order_by(Scan.id.desc())
    return list(session.scalars(statement.limit(limit)))
