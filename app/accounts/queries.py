"""Read models of people and organizations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Membership, Organization


def is_set_up(session: Session) -> bool:
    """Whether somebody has set up an organization of their own (the sample town does not count)."""
    own = select(Organization.id).where(Organization.is_sample.is_(False)).limit(1)
    return session.scalar(own) is not None


def seats_of(session: Session, user_id: int) -> Sequence[Membership]:
    """The person's places in all organizations, the oldest first."""
    return session.scalars(
        select(Membership)
        .where(Membership.user_id == user_id)
        .options(joinedload(Membership.organization))
        .order_by(Membership.id),
        execution_options={"across_tenants": True},
    ).all()


def members(session: Session) -> Sequence[Membership]:
    """Everybody who has a seat in the session's organization, the oldest first."""
    return session.scalars(
        select(Membership).options(joinedload(Membership.user)).order_by(Membership.joined_at)
    ).all()
