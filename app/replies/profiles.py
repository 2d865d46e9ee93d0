"""From rows to what the reply engine reads."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.locations.models import Location, LocationFact
from app.replies.engine.types import BusinessProfile, ReviewFacts
from app.replies.models import SavedReply
from app.reviews.models import Review


def review_facts(review: Review, source_key: str) -> ReviewFacts:
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


def business_profile(session: Session, location: Location, clock: Clock) -> BusinessProfile:
    """What replies may say of a location today: its profile and the facts its owner approved."""
    today = clock().date()
    facts = session.scalars(
        select(LocationFact.text).where(
            LocationFact.location_id == location.id,
            func.coalesce(LocationFact.valid_from, today) <= today,
            func.coalesce(LocationFact.valid_until, today) >= today,
        )
    )
    kept = session.execute(
        select(SavedReply.title, SavedReply.text)
        .where(or_(SavedReply.location_id == location.id, SavedReply.location_id.is_(None)))
        .order_by(SavedReply.id)
    )
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
            "saved": [{"title": title, "text": text} for title, text in kept],
        }
    )
