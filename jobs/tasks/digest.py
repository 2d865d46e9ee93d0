"""Sends the digests that are due, each at most once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog
from sqlalchemy import select

from app.accounts.models import Organization
from app.core.errors import MaybeSent, NotSent
from app.digests import service as digests
from app.digests.message import compose
from app.digests.models import DeliveryState
from jobs.leases import SUBSCRIPTIONS, Claim
from jobs.mail import mailer_to
from jobs.parts import Parts
from scrapers import registry

log = structlog.get_logger()


def ensure_subscriptions(parts: Parts) -> None:
    """Give new members their subscription."""
    with parts.database.session(write=False) as session:
        organizations = session.scalars(select(Organization.id)).all()
    for organization_id in organizations:
        with parts.database.begin(organization_id) as session:
            digests.ensure_subscriptions(session, parts.clock)


def digest(
    parts: Parts,
    claims: Iterable[Claim],
    on_end: Callable[[str, str], None] = lambda email, became: None,
) -> int:
    """Send each claimed subscription its digest, where there is something to say; how many went."""
    sent = 0
    for claim in claims:
        try:
            sent += _one(parts, claim, on_end)
        except Exception:
            # Nothing was handed over; what was claimed shows as uncertain when it comes up again.
            log.exception("digest failed", subscription=claim.id)
        parts.leases.settle(SUBSCRIPTIONS, [claim])
    return sent


def _one(parts: Parts, claim: Claim, on_end: Callable[[str, str], None]) -> bool:
    settings = parts.settings
    with parts.database.begin(claim.organization_id) as session:
        letter = digests.open_letter(
            session, claim.id, settings.mail_from, settings.base_url, parts.clock
        )
    if letter is None:
        return False
    state, error = DeliveryState.SENT, None
    try:
        message = compose(letter.says, letter.envelope, registry, parts.clock())
        mailer_to(parts.mailer, settings, letter.envelope.email).send(message)
    except MaybeSent as doubt:
        state, error = DeliveryState.UNCERTAIN, str(doubt)
    except Exception as failure:
        state = DeliveryState.FAILED
        known = isinstance(failure, NotSent)
        error = str(failure) if known else f"The mail could not be written: {failure!r}."
        log.warning("digest not sent", subscription=claim.id, error=error)
    with parts.database.begin(claim.organization_id) as session:
        digests.close_letter(session, letter.delivery_id, state, error, parts.clock)
    on_end(letter.envelope.email, str(state))
    return state == DeliveryState.SENT
