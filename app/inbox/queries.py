"""What the inbox shows: the queue of open reviews, its counts, and everything on one card."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFound
from app.listings.models import Listing
from app.locations.models import Location
from app.replies.models import Draft, Reply, ReplyState, ReplySuggestion
from app.replies.service import FITS
from app.reviews.models import Answered, Review, ReviewRevision
from app.sources.models import SourceAccount

PAGE = 50
EXCERPT_CHARS = 240
EARLIER = 5

# The partial indexes serve a query only if it names their condition word for word.
IS_OPEN: ColumnElement[bool] = Review.stand == literal_column("'open'")


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which open reviews are wanted; None is no condition."""

    location_ids: Collection[int] | None = None
    source_key: str | None = None
    max_stars: float | None = None
    assigned_to_id: int | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One review in the list. `excerpt` holds the first words, "" for stars alone."""

    id: int
    author: str | None
    stars: float | None
    recommends: bool | None
    excerpt: str
    language: str | None
    source_key: str
    listing_url: str
    location_id: int
    location: str
    published_at: datetime | None
    precision: str | None
    due_at: datetime
    urgent_because: str | None
    answered: str  # Answered
    edited_at: datetime | None
    assigned_to_id: int | None
    urgency: float


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`next` is what to hand in as `after` for the page behind this one; None at the end."""

    rows: list[QueueRow]
    next: str | None


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """`waiting` is the number beside the word Inbox. `unsure` of them may have been answered:
    their source does not show owners' replies. `position` is the place of one review among those
    waiting, from 1; None if it is not one of them."""

    waiting: int
    overdue: int
    unsure: int
    snoozed: int
    position: int | None = None


_ROW = (
    Review.id,
    Review.author,
    Review.stars,
    Review.recommends,
    func.coalesce(func.substr(Review.text, 1, EXCERPT_CHARS), Review.title, "").label("excerpt"),
    Review.language,
    Listing.source_key,
    Listing.url,
    Review.location_id,
    Location.name.label("location"),
    Review.published_at,
    Review.precision,
    Review.due_at,
    Review.urgent_because,
    Review.answered,
    Review.edited_at,
    Review.assigned_to_id,
    Review.urgency,
)

# Statements are put together once: that takes longer than asking them.
_QUEUE = (
    select(*_ROW)
    # Outer joins, though both rows always exist: SQLite then cannot begin with the locations and
    # sort every open review, and reads the queue's index from the place it has reached.
    .outerjoin(Location, Location.id == Review.location_id)
    .outerjoin(Listing, Listing.id == Review.listing_id)
    .where(IS_OPEN)
)


def queue(
    session: Session,
    wanted: InboxFilter,
    now: datetime,
    after: str | None = None,
    limit: int = PAGE,
) -> QueuePage:
    """Open reviews that are not snoozed, most urgent first, from behind `after`."""
    statement = (
        _wanted(_QUEUE, wanted)
        .where(_awake(now))
        .order_by(Review.urgency.desc(), Review.id.desc())
        .limit(limit + 1)
    )
    place = _place(after)
    if place is not None:
        statement = statement.where(*_behind(*place))
    rows = [QueueRow(*row) for row in session.execute(statement)]
    more = len(rows) > limit
    rows = rows[:limit]
    return QueuePage(rows, place_of(rows[-1]) if more else None)


def behind(wanted: InboxFilter, review: Review, now: datetime) -> Select:
    """The id of the review that comes after this one in the queue."""
    return (
        _wanted(select(Review.id), wanted)
        .where(IS_OPEN, _awake(now), *_behind(review.urgency, review.id))
        .order_by(Review.urgency.desc(), Review.id.desc())
        .limit(1)
    )


def _behind(urgency: float, review_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    # The first condition is implied by the second; SQLite seeks in the index by it alone.
    here = tuple_(literal(urgency), literal(review_id))
    return Review.urgency <= urgency, tuple_(Review.urgency, Review.id) < here


def place_of(review: Review | QueueRow) -> str:
    """Where a review stands in the queue: what `queue` takes as `after`."""
    return f"{review.urgency!r},{review.id}"


def counts(session: Session, wanted: InboxFilter, now: datetime) -> InboxCounts:
    """How many wait for an answer, in one pass over the open ones."""
    return InboxCounts(*session.execute(counting(wanted, now)).one())


def waiting(session: Session, now: datetime) -> int:
    """The number beside the word Inbox."""
    return session.scalar(select(func.count()).select_from(Review).where(IS_OPEN, _awake(now))) or 0


def counting(wanted: InboxFilter, now: datetime, of: Review | None = None) -> Select:
    """The fields of InboxCounts in their order, in one pass over the open reviews; `position` is
    that of the review `of`."""
    awake = _awake(now)

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((condition, 1)))

    position: ColumnElement = null()
    if of is not None:
        here = tuple_(Review.urgency, Review.id) >= tuple_(literal(of.urgency), literal(of.id))
        waits = number(awake & (Review.id == of.id))
        position = case((waits > 0, number(awake & here)))
    statement = select(
        number(awake),
        number(awake & (Review.due_at < now)),
        number(awake & (Review.answered == Answered.CANNOT_SEE)),
        number(Review.snoozed_until > now),
        position,
    )
    return _wanted(statement.where(IS_OPEN), wanted)


def _wanted(statement: Select, wanted: InboxFilter) -> Select:
    if wanted.location_ids is not None:
        statement = statement.where(Review.location_id.in_(wanted.location_ids))
    if wanted.source_key is not None:
        of_source = select(Listing.id).where(Listing.source_key == wanted.source_key)
        statement = statement.where(Review.listing_id.in_(of_source))
    if wanted.max_stars is not None:
        statement = statement.where(Review.stars <= wanted.max_stars)
    if wanted.assigned_to_id is not None:
        statement = statement.where(Review.assigned_to_id == wanted.assigned_to_id)
    return statement


def _awake(now: datetime) -> ColumnElement[bool]:
    return or_(Review.snoozed_until.is_(None), Review.snoozed_until <= now)


def _place(after: str | None) -> tuple[float, int] | None:
    """The cursor's two values; one that was tampered with begins at the top."""
    try:
        urgency, _, review_id = (after or "").partition(",")
        return float(urgency), int(review_id)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class EarlierReview:
    """Another review of this place by somebody of the same name."""

    id: int
    stars: float | None
    excerpt: str
    published_at: datetime | None
    source_key: str
    answered: str
    replied_at: datetime | None

    @property
    def answered_in(self) -> timedelta | None:
        """How long the reply took, where both times are known."""
        if self.replied_at is None or self.published_at is None:
            return None
        return self.replied_at - self.published_at


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same review on another site; `is_original`: it is answered there, not here."""

    id: int
    is_original: bool
    source_key: str
    listing_url: str
    url: str | None
    answered: str
    reply_text: str | None
    stand: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything beside one review.

    `suggestion` is the latest, if it was not rejected and fits the review as it stands now;
    `reply` is the newest reply given through Goodword, if any, whatever became of it; `account` is
    our access to the review's source; `elsewhere` is this same review on other sites, the original
    first.
    """

    review: Review
    location: Location
    listing: Listing
    draft: Draft | None
    suggestion: ReplySuggestion | None
    reply: Reply | None
    account: SourceAccount | None
    earlier: list[EarlierReview]
    revisions: Sequence[ReviewRevision]
    elsewhere: Sequence[Elsewhere]

    @property
    def original(self) -> Elsewhere | None:
        """The review that this one is a copy of."""
        return next((other for other in self.elsewhere if other.is_original), None)

    @property
    def text(self) -> str:
        """What stands in the editor: the person's draft, else the suggestion, else nothing."""
        if self.draft is not None:
            return self.draft.text
        return self.suggestion.text if self.suggestion else ""

    @property
    def can_take_back(self) -> bool:
        """Whether the reply still waits for its ten minutes to pass."""
        return self.reply is not None and self.reply.state == ReplyState.APPROVED


_OF_CARD = bindparam("review_id", type_=Integer)
_NEWEST_REPLY = select(func.max(Reply.id)).where(Reply.review_id == _OF_CARD).scalar_subquery()
_NEWEST_SUGGESTION = (
    select(func.max(ReplySuggestion.id))
    .where(ReplySuggestion.review_id == _OF_CARD, ReplySuggestion.rejected_at.is_(None))
    .scalar_subquery()
)
_OTHER = aliased(Review)
_BESIDE = select(_OTHER.id).where(_OTHER.location_id == Review.location_id, _OTHER.id != Review.id)
_CARD = (
    select(Review, Location, Listing, Draft, ReplySuggestion, Reply, SourceAccount)
    .add_columns(  # what there is none of, which is usual, need not be asked for
        _BESIDE.where(_OTHER.author == Review.author).exists(),
        _BESIDE.where(_OTHER.words == Review.words).exists(),
    )
    .join(Location, Location.id == Review.location_id)
    .join(Listing, Listing.id == Review.listing_id)
    .outerjoin(Draft, Draft.review_id == Review.id)
    .outerjoin(ReplySuggestion, (ReplySuggestion.id == _NEWEST_SUGGESTION) & FITS)
    .outerjoin(Reply, Reply.id == _NEWEST_REPLY)
    .outerjoin(SourceAccount, SourceAccount.source_key == Listing.source_key)
    .where(Review.id == _OF_CARD)
)


def card(session: Session, review_id: int) -> Card:
    """One review with its draft and context. Raises NotFound."""
    found = session.execute(_CARD, {"review_id": review_id}).one_or_none()
    if found is None:
        raise NotFound("This review is not here.")
    review, location, listing, draft, suggestion, reply, account, has_earlier, has_copies = found
    return Card(
        review=review,
        location=location,
        listing=listing,
        draft=draft,
        suggestion=suggestion,
        reply=reply,
        account=account,
        earlier=_earlier(session, review) if has_earlier else [],
        revisions=_revisions(session, review),
        elsewhere=_elsewhere(session, review) if has_copies else [],
    )


def _elsewhere(session: Session, review: Review) -> list[Elsewhere]:
    first = review.copy_of_id or review.id
    statement = (
        select(
            Review.id,
            Review.copy_of_id.is_(None),
            Listing.source_key,
            Listing.url,
            Review.url,
            Review.answered,
            Review.reply_text,
            Review.stand,
        )
        .join(Listing, Listing.id == Review.listing_id)
        .where(
            # Copies share their words, and these have an index.
            Review.location_id == review.location_id,
            Review.words == review.words,
            or_(Review.id == first, Review.copy_of_id == first),
            Review.id != review.id,
        )
        .order_by(Review.copy_of_id.is_not(None), Review.id)
    )
    return [Elsewhere(*row) for row in session.execute(statement)]


def _revisions(session: Session, review: Review) -> Sequence[ReviewRevision]:
    if review.edited_at is None:
        return ()
    statement = select(ReviewRevision).where(ReviewRevision.review_id == review.id)
    return session.scalars(statement.order_by(ReviewRevision.id.desc())).all()


def _earlier(session: Session, review: Review) -> list[EarlierReview]:
    statement = (
        select(
            Review.id,
            Review.stars,
            func.coalesce(func.substr(Review.text, 1, EXCERPT_CHARS), Review.title, ""),
            Review.published_at,
            Listing.source_key,
            Review.answered,
            Review.reply_published_at,
        )
        .join(Listing, Listing.id == Review.listing_id)
        .where(
            Review.location_id == review.location_id,
            Review.author == review.author,
            Review.id.not_in((review.id, review.copy_of_id or review.id)),
            Review.copy_of_id.is_(None),
        )
        .order_by(Review.published_at.desc())
        .limit(EARLIER)
    )
    return [EarlierReview(*row) for row in session.execute(statement)]
