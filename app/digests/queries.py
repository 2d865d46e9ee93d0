"""What a digest says: new reviews with their drafts, what waits longest, findings, the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from app.digests.models import DigestDelivery, DigestSubscription
from app.listings.models import Finding, Listing
from app.locations.models import Location
from app.replies.models import Draft, ReplySuggestion
from app.replies.service import FITS
from app.reviews.models import Answered, Review, Stand

NEW_SHOWN = 6
WAITING_SHOWN = 3
FINDINGS_SHOWN = 5
WEEK = timedelta(days=7)
# A few minutes each: what reading a review and posting a reply beside it takes.
MINUTES_A_REVIEW = 1.3

IS_OPEN = Review.stand == literal_column("'open'")  # as the partial index says it


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A review with the words that may answer it."""

    review: Review
    location: str
    listing: Listing
    words: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days in figures; None where there is nothing to count."""

    reviews: int
    stars: float | None
    answered_share: float | None
    answered_in: timedelta | None


@dataclass(frozen=True, slots=True)
class Says:
    """Everything in one digest. `waiting` counts the whole inbox."""

    new: list[WaitingReview]
    new_count: int
    longest: list[WaitingReview]
    overdue: int
    waiting: int
    findings: list[tuple[Finding, Listing, str]]
    findings_count: int
    attention: list[tuple[Listing, str]]
    locations: list[str]
    week: Week

    @property
    def anything(self) -> bool:
        """Whether it is worth a mail: something new, or something past the promise."""
        return bool(self.new_count or self.overdue or self.findings_count)

    @property
    def minutes(self) -> int:
        """About how long the inbox takes."""
        return max(1, round(self.waiting * MINUTES_A_REVIEW))

    def counts(self) -> dict[str, Any]:
        """For the list of mails."""
        return {"new": self.new_count, "overdue": self.overdue, "findings": self.findings_count}


def what(session: Session, since: datetime, until: datetime) -> Says:
    """What happened in the session's organization from `since` to `until`, and what waits then."""
    awake = IS_OPEN & (Review.snoozed_until.is_(None) | (Review.snoozed_until <= until))
    is_new = (Review.first_seen_at > since) & (Review.first_seen_at <= until)
    new = _reviews(session, awake & is_new, Review.urgency.desc(), NEW_SHOWN)
    shown = [one.review.id for one in new]
    late = awake & (Review.due_at < until)
    longest = _reviews(session, late & Review.id.not_in(shown), Review.due_at, WAITING_SHOWN)
    is_fresh = Finding.closed_at.is_(None) & (Finding.opened_at > since)
    fresh = session.execute(
        select(Finding, Listing, Location.name)
        .join(Listing, Listing.id == Finding.listing_id)
        .join(Location, Location.id == Finding.location_id)
        .where(is_fresh)
        .order_by(Finding.id)
        .limit(FINDINGS_SHOWN)
    )
    names = select(Location.name).where(Location.archived_at.is_(None)).order_by(Location.name)
    return Says(
        new=new,
        new_count=_count(session, Review, awake & is_new),
        longest=longest,
        overdue=_count(session, Review, late),
        waiting=_count(session, Review, awake),
        findings=[(finding, listing, name) for finding, listing, name in fresh],
        findings_count=_count(session, Finding, is_fresh),
        attention=_attention(session),
        locations=list(session.scalars(names.limit(20))),
        week=_week(session, until),
    )


def subscription_of(session: Session, user_id: int) -> DigestSubscription | None:
    """The person's subscription in the session's organization."""
    mine = select(DigestSubscription).where(DigestSubscription.user_id == user_id)
    return session.scalar(mine)


def deliveries(session: Session, subscription_id: int, limit: int = 10) -> list[DigestDelivery]:
    """What became of the last digests, the newest first."""
    last = select(DigestDelivery).where(DigestDelivery.subscription_id == subscription_id)
    return list(session.scalars(last.order_by(DigestDelivery.id.desc()).limit(limit)))


def _count(session: Session, model: Any, condition: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(condition)) or 0


def _reviews(session: Session, condition: Any, order: Any, limit: int) -> list[WaitingReview]:
    rows = session.execute(
        select(Review, Location.name, Listing)
        .join(Location, Location.id == Review.location_id)
        .join(Listing, Listing.id == Review.listing_id)
        .where(condition)
        .order_by(order, Review.id)
        .limit(limit)
    ).all()
    words = _words(session, [review for review, _, _ in rows])
    return [
        WaitingReview(review, name, listing, words.get(review.id)) for review, name, listing in rows
    ]


def _words(session: Session, reviews: Sequence[Review]) -> dict[int, str]:
    """The person's draft of each, else the suggestion that fits it as it stands now."""
    ids = [review.id for review in reviews]
    suggestions = session.scalars(
        select(ReplySuggestion)
        .join(Review, Review.id == ReplySuggestion.review_id)
        .join(Location, Location.id == Review.location_id)
        .where(ReplySuggestion.review_id.in_(ids), FITS, ReplySuggestion.rejected_at.is_(None))
        .order_by(ReplySuggestion.ordinal)
    )
    words = {row.review_id: row.text for row in suggestions}
    for draft in session.scalars(select(Draft).where(Draft.review_id.in_(ids))):
        words[draft.review_id] = draft.text
    return words


def _attention(session: Session) -> list[tuple[Listing, str]]:
    """Listings that only a person can bring back: a sign-in has run out."""
    rows = session.execute(
        select(Listing, Location.name)
        .join(Location, Location.id == Listing.location_id)
        .where(Listing.last_outcome == "login required", Listing.archived_at.is_(None))
        .limit(FINDINGS_SHOWN)
    )
    return [(listing, name) for listing, name in rows]


def _week(session: Session, until: datetime) -> Week:
    rows = session.execute(
        select(
            Review.stars,
            Review.published_at,
            Review.answered,
            Review.reply_published_at,
            Review.stand,
            Review.closed_at,
        ).where(
            Review.published_at > until - WEEK,
            Review.published_at <= until,
            Review.removed_at.is_(None),
            Review.copy_of_id.is_(None),  # shown on several sites, counted once
        )
    ).all()
    stars = [row.stars for row in rows if row.stars is not None]
    known = [row for row in rows if row.answered != Answered.CANNOT_SEE or _is_ours(row)]
    answered = [row for row in known if row.answered == Answered.YES or _is_ours(row)]
    spans = [
        (row.reply_published_at or row.closed_at) - row.published_at
        for row in answered
        if (row.reply_published_at or row.closed_at) is not None
    ]
    return Week(
        reviews=len(rows),
        stars=round(fmean(stars), 1) if stars else None,
        answered_share=len(answered) / len(known) if known else None,
        answered_in=median(spans) if spans else None,  # type: ignore[type-var]
    )


def _is_ours(row: Any) -> bool:
    return row.stand == Stand.ANSWERED
