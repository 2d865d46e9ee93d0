"""Listing, its Scans and Snapshots, the Websites shown, Audit and Finding."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Tenant, tenant_table
from app.locations.models import Location


class Listing(Tenant, Base):
    """A Location's page on one Source. Its schedule stands in the row: due at `next_check_at`."""

    __tablename__ = "listings"
    __table_args__ = tenant_table(
        UniqueConstraint("location_id", "source_key", "url"),
        Index("ix_listings_due", "next_check_at"),
        references={"location_id": "locations"},
    )

    location_id: Mapped[int] = mapped_column(index=True)
    source_key: Mapped[str]
    url: Mapped[str]
    external_id: Mapped[str | None]
    added_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    next_check_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    last_outcome: Mapped[str | None]  # scrapers.types.Outcome
    last_error: Mapped[str | None]  # a sentence: what happened, who must do what
    last_visit_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]

    # Coverage: "read 86 of 118".
    stated_reviews: Mapped[int | None]
    read_reviews: Mapped[int] = mapped_column(default=0)
    last_complete_scan_at: Mapped[datetime | None]
    read_through_at: Mapped[datetime | None]  # the last visit that did not stop at known ground
    replies_visible: Mapped[bool] = mapped_column(default=False)

    # The last comparison with the record (nap.compare's answer), one verdict per field.
    comparison: Mapped[dict[str, Any] | None]
    compared_at: Mapped[datetime | None]

    # Passport: who can correct it. Never a password.
    claim_state: Mapped[str] = mapped_column(default="unknown")
    login_holder: Mapped[str | None]
    edit_url: Mapped[str | None]
    note: Mapped[str | None]
    proved_at: Mapped[datetime | None]

    location: Mapped[Location] = relationship(viewonly=True)


class Scan(Tenant, Base):
    """One visit to a Listing, with its typed outcome."""

    __tablename__ = "scans"
    __table_args__ = tenant_table(references={"listing_id": "listings"})

    listing_id: Mapped[int] = mapped_column(index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    outcome: Mapped[str]
    complete: Mapped[bool]
    pages: Mapped[int] = mapped_column(default=0)
    seen: Mapped[int] = mapped_column(default=0)
    stated: Mapped[int | None]
    added: Mapped[int] = mapped_column(default=0)
    edited: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    problems: Mapped[list[Any]] = mapped_column(default=list)


class ListingSnapshot(Tenant, Base):
    """What a Listing said, kept when it changed. `record` is a ListingRecord as JSON."""

    __tablename__ = "listing_snapshots"
    __table_args__ = tenant_table(references={"listing_id": "listings"})

    listing_id: Mapped[int] = mapped_column(index=True)
    seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    digest: Mapped[str]  # of the record, to tell a change
    record: Mapped[dict[str, Any] | None]  # None once retention has purged it


class Website(Tenant, Base):
    """An address to which the record of a Location, or one of its Listings, sends customers, and
    where it was seen to lead. Its schedule stands in the row: due at `next_check_at`."""

    __tablename__ = "websites"
    __table_args__ = tenant_table(
        UniqueConstraint("location_id", "url"),
        Index("ix_websites_due", "next_check_at"),
        Index("ix_websites_url", "organization_id", "url"),
        references={"location_id": "locations"},
    )

    location_id: Mapped[int]
    url: Mapped[str]  # as `websites.address` writes it
    added_at: Mapped[datetime]

    next_check_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    last_outcome: Mapped[str | None]  # scrapers.types.Outcome
    last_error: Mapped[str | None]  # a sentence: what happened
    checked_at: Mapped[datetime | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]

    leads_to: Mapped[str | None]  # where a visitor arrives, also where that is `url` itself
    seen_at: Mapped[datetime | None]  # when that was seen last


class Audit(Tenant, Base):
    """The comparison of all Listings of a Location at a time. `counts`: verdict → cells."""

    __tablename__ = "audits"
    __table_args__ = tenant_table(references={"location_id": "locations"})

    location_id: Mapped[int] = mapped_column(index=True)
    made_at: Mapped[datetime]
    score: Mapped[float | None]  # 0 to 100; None where nothing could be checked
    listings: Mapped[int]
    unchecked: Mapped[int]
    counts: Mapped[dict[str, Any]]


class Finding(Tenant, Base):
    """One discrepancy in one field of one Listing: at most one open per field."""

    __tablename__ = "findings"
    __table_args__ = tenant_table(
        Index(
            "uq_findings_open",
            "listing_id",
            "field",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        references={"location_id": "locations", "listing_id": "listings"},
    )

    location_id: Mapped[int] = mapped_column(index=True)
    listing_id: Mapped[int]
    field: Mapped[str]
    why: Mapped[str]
    expected: Mapped[str | None]
    observed: Mapped[str | None]
    opened_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str | None]  # fixed, accepted, record changed, listing removed
    done_at: Mapped[datetime | None]  # a person says it is corrected; the next scan proves it
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    listing: Mapped[Listing] = relationship(viewonly=True)
