"""What became of replies: seen, rejected, vanished; reviews raised or lowered after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.insights.rules import Answer
from app.replies.models import Reply, ReplyState, ReplySuggestion
from app.reviews.models import Review, ReviewRevision
from app.ui import words

PERIOD = timedelta(days=365)
MOST_ROWS = 5000
POSTED = (
    ReplyState.ACCEPTED,
    ReplyState.VISIBLE,
    ReplyState.REJECTED,
    ReplyState.LOST,
    ReplyState.POSTED_BY_HAND,
)
# Shorter or longer by more than this share counts as shortened or lengthened.
NOTICEABLE = 0.15
WAYS = ("as suggested", "shortened", "lengthened", "reworded", "own words")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One posted reply: its state, what was suggested (None: nothing) with its kind and the reason
    of each sentence, the review's stars when it was answered and now, and the way it was written
    in where two are compared."""

    state: str
    posted: str
    suggested: str | None
    stars_then: float | None
    stars_now: float | None
    kind: str | None = None
    why: tuple[str, ...] = ()
    variant: str | None = None


def outcomes(session: Session, location_id: int | None, now: datetime) -> list[Outcome]:
    """The replies of the last year, the newest first."""
    statement = (
        select(Reply, Review)
        .join(Review, Review.id == Reply.review_id)
        .where(Reply.state.in_(POSTED), Reply.approved_at >= now - PERIOD)
        .order_by(Reply.id.desc())
        .limit(MOST_ROWS)
    )
    if location_id is not None:
        statement = statement.where(Review.location_id == location_id)
    rows = session.execute(statement).all()
    ids = [review.id for _, review in rows]
    suggested = _suggested(session, ids)
    earlier = _earlier_stars(session, ids)
    return [
        _outcome(reply, review, suggested.get(review.id), earlier.get(review.id, []))
        for reply, review in rows
    ]


def _outcome(
    reply: Reply,
    review: Review,
    suggested: ReplySuggestion | None,
    earlier: Sequence[tuple[datetime, float | None]],
) -> Outcome:
    return Outcome(
        reply.state,
        reply.text,
        suggested.text if suggested else None,
        _stars_at(reply.approved_at, earlier, review.stars),
        review.stars,
        suggested.kind if suggested else None,
        tuple(suggested.why) if suggested else (),
        reply.variant,
    )


def _suggested(session: Session, ids: Sequence[int]) -> dict[int, ReplySuggestion]:
    rows = session.scalars(
        select(ReplySuggestion)
        .where(ReplySuggestion.review_id.in_(ids), ReplySuggestion.rejected_at.is_(None))
        .order_by(ReplySuggestion.id)
    )
    return {row.review_id: row for row in rows}


def _earlier_stars(
    session: Session, ids: Sequence[int]
) -> dict[int, list[tuple[datetime, float | None]]]:
    found: dict[int, list[tuple[datetime, float | None]]] = {}
    rows = session.scalars(
        select(ReviewRevision)
        .where(ReviewRevision.review_id.in_(ids))
        .order_by(ReviewRevision.replaced_at)
    )
    for row in rows:
        found.setdefault(row.review_id, []).append((row.replaced_at, row.stars))
    return found


def _stars_at(
    moment: datetime, replaced: Sequence[tuple[datetime, float | None]], now: float | None
) -> float | None:
    return next((stars for until, stars in replaced if until > moment), now)


def way(outcome: Outcome) -> str:
    """How the posted text came from the suggested one: one of WAYS."""
    suggested, posted = outcome.suggested, outcome.posted
    if not suggested:
        return "own words"
    if suggested.split() == posted.split():
        return "as suggested"
    kept = set(suggested.split()) & set(posted.split())
    if len(kept) < 0.3 * len(set(suggested.split())):
        return "own words"
    change = len(posted) / len(suggested) - 1
    if abs(change) <= NOTICEABLE:
        return "reworded"
    return "shortened" if change < 0 else "lengthened"


def interval(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share, 0 to 1; honest where `whole` is small (E. B. Wilson,
    Journal of the American Statistical Association 22, 1927)."""
    if not whole:
        return 0.0, 1.0
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def became(found: Sequence[Outcome]) -> Answer:
    """What became of our replies?"""
    states = Counter(one.state for one in found)
    raised = sum(change(one) > 0 for one in found)
    lowered = sum(change(one) < 0 for one in found)
    if not found:
        says = "No reply was posted through Goodword yet."
    else:
        says = f"{states[ReplyState.VISIBLE]} of {words.count(len(found), 'reply', 'replies')} "
        says += "stand on their sites"
        for state, word in ((ReplyState.REJECTED, "rejected"), (ReplyState.LOST, "vanished")):
            says += f", {states[state]} {word}" if states[state] else ""
        says += f". Afterwards {words.count(raised, 'review')} went up and {lowered} down."
    return Answer(
        "What became of our replies?",
        says,
        [],
        ("Posted", "Replies", "Reviews raised", "Share raised, 19 times in 20"),
        [row for name in WAYS if (row := _row(name, found))],
    )


def _row(name: str, found: Sequence[Outcome]) -> tuple[str, int, int, str] | None:
    own = [one for one in found if way(one) == name]
    if not own:
        return None
    raised = sum(change(one) > 0 for one in own)
    low, high = interval(raised, len(own))
    return name, len(own), raised, f"{100 * low:.0f} to {100 * high:.0f} %"


def change(outcome: Outcome) -> float:
    """By how many stars the review went up (or down) after its reply."""
    return (outcome.stars_now or 0) - (outcome.stars_then or 0)
