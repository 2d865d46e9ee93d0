"""Audits locations that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog
from sqlalchemy import select

from app.listings import service as listings
from app.listings.models import Audit
from app.locations.models import Location
from jobs.leases import LOCATIONS, Claim
from jobs.parts import Parts
from jobs.schedule import JITTER, after_failure

log = structlog.get_logger()


def audit(
    parts: Parts,
    claims: Iterable[Claim],
    on_end: Callable[[str, Audit | None], None] = lambda name, made: None,
) -> int:
    """Compare each claimed location with what its listings said last; how many went well. One that
    fails is pushed forward with the reason."""
    went_well = 0
    for claim in claims:
        try:
            name, made = _audit_one(parts, claim)
            went_well += 1
        except Exception as error:
            log.exception("audit failed", location=claim.id)
            name, made = _push_forward(parts, claim, error), None
        parts.leases.settle(LOCATIONS, [claim])
        on_end(name, made)
    return went_well


def _audit_one(parts: Parts, claim: Claim) -> tuple[str, Audit]:
    with parts.database.begin(claim.organization_id) as session:
        # The row is held while it is compared, so that a change of record comes before or after.
        row = select(Location).where(Location.id == claim.id).with_for_update()
        location = session.scalars(row).one()
        made = listings.audit(session, location, _weight(parts), parts.clock)
        pause = timedelta(hours=location.audit_every_hours) * (1 + JITTER * parts.jitter())
        location.next_audit_at, location.claimed_until = parts.clock() + pause, None
        return location.name, made


def _weight(parts: Parts) -> Callable[[str], float]:
    return lambda key: parts.source(key).weight


def _push_forward(parts: Parts, claim: Claim, error: Exception) -> str:
    with parts.database.begin(claim.organization_id) as session:
        location = session.get_one(Location, claim.id)
        location.audit_failures += 1
        location.audit_error = f"The audit stopped: {type(error).__name__}."
        location.next_audit_at = after_failure(location.audit_failures, parts.clock())
        location.claimed_until = None
        return location.name
