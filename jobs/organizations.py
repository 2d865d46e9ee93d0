"""Finding the organization that a command speaks of."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Organization


def named(session: Session, name: str | None) -> Organization:
    """The organization of that name; without a name, the only one of one's own.

    Raises click.UsageError that lists the names there are.
    """
    rows = session.scalars(select(Organization).order_by(Organization.id)).all()
    candidates = [row for row in rows if (row.name == name if name else not row.is_sample)]
    if len(candidates) == 1:
        return candidates[0]
    if not rows:
        raise click.UsageError("Nothing is set up yet: start Goodword and open its first page.")
    known = ", ".join(f"“{row.name}”" for row in rows)
    raise click.UsageError(f"Say which organization with --organization: {known}.")
