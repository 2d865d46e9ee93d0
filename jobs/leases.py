"""Taking rows that are due, so that of many workers one has each.

The schedule stands in the rows. A row is claimed by one conditional UPDATE and belongs to the
claimer until its lease is over; a worker that was killed gives it back by doing nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, bindparam, exists, or_, select, true, update

from app.candidates.models import ListingSearch
from app.core.clock import Clock
from app.core.db import Database, UTCDateTime
from app.digests.models import DigestSubscription
from app.listings.models import Listing, Website
from app.locations.models import Location
from app.replies.models import Reply, ReplyState

LEASE = timedelta(minutes=10)


def _table(model: Any) -> Table:
    return model.__table__


LISTING, LOCATION = _table(Listing), _table(Location)
REPLY, SUBSCRIPTION = _table(Reply), _table(DigestSubscription)
SEARCH, WEBSITE = _table(ListingSearch), _table(Website)


@dataclass(frozen=True)
class Kind:
    """Rows that fall due: their table, the column that says when, which of them count, what the
    claim itself changes, and what has to be over before a row is taken."""

    table: Table
    due: str
    where: ColumnElement[bool]
    values: dict[str, Any] = field(default_factory=dict)
    after: ColumnElement[bool] = field(default_factory=true)


_IN_USE = select(LOCATION.c.id).where(
    LOCATION.c.id == LISTING.c.location_id, LOCATION.c.archived_at.is_(None)
)
_STILL_DUE = LISTING.alias()
LISTINGS = Kind(
    LISTING, "next_check_at", LISTING.c.archived_at.is_(None) & exists(_IN_USE.correlate(LISTING))
)
WEBSITES = Kind(
    WEBSITE,
    "next_check_at",
    exists(
        select(LOCATION.c.id)
        .where(LOCATION.c.id == WEBSITE.c.location_id, LOCATION.c.archived_at.is_(None))
        .correlate(WEBSITE)
    ),
)


def _none_due(rows: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a location has no row of this table that is due."""
    now = bindparam("now", type_=UTCDateTime)
    due = select(rows.c.id).where(
        rows.c.location_id == LOCATION.c.id, rows.c.next_check_at <= now, *where
    )
    return ~exists(due.correlate(LOCATION))


# An audit compares what the visits and the looks at websites found, so it waits for those that
# are due before it.
LOCATIONS = Kind(
    LOCATION,
    "next_audit_at",
    LOCATION.c.archived_at.is_(None),
    after=_none_due(_STILL_DUE, _STILL_DUE.c.archived_at.is_(None)) & _none_due(WEBSITE),
)
REPLIES = Kind(
    REPLY,
    "send_at",
    REPLY.c.state.in_((ReplyState.APPROVED, ReplyState.SENDING)),
    {"state": ReplyState.SENDING},
)
SEARCHES = Kind(SEARCH, "due_at", true())
SUBSCRIPTIONS = Kind(SUBSCRIPTION, "next_due_at", SUBSCRIPTION.c.frequency != "off")


class Claim(NamedTuple):
    """A row that is ours for a while."""

    organization_id: int
    id: int


class Leases:
    """Claims of one process. `renew` is to be called well within the length of a lease."""

    def __init__(self, database: Database, clock: Clock, length: timedelta = LEASE) -> None:
        self._database, self._clock, self._length = database, clock, length
        self._lock = threading.Lock()
        self._held: dict[Table, set[int]] = {}

    def claim(
        self, kind: Kind, limit: int, only: Iterable[int] | None = None, due: bool = True
    ) -> list[Claim]:
        """Up to `limit` rows that are due and nobody's, the longest waiting first.

        `only` are the ids to choose from; `due` False takes them before their time too.
        """
        now = self._clock()
        rows = kind.table
        chosen = (
            select(rows.c.id)
            .where(
                rows.c[kind.due] <= now if due else true(),
                or_(rows.c.claimed_until.is_(None), rows.c.claimed_until <= now),
                rows.c.id.in_(list(only)) if only is not None else true(),
                kind.where,
                kind.after if due else true(),
            )
            .order_by(rows.c[kind.due])
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claim = (
            update(rows)
            .where(rows.c.id.in_(chosen.scalar_subquery()))
            .values(claimed_until=now + self._length, **kind.values)
            .returning(rows.c.organization_id, rows.c.id)
        )
        with self._database.begin() as session:
            rows_taken = session.connection().execute(claim, {"now": now} if due else {})
            claims = [Claim(*row) for row in rows_taken]
        with self._lock:
            self._held.setdefault(rows, set()).update(claim.id for claim in claims)
        return claims

    def renew(self) -> None:
        """Lengthen every lease that is held."""
        with self._lock:
            held = [(table, list(ids)) for table, ids in self._held.items() if ids]
        for table, ids in held:
            self._set(table, ids, self._clock() + self._length)

    def release(self, kind: Kind, claims: Iterable[Claim]) -> None:
        """Give rows back. What their work wrote to them stays."""
        ids = self.settle(kind, claims)
        if ids:
            self._set(kind.table, ids, None)

    def settle(self, kind: Kind, claims: Iterable[Claim]) -> list[int]:
        """Hold these no longer: their work has freed the rows itself. Which of them were held."""
        with self._lock:
            held = self._held.setdefault(kind.table, set())
            ids = [claim.id for claim in claims if claim.id in held]
            held.difference_update(ids)
        return ids

    def _set(self, table: Table, ids: list[int], until: Any) -> None:
        statement = update(table).where(table.c.id == bindparam("row_id"))
        with self._database.begin() as session:
            session.connection().execute(
                statement.values(claimed_until=bindparam("until")),
                [{"row_id": row_id, "until": until} for row_id in ids],
            )
