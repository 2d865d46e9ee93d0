"""Alert."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Tenant, tenant_table


class Alert(Tenant, Base):
    """One mail about one review to one person: claimed before it is sent, so at most once."""

    __tablename__ = "alerts"
    __table_args__ = tenant_table(
        UniqueConstraint("review_id", "user_id"), references={"review_id": "reviews"}
    )

    review_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    message_id: Mapped[str]
    claimed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
