"""Signs of life of worker processes, so that the pages can say when none runs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from app.core.clock import Clock
from app.core.db import Database
from app.core.models import WorkerBeat

# A worker that has been silent for so long is gone; its row is then nobody's.
FORGOTTEN = timedelta(days=1)


def begin(database: Database, name: str, clock: Clock) -> None:
    """A worker has started."""
    now = clock()
    with database.begin() as session:
        session.execute(delete(WorkerBeat).where(WorkerBeat.beat_at < now - FORGOTTEN))
        session.execute(delete(WorkerBeat).where(WorkerBeat.name == name))
        session.add(WorkerBeat(name=name, started_at=now, beat_at=now))


def beat(database: Database, name: str, clock: Clock) -> None:
    """It is still there."""
    with database.begin() as session:
        session.execute(update(WorkerBeat).where(WorkerBeat.name == name).values(beat_at=clock()))


def end(database: Database, name: str) -> None:
    """It has stopped by itself."""
    with database.begin() as session:
        session.execute(delete(WorkerBeat).where(WorkerBeat.name == name))
