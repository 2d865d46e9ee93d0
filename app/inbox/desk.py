"""Everything that one look at the inbox shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import MemberRole, Membership
from app.accounts.rules import may
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
from app.reviews.models import Review
from app.sources.service import find, opened
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
    """What the filters offer: sources by key, locations by id; empty where one is all there is."""

    sources: list[str]
    locations: list[tuple[int, str]]
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
    members: Sequence[Membership]
    findings: Sequence[Finding]
    others_said: Sequence[tuple[str, int]]
    sleeps: bool
    following_id: int | None  # the review behind the card in the queue

    @property
    def asked(self) -> str | None:
        """Who is asked to answer the review on the card."""
        wanted = self.card.review.assigned_to_id if self.card else None
        people = (seat.user for seat in self.members if seat.user_id == wanted)
        return next((user.name or user.email for user in people), None)

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
    review = card.review if card else None
    counts = queries.counts(session, wanted, now, review)
    answers = may(seat.role, MemberRole.RESPONDER)
    return Desk(
        filters=filters,
        page=page,
        counts=counts,
        card=card,
        way=way(session, card, catalog, vault) if card else None,
        leaving=_leaving(session),
        set_aside=_set_aside(session, filters),
        choices=_choices(session),
        members=_members(session) if card and answers else (),
        findings=_findings(session, card.listing.id) if card else (),
        others_said=_others_said(session, card, now) if card else (),
        sleeps=bool(card and card.review.snoozed_until and card.review.snoozed_until > now),
        following_id=following(session, wanted, review, now)
        if review and counts.position
        else None,
    )


def following(session: Session, wanted: InboxFilter, review: Review, now: datetime) -> int | None:
    """The review behind this one in the queue, whether or not this one still waits."""
    rows = queries.queue(session, wanted, now, queries.place_of(review), 1).rows
    return rows[0].id if rows else None


def way(session: Session, card: Card, catalog: SourceCatalog, vault: Vault) -> Way:
    """How a reply reaches the card's source: by its API if it has one and we have access to it,
    which may take more than reading does."""
    source = source_of(catalog, card.listing.source_key)
    name = source_name(catalog, card.listing.source_key, card.listing.url)
    url = card.review.url or card.listing.url
    if Capability.REPLY not in source.capabilities:
        return Way(False, name, url)
    if not source.credentials:
        return Way(True, name, url)
    account = find(session, source.key)
    publishes = account is not None and account.needs_attention is None
    if publishes and source.reply_credentials:
        held = opened(session, source.key, vault)
        publishes = all(held.get(name) for name in source.reply_credentials)
    return Way(publishes, name, url)


def _leaving(session: Session) -> Sequence[Reply]:
    statement = (
        select(Reply)
        .where(Reply.state == ReplyState.APPROVED)
        .options(joinedload(Reply.review))
        .order_by(Reply.send_at)
        .limit(LEAVING)
    )
    return session.scalars(statement).all()


def _set_aside(session: Session, filters: Filters) -> int:
    statement = select(func.count()).where(IS_SET_ASIDE)
    if filters.location is not None:
        statement = statement.where(Review.location_id == filters.location)
    return session.scalar(statement) or 0


def _choices(session: Session) -> Choices:
    sources = session.scalars(
        select(Listing.source_key).where(Listing.archived_at.is_(None)).distinct()
    ).all()
    locations = session.execute(
        select(Location.id, Location.name)
        .where(Location.archived_at.is_(None))
        .order_by(Location.name)
        .limit(LOCATIONS_TO_CHOOSE + 1)
    ).all()
    some = 1 < len(locations) <= LOCATIONS_TO_CHOOSE
    return Choices(
        sources=sorted(sources) if len(sources) > 1 else [],
        locations=[(row.id, row.name) for row in locations] if some else [],
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
        for suggestion in card.suggestions[:1]
        for mention in suggestion.topics
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
    return Counter(topic for _, topic in said).most_common(OTHERS_SHOWN)


def _members(session: Session) -> Sequence[Membership]:
    statement = select(Membership).options(joinedload(Membership.user)).order_by(Membership.id)
    return session.scalars(statement).all()
