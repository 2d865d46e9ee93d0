"""Whether a worker is running, for the pages to say."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.models import WorkerBeat

# Three beats missed.
SILENT = timedelta(minutes=1)


def worker_is_running(session: Session, now: datetime) -> bool:
    """Whether some worker gave a sign of life lately."""
    last = session.scalar(select(func.max(WorkerBeat.beat_at)))
    return last is not None and now - last < SILENT
