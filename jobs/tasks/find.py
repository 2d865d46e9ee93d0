"""Looks for a location on every source that can be searched."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from app.candidates import service as candidates
from app.candidates.models import ListingSearch
from app.listings.records import listing_of
from app.locations.models import Location
from jobs.leases import SEARCHES, Claim
from jobs.parts import Parts
from jobs.refs import account_for
from scrapers import registry
from scrapers.base import Source
from scrapers.errors import VisitError
from scrapers.types import Capability, ListingRecord

log = structlog.get_logger()


def find(parts: Parts, claims: Iterable[Claim]) -> int:
    """Search for each claimed location; how many candidates are new."""
    new = 0
    for claim in claims:
        try:
            new += _find_one(parts, claim)
        except Exception:
            log.exception("search failed", search=claim.id)
        parts.leases.settle(SEARCHES, [claim])
    return new


def _find_one(parts: Parts, claim: Claim) -> int:
    sources = [s for s in registry.all_sources() if Capability.FIND in s.capabilities]
    with parts.database.begin(claim.organization_id) as session:
        location_id = session.get_one(ListingSearch, claim.id).location_id
        place = listing_of(session.get_one(Location, location_id))
        accounts = {source.key: account_for(session, source.key, parts.vault) for source in sources}
    says, found = [], []
    for source in sources:
        account = accounts[source.key]
        if source.credentials and not account:
            continue  # not connected: the page of sources says so
        try:
            found.append((source, _ask(source, place, account, parts)))
        except VisitError as error:
            says.append(f"{source.name}: {error}")
    with parts.database.begin(claim.organization_id) as session:
        location = session.get_one(Location, location_id)
        new = sum(
            candidates.keep(session, location, source, records, parts.clock)
            for source, records in found
        )
        candidates.finish(session, location_id, says, parts.clock)
        return new


def _ask(
    source: Source, place: ListingRecord, account: dict[str, str], parts: Parts
) -> list[ListingRecord]:
    page = parts.fetcher.fetch(
        source.find(place, account),
        interval_s=source.min_interval_s,
        obey_robots=False,
        explain=source.failure,
    )
    return source.parse_find(page)
