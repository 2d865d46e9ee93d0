"""Tells people at once of reviews that a person must see first."""

from __future__ import annotations

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Organization
from app.alerts import service as alerts
from app.core.db import scope
from jobs.mail import mailer_to
from jobs.parts import Parts

log = structlog.get_logger()


def alert(parts: Parts) -> int:
    """Send what is due in every organization; how many went out."""
    with parts.database.session(write=False) as session:
        organizations = session.scalars(select(Organization.id)).all()
    return sum(_for_organization(parts, organization_id) for organization_id in organizations)


def _for_organization(parts: Parts, organization_id: int) -> int:
    with parts.database.session(write=False) as session:
        scope(session, organization_id)
        due = alerts.due(session, parts.clock)
    return sum(_send(parts, organization_id, one) for one in due)


def _send(parts: Parts, organization_id: int, one: alerts.Due) -> bool:
    settings = parts.settings
    try:
        with parts.database.begin(organization_id) as session:
            message = alerts.open_alert(
                session, one, settings.mail_from, settings.base_url, parts.clock
            )
    except IntegrityError:  # another worker has it
        return False
    error = None
    try:
        mailer_to(parts.mailer, settings, str(message["To"])).send(message)
    except Exception as failure:
        error = str(failure)
        log.warning("alert not sent", review=one.review_id, error=error)
    with parts.database.begin(organization_id) as session:
        alerts.close_alert(session, one, error, parts.clock)
    return error is None
