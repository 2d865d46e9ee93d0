"""The list of all reviews: searched, filtered, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session

from app.listings.models import Listing
from app.locations.models import Location
from app.reviews.models import Review

PAGE = 50
# More words than this narrow nothing down further and each costs a pass over the text.
MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which reviews are wanted; None is no condition. Every word of `search` must stand in the
    author's name, the title, the text or the reply."""

    search: str = ""
    location_ids: Collection[int] | None = None
    source_key: str | None = None
    min_stars: float | None = None
    max_stars: float | None = None
    stand: str | None = None
    answered: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Reviews with the name of their place and their source.

    `next` is what to hand in as `after` for the page behind this one; None at the end.
    """

    rows: list[tuple[Review, str, str]]
    next: str | None


def page(
    session: Session, wanted: ReviewFilter, after: str | None = None, limit: int = PAGE
) -> ReviewPage:
    """Reviews from behind `after`: the dated ones newest first, then those without a date."""
    base = (
        _wanted(select(Review, Location.name, Listing.source_key), wanted)
        .join(Location, Location.id == Review.location_id)
        .join(Listing, Listing.id == Review.listing_id)
    )
    place = _place(after)
    rows: list[tuple[Review, str, str]] = []
    if place is None or place[0] is not None:
        dated = base.where(Review.published_at.is_not(None))
        if place is not None:
            dated = dated.where(tuple_(Review.published_at, Review.id) < tuple_(*place))
        dated = dated.order_by(Review.published_at.desc(), Review.id.desc()).limit(limit + 1)
        rows = [tuple(row) for row in session.execute(dated)]
    if len(rows) <= limit:
        undated = base.where(Review.published_at.is_(None))
        if place is not None and place[0] is None:
            undated = undated.where(Review.id < place[1])
        undated = undated.order_by(Review.id.desc()).limit(limit + 1 - len(rows))
        rows += [tuple(row) for row in session.execute(undated)]
    more = len(rows) > limit
    rows = rows[:limit]
    return ReviewPage(rows, _cursor(rows[-1][0]) if more else None)


def languages(session: Session) -> list[str]:
    """The languages that occur, for the filter."""
    found = select(Review.language).where(Review.language.is_not(None)).distinct()
    return sorted(language for language in session.scalars(found) if language)


def held(session: Session, listing_ids: Collection[int]) -> defaultdict[int, set[tuple[str, str]]]:
    """What we hold of each listing, as pairs of (source's id, or author and day; digest)."""
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    statement = select(Review.listing_id, Review.external_id, Review.identity, Review.digest).where(
        Review.listing_id.in_(listing_ids), Review.removed_at.is_(None)
    )
    for listing_id, external_id, identity, digest in session.execute(statement):
        found[listing_id].add((external_id or identity.rpartition("#")[0], digest))
    return found


def _wanted(statement: Select, wanted: ReviewFilter) -> Select:
    conditions = (
        (wanted.location_ids, lambda value: Review.location_id.in_(value)),
        (wanted.source_key, lambda value: Listing.source_key == value),
        (wanted.min_stars, lambda value: Review.stars >= value),
        (wanted.max_stars, lambda value: Review.stars <= value),
        (wanted.stand, lambda value: Review.stand == value),
        (wanted.answered, lambda value: Review.answered == value),
        (wanted.language, lambda value: Review.language == value),
        (wanted.since, lambda value: Review.published_at >= value),
        (wanted.until, lambda value: Review.published_at < value),
    )
    for value, condition in conditions:
        if value is not None:
            statement = statement.where(condition(value))
    searched = (Review.author, Review.title, Review.text, Review.reply_text)
    for word in wanted.search.split()[:MAX_WORDS]:
        statement = statement.where(
            or_(*(column.icontains(word, autoescape=True) for column in searched))
        )
    return statement


def _cursor(review: Review) -> str:
    day = review.published_at.isoformat() if review.published_at else ""
    return f"{day},{review.id}"


def _place(after: str | None) -> tuple[datetime | None, int] | None:
    """The cursor's two values; one that was tampered with begins at the top."""
    if not after:
        return None
    try:
        day, _, review_id = after.rpartition(",")
        when = datetime.fromisoformat(day) if day else None
        return (when, int(review_id)) if when is None or when.tzinfo else None
    except ValueError:
        return None
