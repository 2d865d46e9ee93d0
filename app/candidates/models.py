"""ListingSearch and Candidate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Tenant, tenant_table


class ListingSearch(Tenant, Base):
    """The search for one Location's listings. Its schedule stands in the row: due at `due_at`."""

    __tablename__ = "listing_searches"
    __table_args__ = tenant_table(
        UniqueConstraint("location_id"),
        Index("ix_listing_searches_due", "due_at"),
        references={"location_id": "locations"},
    )

    location_id: Mapped[int]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    searched_at: Mapped[datetime | None]
    says: Mapped[list[Any]] = mapped_column(default=list)  # what could not be searched, and why


class Candidate(Tenant, Base):
    """A listing that may be the Location's. Of a source whose text may not be kept, only its id
    and our own reckoning are."""

    __tablename__ = "candidates"
    __table_args__ = tenant_table(
        UniqueConstraint("location_id", "source_key", "key"),
        references={"location_id": "locations"},
    )

    location_id: Mapped[int] = mapped_column(index=True)
    source_key: Mapped[str]
    key: Mapped[str]  # the source's own id, else the address
    url: Mapped[str | None]
    name: Mapped[str | None]
    shows: Mapped[str | None]  # address and phone as one line
    probability: Mapped[float]
    same_place: Mapped[str]
    found_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
