"""Writes suggestions for open reviews that have none as they stand now."""

from __future__ import annotations

import structlog
from sqlalchemy import select

from app.accounts.models import Organization
from app.core.db import scope
from app.replies import service as replies
from app.reply_rules import service as reply_rules
from jobs.language_model import writer_for
from jobs.parts import Parts
from scrapers import registry

log = structlog.get_logger()


def suggest(parts: Parts) -> int:
    """Write for every location of every organization; how many suggestions were stored.

    Nothing is claimed: two workers at it write the same words, and only one row can be stored.
    """
    with parts.database.session(write=False) as session:
        organizations = session.scalars(select(Organization.id)).all()
    return sum(_for_organization(parts, organization_id) for organization_id in organizations)


def _for_organization(parts: Parts, organization_id: int) -> int:
    with parts.database.session(write=False) as session:
        scope(session, organization_id)
        locations = replies.locations_waiting(session)
    return sum(for_location(parts, organization_id, location_id) for location_id in locations)


def for_location(parts: Parts, organization_id: int, location_id: int) -> int:
    """Write for one location. The engine works between two transactions, not inside one."""
    try:
        with parts.database.session(write=False) as session:
            scope(session, organization_id)
            queue = replies.read_queue(session, location_id, parts.clock)
        composed = replies.compose(queue, writer_for(parts.settings))
        with parts.database.begin(organization_id) as session:
            kept = replies.keep(session, composed)
            ids = [waiting.review_id for waiting, _ in composed]
            reply_rules.apply(session, ids, registry, parts.clock)
            return kept
    except Exception:
        log.exception("no suggestions could be written", location=location_id)
        return 0
