"""Rows that many tests begin with: an organization, its location, a listing, reviews on a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Membership, Organization, User
from app.core.db import Database
from app.listings.models import Listing
from app.locations.models import Location
from scrapers.types import Extract, Precision, Rating, ReplyRecord, ReviewRecord

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Shop:
    """Ids of one organization with one location and one listing, and its owner."""

    organization_id: int
    user_id: int
    location_id: int
    listing_id: int


def open_shop(database: Database, name: str = "Harbour Café", **listing: Any) -> Shop:
    """A new organization, complete. `listing` overrides columns of the listing."""
    with database.begin() as session:
        organization = Organization(name=name, created_at=NOW, reply_to="desk@example.com")
        slug = name.lower().replace(" ", "-").replace("é", "e")
        user = User(email=f"{slug}@example.com", active=True, fs_uniquifier=slug, name="Bridget")
        session.add_all([organization, user])
        session.flush()
        ids = organization.id, user.id
    with database.begin(ids[0]) as session:
        session.add(Membership(user_id=ids[1], role="owner", joined_at=NOW))
        location = add_location(session, name)
        row = add_listing(session, location.id, **listing)
        return Shop(*ids, location.id, row.id)


def add_location(session: Session, name: str = "Harbour Café", **more: Any) -> Location:
    values = {"country": "US", "next_audit_at": NOW, "created_at": NOW, "language": "en"}
    location = Location(name=name, **(values | more))
    session.add(location)
    session.flush()
    return location


def add_listing(session: Session, location_id: int, **more: Any) -> Listing:
    values = {"source_key": "generic", "url": "https://example.com/cafe"}
    listing = Listing(location_id=location_id, added_at=NOW, next_check_at=NOW, **(values | more))
    session.add(listing)
    session.flush()
    return listing


def review(number: int = 1, text: str | None = "Lovely scones.", **more: Any) -> ReviewRecord:
    """A review of yesterday, five stars unless `stars` says otherwise."""
    stars = more.pop("stars", 5.0)
    reply = more.pop("reply", None)
    values: dict[str, Any] = {
        "external_id": f"r{number}",
        "author": f"Guest {number}",
        "rating": None if stars is None else Rating(stars, 5.0),
        "text": text,
        "published_at": NOW - timedelta(days=1, minutes=number),
        "precision": Precision.SECOND,
        "reply": ReplyRecord(reply) if reply else None,
    }
    return ReviewRecord(**(values | more))


def page(*reviews: ReviewRecord, **more: Any) -> Extract:
    """What a complete visit read: it shows owners' replies and states as many as it holds."""
    values: dict[str, Any] = {
        "source": "generic",
        "replies_visible": True,
        "expected_reviews": len(reviews),
    }
    return Extract(reviews=list(reviews), **(values | more))
