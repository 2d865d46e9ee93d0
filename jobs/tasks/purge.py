"""Lets go of what may not be kept any longer."""

from __future__ import annotations

import structlog
from sqlalchemy import select

from app.accounts.models import Organization
from app.listings import service as listings
from app.reviews import service as reviews
from jobs.parts import Parts
from scrapers import registry

log = structlog.get_logger()


def purge(parts: Parts) -> int:
    """Null texts whose source's retention is over, and drop old scans; how many texts."""
    limits = [(s.key, s.retention) for s in registry.all_sources() if s.retention is not None]
    with parts.database.session(write=False) as session:
        organizations = session.scalars(select(Organization.id)).all()
    count = 0
    for organization_id in organizations:
        with parts.database.begin(organization_id) as session:
            for key, retention in limits:
                count += reviews.purge(session, key, retention, parts.clock)
                count += listings.purge(session, key, retention, parts.clock)
            listings.forget_scans(session, parts.clock)
    if count:
        log.info("texts purged by their sources' retention rules", count=count)
    return count
