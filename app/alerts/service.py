"""Use cases: whom to alert about what, claiming an alert, noting what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import MemberRole, Membership, Organization, User
from app.alerts.models import Alert
from app.core.clock import Clock
from app.locations.models import Location
from app.reviews.models import Review, Stand

# Older ones came with a first import: they stand in the inbox and the digest.
FRESH = timedelta(days=7)
QUOTED = 400


@dataclass(frozen=True, slots=True)
class Due:
    """A review and a person who is to hear of it now."""

    review_id: int
    user_id: int


def due(session: Session, clock: Clock) -> list[Due]:
    """Who is to be told of what: the location's named person, else every owner."""
    rows = session.execute(
        select(Review, Location.escalation_to_id)
        .join(Location, Location.id == Review.location_id)
        .where(
            Review.stand == Stand.OPEN,
            Review.urgent_because.is_not(None),
            Review.published_at >= clock() - FRESH,
        )
    ).all()
    told = _told(session) if rows else set()
    owners = _owners(session) if rows else ()
    return [
        Due(review.id, user_id)
        for review, named in rows
        for user_id in ((named,) if named else owners)
        if (review.id, user_id) not in told
    ]


def _told(session: Session) -> set[tuple[int | None, int]]:
    """Pairs of review and person; who was told of a copy was told of its original."""
    rows = session.execute(
        select(Alert.review_id, Review.copy_of_id, Alert.user_id).join(
            Review, Review.id == Alert.review_id
        )
    ).all()
    return {(review_id, row.user_id) for row in rows for review_id in row[:2]}


def _owners(session: Session) -> Sequence[int]:
    return session.scalars(
        select(Membership.user_id).where(Membership.role == MemberRole.OWNER)
    ).all()


def open_alert(
    session: Session, one: Due, sender: str, base_url: str, clock: Clock
) -> EmailMessage:
    """Claim the alert and write its mail; to be committed before the mail is handed over. The
    review is given to the person, if nobody has it yet. Raises IntegrityError where another
    process was faster."""
    now = clock()
    review = session.get_one(Review, one.review_id)
    user = session.get_one(User, one.user_id)
    location = session.get_one(Location, review.location_id)
    organization = session.get_one(Organization, review.organization_id)
    row = Alert(
        review_id=review.id,
        user_id=user.id,
        message_id=make_msgid(domain=parseaddr(sender)[1].partition("@")[2] or None),
        claimed_at=now,
    )
    session.add(row)
    review.assigned_to_id = review.assigned_to_id or user.id
    session.flush()
    message = EmailMessage()
    message["From"] = Address("Goodword", addr_spec=parseaddr(sender)[1])
    message["To"] = Address(_line(user.name), addr_spec=user.email)
    message["Subject"] = _line(f"Please read this one yourself: {location.name}")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = row.message_id
    message["Reply-To"] = organization.reply_to
    message["Auto-Submitted"] = "auto-generated"
    quote = (review.text or review.title or "")[:QUOTED]
    message.set_content(
        f"A review at {location.name} touches on something a person should see first "
        f"({review.urgent_because}).\n\n“{quote}”\n{review.author or 'Somebody'}\n\n"
        f"A holding reply waits for you: {base_url.rstrip('/')}/inbox/{review.id}\n"
    )
    return message


def close_alert(session: Session, one: Due, error: str | None, clock: Clock) -> None:
    """Note what became of it. One that could not be sent is not sent again by itself: the review
    stands at the top of the inbox, and the row says why."""
    row = session.scalars(
        select(Alert).where(Alert.review_id == one.review_id, Alert.user_id == one.user_id)
    ).one()
    row.sent_at, row.error = (None, error) if error else (clock(), None)
    session.flush()


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
