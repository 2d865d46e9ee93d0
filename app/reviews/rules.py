"""What a review is, how urgent it is, and what a new look at it changes. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from app.reviews.alarms import alarm
from app.reviews.models import Answered, Stand
from scrapers.types import Precision, Rating, ReviewRecord

# On the first import of a listing, older reviews than this are not put before the owner.
SET_ASIDE_AFTER = timedelta(days=90)
# A review may be dated "today" in a time zone that is ahead of ours, not further.
FUTURE_ALLOWED = timedelta(hours=26)
COMPLETE_SCANS_TO_REMOVE = 2

PRAISE_STARS = 4.5

MAX_TEXT = 20_000
MAX_SHORT = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What we hold of a review that a visit may meet again."""

    id: int
    identity: str
    digest: str
    words: str | None
    external_id: str | None
    author: str | None
    answered: str
    reply_text: str | None
    stand: str
    stars: float | None
    last_seen_at: datetime
    missed_scans: int
    purged_at: datetime | None


def tidy(text: str | None, limit: int = MAX_TEXT) -> str | None:
    """Text that any database takes: without NUL and lone surrogates, trimmed and cut at `limit`;
    None where nothing is left."""
    if text is None:
        return None
    if not text.isascii() or "\0" in text:
        text = text.replace("\0", "").encode("utf-8", "replace").decode()
    return text[:limit].strip() or None


def stars(rating: Rating | None) -> float | None:
    """The rating on a scale to 5, two decimals; None where there is none or it is out of range.

    A page that does not name its best is read as schema.org says: the best is 5.
    """
    if rating is None or rating.value is None:
        return None
    best = rating.best or 5.0
    worst = rating.worst or 0.0
    if not worst <= rating.value <= best or rating.value < 0:
        return None
    return round(rating.value / best * 5, 2)


def digest(record: ReviewRecord) -> str:
    """Of rating, title and text, to tell an edit. White space and Unicode form do not count."""
    rating = record.rating
    value = (rating.value, rating.best) if rating else None
    content = f"{value}\x1f{record.recommends}\x1f{record.title}\x1f{record.text}"
    if not content.isascii():
        content = unicodedata.normalize("NFC", content)
    content = " ".join(content.split())
    return blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()


def author_key(author: str | None, published_at: datetime | None, precision: str | None) -> str:
    """Identity without a source's id, before its ordinal: the author and the day.

    The text is no part of it, so an edit stays one review. A relative date is none either: it
    moves with every visit.
    """
    name = " ".join((author or "").casefold().split())[:MAX_SHORT]
    if published_at is None or precision == Precision.RELATIVE:
        day = ""
    elif precision == Precision.MONTH:
        day = published_at.isoformat()[:7]
    else:
        day = published_at.isoformat()[:10]
    return f"by:{day}:{name}"


def answered(record: ReviewRecord, replies_visible: bool) -> Answered:
    """Whether the owner's reply stands on the source. Never guessed."""
    if record.reply is not None:
        return Answered.YES
    return Answered.NO if replies_visible else Answered.CANNOT_SEE


def plausible_date(published_at: datetime | None, now: datetime) -> datetime | None:
    """`published_at`, or None where it lies in the future."""
    if published_at is not None and published_at > now + FUTURE_ALLOWED:
        return None
    return published_at


_SPAN: dict[str | None, timedelta] = {
    Precision.DAY: timedelta(days=1),
    Precision.MONTH: timedelta(days=31),
}


def due_at(
    published_at: datetime | None, precision: str | None, first_seen_at: datetime, promise_h: int
) -> datetime:
    """When the promised reply time is over. It runs from the moment the review can have been read:
    a review dated by its day alone counts from that day's end, never later than when we saw it."""
    promise = timedelta(hours=promise_h)
    if published_at is None:
        return first_seen_at + promise
    if span := _SPAN.get(precision):
        published_at += span
    return min(published_at, first_seen_at) + promise


_EPOCH = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
# Head starts in hours. Safety and law come before everything, stars alone after everything.
_ALARM_H = 100_000.0
_STARS_ONLY_H = -100_000.0
_UNHAPPY_H = ((1.5, 48.0), (2.5, 40.0), (3.5, 16.0))
# What was already late by more than this when we first saw it does not get more urgent by age:
# else a first import would put three months of praise before this morning's complaint.
_LATE_H = 12.0
_OLDER_H = 0.001


def urgency(
    rating: float | None, has_text: bool, because: str | None, due: datetime, first_seen: datetime
) -> float:
    """Where a review stands in the queue: the higher, the sooner. It does not change with time, so
    an index serves it: it is the due time, read backwards in hours, plus a head start."""
    due_h = (due - _EPOCH).total_seconds() / 3600
    late_h = (first_seen - due).total_seconds() / 3600
    if late_h > _LATE_H:  # among these, the newer ones first
        due_h += (late_h - _LATE_H) * (1 + _OLDER_H)
    if because:
        return _ALARM_H - due_h
    head_start = 0.0
    if rating is not None:
        head_start = next((hours for upto, hours in _UNHAPPY_H if rating < upto), 0.0)
        if not has_text and not head_start:
            head_start = _STARS_ONLY_H
    return round(head_start - due_h, 4)


def first_stand(
    reply: Answered, published_at: datetime | None, now: datetime, first_import: bool
) -> Stand:
    """Where a review that we meet for the first time stands."""
    if reply is Answered.YES:
        return Stand.ANSWERED
    if first_import and published_at is not None and now - published_at > SET_ASIDE_AFTER:
        return Stand.SET_ASIDE
    return Stand.OPEN


def next_stand(
    known: Known,
    reply: Answered,
    new_reply: bool,
    edited: bool,
    new_stars: float | None,
    back: Stand,
) -> tuple[Stand, str | None]:
    """Where a review that we know stands after another look, and the reason if it reopens.

    `new_reply`: the owner's reply reads otherwise than before. `back` is where it would stand if it
    were new: what counts for one that had been removed.
    """
    stand = Stand(known.stand)
    fell = edited and known.stars is not None and new_stars is not None and new_stars < known.stars
    if stand is Stand.REMOVED:
        return back, None
    if stand is Stand.COPY:  # it waits again only when it comes apart from its original
        return (Stand.ANSWERED if reply is Answered.YES else stand), None
    if fell and stand is not Stand.OPEN:
        change = f"rating changed {known.stars:g} → {new_stars:g}"
        return Stand.OPEN, change + (" after your reply" if stand is Stand.ANSWERED else "")
    if reply is Answered.YES and (new_reply or known.answered != Answered.YES):
        return Stand.ANSWERED, None
    if stand is Stand.ANSWERED and known.answered == Answered.YES and reply is Answered.NO:
        return Stand.OPEN, "your reply is not shown any more"
    if stand is Stand.SET_ASIDE and edited:
        return Stand.OPEN, "edited"
    return stand, None


def why_urgent(record: ReviewRecord, rating: float | None) -> str | None:
    """ "safety", "legal" or "discrimination" where the words give cause. Praise with such a word in
    it ("not one cockroach!") is no alarm."""
    if not record.text or (rating is not None and rating >= PRAISE_STARS):
        return None
    return alarm(f"{record.title or ''} {record.text}")


def is_whole(complete: bool, seen: int, stated: int | None) -> bool:
    """Whether a scan is proof that a review which it did not meet is gone: it reached the end, and
    the source does not speak of more than it showed."""
    return complete and (stated is None or seen >= stated)


def emptied(complete: bool, seen: int, stated: int | None, held: int) -> bool:
    """A page that shows no review although it states some, or that held some and does not say that
    they are gone: its layout changed. That is never read as everybody having removed theirs."""
    return complete and seen == 0 and (bool(stated) or (held > 0 and stated is None))


def gone(known: Known) -> bool:
    """Whether missing it once more removes it."""
    return known.missed_scans + 1 >= COMPLETE_SCANS_TO_REMOVE


def out_of_range(records: Iterable[ReviewRecord]) -> int:
    """How many ratings lie outside of their own scale."""
    rated = (r.rating for r in records if r.rating is not None and r.rating.value is not None)
    return sum(stars(rating) is None for rating in rated)
