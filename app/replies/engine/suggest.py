"""A reply worth posting for one review: understand, plan, write, check, and write again where
the check finds something."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from random import Random

from app.replies.engine import manner, saved
from app.replies.engine.check import check
from app.replies.engine.check_facts import size
from app.replies.engine.choose import Used, grams
from app.replies.engine.material import gather
from app.replies.engine.phrasebook import Phrasebook, load, shared
from app.replies.engine.plan import plan, with_own
from app.replies.engine.types import (
    BusinessProfile,
    Kind,
    Mention,
    ReviewFacts,
    Suggestion,
    Understanding,
    Wording,
)
from app.replies.engine.understand import understand
from app.replies.engine.write import Sentence, Writer, measure

_DRAWS = 4  # times a reply is written anew when the checker or the queue objects
_DRAWS_ALTERNATIVE = 2
_PATIENCE = 1  # times it is written anew for what only should be better
_LIKENESS = 0.25  # a reply this like an earlier one is written anew, where another can be had
# Moves left out, in this order, where a platform takes only short replies.
_DISPENSABLE = ("close", "more", "care", "news", "thanks", "also", "step")
_NO_REPLY_TO_SPAM = (
    "This reads like an advertisement: better reported to the platform than answered."
)

_NOTHING_TO_ANSWER = "The review has neither stars nor words: there is nothing to answer."


def suggest(
    review: ReviewFacts, business: BusinessProfile, used: Used | None = None, alternatives: int = 1
) -> Suggestion:
    """The reply for one review, with so many `alternatives`.

    The same input gives the same output. `used` is the queue's memory: the reply avoids what is
    in it and is added to it.
    """
    what = understand(review, business)
    book = load(what.language, what.language in business.voice.informal)
    if reason := _reason_for_silence(what, review):
        return Suggestion(
            "", what.language, what.kind, what.mentions, no_reply=True,
            warnings=(*what.warnings, reason),
        )  # fmt: skip
    used = used if used is not None else Used()
    drafts = _Drafts(what, review, business, book, used)
    first = drafts.best(0)
    others = {first.reply: first}
    for number in range(1, alternatives + 1):
        draft = drafts.best(number)
        others.setdefault(draft.reply, draft)
    used.remember(first.body, first.phrases, book.in_words)
    return Suggestion(
        reply=first.reply,
        language=what.language,
        kind=what.kind,
        topics=what.mentions,
        escalate=what.escalate,
        why=first.why,
        warnings=what.warnings,
        alternatives=tuple(
            Wording(draft.reply, draft.why) for draft in others.values() if draft is not first
        ),
    )


def _reason_for_silence(what: Understanding, review: ReviewFacts) -> str | None:
    if what.kind is Kind.SPAM:
        return _NO_REPLY_TO_SPAM
    if what.kind is Kind.STARS_ONLY and review.rating is None:
        return _NOTHING_TO_ANSWER
    return None


class _Draft:
    """One written reply."""

    def __init__(
        self, greeting: str, sentences: list[Sentence], closing: str, book: Phrasebook
    ) -> None:
        self.sentences = sentences
        self.phrases = tuple(name for s in sentences for name in s.phrases)
        self.body = (" " if book.meta["sentence_space"] else "").join(s.text for s in sentences)
        self.reply = "\n\n".join(part for part in (greeting, self.body, closing) if part)

    @property
    def why(self) -> tuple[str, ...]:
        return tuple(map(_why, self.sentences))


class _Drafts:
    """Writes drafts for one review until one is free of objections."""

    def __init__(
        self, what: Understanding, review: ReviewFacts, business: BusinessProfile,
        book: Phrasebook, used: Used,
    ) -> None:  # fmt: skip
        self._what, self._review, self._business = what, review, business
        self._book, self._used = book, used
        self._manner = manner.of(business.examples, book.language) if business.examples else None
        self._material = gather(what, review, business, book, self._manner)
        name = self._material.values.get("name")
        self._saved = saved.fitting(what, business, book, used, name)

    def best(self, number: int) -> _Draft:
        """The least objectionable of a few; `number` tells alternatives apart."""
        draws = _DRAWS if number == 0 else _DRAWS_ALTERNATIVE
        best: tuple[tuple[int, bool, int, float], _Draft] | None = None
        for attempt in range(draws):
            draft = self._draw(Random(_seed(self._review, number, attempt)), number + attempt // 2)
            likeness = self._likeness(draft) if number == 0 else 0.0
            if likeness > _LIKENESS and best is not None and attempt < draws - 1:
                continue
            musts, shoulds = self._objections(draft)
            rank = (musts, likeness > _LIKENESS, shoulds, likeness)
            if best is None or rank < best[0]:
                best = (rank, draft)
            patient = number == 0 and attempt < _PATIENCE + bool(self._saved)
            if not any(rank[:3]) or (not patient and not any(rank[:2])):
                break
        assert best is not None
        return best[1]

    def _draw(self, rng: Random, turn: int) -> _Draft:
        """One draft; in its turn with a sentence of the owner's own, each twice."""
        voice = self._business.voice
        scheme = plan(self._what, self._review.rating, self._book, rng, voice, self._usual())
        own = self._saved[turn] if turn < len(self._saved) else None
        with_it = with_own(scheme, own.pool) if own else None
        writer = Writer(self._book, self._material, self._used, rng, own)
        scheme = with_it or scheme
        greeting = self._own_greeting() or writer.line("greeting.named", "greeting.plain")
        signature = self._business.signature or self._business.name
        closing = "\n".join(line for line in (self._sign_off(), signature) if line)
        around = measure(f"{greeting} {closing}", self._book)
        sentences = self._exclaimed(writer.write(scheme, around))
        draft = _Draft(greeting, sentences, closing, self._book)
        while self._too_long(draft) and (kept := _shortened(draft.sentences)):
            draft = _Draft(greeting, kept, closing, self._book)
        return draft

    def _too_long(self, draft: _Draft) -> bool:
        platform = shared()["platforms"].get(self._review.platform, {})
        return "limit" in platform and size(draft.reply, platform["unit"]) > platform["limit"]

    def _likeness(self, draft: _Draft) -> float:
        return self._used.likeness(grams(draft.body, self._book.in_words))

    @property
    def _at_home(self) -> bool:
        """Whether the reply is in the business's own language, that of its greeting."""
        return self._book.language == self._business.lang

    def _own_greeting(self) -> str | None:
        """The owner's own greeting, where it fits: one with {name} needs a name to greet."""
        own = self._business.voice.greeting if self._at_home else None
        own = own or (self._manner and self._manner.greeting)
        name = self._material.values.get("name")
        if not own or ("{name}" in own and not name):
            return None
        return own.replace("{name}", name or "")

    def _sign_off(self) -> str | None:
        own = self._business.voice.sign_off if self._at_home else None
        return own or (self._manner and self._manner.sign_off)

    def _usual(self) -> int | None:
        """How long the owner's own replies of this sort are."""
        if self._manner is None:
            return None
        praised = self._what.kind is Kind.PRAISE
        return self._manner.length_praise if praised else self._manner.length_trouble

    def _exclaimed(self, sentences: list[Sentence]) -> list[Sentence]:
        """With the exclamation mark at the end that the owner's thanks for praise have."""
        glad = self._what.kind is Kind.PRAISE and not (self._what.mourns or self._what.health)
        if not (glad and sentences and self._manner and self._manner.often_exclaims):
            return sentences
        last = sentences[-1]
        mark = "！" if last.text.endswith("。") else "!"
        return [*sentences[:-1], replace(last, text=last.text.rstrip(".。") + mark)]

    def _objections(self, draft: _Draft) -> tuple[int, int]:
        found = check(draft.reply, self._review, self._business, (), self._what).notes
        musts = sum(note.severity == "must" for note in found)
        return musts, len(found) - musts


def _shortened(sentences: list[Sentence]) -> list[Sentence]:
    """Without the sentence that is missed least; none where all are needed."""
    for move in _DISPENSABLE:
        for sentence in sentences:
            if sentence.pool.endswith(f".{move}"):
                return [other for other in sentences if other is not sentence]
    return []


def _seed(review: ReviewFacts, number: int, attempt: int) -> int:
    given = f"{review.id}|{review.author}|{review.rating}|{review.text}|{number}|{attempt}"
    return int.from_bytes(blake2b(given.encode("utf-8", "replace"), digest_size=8).digest())


def _words(mention: Mention) -> list[str]:
    told = [forms[0] for forms in mention.told]
    return told or [noun for noun, _ in mention.nouns] or [mention.topic]


def _why(sentence: Sentence) -> str:
    """One line that says where a sentence came from."""
    reason = shared()["why"].get(sentence.pool) or shared()["why"][sentence.pool.split(".")[0]]
    reason += f" “{sentence.source}”" if sentence.source else ""
    words = [word for m in sentence.named for word in _words(m)]
    source = f" ({', '.join(words)})" if words else ""
    start = sentence.text if len(sentence.text) <= 48 else sentence.text[:47] + "…"
    return f"“{start}” {reason}{source}"
