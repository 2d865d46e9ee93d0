"""The sample organization: two locations whose listings are read from the town for real."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import MemberRole, Membership, Organization, User
from app.accounts.service import add_user
from app.core.clock import Clock
from app.core.db import scope
from app.core.ports import SourceCatalog
from app.listings.adding import add_listings
from app.listings.links import read_links
from app.locations.service import add_fact, create
from app.sample import town

# Nobody's mailbox: `.localhost` never leaves the machine.
VISITOR = "visitor@sample.localhost"


def visitor(session: Session, password_hash: str) -> User:
    """The person who looks around before anything is set up; nobody knows a password for them."""
    known = session.scalar(select(User).where(User.email == VISITOR))
    return known or add_user(
        session, name="Visitor", email=VISITOR, password_hash=password_hash, timezone="UTC"
    )


def enter(
    session: Session, user: User, *, origin: str, catalog: SourceCatalog, clock: Clock
) -> Organization:
    """Give `user` the owner's seat in the sample organization, which is founded on the first visit.

    `origin` is where the town is served, such as http://127.0.0.1:8010.
    """
    organization = session.scalar(select(Organization).where(Organization.is_sample))
    if organization is None:
        organization = _found(session, user, origin, catalog, clock)
    scope(session, organization.id)
    if session.scalar(select(Membership).where(Membership.user_id == user.id)) is None:
        session.add(Membership(user_id=user.id, role=MemberRole.OWNER, joined_at=clock()))
    session.flush()
    return organization


def _found(
    session: Session, user: User, origin: str, catalog: SourceCatalog, clock: Clock
) -> Organization:
    organization = Organization(
        name="Sample town", created_at=clock(), reply_to=VISITOR, is_sample=True
    )
    session.add(organization)
    session.flush()
    scope(session, organization.id)
    for key, record in town.data()["businesses"].items():
        location = create(session, record | {"voice": {"tone": "warm"}}, clock)
        for fact in record["facts"]:
            add_fact(session, location.id, fact, user.id, clock)
        pages = " ".join(f"{origin}/{name}/{key}" for name in town.data()["directories"])
        links = read_links(pages, catalog, allowed=frozenset({origin}))
        add_listings(session, location.id, links, clock)
    return organization
