"""Use cases: making, trying, switching and applying rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound
from app.core.ports import SourceCatalog
from app.inbox import service as inbox
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import service as replies
from app.replies.engine.check import check
from app.replies.engine.choose import Used, grams
from app.replies.engine.phrasebook import load
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, Polarity, Suggestion
from app.replies.models import ReplySuggestion
from app.replies.profiles import business_profile, review_facts
from app.reply_rules import rules
from app.reply_rules.models import Action, ReplyRule
from app.reviews.models import Review, Stand
from scrapers.types import Capability

BACK_TEST = timedelta(days=90)
MOST_TRIED = 500
# The overlap at which readers notice a template (see the checker's rule of sameness).
ALIKE = {True: 0.30, False: 0.40}
EXAMPLES = 5


@dataclass
class BackTest:
    """What a rule would have done with the reviews of the last 90 days."""

    would_post: int = 0
    held_back: dict[str, int] = field(default_factory=dict)  # reason → reviews
    alike: int = 0
    examples: list[tuple[Review, str]] = field(default_factory=list)

    @property
    def held(self) -> int:
        return sum(self.held_back.values())


def get(session: Session, rule_id: int) -> ReplyRule:
    """The rule. Raises NotFound."""
    rule = session.get(ReplyRule, rule_id)
    if rule is None:
        raise NotFound("This rule is gone.")
    return rule


def back_test(session: Session, rule: ReplyRule, catalog: SourceCatalog, clock: Clock) -> BackTest:
    """Write for the reviews of the last 90 days that the rule speaks of, and count."""
    rows = session.execute(
        select(Review, Listing.source_key, Location)
        .join(Listing, Listing.id == Review.listing_id)
        .join(Location, Location.id == Review.location_id)
        .where(Review.published_at >= clock() - BACK_TEST, Review.removed_at.is_(None))
        .order_by(Review.published_at.desc())
        .limit(MOST_TRIED)
    ).all()
    found, used = BackTest(), Used()
    profiles: dict[int, BusinessProfile] = {}
    for review, source_key, location in rows:
        if location.id not in profiles:
            profiles[location.id] = business_profile(session, location, clock)
        business = profiles[location.id]
        written = suggest(review_facts(review, source_key), business, used, 0)
        case = _case(review, source_key, written, business, catalog)
        if rules.matches(rule, case):
            _count(found, rule, review, written, case, used)
    return found


def _count(
    found: BackTest, rule: ReplyRule, review: Review, written: Suggestion, case: rules.Case,
    used: Used,
) -> None:  # fmt: skip
    reason = rules.held_back_because(case, rule.action)
    if reason is not None:
        found.held_back[reason] = found.held_back.get(reason, 0) + 1
        return
    found.would_post += 1
    in_words = load(written.language).in_words
    body = "\n\n".join(written.reply.split("\n\n")[1:-1])
    # The reply itself is in the memory already; an exact twin counts as alike all the same.
    found.alike += used.likeness_to_others(grams(body, in_words)) > ALIKE[in_words]
    if len(found.examples) < EXAMPLES:
        found.examples.append((review, written.reply))


def switch(session: Session, rule_id: int, on: bool, by_id: int, clock: Clock) -> ReplyRule:
    """Switch a rule on or off, in the name of the person who does it."""
    rule = get(session, rule_id)
    rule.switched_on_at = clock() if on else None
    rule.switched_on_by_id = by_id if on else None
    session.flush()
    return rule


def switched_on(session: Session) -> Sequence[ReplyRule]:
    """The rules that hold."""
    return session.scalars(select(ReplyRule).where(ReplyRule.switched_on_at.is_not(None))).all()


def apply(session: Session, review_ids: Iterable[int], catalog: SourceCatalog, clock: Clock) -> int:
    """Approve what the rules let post itself, in the name of who switched them on; how many.

    Each leaves after the rule's delay and can be taken back until then.
    """
    holding = switched_on(session)
    if not any(rule.action == Action.POST for rule in holding):
        return 0
    approved = 0
    for review, suggestion, source_key, case in _cases(session, review_ids, catalog, clock):
        rule = rules.first(holding, case)
        if rule is None or rule.action != Action.POST or rules.held_back_because(case, rule.action):
            continue
        by_id = rule.switched_on_by_id or 0  # never None while it is switched on
        source = catalog.get(source_key)
        reply = inbox.approve(session, review.id, suggestion.text, source, by_id, clock)
        reply.send_at = clock() + timedelta(minutes=rule.delay_minutes)
        approved += 1
    session.flush()
    return approved


def to_approve_together(
    session: Session, catalog: SourceCatalog, clock: Clock
) -> list[tuple[Review, ReplySuggestion]]:
    """The open reviews whose rule says "together", with what would be posted."""
    holding = switched_on(session)
    if not any(rule.action == Action.TOGETHER for rule in holding):
        return []
    ids = session.scalars(select(Review.id).where(Review.stand == Stand.OPEN)).all()
    found = []
    for review, suggestion, _, case in _cases(session, ids, catalog, clock):
        rule = rules.first(holding, case)
        together = rule is not None and rule.action == Action.TOGETHER
        if together and rules.held_back_because(case, Action.TOGETHER) is None:
            found.append((review, suggestion))
    return found


def _cases(
    session: Session, review_ids: Iterable[int], catalog: SourceCatalog, clock: Clock
) -> list[tuple[Review, ReplySuggestion, str, rules.Case]]:
    rows = session.execute(
        select(Review, ReplySuggestion, Listing.source_key, Location)
        .join(ReplySuggestion, ReplySuggestion.review_id == Review.id)
        .join(Listing, Listing.id == Review.listing_id)
        .join(Location, Location.id == Review.location_id)
        .where(
            Review.id.in_(list(review_ids)),
            Review.stand == Stand.OPEN,
            # What a person put to sleep is theirs to wake.
            or_(Review.snoozed_until.is_(None), Review.snoozed_until <= clock()),
            replies.FITS,
            ReplySuggestion.rejected_at.is_(None),
        )
        .order_by(Review.urgency.desc())
    ).all()
    profiles: dict[int, BusinessProfile] = {}
    found = []
    for review, suggestion, source_key, location in rows:
        if location.id not in profiles:
            profiles[location.id] = business_profile(session, location, clock)
        case = _case(review, source_key, suggestion, profiles[location.id], catalog)
        found.append((review, suggestion, source_key, case))
    return found


def _case(
    review: Review,
    source_key: str,
    written: Suggestion | ReplySuggestion,
    business: BusinessProfile,
    catalog: SourceCatalog,
) -> rules.Case:
    reply = written.reply if isinstance(written, Suggestion) else written.text
    facts = review_facts(review, source_key)
    return rules.Case(
        location_id=review.location_id,
        source_key=source_key,
        language=review.language or written.language,
        stars=review.stars,
        has_text=bool(review.text),
        takes_replies=Capability.REPLY in catalog.get(source_key).capabilities,
        reply=reply,
        escalate=written.escalate or review.urgent_because is not None,
        warned=bool(written.warnings),
        publishable=bool(reply) and check(reply, facts, business).publishable,
        complains=_complains(written),
    )


def _complains(written: Suggestion | ReplySuggestion) -> bool:
    if isinstance(written, Suggestion):
        return any(mention.polarity is Polarity.NEGATIVE for mention in written.topics)
    return any(mention.get("polarity") == Polarity.NEGATIVE for mention in written.topics)
