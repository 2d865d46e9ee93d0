"""Organization, User, Role, passkeys and Membership."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security.models import sqla as fsm
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from app.core.clock import utc_now
from app.core.db import Base, Tenant, tenant_table

fsm.FsModels.set_db_info(
    base_model=Base,
    user_table_name="users",
    role_table_name="roles",
    webauthn_table_name="passkeys",
)


class MemberRole(StrEnum):
    """What a member may do, from most to least."""

    OWNER = "owner"  # everything, people and settings included
    MANAGER = "manager"  # locations, listings, replies
    RESPONDER = "responder"  # replies
    VIEWER = "viewer"  # looks


class Organization(Base):
    """The tenant; owns everything."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    reply_to: Mapped[str]  # a mailbox somebody reads; digests carry it as Reply-To
    is_sample: Mapped[bool] = mapped_column(default=False)


def _changed_at() -> MappedColumn[datetime]:
    """In place of the mixins' own column, which writes times without a zone."""
    return mapped_column(server_default=func.now(), onupdate=utc_now)


class Role(Base, fsm.FsRoleMixin):
    """Demanded by Flask-Security and unused: a role belongs to a Membership, not to a person."""

    __tablename__ = "roles"

    update_datetime: Mapped[datetime] = _changed_at()


class User(Base, fsm.FsUserMixin):
    """A person who signs in. The address is stored in lower case."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    update_datetime: Mapped[datetime] = _changed_at()
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    timezone: Mapped[str] = mapped_column(default="UTC")
    memberships: Mapped[list[Membership]] = relationship(back_populates="user")


class WebAuthn(Base, fsm.FsWebAuthnMixin):
    """A passkey."""

    __tablename__ = "passkeys"


class Membership(Tenant, Base):
    """A person's place in an Organization."""

    __tablename__ = "memberships"
    __table_args__ = tenant_table(UniqueConstraint("organization_id", "user_id"))

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(default=MemberRole.VIEWER)
    joined_at: Mapped[datetime]
    user: Mapped[User] = relationship(back_populates="memberships")
    organization: Mapped[Organization] = relationship(viewonly=True)


class Invitation(Tenant, Base):
    """A seat that waits for a person; the token in the link is stored as its hash."""

    __tablename__ = "invitations"
    __table_args__ = tenant_table()

    email: Mapped[str]
    role: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
