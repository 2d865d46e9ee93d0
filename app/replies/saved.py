"""Use cases of saved replies: keeping, changing and removing them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound, UserError
from app.locations.models import Location
from app.replies.engine import letter
from app.replies.engine.phrasebook import load
from app.replies.engine.saved import about
from app.replies.models import SavedReply

MOST_CHARS = 4_000
MOST_KEPT = 200
TITLE_CHARS = 60


def kept(session: Session) -> Sequence[SavedReply]:
    """All that are kept, the last changed first."""
    return session.scalars(select(SavedReply).order_by(SavedReply.changed_at.desc())).all()


def get(session: Session, saved_id: int) -> SavedReply:
    """The saved reply. Raises NotFound."""
    found = session.scalar(select(SavedReply).where(SavedReply.id == saved_id))
    if found is None:
        raise NotFound("This saved reply is gone.")
    return found


def keep(
    session: Session, text: str, title: str, location_id: int | None, clock: Clock
) -> SavedReply:
    """Keep a text; one that is kept already stays one. Raises UserError for an empty text, or when
    there are too many. What is written from now on may draw from it."""
    text = _worded(text)
    rows = kept(session)
    known = next((row for row in rows if (row.text, row.location_id) == (text, location_id)), None)
    if known is not None:
        return known
    if len(rows) >= MOST_KEPT:
        raise UserError(f"{MOST_KEPT} replies are kept already. Remove one that you need no more.")
    saved = SavedReply()
    session.add(saved)
    _fill(session, saved, text, title, location_id, clock)
    return saved


def change(
    session: Session,
    saved: SavedReply,
    text: str,
    title: str,
    location_id: int | None,
    clock: Clock,
) -> None:
    """Change a saved reply. Waiting suggestions that may hold its old words are written anew."""
    _stale(session, saved.location_id, clock)
    _fill(session, saved, _worded(text), title, location_id, clock)


def remove(session: Session, saved_id: int, clock: Clock) -> None:
    """Let a saved reply go; waiting suggestions that may hold its words are written anew."""
    saved = get(session, saved_id)
    _stale(session, saved.location_id, clock)
    session.delete(saved)
    session.flush()


def _fill(
    session: Session,
    saved: SavedReply,
    text: str,
    title: str,
    location_id: int | None,
    clock: Clock,
) -> None:
    found = about(text)
    saved.text, saved.title = text, title.strip()[:TITLE_CHARS] or _called(text, found.language)
    saved.location_id, saved.changed_at = location_id, clock()
    saved.language, saved.to_complaint = found.language, found.to_complaint
    saved.topics, saved.usable = list(found.topics), found.usable
    session.flush()


def _worded(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()[:MOST_CHARS]
    if not text:
        raise UserError("The reply is empty. Write a sentence, then keep it.")
    return text


def _called(text: str, language: str | None) -> str:
    """A title for a text without one: its first sentence after the greeting."""
    greets = load(language).greets if language else None
    first = next(iter(letter.read(text, greets).sentences), text)
    return first if len(first) <= TITLE_CHARS else first[: TITLE_CHARS - 1].rstrip() + "…"


def _stale(session: Session, location_id: int | None, clock: Clock) -> None:
    changed = update(Location).values(words_changed_at=clock())
    if location_id is not None:
        changed = changed.where(Location.id == location_id)
    session.execute(changed)
