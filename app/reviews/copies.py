"""Which reviews of one place are the same review, shown on several sites. Pure.

Sites show reviews that were written elsewhere: a booking site those of Google, a brand's site those
of its shops. Each stays a row of its own; all but one are linked to the original, where it is
answered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from app.reviews.models import Answered, Stand
from app.reviews.rules import SET_ASIDE_AFTER
from scrapers.types import Precision

# Words that two people write alike ("Great food, great service!") prove nothing. A letter of a
# script that writes syllables or words with one sign counts for two.
ENOUGH_LETTERS = 40
_SHORT = "~"
# As many as this with the same words are a site's own boilerplate, not copies of a review.
MOST_COPIES = 50
# What sites round differently: halves of a star, and scales of ten brought to five.
STARS_APART = 0.5
# A day in two time zones, and the night in which the copy was made.
DAYS_APART = timedelta(days=2)
MONTH = timedelta(days=31)

_NOT_WORDS = re.compile(r"[\W_]+")
_NOT_WORDS_IN_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOBODY = re.compile(
    r"^(?:an? )?(?:anonymous|anonym|anonyme|anónimo|google user|verified (?:customer|buyer|guest)"
    r"|customer|guest|user|somebody|someone|member|tripadvisor member|匿名)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of one review that may be, or have, a copy. `answers_shown`: its site shows
    owners' replies, so it is a place to answer."""

    id: int
    listing_id: int
    source_key: str
    answers_shown: bool
    words: str | None
    author: str | None
    stars: float | None
    recommends: bool | None
    published_at: datetime | None
    precision: str | None
    first_seen_at: datetime
    edited_at: datetime | None
    syndicated_from: str | None
    stand: str
    answered: str
    copy_of_id: int | None


def words_key(text: str | None) -> str | None:
    """A digest of the letters and digits of `text`, the same however it is set, cased or spaced;
    None where there are none. That of a short text begins with "~": it takes more to join it."""
    if not text:
        return None
    if text.isascii():  # nearly all are, and bytes are ten times as fast as an expression
        letters = text.lower().encode().translate(None, _NOT_WORDS_IN_ASCII)
        weight = len(letters)
    else:
        folded = _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())
        letters = folded.encode("utf-8", "replace")
        weight = len(folded) + len(_SYLLABLES.findall(folded))
    if not letters:
        return None
    digest = blake2b(letters, digest_size=16).hexdigest()
    return digest if weight >= ENOUGH_LETTERS else _SHORT + digest


def originals(shown: Sequence[Shown]) -> dict[int, int | None]:
    """For each of some reviews of one place with the same words: the id of the review that it is a
    copy of, or None.

    The original is the one that another names as its origin, else the one that is held for it
    already, else one on a site that shows owners' replies, else the one published first.
    """
    answer: dict[int, int | None] = dict.fromkeys((one.id for one in shown), None)
    alive = [one for one in shown if one.stand != Stand.REMOVED]
    if not 1 < len(alive) <= MOST_COPIES:
        return answer
    held = {one.copy_of_id for one in alive}
    first: list[Shown] = []
    for one in sorted(alive, key=lambda one: _order(one, alive, held)):
        found = next((other for other in first if _same(one, other)), None)
        if found is None:
            first.append(one)
        else:
            answer[one.id] = found.id
    return answer


def back_to(one: Shown) -> Stand:
    """Where a copy stands once it is a review of its own again: an old one that says nothing new
    does not come before the owner."""
    if one.answered == Answered.YES:
        return Stand.ANSWERED
    published = one.published_at or one.first_seen_at
    old = one.first_seen_at - published > SET_ASIDE_AFTER
    return Stand.SET_ASIDE if old and one.edited_at is None else Stand.OPEN


def is_origin(said: str | None, source_key: str) -> bool:
    """Whether the origin that a page names ("Booking.com") is the source of that key."""
    brand = _NOT_WORDS.sub("", (said or "").casefold().partition(".")[0])
    return bool(brand) and source_key.replace("_", "").startswith(brand)


def _order(one: Shown, all_of_them: Iterable[Shown], held: set[int | None]) -> tuple:
    stated = any(is_origin(one.syndicated_from, other.source_key) for other in all_of_them)
    at = one.published_at if one.precision in (Precision.SECOND, Precision.DAY) else None
    return (stated, one.id not in held, not one.answers_shown, at or one.first_seen_at, one.id)


def _same(one: Shown, other: Shown) -> bool:
    stated = is_origin(one.syndicated_from, other.source_key)
    return (
        one.listing_id != other.listing_id
        and one.words is not None
        and one.words == other.words
        and (stated or not one.words.startswith(_SHORT))
        and rated_alike(one, other)
        and near(one, other)
        and may_be_one_person(one.author, other.author)
    )


def rated_alike(one: Shown, other: Shown) -> bool:
    """Whether two ratings can be the same one. A site that shows none contradicts nothing."""
    if one.stars is not None and other.stars is not None:
        return abs(one.stars - other.stars) <= STARS_APART
    if one.recommends is not None and other.recommends is not None:
        return one.recommends == other.recommends
    return True


def near(one: Shown, other: Shown) -> bool:
    """Whether two dates can be the same one, each as exactly as it was given."""
    if one.published_at is None or other.published_at is None:
        return True
    apart = abs(one.published_at - other.published_at)
    return apart <= DAYS_APART + _leeway(one) + _leeway(other)


def _leeway(one: Shown) -> timedelta:
    if one.precision == Precision.MONTH:
        return MONTH
    if one.precision == Precision.RELATIVE and one.published_at is not None:
        # "A year ago" is said for nearly two.
        return max(one.first_seen_at - one.published_at, timedelta()) + timedelta(days=7)
    return timedelta()


def may_be_one_person(one: str | None, other: str | None) -> bool:
    """Whether two sites can mean one person: "Anna Keller" is "ANNA K." and "Keller, Anna"; a site
    that names nobody contradicts nothing."""
    if _unnamed(one) or _unnamed(other):
        return True
    names, others = sorted((_names(one), _names(other)), key=len)
    if sorted(names) == sorted(others) or "".join(names) == "".join(others):
        return True
    if len(names) > 1 and set(names) <= set(others):
        return True
    pairs = list(zip(names, others, strict=False))
    return (
        len(others) - len(names) <= 1
        and all(map(_is_initial_of, names, others))
        and any(a == b for a, b in pairs)
    )


def _is_initial_of(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _unnamed(author: str | None) -> bool:
    return not author or not author.strip() or _NOBODY.search(author.strip()) is not None


def _names(author: str | None) -> list[str]:
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", author or "").casefold()).split()
