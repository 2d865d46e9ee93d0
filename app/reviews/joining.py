"""Links copies of one review to their original, and lets go of what has come apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from app.listings.models import Listing
from app.reviews import copies
from app.reviews.copies import Shown
from app.reviews.models import Review, Stand

# (location id, words): the reviews of one place that say the same.
Group = tuple[int, str]

_REVIEWS: Table = Review.__table__  # type: ignore[assignment]
_AT_ONCE = 500
_LISTED = 50
_OF_LISTING = {"source_key": Listing.source_key, "answers_shown": Listing.replies_visible}
_COLUMNS = tuple(
    _OF_LISTING[field.name] if field.name in _OF_LISTING else getattr(Review, field.name)
    for field in fields(Shown)
)
# A copy that a person has dealt with stays as they left it.
_WAITING = (Stand.OPEN, Stand.SET_ASIDE)

_RELINK = (
    update(_REVIEWS)
    .where(_REVIEWS.c.id == bindparam("row_id"))
    .values(copy_of_id=bindparam("original_id"), stand=bindparam("new_stand"))
)


def rejoin(session: Session, groups: Iterable[Group]) -> None:
    """Judge anew which of the reviews in `groups` are copies, after something in them changed."""
    by_location: defaultdict[int, set[str]] = defaultdict(set)
    for location_id, words in groups:
        by_location[location_id].add(words)
    for location_id in _on_several_sites(session, by_location):
        for some in _in_parts(_said_twice(session, location_id, by_location[location_id])):
            alike = _groups(session, location_id, some)
            changes = [change for shown in alike for change in _changes(shown)]
            if changes:
                session.connection().execute(_RELINK, changes)


def _on_several_sites(session: Session, location_ids: Iterable[int]) -> list[int]:
    statement = (
        select(Listing.location_id)
        .where(Listing.location_id.in_(location_ids))
        .group_by(Listing.location_id)
        .having(func.count() > 1)
    )
    with session.no_autoflush:  # which sites a location stands on, no visit changes
        return list(session.scalars(statement))


def _said_twice(session: Session, location_id: int, words: set[str]) -> list[str]:
    """Those of `words` that stand there more than once, or with a link. Nearly every review stands
    alone, which the index tells without its row: read whole where many are asked for, since a
    planner without statistics takes a long list for a reason to read the table for each."""
    columns = _REVIEWS.c
    statement = (
        select(columns.words)
        .where(columns.location_id == location_id, columns.words.is_not(None))
        .group_by(columns.words)
        .having((func.count() > 1) | func.max(columns.copy_of_id).is_not(None))
    )
    if len(words) <= _LISTED:
        statement = statement.where(columns.words.in_(words))
    # The location is the session's own, so its rows need no second look at whose they are.
    found = session.connection().scalars(statement)
    return sorted(words.intersection(found))


def _in_parts(words: list[str]) -> Iterator[list[str]]:
    return (words[start : start + _AT_ONCE] for start in range(0, len(words), _AT_ONCE))


def _groups(session: Session, location_id: int, words: list[str]) -> Iterable[list[Shown]]:
    statement = (
        select(*_COLUMNS)
        .join(Listing, Listing.id == Review.listing_id)
        .where(Review.location_id == location_id, Review.words.in_(words))
    )
    groups: defaultdict[str | None, list[Shown]] = defaultdict(list)
    for row in session.execute(statement):
        shown = Shown(*row)
        groups[shown.words].append(shown)
    return groups.values()


def _changes(group: list[Shown]) -> Iterator[dict[str, object]]:
    answer = copies.originals(group)
    for one in group:
        original_id, stand = answer[one.id], one.stand
        if original_id == one.copy_of_id:
            continue
        if one.copy_of_id is None and stand in _WAITING:
            stand = Stand.COPY
        elif original_id is None and stand == Stand.COPY:
            stand = copies.back_to(one)
        yield {"row_id": one.id, "original_id": original_id, "new_stand": stand}
