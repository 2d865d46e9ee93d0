"""Use cases that write: setting up, inviting, changing roles."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Invitation, MemberRole, Membership, Organization, User
from app.accounts.queries import is_set_up
from app.core.clock import Clock
from app.core.db import scope
from app.core.errors import NotFound, UserError

INVITATION_LIVES = timedelta(days=7)


def set_up(
    session: Session,
    *,
    organization: str,
    name: str,
    email: str,
    password_hash: str,
    timezone: str,
    reply_to: str,
    clock: Clock,
) -> User:
    """Create the first Organization and its owner. Raises UserError where one exists already."""
    if is_set_up(session):
        raise UserError("Goodword is set up already. Sign in instead.")
    row = Organization(name=organization.strip(), created_at=clock(), reply_to=reply_to.strip())
    session.add(row)
    session.flush()
    scope(session, row.id)
    user = add_user(session, name=name, email=email, password_hash=password_hash, timezone=timezone)
    session.add(Membership(user_id=user.id, role=MemberRole.OWNER, joined_at=clock()))
    session.flush()
    return user


def add_user(session: Session, *, name: str, email: str, password_hash: str, timezone: str) -> User:
    """Create a person. Raises UserError where the address is taken."""
    email = email.strip().lower()
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise UserError("Somebody with this address is here already. Sign in instead.")
    user = User(
        name=name.strip(),
        email=email,
        password=password_hash,
        active=True,
        fs_uniquifier=uuid4().hex,
        timezone=timezone,
    )
    session.add(user)
    session.flush()
    return user


def invite(
    session: Session, *, email: str, role: MemberRole, invited_by_id: int, clock: Clock
) -> str:
    """Keep a seat for `email`; returns the token for the link, which is stored as its hash only."""
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            email=email.strip().lower(),
            role=role,
            token_hash=_hash(token),
            invited_by_id=invited_by_id,
            expires_at=clock() + INVITATION_LIVES,
        )
    )
    session.flush()
    return token


def find_invitation(session: Session, token: str, clock: Clock) -> Invitation:
    """The open invitation behind a link. Raises NotFound where it is used, expired or unknown."""
    found = session.scalar(
        select(Invitation).where(Invitation.token_hash == _hash(token)),
        execution_options={"across_tenants": True},
    )
    if found is None or found.accepted_at is not None or found.expires_at < clock():
        raise NotFound("This invitation is used or has run out. Ask for a new one.")
    return found


def accept(session: Session, invitation: Invitation, user: User, clock: Clock) -> Membership:
    """Give the invited person their seat."""
    scope(session, invitation.organization_id)
    invitation.accepted_at = clock()
    seat = Membership(user_id=user.id, role=invitation.role, joined_at=clock())
    session.add(seat)
    session.flush()
    return seat


def change_role(session: Session, membership_id: int, role: MemberRole) -> None:
    """Change a member's role. Raises UserError where no owner would be left."""
    seat = _seat(session, membership_id)
    if role is not MemberRole.OWNER:
        _keep_an_owner(session, seat)
    seat.role = role
    session.flush()


def remove_member(session: Session, membership_id: int) -> None:
    """End a membership. Raises UserError where no owner would be left."""
    seat = _seat(session, membership_id)
    _keep_an_owner(session, seat)
    session.delete(seat)
    session.flush()


def _seat(session: Session, membership_id: int) -> Membership:
    seat = session.get(Membership, membership_id)
    if seat is None:
        raise NotFound("This person is no member here.")
    return seat


def _keep_an_owner(session: Session, leaving: Membership) -> None:
    others = select(Membership.id).where(
        Membership.role == MemberRole.OWNER, Membership.id != leaving.id
    )
    if leaving.role == MemberRole.OWNER and session.scalar(others.limit(1)) is None:
        raise UserError("An organization needs an owner. Make somebody else owner first.")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
