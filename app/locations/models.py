"""Location with its name, address and phone of record, now and before, its facts and accepted
variants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Tenant, tenant_table


class Location(Tenant, Base):
    """One place of business. Its audit schedule stands in the row: due at `next_audit_at`."""

    __tablename__ = "locations"
    __table_args__ = tenant_table(Index("ix_locations_due", "next_audit_at"))

    name: Mapped[str]
    street: Mapped[str | None]  # house number and unit as written
    locality: Mapped[str | None]
    region: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str]  # two letters
    phone: Mapped[str | None]
    website: Mapped[str | None]
    email: Mapped[str | None]
    hours: Mapped[dict[str, Any] | None]  # scrapers.types.Hours
    special_hours: Mapped[dict[str, Any]] = mapped_column(default=dict)  # ISO date → spans
    categories: Mapped[list[Any]] = mapped_column(default=list)
    status: Mapped[str] = mapped_column(default="open")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    # How replies are written for it.
    vertical: Mapped[str] = mapped_column(default="")  # cafe, dentist, …
    language: Mapped[str] = mapped_column(default="en")
    timezone: Mapped[str] = mapped_column(default="UTC")
    signature: Mapped[str] = mapped_column(default="")
    voice: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see app.replies.voice
    keywords: Mapped[list[Any]] = mapped_column(default=list)
    promise_hours: Mapped[int] = mapped_column(default=24)  # every review answered within
    # Who hears at once of legal and safety matters; None: every owner.
    escalation_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    # When what replies say of it last changed; suggestions of before are stale.
    words_changed_at: Mapped[datetime | None]

    # When it is read.
    reviews_every_hours: Mapped[int] = mapped_column(default=6)
    audit_every_hours: Mapped[int] = mapped_column(default=168)
    next_audit_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    audit_failures: Mapped[int] = mapped_column(default=0)
    audit_error: Mapped[str | None]
    audited_at: Mapped[datetime | None]

    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class FormerRecord(Tenant, Base):
    """Name, address, phone and website of a Location as they stood until a change: a listing that
    still shows them is this Location's, only late."""

    __tablename__ = "former_records"
    __table_args__ = tenant_table(references={"location_id": "locations"})

    location_id: Mapped[int] = mapped_column(index=True)
    until: Mapped[datetime]
    record: Mapped[dict[str, Any]]  # columns of Location


class LocationFact(Tenant, Base):
    """A sentence the owner has approved, that replies may say from one day to another."""

    __tablename__ = "location_facts"
    __table_args__ = tenant_table(references={"location_id": "locations"})

    location_id: Mapped[int] = mapped_column(index=True)
    text: Mapped[str]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime]


class AcceptedVariant(Tenant, Base):
    """A spelling the owner calls right for one field; everything else goes on being checked."""

    __tablename__ = "accepted_variants"
    __table_args__ = tenant_table(
        UniqueConstraint("location_id", "field", "value"),
        references={"location_id": "locations"},
    )

    location_id: Mapped[int]
    field: Mapped[str]
    value: Mapped[str]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    accepted_at: Mapped[datetime]
