"""Whether a worker is running, for the pages to say."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.models import WorkerBeat

# Three beats missed.
SILENT = timedelta(minutes=1)
LAST_BEAT = select(func.max(WorkerBeat.beat_at))


def worker_is_running(session: Session, now: datetime) -> bool:
    """Whether some worker gave a sign of life lately."""
    return is_alive(session.scalar(LAST_BEAT), now)


def is_alive(last_beat: datetime | None, now: datetime) -> bool:
    """Whether a sign of life is recent enough."""
    return last_beat is not None and now - last_beat < SILENT
