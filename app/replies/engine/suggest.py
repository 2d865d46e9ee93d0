"""A reply worth posting for one review: understand, plan, write, check, and write again where
the check finds something."""

from __future__ import annotations

import re
from hashlib import blake2b
from random import Random

from app.replies.engine import facts
from app.replies.engine.check import check
from app.replies.engine.choose import Used, grams
from app.replies.engine.people import greeted_name
from app.replies.engine.phrasebook import Phrasebook, load, shared
from app.replies.engine.plan import plan
from app.replies.engine.types import (
    BusinessProfile,
    Kind,
    Mention,
    Polarity,
    ReviewFacts,
    Suggestion,
    Understanding,
)  # fmt: skip
from app.replies.engine.understand import trade, understand
from app.replies.engine.write import Material, Sentence, Writer, listed, measure

_DRAWS = 6  # times a reply is written anew when the checker or the queue objects
_DRAWS_ALTERNATIVE = 2
_PATIENCE = 1  # times it is written anew for what only should be better
_LIKENESS = 0.2  # a reply this like an earlier one is written anew, where another can be had
_NO_REPLY_TO_SPAM = (
    "This reads like an advertisement: better reported to the platform than answered."
)


def suggest(
    review: ReviewFacts, business: BusinessProfile, used: Used | None = None, alternatives: int = 1
) -> Suggestion:
    """The reply for one review, with so many `alternatives`.

    The same input gives the same output. `used` is the queue's memory: the reply avoids what is
    in it and is added to it.
    """
    what = understand(review, business)
    book = load(what.language)
    if what.kind is Kind.SPAM:
        return Suggestion(
            "", what.language, what.kind, what.mentions, no_reply=True,
            warnings=(*what.warnings, _NO_REPLY_TO_SPAM),
        )  # fmt: skip
    used = used if used is not None else Used()
    drafts = _Drafts(what, review, business, book, used)
    first = drafts.best(0)
    others = [drafts.best(number).reply for number in range(1, alternatives + 1)]
    used.remember(first.body, first.phrases, book.in_words)
    return Suggestion(
        reply=first.reply,
        language=what.language,
        kind=what.kind,
        topics=what.mentions,
        escalate=what.escalate,
        why=tuple(_why(sentence) for sentence in first.sentences),
        warnings=what.warnings,
        alternatives=tuple(dict.fromkeys(text for text in others if text != first.reply)),
    )


class _Draft:
    """One written reply."""

    def __init__(
        self, greeting: str, sentences: list[Sentence], closing: str, book: Phrasebook
    ) -> None:
        self.sentences = sentences
        self.phrases = tuple(name for s in sentences for name in s.phrases)
        self.body = (" " if book.meta["sentence_space"] else "").join(s.text for s in sentences)
        self.reply = "\n\n".join(part for part in (greeting, self.body, closing) if part)


class _Drafts:
    """Writes drafts for one review until one is free of objections."""

    def __init__(
        self, what: Understanding, review: ReviewFacts, business: BusinessProfile,
        book: Phrasebook, used: Used,
    ) -> None:  # fmt: skip
        self._what, self._review, self._business = what, review, business
        self._book, self._used = book, used
        self._material = material(what, review, business, book)

    def best(self, number: int) -> _Draft:
        """The least objectionable of a few; `number` tells alternatives apart."""
        best: tuple[tuple[int, bool, int, float], _Draft] | None = None
        for attempt in range(_DRAWS if number == 0 else _DRAWS_ALTERNATIVE):
            draft = self._draw(Random(_seed(self._review, number, attempt)))
            musts, shoulds, likeness = self._objections(draft)
            rank = (musts, likeness > _LIKENESS, shoulds, likeness)
            if best is None or rank < best[0]:
                best = (rank, draft)
            if not any(rank[:3]) or (attempt >= _PATIENCE and not any(rank[:2])):
                break
        assert best is not None
        return best[1]

    def _draw(self, rng: Random) -> _Draft:
        scheme = plan(self._what, self._review.rating, self._book, rng)
        writer = Writer(self._book, self._material, self._used, rng)
        greeting = writer.line("greeting.named", "greeting.plain")
        closing = self._business.signature or self._business.name
        around = measure(f"{greeting} {closing}", self._book)
        return _Draft(greeting, writer.write(scheme, around), closing, self._book)

    def _objections(self, draft: _Draft) -> tuple[int, int, float]:
        found = check(draft.reply, self._review, self._business, (), self._what).notes
        musts = sum(note.severity == "must" for note in found)
        runs = grams(draft.body, self._book.in_words)
        return musts, len(found) - musts, self._used.likeness(runs)


def material(
    what: Understanding, review: ReviewFacts, business: BusinessProfile, book: Phrasebook
) -> Material:
    """What the reply may be made of. Health trades greet nobody and name no one."""
    person = signing_person(business)
    known = frozenset(book.topics)
    values = {
        "name": None if what.health else greeted_name(review.author, book),
        "business": business.name,
        "city": business.city,
        "email": business.email,
        "phone": business.phone,
        "person": person,
        "staff": None if what.health else listed(list(what.praised_people), book),
        "fact": facts.answer(what, business, book),
    }
    return Material(
        complaints=tuple(m for m in what.complaints if m.topic in known),
        praises=tuple(m for m in what.praises if m.topic in known),
        care=_care(what),
        values={slot: value for slot, value in values.items() if value},
        first_person=person is not None,
        tone=business.voice.tone,
        trade=trade(business.vertical),
        avoid=tuple(word.casefold() for word in business.voice.avoid),
        use=tuple(word.casefold() for word in business.voice.use),
    )


def signing_person(business: BusinessProfile) -> str | None:
    """The person who signs, from "Maria Lopez, owner"; None where a team signs."""
    for part in re.split(r"[,、，|\n–—]|\s-\s", business.signature):
        words = part.replace(business.name, " ").strip(" -").split()
        lowered = {word.casefold() for word in words}
        if not words or len(words) > 3 or lowered & set(shared()["signatures"]["team"]):
            continue
        if words[0] in shared()["signatures"]["title_first"] and len(words) > 1:
            return f"{words[0]}の{''.join(words[1:])}"
        if ord(words[0][0]) > 0x2E7F or all(word[0].isupper() for word in words):
            return " ".join(words)
    return None


def _care(what: Understanding) -> tuple[Mention, ...]:
    topics = dict.fromkeys(m.topic for m in (*what.complaints, *what.praises))
    return tuple(Mention(topic, Polarity.NEUTRAL) for topic in topics)


def _seed(review: ReviewFacts, number: int, attempt: int) -> int:
    given = f"{review.id}|{review.author}|{review.rating}|{review.text}|{number}|{attempt}"
    return int.from_bytes(blake2b(given.encode("utf-8", "replace"), digest_size=8).digest())


def _why(sentence: Sentence) -> str:
    """One line that says where a sentence came from."""
    reason = shared()["why"].get(sentence.pool) or shared()["why"][sentence.pool.split(".")[0]]
    words = [word for m in sentence.named for word in ([n for n, _ in m.nouns] or [m.topic])]
    source = f" ({', '.join(words)})" if words else ""
    start = sentence.text if len(sentence.text) <= 48 else sentence.text[:47] + "…"
    return f"“{start}” {reason}{source}"
