"""Sessions, the UTC type, and the walls between organizations."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Organization, User
from app.core.db import ScopeMissing, scope
from app.core.sql import insert_rows
from app.listings.models import Audit, Listing
from app.locations.models import Location

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def organization(session, name):
    row = Organization(name=name, created_at=NOW, reply_to=f"{name}@example.com")
    session.add(row)
    session.flush()
    return row.id


def location(name="Harbour Café", **more):
    return Location(name=name, country="US", next_audit_at=NOW, created_at=NOW, **more)


@pytest.fixture
def two(database):
    with database.begin() as session:
        ids = organization(session, "one"), organization(session, "two")
    for organization_id, name in zip(ids, ("First", "Second"), strict=True):
        with database.begin(organization_id) as session:
            session.add(location(name))
    return ids


def test_a_session_sees_only_its_own_organization(database, two):
    with database.begin(two[1]) as session:
        assert [row.name for row in session.scalars(select(Location))] == ["Second"]
        assert session.scalars(select(Location.name)).all() == ["Second"]


def test_a_query_without_an_organization_raises(database, two):
    with database.begin() as session:
        for statement in (
            select(Location),
            select(Location.name),
            select(User).join(Location, Location.id == User.id),
            update(Location).values(name="x"),
        ):
            with pytest.raises(ScopeMissing):
                session.execute(statement)


def test_an_update_reaches_only_its_own_organization(database, two):
    with database.begin(two[0]) as session:
        session.execute(update(Location).values(name="Changed"))
    with database.begin() as session:
        names = session.scalars(
            select(Location.name).order_by(Location.id), execution_options={"across_tenants": True}
        ).all()
    assert names == ["Changed", "Second"]


def test_get_does_not_reach_across(database, two):
    with database.begin(two[0]) as session:
        own = session.scalars(select(Location.id)).one()
    with database.begin(two[1]) as session:
        assert session.get(Location, own) is None


def test_a_row_of_another_organization_cannot_be_written(database, two):
    session = scope(database.session(), two[0])
    session.add(location(organization_id=two[1]))
    with pytest.raises(ScopeMissing):
        session.flush()
    session.close()


def test_a_reference_into_another_organization_is_refused_by_the_database(database, two):
    with database.begin(two[0]) as session:
        foreign = session.scalars(select(Location.id)).one()
    session = scope(database.session(), two[1])
    session.add(
        Listing(
            location_id=foreign,
            source_key="generic",
            url="https://example.com/",
            added_at=NOW,
            next_check_at=NOW,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
    session.close()


def test_times_come_back_in_utc_whatever_zone_they_were_given_in(database, two):
    seoul = timezone(timedelta(hours=9))
    with database.begin(two[0]) as session:
        row = session.scalars(select(Location)).one()
        row.audited_at = datetime(2026, 11, 20, 18, 0, tzinfo=seoul)
    with database.begin(two[0]) as session:
        assert session.scalars(select(Location.audited_at)).one() == NOW


def test_a_time_without_a_zone_is_refused(database, two):
    session = scope(database.session(), two[0])
    row = session.scalars(select(Location)).one()
    row.audited_at = datetime(2026, 11, 20)
    with pytest.raises(Exception, match="without a zone"):
        session.flush()
    session.rollback()
    session.close()


def test_more_rows_than_one_statement_holds_come_back_as_they_were_given(database, two):
    with database.begin(two[0]) as session:
        location_id = session.scalars(select(Location.id)).one()
        given = [
            {
                "organization_id": two[0],
                "location_id": location_id,
                "made_at": NOW + timedelta(minutes=number),
                "score": number / 2 if number % 2 else None,
                "listings": number,
                "unchecked": 0,
                "counts": {"identical": number},
            }
            for number in range(5_000)
        ]
        insert_rows(session.connection(), Audit.__table__, given)
    columns = [getattr(Audit, name) for name in given[0]]
    with database.begin(two[0]) as session:
        found = session.execute(select(*columns).order_by(Audit.listings))
        assert [dict(row) for row in found.mappings()] == given
