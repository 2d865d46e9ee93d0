"""The evidence behind one mark of the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.core.errors import NotFound
from app.listings import records, rules, websites
from app.listings.models import Finding, Listing, ListingSnapshot, Website
from app.listings.nap.compare import FIELDS
from app.listings.nap.place import Place
from app.listings.nap.verdict import Verdict
from app.locations.models import Location


@dataclass(frozen=True, slots=True)
class Followed:
    """A website as shown, and what was seen of it."""

    shown: str
    site: Website


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence behind one cell: both values with the letters that differ marked, where and
    when it was seen, since when it is wrong, and what came before."""

    listing: Listing
    location: Location
    field: str
    verdict: Verdict | None
    why: str
    expected: str | None
    observed: str | None
    marked: tuple[list[tuple[str, bool]], ...]
    seen_at: datetime | None
    kept_text: bool
    said: dict[str, str]  # all that the page said when it was last read, by field
    followed: Sequence[Followed]  # the record's website and the one found, where it was looked at
    finding: Finding | None
    done_by: str | None
    history: Sequence[Finding]


def proof(session: Session, listing_id: int, field_name: str) -> Proof:
    """Everything about one field of one listing. Raises NotFound."""
    found = session.execute(
        select(Listing, Location)
        .join(Location, Location.id == Listing.location_id)
        .where(Listing.id == listing_id)
    ).one_or_none()
    if found is None or field_name not in (*FIELDS, rules.PLACE, rules.PAGE):
        raise NotFound("There is no such listing here.")
    listing, location = found
    findings = session.scalars(
        select(Finding)
        .where(Finding.listing_id == listing_id, Finding.field == field_name)
        .order_by(Finding.id.desc())
    ).all()
    now_open = next((finding for finding in findings if finding.closed_at is None), None)
    cell = (listing.comparison or {"fields": {}})["fields"].get(field_name)
    cell = cell or _not_compared(location, field_name, now_open)
    snapshot = session.scalar(
        select(ListingSnapshot)
        .where(ListingSnapshot.listing_id == listing_id)
        .order_by(ListingSnapshot.id.desc())
        .limit(1)
    )
    expected, observed = cell["expected"], cell["observed"]
    return Proof(
        listing=listing,
        location=location,
        field=field_name,
        verdict=Verdict(cell["verdict"]) if cell["verdict"] else None,
        why=cell["why"],
        expected=expected,
        observed=observed,
        marked=rules.marked(expected, observed),
        seen_at=snapshot.last_seen_at if snapshot else None,
        kept_text=snapshot is None or snapshot.record is not None,
        said=_said(snapshot, location.country),
        followed=_followed(session, location, (expected, observed))
        if field_name == "website"
        else [],
        finding=now_open,
        done_by=_done_by(session, now_open),
        history=[finding for finding in findings if finding.closed_at is not None],
    )


def _followed(session: Session, location: Location, shown: Sequence[str | None]) -> list[Followed]:
    found = ((one, websites.seen(session, location.id, one)) for one in dict.fromkeys(shown) if one)
    return [Followed(one, site) for one, site in found if site and site.checked_at]


def _said(snapshot: ListingSnapshot | None, country: str) -> dict[str, str]:
    if snapshot is None or snapshot.record is None:
        return {}
    place = Place.from_listing(records.from_json(snapshot.record), country)
    return {name: cell.observed for name, cell in place.agreed.items() if cell.observed}


def _done_by(session: Session, finding: Finding | None) -> str | None:
    """Who called the finding corrected."""
    by_id = finding.done_by_id if finding else None
    person = session.get(User, by_id) if by_id is not None else None
    return (person.name or person.email) if person else None


def _not_compared(location: Location, field_name: str, finding: Finding | None) -> dict[str, Any]:
    """A cell for what stands in no field: the page as a whole, or nothing compared yet."""
    if finding is None:
        ours = records.of_record(location).agreed.get(field_name)
        expected = ours.expected if ours else None
        return {"verdict": None, "why": "", "expected": expected, "observed": None}
    return {
        "verdict": None,
        "why": finding.why,
        "expected": finding.expected,
        "observed": finding.observed,
    }
