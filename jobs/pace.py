"""Whose turn it is at a site, kept in the database for every process that shares it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import Database
from app.core.models import SiteTurn
from scrapers.fetch import NotYet, Turn

_SITES: Table = SiteTurn.__table__  # type: ignore[assignment]


class DatabasePace:
    """A `scrapers.fetch.Pace` that holds across processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        dialect = database.engine.dialect.name
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert

    def claim(self, site: str, now: datetime, lease: timedelta) -> Turn | NotYet:
        """Take the turn at `site`, or learn when to ask again."""
        taken = {"free_at": now + lease, "token": secrets.token_hex(8)}
        claim = (
            self._insert(_SITES)
            .values(site=site, failures=0, **taken)
            .on_conflict_do_update(
                index_elements=[_SITES.c.site], set_=taken, where=_SITES.c.free_at <= now
            )
            .returning(_SITES.c.failures)
        )
        with self._database.begin() as session:
            won = session.connection().execute(claim).one_or_none()
            if won is not None:
                return Turn(site, taken["token"], won.failures)
            held = select(_SITES.c.free_at, _SITES.c.failures).where(_SITES.c.site == site)
            free_at, failures = session.connection().execute(held).one()
        return NotYet(site, free_at, failures)

    def release(self, turn: Turn, free_at: datetime, failures: int) -> None:
        """Give the turn back, unless it has fallen back to others meanwhile."""
        ours = (_SITES.c.site == turn.site) & (_SITES.c.token == turn.token)
        with self._database.begin() as session:
            session.connection().execute(
                update(_SITES).where(ours).values(token=None, free_at=free_at, failures=failures)
            )
