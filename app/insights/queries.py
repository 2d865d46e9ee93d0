"""The figures behind the answers: counted in the database, a period at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from app.listings.models import Audit
from app.replies.models import ReplySuggestion
from app.reviews.models import Review, Stand

WEEKS = 12
MONTHS = 6
TOPICS_FROM = timedelta(days=180)
# Enough for a median and for topics; what lies further back changes neither.
MOST_ROWS = 2_000
MOST_TOPICS = 8
AUDITS = 12

# When a review was answered: by the source's own date, else when a person closed it here.
ANSWERED_AT = func.coalesce(Review.reply_published_at, Review.closed_at)
# A review that several sites show is counted once.
IS_ORIGINAL = Review.copy_of_id.is_(None)
# What a promise counts for: a review that somebody was to answer.
WANTS_ANSWER = IS_ORIGINAL & Review.stand.in_((Stand.OPEN, Stand.ANSWERED))


@dataclass(frozen=True, slots=True)
class Week:
    """Reviews whose promised time ended in the week that begins on `start`."""

    start: date
    in_time: int
    late: int
    waiting: int

    @property
    def total(self) -> int:
        return self.in_time + self.late + self.waiting


def weeks(session: Session, location_id: int | None, now: datetime) -> list[Week]:
    """The last weeks, the oldest first, in one pass."""
    first = now.replace(hour=0, minute=0, second=0, microsecond=0)
    first -= timedelta(days=now.weekday(), weeks=WEEKS - 1)
    starts = [first + timedelta(weeks=number) for number in range(WEEKS)]
    answered = Review.stand == Stand.ANSWERED
    columns: list[ColumnElement[int]] = []
    for start in starts:
        within = and_(Review.due_at >= start, Review.due_at < min(start + timedelta(weeks=1), now))
        for condition in (
            and_(within, answered, Review.due_at >= ANSWERED_AT),
            and_(within, answered, Review.due_at < ANSWERED_AT),
            and_(within, ~answered),
        ):
            columns.append(func.count(case((condition, 1))))
    statement = select(*columns).where(WANTS_ANSWER, Review.due_at >= first, Review.due_at < now)
    counts = session.execute(_at(statement, location_id)).one()
    return [
        Week(start.date(), *counts[3 * number : 3 * number + 3])
        for number, start in enumerate(starts)
    ]


def answer_time(session: Session, location_id: int | None, now: datetime) -> timedelta | None:
    """The median time from a review to its answer over the last weeks; None where there is none."""
    statement = (
        select(Review.published_at, ANSWERED_AT)
        .where(
            IS_ORIGINAL,
            Review.stand == Stand.ANSWERED,
            Review.published_at >= now - timedelta(weeks=WEEKS),
            Review.published_at <= ANSWERED_AT,
        )
        .order_by(Review.published_at.desc())
        .limit(MOST_ROWS)
    )
    taken = [after - before for before, after in session.execute(_at(statement, location_id))]
    return median(taken) if taken else None


@dataclass(frozen=True, slots=True)
class Month:
    """The ratings given in one month."""

    start: date
    count: int
    average: float | None


def months(session: Session, location_id: int | None, now: datetime) -> list[Month]:
    """The last months, the oldest first, in one pass."""
    bounds = _months_before(now)
    columns: list[ColumnElement] = []
    for start, end in pairwise(bounds):
        stars = case((and_(Review.published_at >= start, Review.published_at < end), Review.stars))
        columns += [func.count(stars), func.avg(stars)]
    statement = select(*columns).where(
        IS_ORIGINAL,
        Review.stars.is_not(None),
        Review.published_at >= bounds[0],
        Review.stand != Stand.REMOVED,
    )
    row = session.execute(_at(statement, location_id)).one()
    return [
        Month(start.date(), row[2 * number], row[2 * number + 1])
        for number, start in enumerate(bounds[:-1])
    ]


def _months_before(now: datetime) -> list[datetime]:
    """The beginnings of the last months and of the next one."""
    midnight = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    numbers = range(midnight.month - MONTHS, midnight.month + 1)
    return [
        midnight.replace(year=midnight.year + number // 12, month=number % 12 + 1)
        for number in numbers
    ]


@dataclass(frozen=True, slots=True)
class Topic:
    """How often reviews speak of something, and how."""

    name: str
    praised: int
    complained: int


def topics(session: Session, location_id: int | None, now: datetime) -> list[Topic]:
    """What the newest reviews speak of, the most named first; each review counts a topic once."""
    statement = (
        select(ReplySuggestion.review_id, ReplySuggestion.topics)
        .join(Review, Review.id == ReplySuggestion.review_id)
        .where(IS_ORIGINAL, Review.published_at >= now - TOPICS_FROM)
        .order_by(ReplySuggestion.id.desc())
        .limit(MOST_ROWS)
    )
    named = {
        (review_id, mention.get("topic"), mention.get("polarity"))
        for review_id, mentions in session.execute(_at(statement, location_id))
        for mention in mentions
    }
    praised = Counter(topic for _, topic, polarity in named if topic and polarity == "positive")
    blamed = Counter(topic for _, topic, polarity in named if topic and polarity == "negative")
    ranked = (praised + blamed).most_common(MOST_TOPICS)
    return [Topic(name, praised[name], blamed[name]) for name, _ in ranked]


def scores(session: Session, location_id: int) -> Sequence[Audit]:
    """The last audits of a location, the oldest first."""
    statement = (
        select(Audit)
        .where(Audit.location_id == location_id, Audit.score.is_not(None))
        .order_by(Audit.id.desc())
        .limit(AUDITS)
    )
    return session.scalars(statement).all()[::-1]


def _at(statement: Select, location_id: int | None) -> Select:
    return statement if location_id is None else statement.where(Review.location_id == location_id)
