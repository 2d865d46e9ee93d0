"""What the page about finding listings shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.candidates import expected, rules
from app.candidates.models import Candidate, ListingSearch
from app.core.ports import SourceCatalog
from app.listings.models import Listing
from app.listings.naming import source_name
from app.locations.models import Location


@dataclass(frozen=True)
class Found:
    """Where a location may be listed, and where it is missed."""

    search: ListingSearch | None
    offered: Sequence[Candidate]
    doubled: set[str]
    missing: list[expected.Directory]
    strangers: list[Listing]  # pages pasted here that seem to be somebody else's
    twice: dict[str, list[Listing]]  # by directory: pages of ours of which there should be one


def found(session: Session, location: Location, catalog: SourceCatalog) -> Found:
    """Everything about one location's search."""
    candidates = session.scalars(
        select(Candidate)
        .where(Candidate.location_id == location.id, Candidate.declined_at.is_(None))
        .order_by(Candidate.probability.desc())
    ).all()
    listings = session.scalars(
        select(Listing).where(Listing.location_id == location.id, Listing.archived_at.is_(None))
    ).all()
    offered = [row for row in candidates if row.accepted_at is None]
    same = [row.source_key for row in offered if row.same_place == "yes"]
    listed_on = [listing.source_key for listing in listings]
    return Found(
        search=session.scalar(
            select(ListingSearch).where(ListingSearch.location_id == location.id)
        ),
        offered=offered,
        doubled=rules.doubled([*same, *listed_on]) & set(same),
        missing=expected.missing(
            catalog.all_sources(),
            location.country,
            location.vertical,
            [(row.source_key, row.url) for row in (*listings, *offered)],
        ),
        twice=rules.twice(listings, lambda one: source_name(catalog, one.source_key, one.url)),
        strangers=[row for row in listings if (row.comparison or {}).get("same_place") == "no"],
    )
