"""Review and its earlier wordings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Tenant, tenant_table
from app.listings.models import Listing
from app.locations.models import Location


class Answered(StrEnum):
    """Whether the owner's reply stands on the source. Never guessed."""

    YES = "yes"
    NO = "no"
    CANNOT_SEE = "cannot see"


class Stand(StrEnum):
    """Where a review stands in our work on it."""

    OPEN = "open"  # in the inbox (unless snoozed)
    ANSWERED = "answered"  # a reply stands on the source, or a person says they posted it
    DISMISSED = "dismissed"  # a person decided that it needs no reply
    SET_ASIDE = "set aside"  # older than 90 days at the first import
    COPY = "copy"  # the same review as one on another site, where it is answered
    REMOVED = "removed"  # two complete scans did not find it


# Both indexes of the queue hold what its counts ask of each open review, so that these are answered
# without reading the rows; SQLite asks for `stand` too, though the index has open ones only.
_SAYS_WHETHER = ("snoozed_until", "due_at", "answered", "stand")


class Review(Tenant, Base):
    """A customer's review. `identity` is the source's id, else author and day with an ordinal.

    `stars` is the rating on a scale to 5, None where there are no stars; `urgency` orders the inbox
    (see `app.reviews.rules.urgency`) and is stored so that an index, read backwards, can serve the
    queue.
    """

    __tablename__ = "reviews"
    __table_args__ = tenant_table(
        UniqueConstraint("listing_id", "identity"),
        Index(
            "ix_reviews_queue",
            "organization_id",
            "urgency",
            "id",
            "location_id",
            *_SAYS_WHETHER,
            sqlite_where=text("stand = 'open'"),
            postgresql_where=text("stand = 'open'"),
        ),
        Index(
            "ix_reviews_location_queue",
            "location_id",
            "urgency",
            "id",
            "organization_id",
            *_SAYS_WHETHER,
            sqlite_where=text("stand = 'open'"),
            postgresql_where=text("stand = 'open'"),
        ),
        Index(
            "ix_reviews_set_aside",
            "organization_id",
            "location_id",
            sqlite_where=text("stand = 'set aside'"),
            postgresql_where=text("stand = 'set aside'"),
        ),
        Index("ix_reviews_author", "location_id", "author"),
        Index("ix_reviews_words", "location_id", "words", "copy_of_id"),
        Index(
            "ix_reviews_copies",
            "organization_id",
            "copy_of_id",
            sqlite_where=text("copy_of_id IS NOT NULL"),
            postgresql_where=text("copy_of_id IS NOT NULL"),
        ),
        # Without CASCADE: a copy outlives its original.
        ForeignKeyConstraint(
            ["organization_id", "copy_of_id"], ["reviews.organization_id", "reviews.id"]
        ),
        Index("ix_reviews_newest", "organization_id", "published_at", "id"),
        references={"location_id": "locations", "listing_id": "listings"},
    )

    location_id: Mapped[int]
    listing_id: Mapped[int]
    identity: Mapped[str]
    external_id: Mapped[str | None]
    url: Mapped[str | None]

    author: Mapped[str | None]
    rating_value: Mapped[float | None]  # on the source's own scale
    rating_best: Mapped[float | None]
    stars: Mapped[float | None]
    recommends: Mapped[bool | None]
    title: Mapped[str | None]
    text: Mapped[str | None]
    language: Mapped[str | None]
    published_at: Mapped[datetime | None]
    precision: Mapped[str | None]  # scrapers.types.Precision
    digest: Mapped[str]  # of rating, title and text, to tell an edit
    words: Mapped[str | None]  # of the text's letters, to find the same review on other sites
    syndicated_from: Mapped[str | None]  # the site it was copied from, where the page says so
    copy_of_id: Mapped[int | None]

    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    missed_scans: Mapped[int] = mapped_column(default=0)  # complete ones, in a row
    removed_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]  # text nulled by the source's retention rule

    answered: Mapped[str] = mapped_column(default=Answered.CANNOT_SEE)
    reply_text: Mapped[str | None]  # the owner's answer as the source shows it
    reply_published_at: Mapped[datetime | None]

    stand: Mapped[str] = mapped_column(default=Stand.OPEN)
    urgency: Mapped[float] = mapped_column(default=0.0)
    urgent_because: Mapped[str | None]  # safety, legal, … as a word for the person
    due_at: Mapped[datetime]
    snoozed_until: Mapped[datetime | None]
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    location: Mapped[Location] = relationship(viewonly=True)
    listing: Mapped[Listing] = relationship(viewonly=True)
    revisions: Mapped[list[ReviewRevision]] = relationship(
        viewonly=True, order_by="ReviewRevision.replaced_at.desc()"
    )


class ReviewRevision(Tenant, Base):
    """What a Review said before it was edited."""

    __tablename__ = "review_revisions"
    __table_args__ = tenant_table(references={"review_id": "reviews"})

    review_id: Mapped[int] = mapped_column(index=True)
    rating_value: Mapped[float | None]
    rating_best: Mapped[float | None]
    stars: Mapped[float | None]
    recommends: Mapped[bool | None]
    title: Mapped[str | None]
    text: Mapped[str | None]
    replaced_at: Mapped[datetime]
