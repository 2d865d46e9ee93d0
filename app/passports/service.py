"""Use cases: all passports, one changed, many taken in from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.core.clock import Clock
from app.core.errors import NotFound
from app.core.paging import Paged, paged
from app.core.ports import SourceCatalog
from app.listings.models import Listing
from app.listings.work import NOBODY
from app.locations.models import Location
from app.passports.sheet import Passport

SETTABLE = ("claim_state", "login_holder", "edit_url", "note")


@dataclass(frozen=True)
class TakenIn:
    """What a file of passports did."""

    changed: int
    added: int
    unknown: list[str]  # names of locations that are not here


def all_passports(session: Session) -> list[Passport]:
    """The passports of all listings that are read, by location and source."""
    return [_passport(row) for row in session.scalars(_read())]


def search(
    session: Session, text: str, claim_state: str, holder: str, number: int
) -> Paged[Listing]:
    """A page of the listings that are read: those whose location's name or town holds `text`,
    claimed so, and with a login held by `holder` (NOBODY: by nobody known); "" is any."""
    wanted = _read()
    if text:
        named = Location.name.icontains(text, autoescape=True)
        wanted = wanted.where(named | Location.locality.icontains(text, autoescape=True))
    if claim_state:
        wanted = wanted.where(Listing.claim_state == claim_state)
    if holder:
        wanted = wanted.where(Listing.login_holder == (None if holder == NOBODY else holder))
    return paged(session, wanted, number)


def holders(session: Session) -> list[str]:
    """Who holds a login, by name; the first hundred."""
    held = select(Listing.login_holder).where(
        Listing.login_holder.is_not(None), Listing.archived_at.is_(None)
    )
    found = session.scalars(held.distinct().order_by(Listing.login_holder).limit(100))
    return [name for name in found if name]


def _read() -> Select[Listing]:
    return (
        select(Listing)
        .join(Location, Location.id == Listing.location_id)
        .where(Listing.archived_at.is_(None), Location.archived_at.is_(None))
        .options(joinedload(Listing.location))
        .order_by(Location.name, Listing.source_key, Listing.id)
    )


def get(session: Session, listing_id: int) -> Listing:
    """The listing with its location. Raises NotFound."""
    row = session.get(Listing, listing_id)
    if row is None or row.archived_at is not None:
        raise NotFound("There is no such listing here.")
    return row


def change(
    session: Session, listing: Listing, values: dict[str, str | None], proved: bool, clock: Clock
) -> None:
    """Change a passport; with `proved` the person has just looked at the listing."""
    for name in SETTABLE:
        setattr(listing, name, (values.get(name) or "").strip() or None)
    listing.claim_state = listing.claim_state or "unknown"
    if proved:
        listing.proved_at = clock()
    session.flush()


def take_in(
    session: Session, passports: list[Passport], catalog: SourceCatalog, clock: Clock
) -> TakenIn:
    """Change the listings that a file speaks of, and add those that are not there yet."""
    places = {
        (row.name, row.postal_code): row.id
        for row in session.scalars(select(Location).where(Location.archived_at.is_(None)))
    }
    known = {
        (row.location_id, row.source_key, row.url): row for row in session.scalars(select(Listing))
    }
    keys = {source.key for source in catalog.all_sources()}
    added, unknown = 0, []
    for one in passports:
        if not one.source:
            one = replace(one, source=catalog.for_url(one.url).key)
        location_id = places.get((one.location, one.postal_code))
        if location_id is None or one.source not in keys:
            unknown.append(one.location if location_id is None else one.source)
            continue
        row = known.get((location_id, one.source, one.url))
        if row is None:
            row = _new(location_id, one, clock())
            session.add(row)
            known[location_id, one.source, one.url] = row
            added += 1
        for name in SETTABLE:
            setattr(row, name, getattr(one, name))
        row.proved_at = datetime.fromisoformat(one.proved_at) if one.proved_at else None
    session.flush()
    return TakenIn(len(passports) - added - len(unknown), added, unknown)


def _new(location_id: int, passport: Passport, now: datetime) -> Listing:
    return Listing(
        location_id=location_id,
        source_key=passport.source,
        url=passport.url,
        added_at=now,
        next_check_at=now,
    )


def _passport(row: Listing) -> Passport:
    return Passport(
        location=row.location.name,
        postal_code=row.location.postal_code,
        source=row.source_key,
        url=row.url,
        claim_state=row.claim_state,
        login_holder=row.login_holder,
        edit_url=row.edit_url,
        note=row.note,
        proved_at=_iso(row.proved_at),
        last_read_at=_iso(row.last_ok_at),
        next_check_at=_iso(row.next_check_at),
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
