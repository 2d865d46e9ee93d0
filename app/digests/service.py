"""Use cases that write: subscriptions, and one delivery per period, claimed before it is sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Membership, Organization, User
from app.core.clock import Clock
from app.core.errors import NotFound
from app.digests import queries, rules
from app.digests.message import Envelope
from app.digests.models import DeliveryState, DigestDelivery, DigestSubscription

FIRST_HOUR = 8
ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=15)
# A visit that is being stored at this moment carries a time that has passed: it belongs to the next
# digest, not to none.
SETTLED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery that is ours to send."""

    delivery_id: int
    envelope: Envelope
    says: queries.Says


def ensure_subscriptions(session: Session, clock: Clock) -> None:
    """Every member has a subscription: daily at eight until they choose otherwise."""
    without = session.scalars(
        select(Membership.user_id)
        .outerjoin(DigestSubscription, DigestSubscription.user_id == Membership.user_id)
        .where(DigestSubscription.id.is_(None))
    )
    for user_id in without.all():
        subscribe(session, user_id, clock)


def subscribe(session: Session, user_id: int, clock: Clock) -> DigestSubscription:
    """A new subscription: daily at eight."""
    tz = rules.zone(session.get_one(User, user_id).timezone)
    row = DigestSubscription(
        user_id=user_id,
        hour=FIRST_HOUR,
        token=secrets.token_urlsafe(24),
        next_due_at=rules.next_due(rules.Frequency.DAILY, FIRST_HOUR, 0, tz, clock()),
        created_at=clock(),
    )
    session.add(row)
    session.flush()
    return row


def change(
    session: Session, subscription: DigestSubscription, frequency: str, hour: int, weekday: int,
    clock: Clock,
) -> None:  # fmt: skip
    """What the person chose counts from now on."""
    subscription.frequency, subscription.hour, subscription.weekday = frequency, hour, weekday
    subscription.next_due_at = _next_due(subscription, clock())
    session.flush()


def stop(session: Session, token: str) -> DigestSubscription:
    """End the subscription of that token, whosever it is. Raises NotFound."""
    row = session.scalar(
        select(DigestSubscription).where(DigestSubscription.token == token),
        execution_options={"across_tenants": True},
    )
    if row is None:
        raise NotFound("This subscription has ended already.")
    row.frequency = rules.Frequency.OFF
    session.flush()
    return row


def open_letter(
    session: Session, subscription_id: int, sender: str, base_url: str, clock: Clock
) -> Letter | None:
    """Claim this period's delivery; None where there is nothing to send (the subscription is then
    moved on). To be committed before the mail is handed over, and closed with `close_letter`.

    A delivery that was claimed and never closed belongs to a process that stopped in the middle of
    sending: nobody knows whether it went out, so it is marked, shown, and not sent again.
    """
    now = clock()
    subscription = session.scalars(
        select(DigestSubscription).where(DigestSubscription.id == subscription_id).with_for_update()
    ).one()
    user = session.get_one(User, subscription.user_id)
    tz = rules.zone(user.timezone)
    period = rules.period(subscription.frequency, tz, now)
    delivery = session.scalar(
        select(DigestDelivery).where(
            DigestDelivery.subscription_id == subscription.id, DigestDelivery.period == period
        )
    )
    if delivery is not None and delivery.state != DeliveryState.FAILED:
        if delivery.state == DeliveryState.CLAIMED:
            delivery.state = DeliveryState.UNCERTAIN
            delivery.error = "The program stopped while this was being sent."
        return _move_on(session, subscription, now)
    if delivery is None:
        delivery = _new_delivery(session, subscription, period, sender, base_url, now)
    until = now - SETTLED
    says = queries.what(session, delivery.covers_from, until)
    delivery.says, delivery.covers_until, delivery.claimed_at = says.counts(), until, now
    if not says.anything:
        delivery.state = DeliveryState.NOTHING_TO_SAY
        return _move_on(session, subscription, now)
    delivery.state = DeliveryState.CLAIMED
    delivery.attempts += 1
    session.flush()
    organization = session.get_one(Organization, subscription.organization_id)
    envelope = Envelope(
        sender=sender,
        name=user.name or user.email.partition("@")[0],
        email=user.email,
        organization=organization.name,
        reply_to=organization.reply_to,
        message_id=delivery.message_id,
        base_url=base_url,
        token=subscription.token,
        zone=tz,
    )
    return Letter(delivery.id, envelope, says)


def close_letter(
    session: Session, delivery_id: int, state: DeliveryState, error: str | None, clock: Clock
) -> None:
    """Write down what became of it. One that failed is tried again soon, a few times."""
    now = clock()
    delivery = session.get_one(DigestDelivery, delivery_id)
    subscription = session.get_one(DigestSubscription, delivery.subscription_id)
    delivery.state, delivery.error = state, error
    if state == DeliveryState.SENT:
        delivery.sent_at = now
    subscription.next_due_at = _next_due(subscription, now)
    subscription.claimed_until = None
    if state == DeliveryState.FAILED and delivery.attempts < ATTEMPTS:
        again = now + RETRY_AFTER * 2 ** (delivery.attempts - 1)
        subscription.next_due_at = min(again, subscription.next_due_at)
    session.flush()


def _new_delivery(
    session: Session, subscription: DigestSubscription, period: str, sender: str, base_url: str,
    now: datetime,
) -> DigestDelivery:  # fmt: skip
    last = session.scalar(
        select(DigestDelivery.covers_until)
        .where(
            DigestDelivery.subscription_id == subscription.id,
            DigestDelivery.state.in_((DeliveryState.SENT, DeliveryState.NOTHING_TO_SAY)),
        )
        .order_by(DigestDelivery.id.desc())
        .limit(1)
    )
    length = rules.LENGTH[rules.Frequency(subscription.frequency)]
    host = parseaddr(sender)[1].rpartition("@")[2] or urlsplit(base_url).hostname
    delivery = DigestDelivery(
        subscription_id=subscription.id,
        period=period,
        covers_from=max(last or subscription.created_at - length, now - 4 * length),
        covers_until=now,
        message_id=f"<digest.{subscription.id}.{period}.{secrets.token_hex(8)}@{host}>",
        state=DeliveryState.CLAIMED,
        claimed_at=now,
        attempts=0,
    )
    session.add(delivery)
    return delivery


def _move_on(session: Session, subscription: DigestSubscription, now: datetime) -> None:
    subscription.next_due_at = _next_due(subscription, now)
    subscription.claimed_until = None
    session.flush()


def _next_due(subscription: DigestSubscription, after: datetime) -> datetime:
    return rules.next_due(
        subscription.frequency,
        subscription.hour,
        subscription.weekday,
        rules.zone(subscription.user.timezone),
        after,
    )
