"""Takes in what a visit read, and lets go of text that may not be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.db import scoped_to
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import rules
from app.reviews.matching import Match, match
from app.reviews.models import Review, ReviewRevision, Stand
from app.reviews.rows import Terms, Writer
from app.reviews.rules import Known
from scrapers.types import Extract, ReviewRecord


@dataclass(slots=True)
class Ingested:
    """What one visit changed. `problems` are sentences for a person."""

    seen: int = 0
    whole: bool = False
    added: int = 0
    edited: int = 0
    reopened: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


class ReviewsVanished(Exception):
    """The page shows no review although some must stand there: its layout has changed."""


# Both tables are written through Core, in batches: per-row ORM costs ten times the fetch.
REVIEWS: Table = Review.__table__  # type: ignore[assignment]
REVISIONS: Table = ReviewRevision.__table__  # type: ignore[assignment]

_KNOWN = tuple(getattr(REVIEWS.c, name) for name in Known.__slots__)
_UPDATE_BY_ID = update(REVIEWS).where(REVIEWS.c.id == bindparam("row_id"))
_IDS_AT_ONCE = 1000


def ingest(
    session: Session,
    listing: Listing,
    location: Location,
    extract: Extract,
    terms: Terms,
    clock: Clock,
) -> Ingested:
    """Bring the reviews of `listing` to what one visit read: `extract` holds all its pages.

    Can run twice without harm: an unchanged review is not written again. Raises ReviewsVanished,
    having written nothing, where the page shows none of the reviews it speaks of.
    """
    now = clock()
    known = _known(session, listing.id)
    alive = sum(row.stand != Stand.REMOVED for row in known)
    seen, stated = len(extract.reviews), extract.expected_reviews
    if rules.emptied(extract.complete, seen, stated, alive):
        raise ReviewsVanished(f"The page speaks of {stated or alive} reviews and shows none.")
    whole = rules.is_whole(
        extract.complete, seen, stated, listing.stated_reviews, listing.read_reviews
    )
    records = (_cleaned(record, now) for record in extract.reviews)
    matches = match([(record, rules.digest(record)) for record in records], known, whole)

    done = Ingested(seen=seen, whole=whole, problems=_problems(extract.reviews, now))
    writer = Writer(listing, location, extract.replies_visible, terms, now)
    _insert(session, [writer.new(m) for m in matches if m.known is None], done)
    _update(session, [(m, writer.changed(m, m.known)) for m in matches if m.known], now, done)
    if whole:
        met = {m.known.id for m in matches if m.known}
        _miss(session, [row for row in known if row.id not in met], now, done)
    _note_coverage(listing, extract, done, alive, now)
    return done


def _known(session: Session, listing_id: int) -> list[Known]:
    statement = select(*_KNOWN).where(
        REVIEWS.c.listing_id == listing_id, REVIEWS.c.organization_id == scoped_to(session)
    )
    return [Known(*row) for row in session.connection().execute(statement)]


def _cleaned(record: ReviewRecord, now: datetime) -> ReviewRecord:
    """`record` as it can be stored. Nearly all are clean already, so that they pass untouched."""
    values: dict[str, Any] = {}
    for name, limit in (("text", rules.MAX_TEXT), *_SHORT):
        value = getattr(record, name)
        if value is not None and (tidy := rules.tidy(value, limit)) != value:
            values[name] = tidy
    if rules.plausible_date(record.published_at, now) is not record.published_at:
        values |= {"published_at": None, "precision": None}
    return replace(record, **values) if values else record


_SHORT = tuple(
    (name, rules.MAX_SHORT) for name in ("external_id", "url", "author", "title", "language")
)


def _problems(records: Sequence[ReviewRecord], now: datetime) -> list[str]:
    ahead = sum(
        rules.plausible_date(record.published_at, now) is not record.published_at
        for record in records
    )
    beyond = rules.out_of_range(records)
    says = (
        (ahead, "dated in the future: kept without a date"),
        (beyond, "with a rating outside of its own scale: kept without stars"),
    )
    return [f"{count} of {len(records)} reviews {what}." for count, what in says if count]


def _insert(session: Session, rows: list[dict[str, Any]], done: Ingested) -> None:
    if rows:
        session.connection().execute(insert(REVIEWS), rows)
    done.added = len(rows)


def _update(
    session: Session,
    rows: Iterable[tuple[Match, dict[str, Any] | None]],
    now: datetime,
    done: Ingested,
) -> None:
    changed = [(found.known, row) for found, row in rows if found.known and row is not None]
    edited = [known.id for known, row in changed if "edited_at" in row]
    _keep_revisions(session, edited, now)
    # Rows that write the same columns go to the database together.
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for known, row in changed:
        groups.setdefault(tuple(row), []).append({"row_id": known.id, **row})
        reopens = row.get("stand") == Stand.OPEN and known.stand != Stand.OPEN
        done.reopened += reopens
    for columns, group in groups.items():
        values = {name: bindparam(name) for name in columns}
        session.connection().execute(_UPDATE_BY_ID.values(values), group)
    done.edited = len(edited)


def _keep_revisions(session: Session, ids: list[int], now: datetime) -> None:
    copied = ("rating_value", "rating_best", "stars", "recommends", "title", "text")
    for start in range(0, len(ids), _IDS_AT_ONCE):
        old = select(
            REVIEWS.c.organization_id,
            REVIEWS.c.id,
            *(REVIEWS.c[name] for name in copied),
            bindparam("replaced_at", now, REVISIONS.c.replaced_at.type),
        ).where(REVIEWS.c.id.in_(ids[start : start + _IDS_AT_ONCE]))
        columns = ["organization_id", "review_id", *copied, "replaced_at"]
        session.connection().execute(insert(REVISIONS).from_select(columns, old))


def _miss(session: Session, missed: Iterable[Known], now: datetime, done: Ingested) -> None:
    rows: list[dict[str, Any]] = []
    for known in missed:
        if known.stand == Stand.REMOVED:
            continue
        out = rules.gone(known)
        rows.append(
            {
                "row_id": known.id,
                "missed_scans": known.missed_scans + 1,
                "stand": Stand.REMOVED if out else known.stand,
                "removed_at": now if out else None,
            }
        )
        done.removed += out
    if rows:
        session.connection().execute(_UPDATE_BY_ID, rows)


def _note_coverage(
    listing: Listing, extract: Extract, done: Ingested, alive: int, now: datetime
) -> None:
    listing.stated_reviews = extract.expected_reviews
    listing.read_reviews = done.seen if extract.complete else alive + done.added
    listing.replies_visible = extract.replies_visible
    if done.whole:
        listing.last_complete_scan_at = now


def purge(session: Session, source_key: str, retention: timedelta, clock: Clock) -> int:
    """Null the text that `source_key` lets nobody keep longer than `retention` after it was last
    read; rows, ids, dates, verdicts and our own replies stay. Returns how many reviews."""
    now = clock()
    listings = select(Listing.id).where(Listing.source_key == source_key)
    old = (
        Review.listing_id.in_(listings),
        Review.last_seen_at < now - retention,
        Review.purged_at.is_(None),
        Review.text.is_not(None) | Review.title.is_not(None),
    )
    ids = list(session.scalars(select(Review.id).where(*old)))
    for start in range(0, len(ids), _IDS_AT_ONCE):
        some = ids[start : start + _IDS_AT_ONCE]
        for table, column in ((Review, Review.id), (ReviewRevision, ReviewRevision.review_id)):
            values: dict[str, Any] = {"text": None, "title": None}
            if table is Review:
                values["purged_at"] = now
            session.execute(
                update(table).where(column.in_(some)).values(values),
                execution_options={"synchronize_session": False},
            )
    return len(ids)
