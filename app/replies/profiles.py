"""From rows to what the reply engine reads."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Date, Integer, bindparam, exists, func, null, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.locations.models import Location, LocationFact
from app.replies.engine import manner
from app.replies.engine.manner import MOST
from app.replies.engine.types import (
    FORMALITIES,
    BusinessProfile,
    Example,
    ReviewFacts,
    Voice,
)
from app.replies.models import Reply, ReplyState, ReplySuggestion, SavedReply
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


_HERE, _TODAY = bindparam("location_id", type_=Integer), bindparam("today", type_=Date)
# What an owner approved to be said: facts without a title, and saved replies.
_WORDS = union_all(
    select(null().label("title"), LocationFact.text, LocationFact.id).where(
        LocationFact.location_id == _HERE,
        func.coalesce(LocationFact.valid_from, _TODAY) <= _TODAY,
        func.coalesce(LocationFact.valid_until, _TODAY) >= _TODAY,
    ),
    select(SavedReply.title, SavedReply.text, SavedReply.id).where(
        or_(SavedReply.location_id == _HERE, SavedReply.location_id.is_(None))
    ),
)


def business_profile(session: Session, location: Location, clock: Clock) -> BusinessProfile:
    """What replies may say of a location today: its profile, the facts its owner approved, and the
    replies its owner keeps."""
    given = {"location_id": location.id, "today": clock().date()}
    rows = sorted(session.execute(_WORDS, given), key=lambda row: row.id)
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
            "facts": [text for title, text, _ in rows if title is None],
            "keywords": location.keywords,
            "voice": location.voice,
            "saved": [{"title": title, "text": text} for title, text, _ in rows if title],
        }
    )


def writing_profile(session: Session, location: Location, clock: Clock) -> BusinessProfile:
    """The same with the owner's own replies as examples, unless they asked not to learn from
    them: what a writer needs and a checker does not."""
    business = business_profile(session, location, clock)
    if not location.voice.get("learn", True):
        return business
    found = examples(session, location.id)
    return replace(business, examples=found, voice=_as_usual(business.voice, location, found))


def examples(session: Session, location_id: int) -> tuple[Example, ...]:
    """The replies a location's owner wrote themselves, the newest first: those that stand on its
    sources and did not go out through Goodword, and those that did in other words than suggested.
    """
    ours = exists().where(Reply.review_id == Review.id, Reply.state != ReplyState.TAKEN_BACK)
    on_sources = (
        select(Review.reply_text, Review.author)
        .where(Review.location_id == location_id, Review.reply_text.is_not(None), ~ours)
        .order_by(Review.reply_published_at.desc())
        .limit(MOST)
    )
    as_suggested = exists().where(
        ReplySuggestion.review_id == Reply.review_id, ReplySuggestion.text == Reply.text
    )
    typed = (
        select(Reply.text, Review.author)
        .join(Review, Review.id == Reply.review_id)
        .where(
            Review.location_id == location_id,
            Reply.state != ReplyState.TAKEN_BACK,
            ~as_suggested,
        )
        .order_by(Reply.id.desc())
        .limit(MOST)
    )
    rows = [*session.execute(typed), *session.execute(on_sources)]
    return tuple(Example(text, author or "") for text, author in rows if text)[:MOST]


def _as_usual(voice: Voice, location: Location, found: tuple[Example, ...]) -> Voice:
    """The voice with tú, du or tu where the owner's own replies say so and the voice says nothing
    of that language."""
    said = location.voice.get("formality") or {}
    manners = {lang: manner.of(found, lang) for lang in FORMALITIES if lang not in said}
    learned = {lang for lang, one in manners.items() if one and one.is_familiar}
    return replace(voice, informal=voice.informal | learned)
