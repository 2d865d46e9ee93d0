"""From rows to what the reply engine reads, and the checker's notes on a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.locations.models import Location, LocationFact
from app.replies.engine.types import BusinessProfile, Note, ReviewFacts
from app.reviews.models import Review


def review_facts(review: Review, source_key: str = "") -> ReviewFacts:
    """A review as the engine needs it: title and text are one."""
    said = "\n".join(part for part in (review.title, review.text) if part)
    return ReviewFacts(
        text=said,
        rating=review.stars or None,
        author=review.author or "",
        platform=source_key,
        language=review.language,
        id=str(review.id),
    )


def business_profile(location: Location, facts: Sequence[str] = ()) -> BusinessProfile:
    """What replies may say of a location: its profile and the facts its owner approved."""
    return BusinessProfile.from_mapping(
        {
            "name": location.name,
            "vertical": location.vertical,
            "city": location.locality,
            "lang": location.language,
            "phone": location.phone,
            "email": location.email,
            "website": location.website,
            "signature": location.signature,
            "facts": list(facts),
            "keywords": location.keywords,
            "voice": location.voice,
        }
    )


def valid_facts(session: Session, location_id: int, on: date) -> list[str]:
    """The approved facts of a location that may be said on that day."""
    statement = (
        select(LocationFact.text)
        .where(
            LocationFact.location_id == location_id,
            or_(LocationFact.valid_from.is_(None), LocationFact.valid_from <= on),
            or_(LocationFact.valid_until.is_(None), LocationFact.valid_until >= on),
        )
        .order_by(LocationFact.id)
    )
    return list(session.scalars(statement))


def notes(
    session: Session, review: Review, location: Location, source_key: str, text: str, clock: Clock
) -> Sequence[Note]:
    """What the checker finds in `text` as a reply to `review`."""
    from app.replies.engine.check import check  # loads its phrases: not at the start of the web

    facts = valid_facts(session, location.id, clock().date())
    business = business_profile(location, facts)
    return check(text, review_facts(review, source_key), business).notes
