"""What is to be corrected over all locations, what costs most customers first.

damage = weight of the directory x points of the field x days since it was first seen wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.core.sql import days_since
from app.listings import rules
from app.listings.models import Finding, Listing
from app.listings.nap.compare import FIELDS
from app.listings.nap.score import WEIGHTS
from app.listings.nap.verdict import AGREEING, Verdict
from app.listings.service import WENT_WELL
from app.locations.models import Location

ROWS = 50
MAX_PAGE = 10_000
HOLDERS = 100

# A page that is gone, shows somebody else or calls an open business closed misleads in every field
# at once.
POINTS = {**WEIGHTS, **dict.fromkeys(("status", rules.PLACE, rules.PAGE), sum(WEIGHTS.values()))}
NOBODY = "-"  # the holder of a login that nobody is known to hold


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to see of the work; "" is everything."""

    search: str = ""  # in the location's name or town
    location: int | None = None
    source: str = ""
    field: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One finding to correct, with the damage it has done so far."""

    finding: Finding
    listing: Listing
    location: Location
    damage: float


@dataclass(frozen=True, slots=True)
class Work:
    """One page of tasks of `total`, and what the filters offer."""

    tasks: Sequence[Task]
    total: int
    number: int
    sources: Sequence[str]
    holders: Sequence[str]

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number * ROWS < self.total else None


def damage(weights: Mapping[str, float], now: datetime) -> ColumnElement[float]:
    """The damage of a Finding beside its Listing. A day is added, so that the newest count too."""
    directory = case(weights, value=Listing.source_key, else_=min(weights.values(), default=0.5))
    points = case(POINTS, value=Finding.field, else_=0)
    return directory * points * (days_since(Finding.opened_at, now) + 1)


def work(
    session: Session,
    wanted: Wanted,
    weights: Mapping[str, float],
    now: datetime,
    number: int = 1,
) -> Work:
    """A page of the open findings, most damage first; what a person called corrected comes last,
    until the next reading proves it. `weights` are those of the sources, by key."""
    number = min(max(number, 1), MAX_PAGE)
    cost = damage(weights, now)
    chosen = _chosen(wanted, select(Finding, Listing, Location, cost))
    rows = session.execute(
        chosen.order_by(Finding.done_at.is_not(None), cost.desc(), Finding.id)
        .limit(ROWS)
        .offset((number - 1) * ROWS)
    )
    tasks = [Task(*row) for row in rows]
    total = session.scalar(_chosen(wanted, select(func.count(Finding.id)))) or 0
    return Work(tasks, total, number, *_offered(session))


def _open(statement: Select) -> Select:
    # While a page shows another place, what its fields say is nothing to be corrected.
    place = aliased(Finding)
    of_another = exists().where(
        place.listing_id == Finding.listing_id,
        place.field == rules.PLACE,
        place.closed_at.is_(None),
    )
    return (
        statement.select_from(Finding)
        .join(Listing, Listing.id == Finding.listing_id)
        .join(Location, Location.id == Finding.location_id)
        .where(
            Finding.closed_at.is_(None),
            Listing.archived_at.is_(None),
            Location.archived_at.is_(None),
            (Finding.field == rules.PLACE) | ~of_another,
        )
    )


def _chosen(wanted: Wanted, statement: Select) -> Select:
    statement = _open(statement)
    if wanted.search:
        named = Location.name.icontains(wanted.search, autoescape=True)
        town = Location.locality.icontains(wanted.search, autoescape=True)
        statement = statement.where(named | town)
    if wanted.location is not None:
        statement = statement.where(Location.id == wanted.location)
    if wanted.source:
        statement = statement.where(Listing.source_key == wanted.source)
    if wanted.field:
        statement = statement.where(Finding.field == wanted.field)
    if wanted.holder == NOBODY:
        statement = statement.where(Listing.login_holder.is_(None))
    elif wanted.holder:
        statement = statement.where(Listing.login_holder == wanted.holder)
    return statement


def _offered(session: Session) -> tuple[Sequence[str], Sequence[str]]:
    """The sources with open findings, and the holders of their logins."""
    key, holder = Listing.source_key, Listing.login_holder
    keys = session.scalars(_open(select(key).distinct()).order_by(key)).all()
    known = _open(select(holder).distinct()).where(holder.is_not(None))
    return keys, session.scalars(known.order_by(holder).limit(HOLDERS)).all()


@dataclass(frozen=True, slots=True)
class Following:
    """How far the directories show what the record says of one field."""

    field: str
    expected: str
    behind: int
    shown: int


def following(session: Session, location_id: int) -> list[Following]:
    """Per field that some directory shows wrong, how many of those that show it have not
    followed the record yet; those that could not be checked count neither way."""
    compared = session.scalars(
        select(Listing.comparison).where(
            Listing.location_id == location_id,
            Listing.archived_at.is_(None),
            Listing.last_outcome.in_(WENT_WELL),
        )
    )
    ours = [one["fields"] for one in compared if one and one["same_place"] != "no"]
    found = []
    for field in FIELDS:
        cells = [fields[field] for fields in ours]
        behind = [cell for cell in cells if cell["verdict"] == Verdict.DIFFERENT]
        agreeing = sum(cell["verdict"] in AGREEING for cell in cells)
        if behind and behind[0]["expected"]:
            shown = len(behind) + agreeing
            found.append(Following(field, behind[0]["expected"], len(behind), shown))
    return found
