"""The owner's access to a Source."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Tenant, tenant_table


class SourceAccount(Tenant, Base):
    """The owner's own access to a Source's API. `secret` is sealed (see `app.core.crypto`), never
    shown again."""

    __tablename__ = "source_accounts"
    __table_args__ = tenant_table(UniqueConstraint("organization_id", "source_key"))

    source_key: Mapped[str]
    secret: Mapped[str]
    needs_attention: Mapped[str | None]  # what the owner must do, as a sentence
    connected_at: Mapped[datetime]
    connected_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class SourceSwitch(Tenant, Base):
    """What an Organization decided on reading a Source; without a row the source's own default
    holds."""

    __tablename__ = "source_switches"
    __table_args__ = tenant_table(UniqueConstraint("organization_id", "source_key"))

    source_key: Mapped[str]
    on: Mapped[bool]
    switched_at: Mapped[datetime]
    switched_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
