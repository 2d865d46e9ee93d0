"""ReplyRule."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Tenant, tenant_table


class Action(StrEnum):
    """What a rule lets happen with a suggestion."""

    DRAFT = "draft"  # a person answers each review, as without a rule
    TOGETHER = "together"  # a person approves many at once
    POST = "post"  # it posts itself after a delay, in which it can be taken back


class ReplyRule(Tenant, Base):
    """One rule; None means any. It holds while `switched_on_at` is set, for the person who did it:
    what it posts is posted by their decision."""

    __tablename__ = "reply_rules"
    __table_args__ = tenant_table(references={"location_id": "locations"})

    location_id: Mapped[int | None]
    source_key: Mapped[str | None]
    language: Mapped[str | None]
    least_stars: Mapped[int]
    most_stars: Mapped[int]
    has_text: Mapped[bool | None]
    action: Mapped[str]
    delay_minutes: Mapped[int] = mapped_column(default=60)
    made_at: Mapped[datetime]
    switched_on_at: Mapped[datetime | None]
    switched_on_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
