"""Sends approved replies to their sources once their ten minutes have passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Organization
from app.core.db import scope
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import service as replies
from app.replies.models import Reply
from app.reviews.models import Review
from jobs.leases import REPLIES, Claim
from jobs.parts import Parts
from jobs.refs import account_for, listing_ref
from jobs.schedule import after_failure
from scrapers import runner
from scrapers.base import Source
from scrapers.errors import VisitError
from scrapers.types import ListingRef, Outcome, Rating, ReplyRecord, ReviewRecord

log = structlog.get_logger()

# Failures of the moment; after any other the review is open again with the text as its draft.
PASSING = frozenset({Outcome.UNREACHABLE, Outcome.RATE_LIMITED})
# The source is read again so soon after taking a reply, to see whether it shows it.
READ_BACK_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Parcel:
    """A reply with all that its source needs to publish it."""

    source: Source
    ref: ListingRef
    review: ReviewRecord
    text: str
    sample: bool


def publish(parts: Parts, claims: Iterable[Claim]) -> int:
    """Send each claimed reply; how many were taken. A reply that replaces itself may go twice:
    every source keeps one reply to a review."""
    taken = 0
    for claim in claims:
        with parts.database.session(write=False) as session:
            scope(session, claim.organization_id)
            parcel = _parcel(session, claim, parts)
        answer: ReplyRecord | VisitError
        try:
            fetcher = parts.sample_fetcher if parcel.sample else parts.fetcher
            answer = runner.publish(parcel.source, parcel.ref, parcel.review, parcel.text, fetcher)
        except VisitError as error:
            answer = error
        except Exception as error:
            log.exception("reply could not be sent", reply=claim.id)
            answer = VisitError(f"The reply could not be sent: {type(error).__name__}.")
        taken += _settle(parts, claim, answer)
        parts.leases.settle(REPLIES, [claim])
    return taken


def _parcel(session: Session, claim: Claim, parts: Parts) -> Parcel:
    reply, review, listing, place = session.execute(
        select(Reply, Review, Listing, Location)
        .join(Review, Review.id == Reply.review_id)
        .join(Listing, Listing.id == Review.listing_id)
        .join(Location, Location.id == Review.location_id)
        .where(Reply.id == claim.id)
    ).one()
    ref = listing_ref(listing, place, account_for(session, listing.source_key, parts.vault))
    record = ReviewRecord(
        external_id=review.external_id,
        url=review.url,
        author=review.author,
        rating=Rating(review.rating_value, review.rating_best),
        text=review.text,
        published_at=review.published_at,
    )
    sample = session.get_one(Organization, claim.organization_id).is_sample
    return Parcel(parts.source(listing.source_key), ref, record, reply.text, sample)


def _settle(parts: Parts, claim: Claim, answer: ReplyRecord | VisitError) -> bool:
    now = parts.clock()
    with parts.database.begin(claim.organization_id) as session:
        reply = session.get_one(Reply, claim.id)
        if isinstance(answer, ReplyRecord):
            replies.accepted(session, reply, answer, parts.clock)
            review = session.get_one(Review, reply.review_id)
            listing = session.get_one(Listing, review.listing_id)
            listing.next_check_at = min(listing.next_check_at, now + READ_BACK_AFTER)
            listing.read_through_at = None  # the review may stand on any page
            return True
        if answer.outcome in PASSING:
            at = answer.retry_at or after_failure(reply.attempts + 1, now)
            replies.postpone(session, reply, str(answer), at, parts.clock)
        else:
            replies.reject(session, reply, str(answer), parts.clock)
        return False
