"""The voice of a location: what its form says, how it sounds, and what was learned of its owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.listings.models import Listing
from app.locations.models import Location
from app.replies.engine import language, manner
from app.replies.engine.manner import Manner
from app.replies.engine.phrasebook import shared
from app.replies.engine.suggest import suggest
from app.replies.engine.types import FORMALITIES, LANGUAGES, ReviewFacts, Suggestion, Voice
from app.replies.profiles import examples, review_facts, writing_profile
from app.reviews.models import Review

LOOKED_THROUGH = 60  # reviews of a location among which one to show the voice by is looked for
_HAPPY, _UNHAPPY = 4, 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A review and what would be suggested for it. `own` is false where it is made up."""

    review: ReviewFacts
    suggestion: Suggestion
    own: bool


def as_voice(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says, as it is kept in `Location.voice`."""
    return {
        "tone": typed["tone"],
        "greeting": (typed["greeting"] or "").strip(),
        "sign_off": (typed["sign_off"] or "").strip(),
        "formality": {lang: typed[f"formality_{lang}"] for lang in FORMALITIES},
        "length": typed["length"],
        "compare": typed["compare"],
        "use": _words(typed["words_to_use"]),
        "avoid": _words(typed["words_to_avoid"]),
        "learn": bool(typed["learn"]),
    }


def as_typed(location: Location, manners: Mapping[str, Manner]) -> dict[str, Any]:
    """The inverse: what the form shows of a location. Where nothing was chosen between tú and
    usted yet, the owner's own replies have."""
    voice = location.voice
    familiar = {lang: "informal" for lang, one in manners.items() if one.is_familiar}
    formality = familiar | (voice.get("formality") or {})
    return {
        "signature": location.signature,
        "tone": voice.get("tone", "warm"),
        "greeting": voice.get("greeting", ""),
        "sign_off": voice.get("sign_off", ""),
        **{f"formality_{lang}": formality.get(lang, "formal") for lang in FORMALITIES},
        "length": voice.get("length", ""),
        "compare": voice.get("compare", ""),
        "words_to_use": ", ".join(voice.get("use", ())),
        "words_to_avoid": ", ".join(voice.get("avoid", ())),
        "learn": voice.get("learn", True),
        "shown_in": location.language,
    }


def show(
    session: Session,
    location: Location,
    voice: Mapping[str, Any],
    signature: str,
    lang: str,
    clock: Clock,
) -> list[Shown]:
    """How replies to a happy and an unhappy guest would sound with this voice, in one language."""
    business = replace(
        writing_profile(session, location, clock),
        voice=Voice.from_mapping(voice),
        signature=signature.strip(),
    )
    if not voice["learn"]:
        business = replace(business, examples=())
    return [
        Shown(review, suggest(review, business, None, 0), own)
        for review, own in _reviews(session, location.id, lang)
    ]


def learned(session: Session, location_id: int) -> dict[str, Manner]:
    """What the owner's own replies teach, by language."""
    found = examples(session, location_id)
    manners = {lang: manner.of(found, lang) for lang in LANGUAGES}
    return {lang: one for lang, one in manners.items() if one is not None}


def _reviews(session: Session, location_id: int, lang: str) -> list[tuple[ReviewFacts, bool]]:
    """A happy and an unhappy review of the location, or made-up ones."""
    rows = session.execute(
        select(Review, Listing.source_key)
        .join(Listing, Listing.id == Review.listing_id)
        .where(
            Review.location_id == location_id,
            Review.text.is_not(None),
            Review.removed_at.is_(None),
            Review.urgent_because.is_(None),
        )
        .order_by(Review.id.desc())
        .limit(LOOKED_THROUGH)
    )
    facts = [review_facts(review, key) for review, key in rows]
    facts = [one for one in facts if language.detect(one.text, hint=one.language) == lang]
    made_up = [
        ReviewFacts(text=text, rating=stars, author=author)
        for author, stars, text in shared()["samples"][lang]
    ]
    return [_one(facts, made_up[0], True), _one(facts, made_up[1], False)]


def _one(
    facts: Sequence[ReviewFacts], made_up: ReviewFacts, happy: bool
) -> tuple[ReviewFacts, bool]:
    for review in facts:
        stars = review.rating or 3
        if stars >= _HAPPY if happy else stars <= _UNHAPPY:
            return review, True
    return made_up, False


def _words(typed: str | None) -> list[str]:
    return [word.strip() for word in (typed or "").split(",") if word.strip()]
