"""Files of locations and listings, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.errors import UserError
from app.core.ports import SourceCatalog
from app.listings.adding import add_listings
from app.listings.links import read_links
from app.locations import importing
from app.locations.service import import_row
from app.passports import service, sheet

MAX_NAMED = 20


def locations(session: Session, content: bytes, catalog: SourceCatalog) -> str:
    """Take in a CSV of locations; returns what was done. Raises UserError naming bad rows."""
    rows = importing.read(importing.decode(content)).rows
    if bad := [row for row in rows if row.problems]:
        named = [f"row {row.number}: {'; '.join(row.problems)}" for row in bad[:MAX_NAMED]]
        more = f"\n… and {len(bad) - MAX_NAMED} more" if len(bad) > MAX_NAMED else ""
        raise UserError("Nothing was stored.\n" + "\n".join(named) + more)
    for row in rows:
        location = import_row(session, row, {}, utc_now)
        links = read_links(" ".join(row.values.get("listings", ())), catalog)
        add_listings(session, location.id, links, utc_now)
    return f"{len(rows)} locations are in."


def listings(session: Session, content: bytes, catalog: SourceCatalog) -> str:
    """Take in passports; returns what was done. Raises UserError."""
    done = service.take_in(session, sheet.read(importing.decode(content)), catalog, utc_now)
    if done.unknown:
        names = ", ".join(sorted(set(done.unknown))[:MAX_NAMED])
        raise UserError(f"Nothing was stored. Not here: {names}.")
    return f"{done.changed} listings changed, {done.added} added."


TAKING_IN: dict[str, Callable[[Session, bytes, SourceCatalog], str]] = {
    "locations": locations,
    "listings": listings,
}
