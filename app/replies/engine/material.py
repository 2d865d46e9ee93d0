"""What a reply may be made of: the review's topics and names, the profile's values, the voice."""

from __future__ import annotations

import re

from app.replies.engine import facts
from app.replies.engine.manner import Manner
from app.replies.engine.matcher import fold
from app.replies.engine.people import greeted_name
from app.replies.engine.phrasebook import Phrasebook, shared
from app.replies.engine.types import (
    BusinessProfile,
    Kind,
    Mention,
    Polarity,
    ReviewFacts,
    Understanding,
)
from app.replies.engine.understand import MAX_CHARS, trade
from app.replies.engine.write import Material, listed, stems

_PARTS = re.compile(r"[,、，|\n–—]|\s-\s")
_CJK = 0x2E7F  # characters beyond are written without capitals
_MOST_WORDS = 3  # of a person's name in a signature


def gather(
    what: Understanding, review: ReviewFacts, business: BusinessProfile, book: Phrasebook,
    manner: Manner | None = None,
) -> Material:  # fmt: skip
    """The material of one reply. Health trades greet nobody; an owner who never says "I" in their
    own replies does not here."""
    person = signing_person(business)
    values = {
        "name": None if what.health else greeted_name(review.author, book),
        "business": business.name,
        "city": business.city,
        "email": business.email,
        "phone": business.phone,
        "person": person,
        "staff": listed(list(what.praised_people), book),
        "fact": facts.answer(what, business, book),
        "family": _family(what, review, book),
        "news": facts.news(what, business, book),
    }
    complaints = what.complaints
    if what.kind is Kind.REFUND:  # the money is what it is about
        complaints = tuple(sorted(complaints, key=lambda mention: mention.topic != "billing"))
    return Material(
        complaints=complaints,
        praises=what.praises,
        care=_care(what),
        values={slot: value for slot, value in values.items() if value},
        first_person=person is not None and not (manner and manner.seldom_says_i),
        tone=business.voice.tone,
        trade=trade(business.vertical),
        respelt=book.respells(business.phone),
        own=stems(review.text[:MAX_CHARS]),
        avoid=tuple(word.casefold() for word in business.voice.avoid),
        use=tuple(word.casefold() for word in business.voice.use),
        turns=manner.turns if manner else frozenset(),
    )


def signing_person(business: BusinessProfile) -> str | None:
    """The person who signs, from "Maria Lopez, owner"; None where a team signs."""
    known = shared()["signatures"]
    for part in _PARTS.split(business.signature):
        words = part.replace(business.name or "\0", " ").strip(" -").split()
        lowered = {word.casefold() for word in words}
        if not words or len(words) > _MOST_WORDS or lowered & set(known["team"]):
            continue
        if words[0] in known["title_first"] and len(words) > 1:
            return f"{words[0]}の{''.join(words[1:])}"
        if ord(words[0][0]) > _CJK or all(word[0].isupper() for word in words):
            return " ".join(words)
    return None


def _family(what: Understanding, review: ReviewFacts, book: Phrasebook) -> str | None:
    """The children a happy review tells of, as the reply greets them: "your daughter"."""
    known = book.meta.get("family")
    if known is None or what.kind is not Kind.PRAISE:
        return None
    found = re.search(known["pattern"], fold(review.text[:MAX_CHARS]))
    if not found:
        return None
    says, who = known["says"], found.group(1)
    return says.get(who) if isinstance(says, dict) else says + who


def _care(what: Understanding) -> tuple[Mention, ...]:
    topics = dict.fromkeys(m.topic for m in what.complaints or what.praises)
    return tuple(Mention(topic, Polarity.NEUTRAL) for topic in topics)
