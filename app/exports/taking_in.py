"""Files of locations and listings, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.errors import UserError
from app.core.ports import SourceCatalog
from app.listings.adding import add_listings
from app.listings.links import read_links
from app.listings.models import Listing
from app.listings.naming import source_of
from app.locations import importing
from app.locations.service import import_row
from app.passports import service, sheet
from app.reviews.rows import Terms
from app.reviews.taking_in import take_in
from scrapers.types import Extract

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


def reviews(
    session: Session,
    content: bytes,
    catalog: SourceCatalog,
    url: str | None,
    export: Callable[[str, str, str, datetime], Extract],
) -> str:
    """Take in the reviews of the listing at `url`; returns what was done. Raises UserError."""
    found = session.scalars(
        select(Listing).where(Listing.url == url, Listing.archived_at.is_(None))
    ).all()
    if len(found) != 1:
        raise UserError(
            "Name the page that the reviews belong to: --listing URL, as it stands here."
        )
    listing = found[0]
    source = source_of(catalog, listing.source_key)
    extract = export(listing.source_key, listing.url, importing.decode(content), utc_now())
    terms = Terms(source.keeps_text, source.retention)
    done = take_in(session, listing.id, extract, terms, utc_now)
    told = "".join(f"\n{problem}." for problem in extract.problems)
    return f"{done.added} reviews came in, {len(extract.reviews) - done.added} were here.{told}"


TAKING_IN: dict[str, Callable[[Session, bytes, SourceCatalog], str]] = {
    "locations": locations,
    "listings": listings,
}
