"""Use cases that write: a location, many from a file, its facts and accepted variants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound
from app.locations import rules
from app.locations.importing import Row
from app.locations.models import AcceptedVariant, FormerRecord, Location, LocationFact

# What a person may set; the rest of the row is the program's.
SETTABLE = frozenset(
    {
        *("name", "street", "locality", "region", "postal_code", "country"),
        *(
            "phone",
            "website",
            "email",
            "hours",
            "special_hours",
            "categories",
            "status",
            "latitude",
            "longitude",
        ),
        *("vertical", "language", "timezone", "signature", "voice", "keywords"),
        *("promise_hours", "reviews_every_hours", "audit_every_hours", "escalation_to_id"),
    }
)

# A change of one of these makes every listing worth comparing again.
OF_RECORD = frozenset(
    {
        *("name", "street", "locality", "region", "postal_code", "country"),
        *("phone", "website", "hours", "special_hours", "categories", "status"),
    }
)

# What a listing may go on showing for years after it has changed, and is known by all the same.
LASTING = ("name", "street", "locality", "region", "postal_code", "country", "phone", "website")

# What replies say of a location or are written by: see `app.replies.profiles`.
OF_REPLIES = frozenset(
    {
        *("name", "locality", "phone", "email", "website"),
        *("vertical", "language", "signature", "voice", "keywords"),
    }
)


def get(session: Session, location_id: int) -> Location:
    """The location. Raises NotFound."""
    found = session.get(Location, location_id)
    if found is None or found.archived_at is not None:
        raise NotFound("There is no such location here.")
    return found


def create(session: Session, values: dict[str, Any], clock: Clock) -> Location:
    """Add a location; its first audit is due at once."""
    now = clock()
    row = Location(**_settable(values), created_at=now, next_audit_at=now)
    session.add(row)
    session.flush()
    return row


def change(session: Session, location: Location, values: dict[str, Any], clock: Clock) -> bool:
    """Change a location. Whether it is a change of record, which makes its audit due at once; one
    of what replies say makes waiting suggestions stale."""
    changed = differences(location, values)
    if changed.keys() & set(LASTING):
        before = {name: getattr(location, name) for name in LASTING}
        session.add(FormerRecord(location_id=location.id, until=clock(), record=before))
    for name, (_, value) in changed.items():
        setattr(location, name, value)
    of_record = bool(changed.keys() & OF_RECORD)
    if of_record:
        location.next_audit_at = clock()
    if changed.keys() & OF_REPLIES:
        location.words_changed_at = clock()
    session.flush()
    return of_record


def differences(location: Location, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What `values` would change of a location: column → what stands now, what would."""
    both = {name: (getattr(location, name), new) for name, new in _settable(values).items()}
    return {name: (now, new) for name, (now, new) in both.items() if now != new}


def archive(session: Session, location: Location, clock: Clock) -> None:
    """Stop working for a location; what was collected is kept."""
    location.archived_at = clock()
    session.flush()


def import_row(session: Session, row: Row, defaults: dict[str, Any], clock: Clock) -> Location:
    """Create the location of a row, or change the one of that name and address."""
    values = defaults | {name: value for name, value in row.values.items() if name in SETTABLE}
    known = matching(session, row)
    if known is None:
        return create(session, values, clock)
    change(session, known, row.values, clock)
    return known


def matching(session: Session, row: Row) -> Location | None:
    """The location that a row of a file speaks of: of the same name and address, where exactly one
    fits or has the very street; by the name alone where the row gives no address and one bears
    it."""
    candidates = session.scalars(
        select(Location).where(
            Location.name == row.values.get("name"), Location.archived_at.is_(None)
        )
    ).all()
    street = row.values.get("street")
    if street or row.values.get("postal_code"):
        candidates = [one for one in candidates if rules.same_place(_address(one), row.values)]
        exact = [one for one in candidates if street and one.street == street]
        candidates = exact[:1] or candidates
    return candidates[0] if len(candidates) == 1 else None


def _address(location: Location) -> dict[str, str | None]:
    return {
        "street": location.street,
        "locality": location.locality,
        "postal_code": location.postal_code,
    }


def add_fact(
    session: Session, location_id: int, text: str, approved_by_id: int, clock: Clock
) -> LocationFact:
    """Approve a sentence that replies may say."""
    fact = LocationFact(
        location_id=location_id,
        text=text.strip(),
        approved_by_id=approved_by_id,
        approved_at=clock(),
    )
    session.add(fact)
    _words_changed(session, location_id, clock)
    session.flush()
    return fact


def remove_fact(session: Session, fact_id: int, clock: Clock) -> None:
    """Take an approved sentence back."""
    fact = session.get(LocationFact, fact_id)
    if fact is None:
        raise NotFound("This fact is gone already.")
    session.delete(fact)
    _words_changed(session, fact.location_id, clock)
    session.flush()


def _words_changed(session: Session, location_id: int, clock: Clock) -> None:
    session.execute(
        update(Location).where(Location.id == location_id).values(words_changed_at=clock())
    )


def accept_variant(
    session: Session, location_id: int, field: str, value: str, by_id: int | None, clock: Clock
) -> AcceptedVariant:
    """Call a spelling right for one field of a location; the rest goes on being checked."""
    known = session.scalar(
        select(AcceptedVariant).where(
            AcceptedVariant.location_id == location_id,
            AcceptedVariant.field == field,
            AcceptedVariant.value == value,
        )
    )
    if known is None:
        known = AcceptedVariant(
            location_id=location_id,
            field=field,
            value=value,
            accepted_by_id=by_id,
            accepted_at=clock(),
        )
        session.add(known)
    session.execute(
        update(Location).where(Location.id == location_id).values(next_audit_at=clock())
    )
    session.flush()
    return known


def remove_variant(session: Session, variant_id: int) -> AcceptedVariant:
    """Take an accepted spelling back. Raises NotFound."""
    variant = session.scalar(select(AcceptedVariant).where(AcceptedVariant.id == variant_id))
    if variant is None:
        raise NotFound("This spelling is not accepted any more.")
    session.delete(variant)
    session.flush()
    return variant


def variants(session: Session, location_id: int, field: str) -> Sequence[AcceptedVariant]:
    """The spellings that are accepted for a field of a location."""
    statement = select(AcceptedVariant).where(
        AcceptedVariant.location_id == location_id, AcceptedVariant.field == field
    )
    return session.scalars(statement.order_by(AcceptedVariant.id)).all()


def _settable(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in SETTABLE}
