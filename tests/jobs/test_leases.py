"""Claims: each due row to one worker, and back to the others when its lease is over."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.listings.models import Listing
from app.locations.models import Location
from jobs.leases import LISTINGS, LOCATIONS, Leases
from tests.town import NOW, add_listing, open_shop

LENGTH = timedelta(minutes=10)


@pytest.fixture
def shop(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        for number in range(39):
            add_listing(session, shop.location_id, url=f"https://example.com/{number}")
    return shop


@pytest.fixture
def leases(database, clock):
    return Leases(database, clock, LENGTH)


def change(database, shop, **values):
    with database.begin(shop.organization_id) as session:
        session.execute(update(Listing).values(**values))


def test_rows_are_claimed_the_longest_waiting_first(database, shop, leases, clock):
    with database.begin(shop.organization_id) as session:
        waiting = update(Listing).where(Listing.id == shop.listing_id)
        session.execute(waiting.values(next_check_at=NOW - timedelta(hours=1)))
    claims = leases.claim(LISTINGS, 5)
    assert len(claims) == 5
    assert (shop.organization_id, shop.listing_id) in claims


def test_many_workers_at_once_never_share_a_row(database, shop, clock):
    workers = [Leases(database, clock, LENGTH) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        taken = threads.map(lambda number: workers[number % 4].claim(LISTINGS, 3), range(20))
        rows = Counter(claim.id for claims in taken for claim in claims)
    assert len(rows) == 40
    assert set(rows.values()) == {1}


def test_nothing_is_due_before_its_time_or_where_it_is_archived(database, shop, leases, clock):
    change(database, shop, next_check_at=NOW + timedelta(seconds=1))
    assert leases.claim(LISTINGS, 50) == []
    clock.advance(seconds=1)
    change(database, shop, archived_at=NOW)
    assert leases.claim(LISTINGS, 50) == []
    change(database, shop, archived_at=None)
    with database.begin(shop.organization_id) as session:
        session.execute(update(Location).values(archived_at=NOW))
    assert leases.claim(LISTINGS, 50) == []


def test_a_row_of_a_killed_worker_is_taken_over_after_its_lease(database, shop, leases, clock):
    other = Leases(database, clock, LENGTH)
    assert len(leases.claim(LISTINGS, 50)) == 40
    clock.advance(minutes=9)
    assert other.claim(LISTINGS, 50) == []
    clock.advance(minutes=1)
    assert len(other.claim(LISTINGS, 50)) == 40


def test_a_renewed_lease_stays(database, shop, leases, clock):
    leases.claim(LISTINGS, 50)
    clock.advance(minutes=9)
    leases.renew()
    clock.advance(minutes=9)
    assert Leases(database, clock, LENGTH).claim(LISTINGS, 50) == []


def test_a_released_row_is_free_and_renewed_no_more(database, shop, leases, clock):
    claims = leases.claim(LISTINGS, 50)
    leases.release(LISTINGS, claims)
    leases.renew()
    with database.begin(shop.organization_id) as session:
        assert set(session.scalars(select(Listing.claimed_until))) == {None}


def test_by_hand_rows_are_taken_before_their_time_but_never_from_another(
    database, shop, leases, clock
):
    change(database, shop, next_check_at=NOW + timedelta(hours=5))
    first = leases.claim(LISTINGS, 50, only=[shop.listing_id], due=False)
    assert [claim.id for claim in first] == [shop.listing_id]
    again = Leases(database, clock, LENGTH)
    assert again.claim(LISTINGS, 50, only=[shop.listing_id], due=False) == []


def test_an_audit_waits_for_the_visits_that_are_due_before_it(database, shop, leases, clock):
    assert leases.claim(LOCATIONS, 5) == []
    change(database, shop, next_check_at=NOW + timedelta(hours=6))
    assert [claim.id for claim in leases.claim(LOCATIONS, 5)] == [shop.location_id]
