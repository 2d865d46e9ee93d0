"""Stores what visits brought: reviews, the listing's own words, the scan; in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.listings import service as listings
from app.listings.held import Held, held
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import service as replies
from app.reviews import service as reviews
from app.reviews.rows import Terms
from app.reviews.service import Arrival, Ingested
from app.sources import service as sources
from jobs.leases import Claim
from jobs.parts import Parts
from jobs.schedule import WENT_WELL, next_visit
from scrapers.base import Source
from scrapers.runner import Visit
from scrapers.types import Capability, Extract, Outcome

log = structlog.get_logger()

MAX_PROBLEMS = 20


@dataclass
class Ended:
    """A visit that is over, and once it is stored, what it changed."""

    claim: Claim
    source: Source
    visit: Visit
    full: bool
    started_at: datetime
    finished_at: datetime
    location_id: int | None = None
    location: str = ""
    done: Ingested = field(default_factory=Ingested)


def take_in(parts: Parts, ended: Sequence[Ended]) -> Sequence[Ended]:
    """Store visits, all of an organization at once. One that cannot be stored costs itself only:
    its listing is pushed forward with the reason."""
    by_organization: defaultdict[int, list[Ended]] = defaultdict(list)
    for one in ended:
        by_organization[one.claim.organization_id].append(one)
    for organization_id, own in by_organization.items():
        try:
            with parts.database.begin(organization_id) as session:
                _store(session, own, parts)
        except Exception:
            log.exception("visits could not be stored", listings=[one.claim.id for one in own])
            for one in own:
                _store_alone(parts, one)
    return ended


def _store_alone(parts: Parts, one: Ended) -> None:
    try:
        with parts.database.begin(one.claim.organization_id) as session:
            _store(session, [one], parts)
    except Exception as error:
        log.exception("visit could not be stored", listing=one.claim.id)
        says = f"What this page shows could not be stored: {type(error).__name__}."
        one.visit = Visit(one.source.key, Outcome.LAYOUT_CHANGED, says)
        one.done = Ingested()
        with parts.database.begin(one.claim.organization_id) as session:
            _store(session, [one], parts)


def _store(session: Session, ended: Iterable[Ended], parts: Parts) -> None:
    by_id = {one.claim.id: one for one in ended}
    rows = session.execute(
        select(Listing, Location)
        .join(Location, Location.id == Listing.location_id)
        .where(Listing.id.in_(by_id))
        .order_by(Listing.id)
        .with_for_update(of=Listing)
    ).all()
    # Everything is read before anything changes: each query after a change would write it first.
    accepted = listings.accepted_variants(session, {place.id for _, place in rows})
    known = held(session, list(by_id))
    _take_reviews(session, [(by_id[listing.id], listing, place) for listing, place in rows], parts)
    for listing, place in rows:
        one = by_id[listing.id]
        one.location_id, one.location = place.id, place.name
        _take_listing(session, one, listing, place, accepted[place.id], known)
        _note(session, one, listing, place, parts, known)
    known.write(session)
    with session.no_autoflush:  # the listings are written once, at the end
        replies.reconcile(session, list(by_id), parts.clock)


def _take_reviews(
    session: Session, visits: Iterable[tuple[Ended, Listing, Location]], parts: Parts
) -> None:
    with_reviews = [
        (one, Arrival(listing, place, _extract(one.visit), _terms(one.source)))
        for one, listing, place in visits
        if one.visit.reviews or one.visit.outcome is Outcome.OK
    ]
    answers = reviews.ingest(session, [arrival for _, arrival in with_reviews], parts.clock)
    for (one, _), done in zip(with_reviews, answers, strict=True):
        one.done = done
        if done.vanished:
            one.visit.outcome, one.visit.says = Outcome.LAYOUT_CHANGED, done.problems[0]


def _extract(visit: Visit) -> Extract:
    return Extract(
        source=visit.source,
        reviews=visit.reviews,
        replies_visible=visit.replies_visible,
        expected_reviews=visit.expected,
        complete=visit.complete and visit.outcome is Outcome.OK,
    )


def _terms(source: Source) -> Terms:
    return Terms(source.keeps_text, source.retention)


def _take_listing(
    session: Session,
    one: Ended,
    listing: Listing,
    place: Location,
    accepted: Sequence[dict[str, str]],
    known: Held,
) -> None:
    record, source, now = one.visit.listing, one.source, one.finished_at
    if record is None or one.visit.outcome is not Outcome.OK:
        return
    keeps = source.keeps_text
    changed = listings.keep_snapshot(listing, record, keeps, now, known)
    limited = source.retention is not None or not keeps
    if changed or limited or listing.compared_at is None:
        listings.compare_listing(session, place, listing, record, accepted, keeps, now, known)


def _note(
    session: Session, one: Ended, listing: Listing, place: Location, parts: Parts, known: Held
) -> None:
    visit, done = one.visit, one.done
    well = visit.outcome in WENT_WELL
    if visit.outcome is Outcome.OK:
        listing.etag, listing.last_modified = visit.etag, visit.last_modified
        if one.full:
            listing.read_through_at = one.finished_at
    scan = {
        "started_at": one.started_at,
        "finished_at": one.finished_at,
        "outcome": visit.outcome,
        "complete": done.whole,
        "pages": visit.pages,
        "seen": done.seen,
        "stated": visit.expected,
        "added": done.added,
        "edited": done.edited,
        "removed": done.removed,
        "error": None if well else visit.says,
        "problems": [*visit.problems, *done.problems][:MAX_PROBLEMS],
    }
    has_reviews = Capability.REVIEWS in one.source.capabilities
    hours = place.reviews_every_hours if has_reviews else place.audit_every_hours
    at = next_visit(
        visit.outcome,
        0 if well else listing.failures + 1,
        timedelta(hours=hours),
        one.finished_at,
        parts.jitter(),
        visit.retry_at,
    )
    listings.note_visit(session, listing, scan, at, known)
    if visit.outcome is Outcome.LOGIN_REQUIRED:
        sources.needs_attention(session, listing.source_key, visit.says or "Sign in again.")
