"""Visits listings that are due, and takes in what they show."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Organization
from app.core.db import scope
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import queries as reviews
from app.reviews.rules import author_key, digest
from app.sources.rules import why_not_read
from app.sources.service import switches
from jobs.leases import LISTINGS, Claim
from jobs.parts import Parts
from jobs.refs import account_for, listing_ref
from jobs.tasks.intake import Ended, take_in
from scrapers.base import Source
from scrapers.pool import Pool
from scrapers.runner import Known, Visit, visit_steps
from scrapers.types import ListingRef, Outcome, ReviewRecord

log = structlog.get_logger()
T = TypeVar("T")

THREADS = 16
# So often a listing is read to its end even though the newer pages bring nothing new.
READ_THROUGH_EVERY = timedelta(days=7)
# So many visits are stored together, or those that end within so long of each other: a transaction
# costs as much as storing ten pages. A worker that is killed visits these listings again.
BATCH = 64
LINGER_S = 0.5


@dataclass(frozen=True)
class Errand:
    """One listing to visit."""

    claim: Claim
    source: Source
    ref: ListingRef
    known: Known
    sample: bool
    refused: str | None = None  # why this source is not read at all


def collect(
    parts: Parts,
    claims: Iterable[Claim],
    on_end: Callable[[Ended], None] = lambda ended: None,
    stop: threading.Event | None = None,
    full: bool = False,
) -> int:
    """Visit the listings of `claims`, each in its site's own time, and store what they show as
    they end; how many ended. With `stop` set, the rest is given back. With `full` every listing
    is read to its end, else those whose time for that has come."""
    errands = _errands(parts, claims, full)
    count = _refuse(parts, [errand for errand in errands if errand.refused], on_end)
    errands = [errand for errand in errands if not errand.refused]
    steps = [
        visit_steps(
            errand.source,
            errand.ref,
            parts.sample_fetcher if errand.sample else parts.fetcher,
            errand.known,
        )
        for errand in errands
    ]
    begun = parts.clock()
    pool = Pool(parts.clock, min(THREADS, max(1, len(steps))))
    for results in in_batches(pool.run(steps), BATCH, stop):
        ended = [_ended(errands[number], visit, begun, parts) for number, visit in results]
        for one in take_in(parts, ended):
            on_end(one)
        parts.leases.settle(LISTINGS, [one.claim for one in ended])
        count += len(ended)
    parts.leases.release(LISTINGS, claims)
    return count


def _refuse(parts: Parts, errands: Sequence[Errand], on_end: Callable[[Ended], None]) -> int:
    """Note for sources that are not read why that is so; how many."""
    now = parts.clock()
    ended = [
        Ended(e.claim, e.source, Visit(e.source.key, Outcome.REFUSED, e.refused), False, now, now)
        for e in errands
    ]
    for one in take_in(parts, ended):
        on_end(one)
    parts.leases.settle(LISTINGS, [errand.claim for errand in errands])
    return len(ended)


def _ended(errand: Errand, visit: Visit | Exception, begun: datetime, parts: Parts) -> Ended:
    if isinstance(visit, Exception):
        log.error("visit failed", listing=errand.claim.id, exc_info=visit)
        says = f"This page could not be read: {type(visit).__name__}."
        visit = Visit(errand.source.key, Outcome.LAYOUT_CHANGED, says)
    return Ended(errand.claim, errand.source, visit, errand.known.full, begun, parts.clock())


def _errands(parts: Parts, claims: Iterable[Claim], full: bool) -> list[Errand]:
    by_organization: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_organization[claim.organization_id].append(claim)
    errands: list[Errand] = []
    for organization_id, own in by_organization.items():
        with parts.database.session(write=False) as session:
            scope(session, organization_id)
            errands += _of_one_organization(parts, session, organization_id, own, full)
    return errands


def _of_one_organization(
    parts: Parts, session: Session, organization_id: int, claims: list[Claim], all_full: bool
) -> Iterator[Errand]:
    sample = session.get_one(Organization, organization_id).is_sample
    rows = session.execute(
        select(Listing, Location)
        .join(Location, Location.id == Listing.location_id)
        .where(Listing.id.in_([claim.id for claim in claims]))
    ).all()
    now = parts.clock()
    switched = switches(session)
    full = {listing.id for listing, _ in rows if all_full or _is_full(listing, now)}
    held = reviews.held(session, [listing.id for listing, _ in rows if listing.id not in full])
    keys = {listing.source_key for listing, _ in rows}
    accounts = {key: account_for(session, key, parts.vault) for key in keys}
    for listing, location in rows:
        ref = listing_ref(listing, location, accounts[listing.source_key])
        known = Known(full=True)
        if listing.id not in full:
            known = Known(
                etag=listing.etag,
                last_modified=listing.last_modified,
                review=_is_held(held[listing.id]),
                full=False,
            )
        claim = Claim(organization_id, listing.id)
        source = parts.source(listing.source_key)
        refused = why_not_read(source, switched.get(source.key))
        yield Errand(claim, source, ref, known, sample, refused)


def _is_full(listing: Listing, now: datetime) -> bool:
    return listing.read_through_at is None or now - listing.read_through_at >= READ_THROUGH_EVERY


def _is_held(held: set[tuple[str, str]]) -> Callable[[ReviewRecord], bool]:
    def is_held(record: ReviewRecord) -> bool:
        key = record.external_id or author_key(record.author, record.published_at, record.precision)
        return (key, digest(record)) in held

    return is_held


def in_batches(
    items: Iterable[T], size: int, stop: threading.Event | None = None
) -> Iterator[list[T]]:
    """What `items` brings, at most `size` at once and what arrives within LINGER_S of each other.

    Ends early once `stop` is set.
    """
    arrived: SimpleQueue[T | object] = SimpleQueue()

    def bring() -> None:
        try:
            for item in items:
                arrived.put(item)
        finally:
            arrived.put(_END)

    threading.Thread(target=bring, name="arrivals", daemon=True).start()
    while not (stop and stop.is_set()):
        batch: list[Any] = []
        with suppress(Empty):
            batch.append(arrived.get(timeout=0.2))
            until = time.monotonic() + LINGER_S
            while len(batch) < size and batch[-1] is not _END:
                batch.append(arrived.get(timeout=max(0.0, until - time.monotonic())))
        over = bool(batch) and batch[-1] is _END
        if kept := batch[: len(batch) - over]:
            yield kept
        if over:
            return


_END = object()
