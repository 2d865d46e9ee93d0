"""Use cases: asking for a search, keeping what it found, deciding on a candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.candidates import rules
from app.candidates.models import Candidate, ListingSearch
from app.core.clock import Clock
from app.core.errors import NotFound, UserError
from app.core.ports import SourceInfo
from app.listings.adding import add_listings
from app.listings.judging import judge
from app.listings.links import Link
from app.listings.models import Listing
from app.listings.nap.place import Place
from app.listings.records import of_former, of_record
from app.locations.models import Location
from app.locations.queries import former
from scrapers.types import ListingRecord

# Doubles and strangers' entries appear slowly; the trade's own scanners look monthly.
AGAIN_AFTER = timedelta(days=30)


def ask(session: Session, location_id: int, clock: Clock) -> ListingSearch:
    """Make the search of a location due now."""
    search = session.scalar(select(ListingSearch).where(ListingSearch.location_id == location_id))
    if search is None:
        search = ListingSearch(location_id=location_id)
        session.add(search)
    search.due_at = clock()
    session.flush()
    return search


def keep(
    session: Session,
    location: Location,
    source: SourceInfo,
    found: Iterable[ListingRecord],
    clock: Clock,
) -> int:
    """Compare what a source found with the record and keep what may be it; how many are new."""
    ours = of_record(location)
    before = [of_former(one) for one in former(session, [location.id])[location.id]]
    listed = set(session.scalars(select(Listing.url).where(Listing.location_id == location.id)))
    known = {
        row.key: row
        for row in session.scalars(
            select(Candidate).where(
                Candidate.location_id == location.id, Candidate.source_key == source.key
            )
        )
    }
    new = 0
    for record in found:
        key = rules.key_of(record)
        if key is None or record.url in listed:
            continue
        judged = judge(ours, before, Place.from_listing(record, location.country))
        if judged["probability"] < rules.WORTH_ASKING:
            continue
        row = known.get(key)
        if row is None:
            row = Candidate(location_id=location.id, source_key=source.key, key=key)
            session.add(row)
            known[key] = row
            new += 1
        row.probability, row.same_place = judged["probability"], judged["same_place"]
        row.found_at = clock()
        row.url = record.url
        row.name = record.name if source.keeps_text else None
        row.shows = rules.one_line(record) if source.keeps_text else None
    session.flush()
    return new


def finish(session: Session, location_id: int, says: list[str], clock: Clock) -> None:
    """Note that the search is done, what it could not search, and when it comes again."""
    search = session.scalars(
        select(ListingSearch).where(ListingSearch.location_id == location_id)
    ).one()
    search.searched_at, search.says = clock(), says
    search.due_at, search.claimed_until = clock() + AGAIN_AFTER, None


def accept(
    session: Session, candidate_id: int, sources: Mapping[str, SourceInfo], by_id: int, clock: Clock
) -> Candidate:
    """It is ours: read it from now on. Raises UserError where there is no address to read."""
    row = _get(session, candidate_id)
    url = row.url
    if url is None:
        raise UserError("This source gave no address. Open it there and paste its link.")
    source = sources[row.source_key]
    added = add_listings(session, row.location_id, [Link(url, url, source)], clock)
    for listing in added:
        listing.external_id = row.key if row.key != url else None
    row.accepted_at, row.declined_at, row.decided_by_id = clock(), None, by_id
    session.flush()
    return row


def decline(session: Session, candidate_id: int, by_id: int, clock: Clock) -> Candidate:
    """It is somebody else's: do not show it again."""
    row = _get(session, candidate_id)
    row.declined_at, row.accepted_at, row.decided_by_id = clock(), None, by_id
    session.flush()
    return row


def _get(session: Session, candidate_id: int) -> Candidate:
    row = session.get(Candidate, candidate_id)
    if row is None:
        raise NotFound("This candidate is gone.")
    return row
