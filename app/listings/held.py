"""What is known of several listings before a look at them, and what that look adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from app.core.sql import insert_rows
from app.listings import records, websites
from app.listings.models import Finding, Listing, ListingSnapshot, Scan
from app.listings.nap.place import Place
from app.locations.models import FormerRecord, Location
from app.locations.queries import former

SCANS: Table = Scan.__table__  # type: ignore[assignment]
SNAPSHOTS: Table = ListingSnapshot.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class OurSide:
    """The record as a comparison takes it, and as it stood before its last changes."""

    now: Place
    before: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Held:
    """What is open and was said last of some listings, read at once for all of them; and what a
    look at them adds, which `write` brings to the database at once too."""

    findings: defaultdict[int, dict[str, Finding]]
    snapshots: dict[int, ListingSnapshot]
    websites: websites.Known
    former: dict[int, list[FormerRecord]]  # by location
    records: dict[tuple[int, date], OurSide] = field(default_factory=dict)
    added: defaultdict[Table, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def our_side(self, location: Location, today: date) -> OurSide:
        """The location's own side of a comparison, made ready once for all its listings."""
        key = (location.id, today)
        if key not in self.records:
            site = self.websites[location.id].get(websites.address(location.website) or "")
            self.records[key] = OurSide(
                websites.followed(records.of_record(location, today), site),
                [records.of_former(one) for one in self.former.get(location.id, ())],
            )
        return self.records[key]

    def add(self, table: Table, listing: Listing, row: dict[str, Any]) -> None:
        ids = {"organization_id": listing.organization_id, "listing_id": listing.id}
        self.added[table].append({**ids, **row})

    def write(self, session: Session) -> None:
        for table, rows in self.added.items():
            insert_rows(session.connection(), table, rows)
        self.added.clear()


def held(session: Session, listing_ids: Sequence[int]) -> Held:
    """The open findings, by field, and the newest snapshot of each listing; the websites that are
    watched for their locations, and what stood in their records before."""
    findings: defaultdict[int, dict[str, Finding]] = defaultdict(dict)
    still_open = select(Finding).where(
        Finding.listing_id.in_(listing_ids), Finding.closed_at.is_(None)
    )
    for finding in session.scalars(still_open):
        findings[finding.listing_id][finding.field] = finding
    newest = (
        select(func.max(ListingSnapshot.id))
        .where(ListingSnapshot.listing_id.in_(listing_ids))
        .group_by(ListingSnapshot.listing_id)
    )
    snapshots = session.scalars(select(ListingSnapshot).where(ListingSnapshot.id.in_(newest)))
    of = select(Listing.location_id).where(Listing.id.in_(listing_ids)).distinct()
    places = session.scalars(of).all()
    return Held(
        findings,
        {snapshot.listing_id: snapshot for snapshot in snapshots},
        websites.known(session, places),
        former(session, places),
    )
