"""Suggestions for open reviews, and what becomes of replies on their way to the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound, UserError
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import variants
from app.replies.engine.check import check
from app.replies.engine.choose import WINDOW, Used
from app.replies.engine.language import UNKNOWN, detect
from app.replies.engine.phrasebook import load
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, Note, ReviewFacts, Suggestion, Wording
from app.replies.models import Draft, Reply, ReplyState, ReplySuggestion
from app.replies.profiles import business_profile, review_facts, writing_profile
from app.replies.writers import Writer
from app.reviews import rules
from app.reviews.models import Answered, Review, Stand
from scrapers.types import ReplyRecord

# So many wordings are tried before we say that there is no further one.
MOST_ALTERNATIVES = 12
ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open review of one location that has no suggestion as it stands now. `variant` is the way
    an earlier suggestion was written in, which it keeps."""

    review_id: int
    digest: str
    facts: ReviewFacts
    read_at: datetime
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Reviews of one location that wait for words, with what the words may be made of. `compares`
    names two ways that are compared, `given` is how often each was given so far."""

    business: BusinessProfile
    waiting: list[Waiting]
    used: list[tuple[str, str | None]]  # texts said here before, with their languages
    compares: str = ""
    given: Counter[str] = field(default_factory=Counter)


IS_OPEN = Review.stand == literal_column("'open'")  # as the partial index says it
# Whether a suggestion answers its review as it stands now and says of its location what holds now.
FITS = and_(
    ReplySuggestion.of_digest == Review.digest,
    or_(
        Location.words_changed_at.is_(None),
        ReplySuggestion.made_at >= Location.words_changed_at,
    ),
)
_HAS_WORDS = (
    exists().where(ReplySuggestion.review_id == Review.id, FITS).correlate(Review, Location)
)


def locations_waiting(session: Session) -> list[int]:
    """The locations that have open reviews without a suggestion."""
    waiting = (
        select(Review.location_id)
        .join(Location, Location.id == Review.location_id)
        .where(IS_OPEN, ~_HAS_WORDS)
        .distinct()
    )
    return list(session.scalars(waiting))


def read_queue(session: Session, location_id: int, clock: Clock, limit: int = 200) -> Queue:
    """What `compose` needs, most urgent first."""
    location = session.get_one(Location, location_id)
    rows = session.execute(
        select(Review, Listing.source_key)
        .join(Listing, Listing.id == Review.listing_id)
        .join(Location, Location.id == Review.location_id)
        .where(IS_OPEN, Review.location_id == location_id, ~_HAS_WORDS)
        .order_by(Review.urgency.desc())
        .limit(limit)
    )
    now = clock()
    found = rows.all()
    kept = _variants(session, [row.id for row, _ in found])
    waiting = [
        Waiting(row.id, row.digest, review_facts(row, key), now, kept.get(row.id))
        for row, key in found
    ]
    return Queue(
        writing_profile(session, location, clock),
        waiting,
        _said(session, location_id),
        location.voice.get("compare") or "",
        _given(session, location_id),
    )


def _variants(session: Session, review_ids: Sequence[int]) -> dict[int, str]:
    """The way each review was last written for, where it had one."""
    statement = (
        select(ReplySuggestion.review_id, ReplySuggestion.variant)
        .where(ReplySuggestion.review_id.in_(review_ids), ReplySuggestion.variant.is_not(None))
        .order_by(ReplySuggestion.id)
    )
    return {review_id: variant for review_id, variant in session.execute(statement) if variant}


def _given(session: Session, location_id: int) -> Counter[str]:
    """To how many reviews of a location each way was given."""
    statement = (
        select(ReplySuggestion.variant, func.count(ReplySuggestion.review_id.distinct()))
        .join(Review, Review.id == ReplySuggestion.review_id)
        .where(Review.location_id == location_id, ReplySuggestion.variant.is_not(None))
        .group_by(ReplySuggestion.variant)
    )
    return Counter({variant: times for variant, times in session.execute(statement) if variant})


def compose(queue: Queue, write: Writer = suggest) -> list[tuple[Waiting, Suggestion]]:
    """Write for each of them, no two alike. No session is open, so no lock is held meanwhile."""
    used = _remembered(queue.used, queue.business)
    given = Counter(queue.given)
    composed = []
    for one in queue.waiting:
        key = queue.compares
        known = one.variant if key and (one.variant or "").startswith(f"{key}:") else None
        variant = known or variants.next_variant(key, given, one.review_id)
        suggestion = write(one.facts, variants.voiced(queue.business, variant), used, 0)
        if variant and variants.counts(suggestion):
            given[variant] += variant != known
            suggestion = replace(suggestion, variant=variant)
        composed.append((one, suggestion))
    return composed


def keep(session: Session, composed: Iterable[tuple[Waiting, Suggestion]]) -> int:
    """Store suggestions, except for reviews that were edited or closed meanwhile; how many."""
    composed = list(composed)
    ids = [one.review_id for one, _ in composed]
    reviews = {
        review.id: review
        for review in session.scalars(
            select(Review).where(Review.id.in_(ids), Review.stand == Stand.OPEN)
        )
    }
    ordinals = _next_ordinals(session, ids)
    kept = 0
    for one, suggestion in composed:
        review = reviews.get(one.review_id)
        if review is None or review.digest != one.digest:
            continue
        session.add(
            _row(review, suggestion, suggestion.wordings[0], ordinals[review.id], one.read_at)
        )
        _learn(review, suggestion)
        kept += 1
    session.flush()
    return kept


def notes(
    session: Session, review: Review, location: Location, source_key: str, text: str, clock: Clock
) -> Sequence[Note]:
    """What the checker finds in `text` as a reply to `review`, the last replies here in mind."""
    given = (
        select(Reply.text)
        .join(Review, Review.id == Reply.review_id)
        .where(
            Review.location_id == location.id,
            Reply.review_id != review.id,
            Reply.state != ReplyState.TAKEN_BACK,
        )
        .order_by(Reply.id.desc())
        .limit(WINDOW)
    )
    used = list(session.scalars(given))
    business = business_profile(session, location, clock)
    return check(text, review_facts(review, source_key), business, used).notes


def another(session: Session, review_id: int, clock: Clock) -> ReplySuggestion:
    """Another wording for one review; the present one is rejected and does not come back. Raises
    UserError once there is no further one."""
    review = session.scalar(select(Review).where(Review.id == review_id).with_for_update())
    if review is None:
        raise NotFound("This review is not here.")
    location = session.get_one(Location, review.location_id)
    source_key = session.get_one(Listing, review.listing_id).source_key
    earlier = session.scalars(
        select(ReplySuggestion).where(ReplySuggestion.review_id == review_id)
    ).all()
    shown = {row.text for row in earlier}
    business = writing_profile(session, location, clock)
    variant = _variants(session, [review_id]).get(review_id)
    written = suggest(
        review_facts(review, source_key),
        variants.voiced(business, variant),
        _remembered(_said(session, location.id), business),
        min(len(shown) + 1, MOST_ALTERNATIVES),
    )
    written = replace(written, variant=variant)
    fresh = (one for one in written.wordings if one.reply and one.reply not in shown)
    wording = next(fresh, None)
    if wording is None:
        raise UserError("There is no further wording. Take one of them and make it your own.")
    for row in earlier:
        row.rejected_at = row.rejected_at or clock()
    row = _row(review, written, wording, _next_ordinals(session, [review_id])[review_id], clock())
    session.add(row)
    session.flush()
    return row


def _row(
    review: Review, suggestion: Suggestion, wording: Wording, ordinal: int, now: datetime
) -> ReplySuggestion:
    given = suggestion.as_json()
    return ReplySuggestion(
        review_id=review.id,
        ordinal=ordinal,
        text=wording.reply,
        language=suggestion.language,
        kind=given["kind"],
        why=list(wording.why),
        topics=given["topics"],
        warnings=given["warnings"],
        escalate=suggestion.escalate,
        variant=suggestion.variant,
        of_digest=review.digest,
        made_at=now,
    )


def _learn(review: Review, suggestion: Suggestion) -> None:
    """What the engine understood and the review's first reading did not."""
    if review.language is None and review.text:
        told = detect(review.text)
        review.language = told if told != UNKNOWN else None
    if suggestion.escalate and review.urgent_because is None:
        review.urgent_because = str(suggestion.kind).replace("_", " ")
        review.urgency = rules.urgency(
            review.stars, True, review.urgent_because, review.due_at, review.first_seen_at
        )


def _next_ordinals(session: Session, review_ids: Sequence[int]) -> dict[int, int]:
    last = dict.fromkeys(review_ids, 0)
    found = select(ReplySuggestion.review_id, func.max(ReplySuggestion.ordinal) + 1).where(
        ReplySuggestion.review_id.in_(review_ids)
    )
    for review_id, ordinal in session.execute(found.group_by(ReplySuggestion.review_id)):
        last[review_id] = ordinal
    return last


def _said(session: Session, location_id: int) -> list[tuple[str, str | None]]:
    """The last texts offered or posted at a location, without greeting and signature."""
    offered = (
        select(ReplySuggestion.text, ReplySuggestion.language)
        .join(Review, Review.id == ReplySuggestion.review_id)
        .where(Review.location_id == location_id)
        .order_by(ReplySuggestion.id.desc())
        .limit(WINDOW)
    )
    said = [
        ("\n\n".join(text.split("\n\n")[1:-1]), lang) for text, lang in session.execute(offered)
    ]
    return said[::-1]


def _remembered(said: Iterable[tuple[str, str | None]], business: BusinessProfile) -> Used:
    """The memory of a queue: the owner's own replies, then what was offered here."""
    used = Used(tuple(example.text for example in reversed(business.examples)))
    for text, language in said:
        used.remember(text, (), load(language or "en").in_words)
    return used


def reconcile(session: Session, listing_ids: Sequence[int], clock: Clock) -> None:
    """Read our own replies back from what the sources show: accepted is not visible."""
    ours = (ReplyState.ACCEPTED, ReplyState.POSTED_BY_HAND, ReplyState.VISIBLE, ReplyState.LOST)
    rows = session.execute(
        select(Reply, Review.answered)
        .join(Review, Review.id == Reply.review_id)
        .where(Review.listing_id.in_(listing_ids), Reply.state.in_(ours))
    )
    for reply, answered in rows:
        if answered == Answered.YES and reply.state != ReplyState.VISIBLE:
            reply.state, reply.visible_at, reply.error = ReplyState.VISIBLE, clock(), None
        elif answered == Answered.NO and reply.state == ReplyState.VISIBLE:
            reply.state = ReplyState.LOST


def accepted(session: Session, reply: Reply, answer: ReplyRecord, clock: Clock) -> None:
    """The source took the reply; the next visit shows whether customers see it."""
    if answer.state == "rejected":
        reject(session, reply, answer.reason or "The source did not publish it.", clock)
        return
    reply.state = ReplyState.VISIBLE if answer.state == "visible" else ReplyState.ACCEPTED
    reply.accepted_at, reply.error, reply.claimed_until = clock(), None, None
    if reply.state == ReplyState.VISIBLE:
        reply.visible_at = clock()
    session.flush()


def postpone(session: Session, reply: Reply, says: str, at: datetime, clock: Clock) -> None:
    """The source could not be reached: try again at `at`, a few times."""
    reply.attempts += 1
    if reply.attempts >= ATTEMPTS:
        reject(session, reply, says, clock)
        return
    reply.error, reply.claimed_until = says, None
    reply.send_at = max(at, clock() + timedelta(minutes=1))
    session.flush()


def reject(session: Session, reply: Reply, says: str, clock: Clock) -> None:
    """It was not published: the review is open again, with the text as its draft."""
    reply.state, reply.error, reply.claimed_until = ReplyState.REJECTED, says, None
    review = session.get_one(Review, reply.review_id)
    if review.stand == Stand.ANSWERED and review.answered != Answered.YES:
        review.stand, review.closed_at, review.closed_by_id = Stand.OPEN, None, None
    draft = session.scalar(select(Draft).where(Draft.review_id == review.id))
    if draft is None:
        session.add(Draft(review_id=review.id, text=reply.text, saved_at=clock()))
    session.flush()
