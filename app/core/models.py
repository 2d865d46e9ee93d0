"""Rows that belong to no organization: what the processes of one installation share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class SiteTurn(Base):
    """Whose turn it is to ask a site, and when the next one is (see `jobs.pace`)."""

    __tablename__ = "site_turns"

    site: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None]


class WorkerBeat(Base):
    """A sign of life of one worker process."""

    __tablename__ = "worker_beats"

    name: Mapped[str] = mapped_column(primary_key=True)  # host and process id
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
