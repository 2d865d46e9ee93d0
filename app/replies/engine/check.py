"""The checker: what would be better changed before a reply is posted, with the words marked.

The rules are data: word lists in each language's `check.toml`, what each list means in
`shared.toml`. What needs more than words stands in `check_facts` and `check_claims`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.replies.engine import check_claims, check_facts
from app.replies.engine.choose import WINDOW, Used, grams
from app.replies.engine.matcher import Hit, fold
from app.replies.engine.phrasebook import Phrasebook, load, shared
from app.replies.engine.types import (
    BusinessProfile,
    CheckResult,
    Kind,
    Note,
    ReviewFacts,
    Understanding,
)  # fmt: skip
from app.replies.engine.understand import understand

_HAPPY = (Kind.PRAISE, Kind.STARS_ONLY, Kind.QUESTION)
_APOLOGY_DUE = (Kind.COMPLAINT, Kind.MIXED, Kind.ANGRY, Kind.SARCASM)
_MOST_APOLOGIES = {"ko": 2, "ja": 2}  # two are usual there, one elsewhere
_SAME = {"words": 0.30, "characters": 0.40}  # overlap at which readers notice a template
_MAX_NOTES = 60


@dataclass(frozen=True)
class Checked:
    """A reply with all that the rules look at."""

    reply: str
    review: ReviewFacts
    business: BusinessProfile
    what: Understanding
    book: Phrasebook

    @cached_property
    def folded(self) -> str:
        return fold(self.reply)

    @cached_property
    def hits(self) -> list[Hit[tuple[tuple[str, str], ...]]]:
        """Finds of the word lists: (rule, pattern) pairs for each place."""
        return self.book.check_matcher.find(self.folded)

    @cached_property
    def allowed(self) -> str:
        """What the profile itself says, folded: it may be repeated."""
        return fold(" ".join((self.business.signature, self.business.name, *self.business.facts)))

    @cached_property
    def saved(self) -> str:
        """What the owner's saved replies say, folded."""
        return fold(" ".join(reply.text for reply in self.business.saved))

    def note(self, rule: str, start: int = 0, end: int | None = None, try_: str | None = None,
             says: str | None = None) -> Note:  # fmt: skip
        told = shared()["rules"][rule]
        stop = len(self.reply) if end is None else end
        return Note(rule, told["severity"], (start, stop), says or told["says"], try_)


def check(
    reply: str, review: ReviewFacts, business: BusinessProfile,
    used: tuple[str, ...] | list[str] = (), what: Understanding | None = None,
) -> CheckResult:  # fmt: skip
    """All notes on a reply, in the order of the text.

    `used` are replies posted before; `what` spares reading the review again where it is known.
    """
    what = what or understand(review, business)
    given = Checked(reply, review, business, what, load(what.language))
    size = check_facts.size(reply, "bytes")
    platform = shared()["platforms"].get(review.platform, {})
    notes = [*_notes(given, platform, list(used))]
    notes.sort(key=lambda note: (note.span, note.severity))
    return CheckResult(tuple(notes[:_MAX_NOTES]), size, platform.get("limit"))


def _notes(given: Checked, platform: dict[str, Any], used: list[str]) -> Iterator[Note]:
    if not given.reply.strip():
        yield given.note("empty")
        return
    yield from _words(given)
    yield from _apologies(given)
    yield from _better(given)
    yield from check_facts.notes(given, platform)
    yield from check_claims.notes(given)
    yield from _sameness(given, used)


def _words(given: Checked) -> Iterator[Note]:
    """Finds of the word lists."""
    spared: dict[str, int] = {}
    for hit in given.hits:
        for rule, pattern in hit.payload:
            told = shared()["rules"].get(rule)
            if told is None or not _applies(told.get("when", "always"), given.what):
                continue
            word = given.folded[hit.start : hit.end]
            if told.get("allowed") and word in given.allowed:
                continue
            if told.get("saved") and word in given.saved:
                continue
            if rule == "ask_private" and check_facts.has_contact(given, hit.start):
                continue
            spared[rule] = spared.get(rule, 0) + 1
            if spared[rule] > told.get("spare", 0):
                found = given.note(rule, hit.start, hit.end, given.book.better_words.get(pattern))
                yield replace(found, instead=given.book.instead.get(pattern))


def _applies(when: str, what: Understanding) -> bool:
    if when == "praise":
        return what.kind is Kind.PRAISE
    if when == "trouble":  # a mixed review may be thanked for its good half
        return what.kind not in (*_HAPPY, Kind.MIXED)
    return when == "always" or (when == "health" and what.health)


def _apologies(given: Checked) -> Iterator[Note]:
    sentences: dict[int, tuple[int, int]] = {}
    for hit in given.hits:
        if any(rule == "apology" for rule, _ in hit.payload):
            sentences.setdefault(check_facts.sentence(given.reply, hit.start), (hit.start, hit.end))
    spans = list(sentences.values())
    if given.what.kind is Kind.PRAISE:
        for span in spans:
            yield given.note("apology_praise", *span)
    most = _MOST_APOLOGIES.get(given.what.language, 1)
    for span in spans[most:]:
        yield given.note("apology_twice", *span)
    if not spans and given.what.kind in _APOLOGY_DUE:
        yield given.note("apology_missing")


def _better(given: Checked) -> Iterator[Note]:
    taken: list[tuple[int, int]] = []
    for pattern, wording, says in given.book.better:
        for match in pattern.finditer(given.reply):
            start, end = match.span()
            if not any(start < other_end and other < end for other, other_end in taken):
                taken.append((start, end))
                yield given.note("better", start, end, match.expand(wording), says)


def _sameness(given: Checked, used: list[str]) -> Iterator[Note]:
    if not used:
        return
    memory = Used(tuple(used[-WINDOW:]))
    likeness = memory.likeness(grams(given.reply, given.book.in_words))
    if likeness > _SAME["words" if given.book.in_words else "characters"]:
        yield given.note("sameness")
