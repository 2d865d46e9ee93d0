"""Suggestions, the draft a person is editing, and replies on their way to the source."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Tenant, tenant_table
from app.locations.models import Location
from app.reviews.models import Review


class ReplyState(StrEnum):
    """How far a reply has come. Accepted is not visible: it is read back from the source."""

    APPROVED = "approved"  # by a person; leaves at `send_at`, can be taken back until then
    SENDING = "sending"
    ACCEPTED = "accepted"
    VISIBLE = "visible"
    REJECTED = "rejected"
    LOST = "lost"  # stood there once and does not any more
    POSTED_BY_HAND = "posted by hand"  # a person says so; the next scan may prove it
    TAKEN_BACK = "taken back"


class ReplySuggestion(Tenant, Base):
    """An offered text. `why` has one line per sentence: where it came from."""

    __tablename__ = "reply_suggestions"
    __table_args__ = tenant_table(
        UniqueConstraint("review_id", "ordinal"), references={"review_id": "reviews"}
    )

    review_id: Mapped[int]
    ordinal: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    language: Mapped[str | None]
    kind: Mapped[str]
    why: Mapped[list[Any]] = mapped_column(default=list)
    topics: Mapped[list[Any]] = mapped_column(default=list)
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    escalate: Mapped[bool] = mapped_column(default=False)
    variant: Mapped[str | None]  # see app.replies.variants
    of_digest: Mapped[str]  # the review's digest it answers; an edit makes it stale
    made_at: Mapped[datetime]  # when what it is made of was read
    rejected_at: Mapped[datetime | None]

    review: Mapped[Review] = relationship(viewonly=True)


class Draft(Tenant, Base):
    """The text a person is editing for a Review: one per review."""

    __tablename__ = "drafts"
    __table_args__ = tenant_table(
        UniqueConstraint("review_id"), references={"review_id": "reviews"}
    )

    review_id: Mapped[int]
    text: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Reply(Tenant, Base):
    """An answer given through Goodword; kept for ever as the record of who approved it.

    Its schedule stands in the row: due at `send_at` while APPROVED.
    """

    __tablename__ = "replies"
    __table_args__ = tenant_table(
        Index("ix_replies_due", "state", "send_at"), references={"review_id": "reviews"}
    )

    review_id: Mapped[int] = mapped_column(index=True)
    text: Mapped[str]
    state: Mapped[str]
    variant: Mapped[str | None]  # of the suggestion it was drawn from
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime]
    send_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[datetime | None]
    visible_at: Mapped[datetime | None]
    error: Mapped[str | None]

    review: Mapped[Review] = relationship(viewonly=True)


class SavedReply(Tenant, Base):
    """A text the owner keeps, for one location or (None) for all: a source of facts and turns of
    phrase. Its language, kind and topics are guessed when it is kept, to be shown."""

    __tablename__ = "saved_replies"
    __table_args__ = tenant_table(references={"location_id": "locations"})

    location_id: Mapped[int | None]
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str | None]  # None: one that no reply is written in
    to_complaint: Mapped[bool] = mapped_column(default=False)
    topics: Mapped[list[Any]] = mapped_column(default=list)
    usable: Mapped[int] = mapped_column(default=0)  # sentences that replies may take
    changed_at: Mapped[datetime]

    location: Mapped[Location | None] = relationship(viewonly=True)
