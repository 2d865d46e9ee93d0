"""Takes in what a visit read, and lets go of text that may not be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Insert, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.db import scoped_to
from app.core.sql import insert_rows
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import rules
from app.reviews.joining import Group, rejoin
from app.reviews.matching import match
from app.reviews.models import Review, ReviewRevision, Stand
from app.reviews.rows import KEPT, Terms, Writer
from app.reviews.rules import Known
from scrapers.types import Extract, ReviewRecord


@dataclass(slots=True)
class Ingested:
    """What one visit changed. `problems` are sentences for a person. `vanished`: the page shows no
    review although some must stand there, so its layout has changed."""

    vanished: bool = False
    seen: int = 0
    whole: bool = False
    added: int = 0
    edited: int = 0
    reopened: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


# Both tables are written through Core, in batches: per-row ORM costs ten times the fetch.
REVIEWS: Table = Review.__table__  # type: ignore[assignment]
REVISIONS: Table = ReviewRevision.__table__  # type: ignore[assignment]

_KNOWN = tuple(getattr(REVIEWS.c, name) for name in Known.__slots__)
_UPDATE_BY_ID = update(REVIEWS).where(REVIEWS.c.id == bindparam("row_id"))
_IDS_AT_ONCE = 1000


def in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """`ids` in lists short enough for one statement of any database."""
    return (ids[start : start + _IDS_AT_ONCE] for start in range(0, len(ids), _IDS_AT_ONCE))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one visit read of one listing: `extract` holds all its pages. `is_history`: old reviews
    are set aside whenever they come."""

    listing: Listing
    location: Location
    extract: Extract
    terms: Terms = KEPT
    is_history: bool = False


def ingest(session: Session, arrivals: Sequence[Arrival], clock: Clock) -> list[Ingested]:
    """Bring reviews to what a visit each of some listings read; the answers in the same order.

    Can run twice without harm: an unchanged review is not written again. Where a page shows none
    of the reviews it speaks of, nothing of it is written and the answer says `vanished`.
    """
    now = clock()
    known = _known(session, [arrival.listing.id for arrival in arrivals])
    pending = _Pending()
    done = [_take(arrival, known[arrival.listing.id], pending, now) for arrival in arrivals]
    pending.write(session, now)
    return done


def _take(arrival: Arrival, known: list[Known], pending: _Pending, now: datetime) -> Ingested:
    listing, extract = arrival.listing, arrival.extract
    alive = sum(row.stand != Stand.REMOVED for row in known)
    seen, stated = len(extract.reviews), extract.expected_reviews
    if rules.emptied(extract.complete, seen, stated, alive):
        says = f"The page speaks of {stated or alive} reviews and shows none."
        return Ingested(vanished=True, problems=[says])
    done = Ingested(
        seen=seen,
        whole=rules.is_whole(extract.complete, seen, stated),
        problems=_problems(extract.reviews, now),
    )
    records = (_cleaned(record, now) for record in extract.reviews)
    matches = match([(record, rules.digest(record)) for record in records], known, done.whole)
    writer = Writer(listing, arrival.location, extract.replies_visible, arrival.terms, now)
    writer.first_import |= arrival.is_history
    for found in matches:
        if found.known is None:
            pending.add(writer.new(found))
            done.added += 1
        elif row := writer.changed(found, found.known):
            pending.change(found.known, row, done)
            pending.regroup(listing.location_id, row["words"], found.known.words)
    if done.whole:
        met = {found.known.id for found in matches if found.known}
        missed = [row for row in known if row.id not in met]
        pending.miss(missed, now, done)
        pending.regroup(listing.location_id, *(row.words for row in missed if rules.gone(row)))
    if stated is not None:
        listing.stated_reviews = stated
    listing.read_reviews = seen if extract.complete else alive + done.added
    listing.replies_visible = extract.replies_visible
    if done.whole:
        listing.last_complete_scan_at = now
    return done


class _Pending:
    """What is to be written, gathered so that it goes to the database in few statements."""

    def __init__(self) -> None:
        self.edited: list[int] = []
        self.regrouped: set[Group] = set()  # where copies are to be looked for anew
        # By columns: rows that write the same ones go together.
        self.new: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        self.changed: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)

    def add(self, row: dict[str, Any]) -> None:
        # A third of all columns is empty; what is not named is not bound, row for row.
        given = {name: value for name, value in row.items() if value is not None}
        self.new[tuple(given)].append(given)
        self.regroup(row["location_id"], row["words"])

    def change(self, known: Known, row: dict[str, Any], done: Ingested) -> None:
        self.changed[tuple(row)].append({"row_id": known.id, **row})
        if "edited_at" in row:
            self.edited.append(known.id)
            done.edited += 1
        done.reopened += row.get("stand") == Stand.OPEN and known.stand != Stand.OPEN

    def miss(self, rows: Iterable[Known], now: datetime, done: Ingested) -> None:
        for known in rows:
            if known.stand == Stand.REMOVED:
                continue
            row: dict[str, Any] = {"row_id": known.id, "missed_scans": known.missed_scans + 1}
            if rules.gone(known):
                row |= {"stand": Stand.REMOVED, "removed_at": now}
                done.removed += 1
            self.changed[tuple(row)[1:]].append(row)

    def regroup(self, location_id: int, *words: str | None) -> None:
        self.regrouped.update((location_id, some) for some in words if some)

    def write(self, session: Session, now: datetime) -> None:
        connection = session.connection()
        for rows in self.new.values():
            insert_rows(connection, REVIEWS, rows)
        for ids in in_parts(self.edited):
            connection.execute(_copy_to_revisions(ids, now))
        for columns, rows in self.changed.items():
            values = {name: bindparam(name) for name in columns}
            connection.execute(_UPDATE_BY_ID.values(values), rows)
        rejoin(session, self.regrouped)


def _copy_to_revisions(ids: Sequence[int], now: datetime) -> Insert:
    copied = ("rating_value", "rating_best", "stars", "recommends", "title", "text")
    old = select(
        REVIEWS.c.organization_id,
        REVIEWS.c.id,
        *(REVIEWS.c[name] for name in copied),
        bindparam("replaced_at", now, REVISIONS.c.replaced_at.type),
    ).where(REVIEWS.c.id.in_(ids))
    columns = ["organization_id", "review_id", *copied, "replaced_at"]
    return insert(REVISIONS).from_select(columns, old)


def _known(session: Session, listing_ids: Sequence[int]) -> defaultdict[int, list[Known]]:
    found: defaultdict[int, list[Known]] = defaultdict(list)
    for ids in in_parts(listing_ids):
        statement = select(REVIEWS.c.listing_id, *_KNOWN).where(
            REVIEWS.c.listing_id.in_(ids), REVIEWS.c.organization_id == scoped_to(session)
        )
        for listing_id, *row in session.connection().execute(statement):
            found[listing_id].append(Known(*row))
    return found


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
    (name, rules.MAX_SHORT)
    for name in ("external_id", "url", "author", "title", "language", "syndicated_from")
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
    for some in in_parts(ids):
        for table, column in ((Review, Review.id), (ReviewRevision, ReviewRevision.review_id)):
            values: dict[str, Any] = {"text": None, "title": None}
            if table is Review:
                values["purged_at"] = now
            session.execute(
                update(table).where(column.in_(some)).values(values),
                execution_options={"synchronize_session": False},
            )
    return len(ids)
