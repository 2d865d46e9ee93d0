"""What the checker says of the text in the editor, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.ports import SourceInfo
from app.inbox.rules import length
from app.locations.models import Location
from app.replies.engine.answers import answered
from app.replies.engine.language import detect
from app.replies.engine.phrasebook import load, written_languages
from app.replies.engine.types import Note
from app.replies.engine.understand import trade
from app.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text, and the number of the note that marks it."""

    text: str
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The text in the editor as the checker sees it; `length` is in the unit of `limit`."""

    text: str
    notes: Sequence[Note]
    length: int
    limit: int | None
    unit: str
    ticks: Sequence[str] = ()
    said: Sequence[Stretch] = ()  # the review, its words that the text answers marked

    @property
    def too_long(self) -> bool:
        return self.limit is not None and self.length > self.limit

    @property
    def must(self) -> Note | None:
        """The first note that forbids publishing without a second thought."""
        return next((note for note in self.notes if note.severity == "must"), None)

    @property
    def stretches(self) -> list[Stretch]:
        """The text cut where notes begin and end; where they overlap, the first one marks."""
        spans = [note.span if self.marks(note) else (0, 0) for note in self.notes]
        return stretches(self.text, spans)

    def marks(self, note: Note) -> bool:
        """Whether a note is about some words; one about the reply as a whole marks none."""
        start, end = note.span
        return start < end and end - start < len(self.text)


def look(
    text: str, notes: Sequence[Note], source: SourceInfo, location: Location, review: Review
) -> Look:
    """`text` with what the checker found in it, beside what it answers of the review."""
    unit, limit = source.reply_limit_unit, source.reply_limit
    return Look(
        text, notes, length(text, unit), limit, unit, ticks(text, location), said(review, text)
    )


def said(review: Review, text: str) -> list[Stretch]:
    """The words of a review, those marked that `text` answers."""
    words = review.text or ""
    language = detect(words, hint=review.language)
    if not text.strip() or language not in written_languages():
        return [Stretch(words)]
    group = trade(review.location.vertical)
    return stretches(words, answered(words, text, load(language), group))


def ticks(text: str, location: Location) -> list[str]:
    """What the reply has that can be seen without judging it."""
    has = {
        "Your own number, in private": location.phone,
        "Your own address, in private": location.email,
        "Signed": location.signature,
    }
    return [says for says, what in has.items() if what and what in text]


def stretches(text: str, spans: Sequence[tuple[int, int]]) -> list[Stretch]:
    """`text` in pieces, those inside of `spans` marked with the span's number."""
    pieces, at = [], 0
    for number, (start, end) in sorted(enumerate(spans), key=lambda item: item[1]):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            pieces.append(Stretch(text[at:start]))
        pieces.append(Stretch(text[start:end], number))
        at = end
    if at < len(text):
        pieces.append(Stretch(text[at:]))
    return pieces


def use(text: str, note: Note) -> str:
    """`text` with what `note` offers to stand instead; where that is nothing, the sentence closes
    over the gap and still begins with a capital."""
    start, end = note.span
    before, after = text[:start], text[end:]
    if note.instead:
        return before + note.instead + after
    after = after.lstrip(" ,")
    if not before.strip() or before.rstrip().endswith((".", "!", "?", "\n")):
        after = after[:1].upper() + after[1:]
    elif not after[:1].isalnum():
        before = before.rstrip(" ")
    return before + after
