"""DigestSubscription and DigestDelivery."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, Tenant, tenant_table


class DeliveryState(StrEnum):
    """How far a digest has come. It is claimed before SMTP, so that it goes out at most once."""

    CLAIMED = "claimed"
    SENT = "sent"
    NOTHING_TO_SAY = "nothing to say"
    FAILED = "failed"  # refused before the server took it: tried again with the same Message-ID
    UNCERTAIN = "uncertain"  # stopped in the middle of sending: shown, never sent again by itself


class DigestSubscription(Tenant, Base):
    """When a person wants the digest. Its schedule stands in the row: due at `next_due_at`."""

    __tablename__ = "digest_subscriptions"
    __table_args__ = tenant_table(
        UniqueConstraint("organization_id", "user_id"),
        Index("ix_digest_subscriptions_due", "next_due_at"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    frequency: Mapped[str] = mapped_column(default="daily")  # daily, weekly, off
    hour: Mapped[int] = mapped_column(default=8)  # in the person's own time zone
    weekday: Mapped[int] = mapped_column(default=0)  # 0 is Monday; weekly only
    token: Mapped[str] = mapped_column(unique=True)  # in the one-click unsubscribe address
    next_due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class DigestDelivery(Tenant, Base):
    """One digest: at most one per subscription and period."""

    __tablename__ = "digest_deliveries"
    __table_args__ = tenant_table(
        UniqueConstraint("subscription_id", "period"),
        references={"subscription_id": "digest_subscriptions"},
    )

    subscription_id: Mapped[int]
    period: Mapped[str]  # "2026-11-21" or "2026-W47"
    covers_from: Mapped[datetime]
    covers_until: Mapped[datetime]
    message_id: Mapped[str]
    state: Mapped[str]
    claimed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    says: Mapped[dict[str, Any]] = mapped_column(default=dict)  # counts, for the list of mails
