"""What a person does with a review. Every step can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Membership
from app.core.clock import Clock
from app.core.errors import NotFound, UserError
from app.core.ports import SourceInfo
from app.replies.models import Draft, Reply, ReplyState, ReplySuggestion
from app.reviews.models import Answered, Review, Stand
from scrapers.types import Capability

# How long a reply can be taken back before it leaves for the source.
UNDO = timedelta(minutes=10)
MAX_REPLY_CHARS = 20_000

IN_FLIGHT = (ReplyState.APPROVED, ReplyState.SENDING)


def dismiss(session: Session, review_id: int, by_id: int, clock: Clock) -> Review:
    """The review needs no reply."""
    review = _review(session, review_id)
    _forbid_in_flight(session, review)
    return _close(review, Stand.DISMISSED, by_id, clock())


def snooze(session: Session, review_id: int, until: datetime, clock: Clock) -> Review:
    """Out of the inbox until then."""
    if until <= clock():
        raise UserError("Choose a time that is still to come.")
    review = _review(session, review_id)
    review.snoozed_until = until
    return review


def assign(session: Session, review_id: int, user_id: int | None) -> Review:
    """Ask a member of the organization to answer; None asks nobody in particular."""
    review = _review(session, review_id)
    if user_id is not None:
        member = select(Membership.id).where(Membership.user_id == user_id)
        if session.scalar(member) is None:
            raise NotFound("This person is not a member here.")
    review.assigned_to_id = user_id
    return review


def save_draft(session: Session, review_id: int, text: str, by_id: int, clock: Clock) -> Draft:
    """Keep what a person has written so far."""
    review = _review(session, review_id)
    draft = session.scalar(select(Draft).where(Draft.review_id == review.id))
    if draft is None:
        draft = Draft(review_id=review.id)
        session.add(draft)
    draft.text = text[:MAX_REPLY_CHARS]
    draft.saved_at = clock()
    draft.saved_by_id = by_id
    session.flush()
    return draft


def discard_draft(session: Session, review_id: int) -> None:
    """Back to the suggestion."""
    session.execute(delete(Draft).where(Draft.review_id == _review(session, review_id).id))


def reject_suggestion(session: Session, suggestion_id: int, clock: Clock) -> None:
    """This wording does not come back."""
    suggestion = session.scalar(select(ReplySuggestion).where(ReplySuggestion.id == suggestion_id))
    if suggestion is None:
        raise NotFound("This suggestion is not here.")
    suggestion.rejected_at = suggestion.rejected_at or clock()
    session.flush()


def mark_posted(session: Session, review_id: int, text: str, by_id: int, clock: Clock) -> Reply:
    """A person says that they posted `text` on the source's own page; a visit may prove it."""
    review = _review(session, review_id)
    _forbid_in_flight(session, review)
    now = clock()
    reply = Reply(
        review_id=review.id,
        text=_worded(text),
        variant=_variant(session, review),
        state=ReplyState.POSTED_BY_HAND,
        approved_by_id=by_id,
        approved_at=now,
    )
    session.add(reply)
    _close(review, Stand.ANSWERED, by_id, now)
    session.flush()
    return reply


def mark_answered(session: Session, review_id: int, by_id: int, clock: Clock) -> Review:
    """A person says that an answer stands on the source, which does not show us replies."""
    review = _review(session, review_id)
    _forbid_in_flight(session, review)
    return _close(review, Stand.ANSWERED, by_id, clock())


def bring_in(session: Session, location_id: int | None = None) -> int:
    """Put the older reviews, set aside at the first import, into the inbox; how many they were."""
    set_aside = update(Review).where(Review.stand == Stand.SET_ASIDE)
    if location_id is not None:
        set_aside = set_aside.where(Review.location_id == location_id)
    done = session.execute(
        set_aside.values(stand=Stand.OPEN).execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]


def approve(
    session: Session, review_id: int, text: str, source: SourceInfo, by_id: int, clock: Clock
) -> Reply:
    """Publish `text` on the source, ten minutes from now; until then it can be taken back. The
    same text once more, as a second click sends it, is the reply that waits already."""
    review = _review(session, review_id)
    waits = _newest(session, review)
    if waits and waits.state == ReplyState.APPROVED and waits.text == _worded(text):
        return waits
    _forbid_in_flight(session, review)
    if Capability.REPLY not in source.capabilities:
        raise UserError(f"{source.name} takes replies on its own page only: copy and open it.")
    text = _worded(text)
    _fit(text, source)
    now = clock()
    reply = Reply(
        review_id=review.id,
        text=text,
        variant=_variant(session, review),
        state=ReplyState.APPROVED,
        approved_by_id=by_id,
        approved_at=now,
        send_at=now + UNDO,
    )
    session.add(reply)
    _close(review, Stand.ANSWERED, by_id, now)
    session.flush()
    return reply


def take_back(session: Session, review_id: int, clock: Clock) -> Review:
    """Undo the last step: a reply that has not left yet, a mark, a dismissal or a snooze. What was
    written stays as the draft. Raises UserError once the reply is on its way."""
    review = _review(session, review_id)
    reply = _newest(session, review)
    if reply is not None and reply.state == ReplyState.SENDING:
        raise UserError("The reply is on its way to the source; it can be changed there.")
    if review.answered == Answered.YES:
        raise UserError("The source shows your reply already; it can be changed there.")
    if reply is not None and reply.state in (ReplyState.APPROVED, ReplyState.POSTED_BY_HAND):
        reply.state = ReplyState.TAKEN_BACK
        reply.send_at = None
        if reply.approved_by_id is not None:
            save_draft(session, review_id, reply.text, reply.approved_by_id, clock)
    review.stand = Stand.OPEN
    review.snoozed_until = review.closed_at = review.closed_by_id = None
    session.flush()
    return review


def _review(session: Session, review_id: int) -> Review:
    review = session.scalar(select(Review).where(Review.id == review_id).with_for_update())
    if review is None:
        raise NotFound("This review is not here.")
    return review


def _newest(session: Session, review: Review) -> Reply | None:
    replies = select(Reply).where(Reply.review_id == review.id).order_by(Reply.id.desc()).limit(1)
    return session.scalar(replies.with_for_update())


def _variant(session: Session, review: Review) -> str | None:
    """The way the suggestion was written in that the reply was drawn from, edited or not."""
    shown = (
        select(ReplySuggestion.variant)
        .where(ReplySuggestion.review_id == review.id, ReplySuggestion.rejected_at.is_(None))
        .order_by(ReplySuggestion.id.desc())
    )
    return session.scalar(shown.limit(1))


def _forbid_in_flight(session: Session, review: Review) -> None:
    reply = _newest(session, review)
    if reply is not None and reply.state in IN_FLIGHT:
        raise UserError("A reply to this review is about to be published. Take it back first.")


def _close(review: Review, stand: Stand, by_id: int, now: datetime) -> Review:
    review.stand = stand
    review.closed_at, review.closed_by_id = now, by_id
    review.snoozed_until = None
    return review


def _worded(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()[:MAX_REPLY_CHARS]
    if not text:
        raise UserError("The reply is empty. Write a sentence, or dismiss the review.")
    return text


def _fit(text: str, source: SourceInfo) -> None:
    if source.reply_limit is None:
        return
    in_bytes = source.reply_limit_unit == "bytes"
    length = len(text.encode()) if in_bytes else len(text)
    if length > source.reply_limit:
        raise UserError(
            f"{source.name} takes {source.reply_limit:,} {source.reply_limit_unit} at most; "
            f"the reply has {length:,}."
        )
