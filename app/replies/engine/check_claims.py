"""What a reply apologises for though the review says nothing of it.

Topics are compared by families: who waited for a delivery may be answered about its arrival, but
nobody who found the soup cold wants to read of the parking.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.replies.engine.check_facts import sentence
from app.replies.engine.matcher import fold
from app.replies.engine.types import Kind, Note, Polarity
from app.replies.engine.understand import MAX_CHARS, trade

if TYPE_CHECKING:
    from app.replies.engine.check import Checked

_KINDS = (Kind.COMPLAINT, Kind.MIXED, Kind.ANGRY, Kind.SARCASM)
# Topics that reviews and replies do not keep apart.
_FAMILIES = (
    {"wait", "late", "delivery", "checkin", "booking", "order", "hours", "communication"},
    {"staff", "service", "advice", "communication", "booking", "family", "pets", "lesson"},
    {"food", "temperature", "drink", "portion", "menu", "breakfast", "order", "delivery"},
    {"clean", "smell", "bathroom", "room", "bed", "facilities", "food"},
    {"room", "bed", "facilities", "climate", "noise", "wifi", "view", "breakfast"},
    {"price", "billing", "portion", "product"},
    {"repair", "damage", "job", "product", "laundry", "photo", "clean", "delivery", "bathroom"},
    {"haircut", "colour", "treatment", "pain"},
    {"atmosphere", "seating", "noise", "view", "climate", "smell", "location"},
    {"location", "parking"},
    {"climate", "temperature"},
)
_TOO_WIDE = frozenset({"service", "advice", "other"})  # said of anything


def notes(given: Checked) -> Iterator[Note]:
    """One note for each topic that an apology names and the review does not."""
    if given.what.kind not in _KINDS:
        return
    sorry = {
        sentence(given.reply, hit.start)
        for hit in given.hits
        if any(rule == "apology" for rule, _ in hit.payload)
    }
    said = {mention.topic for mention in given.what.mentions}
    doubted = [find for find in _blamed(given) if not find[2] & _akin(said)] if sorry else []
    if not doubted:
        return
    said |= _topics(given, fold(given.review.text[:MAX_CHARS]))
    if not said:
        return  # a review that was not understood cannot speak against a reply
    told: set[str] = set()
    for start, end, topics in doubted:
        if not topics & (_akin(said) | told) and sentence(given.reply, start) in sorry:
            told |= topics
            yield given.note("unsaid", start, end)


def _akin(topics: set[str]) -> set[str]:
    """Topics with all that belong to their families."""
    return topics.union(*(family for family in _FAMILIES if family & topics))


def _topics(given: Checked, folded: str) -> set[str]:
    hits = given.book.topic_matcher.find(folded)
    return {sense.topic for hit in hits for sense in hit.payload}


def _blamed(given: Checked) -> Iterator[tuple[int, int, set[str]]]:
    """Where the reply names topics, but for words of praise and mere things."""
    group = trade(given.business.vertical)
    for hit in given.book.topic_matcher.find(given.folded):
        topics = {
            sense.topic
            for sense in hit.payload
            if sense.polarity is not Polarity.POSITIVE
            and not sense.noun
            and given.book.topics[sense.topic].of(group)
        }
        if topics and not topics & _TOO_WIDE:
            yield hit.start, hit.end, topics
