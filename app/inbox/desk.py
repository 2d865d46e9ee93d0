"""Everything that one look at the inbox shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, literal, literal_column, null, select, union_all
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Membership, User
from app.core.crypto import Vault
from app.core.ports import SourceCatalog
from app.inbox import queries
from app.inbox.forms import Filters
from app.inbox.queries import Card, InboxCounts, InboxFilter, QueuePage
from app.inbox.rules import Way
from app.listings.models import Finding, Listing
from app.listings.naming import source_name, source_of
from app.locations.models import Location
from app.replies.models import Reply, ReplyState, ReplySuggestion
from app.replies.topics import topic_name
from app.reviews.models import Review
from scrapers.types import Capability

ROWS = 30  # in the list at once; the rest by "Show more"
LEAVING = 5
FINDINGS = 3
# "Others said": how far back, how many suggestions are looked through, how many topics are shown.
LATELY = timedelta(days=90)
OTHERS_READ = 300
OTHERS_SHOWN = 3
# A list longer than this is no help in a select; such organizations come in by the location's page.
LOCATIONS_TO_CHOOSE = 40


# Said as the partial index says it, which serves a query only then.
IS_SET_ASIDE: ColumnElement[bool] = Review.stand == literal_column("'set aside'")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: sources by key, locations and people by id; empty where one is all there
    is."""

    sources: list[str]
    locations: list[tuple[int, str]]
    people: list[tuple[int, str]]
    reads_something: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One look at the inbox. `leaving` are replies that can still be taken back."""

    filters: Filters
    page: QueuePage
    counts: InboxCounts
    card: Card | None
    way: Way | None
    leaving: Sequence[Reply]
    set_aside: int
    choices: Choices
    findings: Sequence[Finding]
    others_said: Sequence[tuple[str, int]]
    sleeps: bool
    following_id: int | None  # the review behind the card in the queue

    @property
    def asked(self) -> str | None:
        """Who is asked to answer the review on the card."""
        wanted = self.card.review.assigned_to_id if self.card else None
        return dict(self.choices.people).get(wanted) if wanted else None

    @property
    def position(self) -> int | None:
        """Where the card stands in the queue, from 1; None if it does not wait there."""
        return self.counts.position


def look(
    session: Session,
    filters: Filters,
    seat: Membership,
    catalog: SourceCatalog,
    vault: Vault,
    now: datetime,
    review_id: int | None = None,
    after: str | None = None,
) -> Desk:
    """The inbox with the card of `review_id`, or of the most urgent review. Raises NotFound."""
    wanted = filters.wanted(seat.user_id)
    page = queries.queue(session, wanted, now, after, ROWS)
    if review_id is None and page.rows:
        review_id = page.rows[0].id
    card = queries.card(session, review_id) if review_id is not None else None
    tally = _tally(session, filters, wanted, card, now)
    return Desk(
        filters=filters,
        page=page,
        counts=tally.counts,
        card=card,
        way=way(card, catalog, vault) if card else None,
        leaving=_leaving(session) if tally.leaving else (),
        set_aside=tally.set_aside,
        choices=_choices(session),
        findings=_findings(session, card.listing.id) if card and tally.findings else (),
        others_said=_others_said(session, card, now) if card else (),
        sleeps=bool(card and card.review.snoozed_until and card.review.snoozed_until > now),
        following_id=tally.following_id if tally.counts.position else None,
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """All numbers of one look; what there is none of need not be asked for."""

    counts: InboxCounts
    set_aside: int
    leaving: int
    findings: int
    following_id: int | None


def _tally(
    session: Session, filters: Filters, wanted: InboxFilter, card: Card | None, now: datetime
) -> _Tally:
    """One question for all of them."""
    set_aside = select(func.count(Review.id)).where(IS_SET_ASIDE)
    if filters.location is not None:
        set_aside = set_aside.where(Review.location_id == filters.location)
    listing_id, review = (card.listing.id, card.review) if card else (None, None)
    questions = [
        set_aside,
        select(func.count(Reply.id)).where(Reply.state == ReplyState.APPROVED),
        select(func.count(Finding.id)).where(
            Finding.listing_id == listing_id, Finding.closed_at.is_(None)
        ),
        queries.behind(wanted, review, now) if review else select(null()),
    ]
    statement = queries.counting(wanted, now, review).add_columns(
        *(question.correlate(None).scalar_subquery() for question in questions)
    )
    row = session.execute(statement).one()
    return _Tally(InboxCounts(*row[:5]), *row[5:])


def following(session: Session, wanted: InboxFilter, review: Review, now: datetime) -> int | None:
    """The review behind this one in the queue, whether or not this one still waits."""
    return session.scalar(queries.behind(wanted, review, now))


def way(card: Card, catalog: SourceCatalog, vault: Vault) -> Way:
    """How a reply reaches the card's source: by its API if it has one and we have access to it,
    which may take more than reading does."""
    source = source_of(catalog, card.listing.source_key)
    name = source_name(catalog, card.listing.source_key, card.listing.url)
    url = card.review.url or card.listing.url
    if Capability.REPLY not in source.capabilities:
        return Way(False, name, url)
    if not source.credentials:
        return Way(True, name, url)
    account = card.account
    if account is None or account.needs_attention is not None:
        return Way(False, name, url)
    held = vault.open(account.secret) if source.reply_credentials else {}
    return Way(all(held.get(key) for key in source.reply_credentials), name, url)


def _leaving(session: Session) -> Sequence[Reply]:
    statement = (
        select(Reply)
        .where(Reply.state == ReplyState.APPROVED)
        .options(joinedload(Reply.review))
        .order_by(Reply.send_at)
        .limit(LEAVING)
    )
    return session.scalars(statement).all()


_PLACES = (
    select(Location.id, Location.name)
    .where(Location.archived_at.is_(None))
    .order_by(Location.name)
    .limit(LOCATIONS_TO_CHOOSE + 1)
    .subquery()
)
_CHOICES = union_all(
    select(literal("source"), literal(0), Listing.source_key)
    .where(Listing.archived_at.is_(None))
    .distinct(),
    select(literal("place"), _PLACES.c.id, _PLACES.c.name),
    select(literal("person"), User.id, case((User.name != "", User.name), else_=User.email)).join(
        Membership, Membership.user_id == User.id
    ),
)


def _choices(session: Session) -> Choices:
    rows = session.execute(_CHOICES)
    found: dict[str, list[tuple[int, str]]] = {"source": [], "place": [], "person": []}
    for kind, id_, name in sorted(rows, key=lambda row: row[2]):
        found[kind].append((id_, name))
    sources, locations, people = found.values()
    return Choices(
        sources=[name for _, name in sources] if len(sources) > 1 else [],
        locations=locations if 1 < len(locations) <= LOCATIONS_TO_CHOOSE else [],
        people=people if len(people) > 1 else [],
        reads_something=bool(sources),
    )


def _findings(session: Session, listing_id: int) -> Sequence[Finding]:
    statement = (
        select(Finding)
        .where(Finding.listing_id == listing_id, Finding.closed_at.is_(None))
        .order_by(Finding.opened_at)
        .limit(FINDINGS)
    )
    return session.scalars(statement).all()


def _others_said(session: Session, card: Card, now: datetime) -> Sequence[tuple[str, int]]:
    """What this review complains about and others at the place did lately, with how many."""
    own = {
        mention["topic"]
        for mention in (card.suggestion.topics if card.suggestion else ())
        if mention["polarity"] == "negative"
    }
    if not own:
        return ()
    rows = session.execute(
        select(ReplySuggestion.review_id, ReplySuggestion.topics)
        .join(Review, Review.id == ReplySuggestion.review_id)
        .where(
            Review.location_id == card.location.id,
            Review.id != card.review.id,
            Review.published_at >= now - LATELY,
            Review.copy_of_id.is_(None),
        )
        .order_by(ReplySuggestion.id.desc())
        .limit(OTHERS_READ)
    )
    said = {
        (review_id, mention["topic"])
        for review_id, topics in rows
        for mention in topics
        if mention["polarity"] == "negative" and mention["topic"] in own
    }
    most = Counter(topic for _, topic in said).most_common(OTHERS_SHOWN)
    return [(topic_name(topic), times) for topic, times in most]
