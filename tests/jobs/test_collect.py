"""Visits by a worker: over real HTTP, into both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.listings.models import Finding, Listing, Scan
from app.listings.service import check_now
from app.locations.models import Location
from app.replies.models import ReplySuggestion
from app.reviews.models import Review
from app.sources.service import switch
from jobs import by_hand
from jobs.leases import LISTINGS, LOCATIONS
from jobs.tasks.audit import audit
from jobs.tasks.collect import collect, in_batches
from jobs.tasks.suggest import suggest
from tests.jobs.conftest import shown
from tests.town import NOW, add_listing, open_shop


@pytest.fixture
def shop(database, site):
    shop = open_shop(database, url=site.url)
    with database.begin(shop.organization_id) as session:
        session.execute(update(Location).values(phone="(503) 555-0118"))
    return shop


@pytest.fixture
def visit(parts):
    def visit():
        ended = []
        collect(parts, parts.leases.claim(LISTINGS, 50), ended.append)
        return ended

    return visit


def rows(database, shop, model):
    with database.begin(shop.organization_id) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def test_a_visit_brings_reviews_a_comparison_and_the_next_time(visit, database, shop, clock):
    [ended] = visit()
    assert (ended.location, ended.done.added) == ("Harbour Café", 2)
    assert [row.author for row in rows(database, shop, Review)] == ["Guest 1", "Guest 2"]
    [listing] = rows(database, shop, Listing)
    assert (listing.last_outcome, listing.read_reviews, listing.stated_reviews) == ("ok", 2, 2)
    assert listing.comparison["fields"]["phone"]["verdict"] == "identical"
    assert (listing.next_check_at, listing.claimed_until) == (NOW + timedelta(hours=6), None)
    [scan] = rows(database, shop, Scan)
    assert (scan.complete, scan.added, scan.pages) == (True, 2, 1)
    assert visit() == []


def test_a_blocked_visit_is_told_apart_and_pushed_forward(visit, site, database, shop, clock):
    visit()
    site.status = 403
    clock.advance(hours=6)
    visit()
    [listing] = rows(database, shop, Listing)
    assert (listing.last_outcome, listing.failures) == ("blocked", 1)
    assert listing.last_error
    assert listing.next_check_at == clock() + timedelta(hours=6)
    assert listing.comparison is not None
    assert {row.stand for row in rows(database, shop, Review)} == {"open"}


def test_a_page_that_shows_nothing_any_more_removes_nothing(visit, site, database, shop, clock):
    visit()
    site.reviews = []
    for _ in range(3):
        clock.advance(days=8)
        visit()
    assert {row.stand for row in rows(database, shop, Review)} == {"open"}
    assert rows(database, shop, Listing)[0].last_outcome == "layout changed"


def test_one_listing_that_cannot_be_stored_costs_only_itself(
    visit, site, database, shop, parts, clock
):
    with database.begin(shop.organization_id) as session:
        bad = add_listing(session, shop.location_id, url=site.url + "?second").id

    source = parts.source("generic")
    good_parse = type(source).parse

    class Bad(type(source)):
        key = "generic"

        def parse(self, page, ref):
            extract = good_parse(self, page, ref)
            if ref.url.endswith("?second"):
                extract.problems.append(object())  # cannot become JSON
            return extract

    parts.source = lambda key: Bad()
    visit()
    first, second = rows(database, shop, Listing)
    assert (first.last_outcome, second.id, second.last_outcome) == ("ok", bad, "layout changed")
    assert "could not be stored" in second.last_error
    assert second.next_check_at > clock()


def test_later_visits_stop_at_known_ground_and_read_through_once_a_week(
    visit, site, database, shop, clock
):
    visit()
    clock.advance(hours=7)
    site.reviews.insert(0, shown(3))
    [ended] = visit()
    assert (ended.full, ended.done.added) == (False, 1)
    clock.advance(days=8)
    assert visit()[0].full


@pytest.mark.parametrize(("due", "hours", "full"), [(False, 1, True), (True, 7, False)])
def test_collecting_by_hand_reads_to_the_end(visit, parts, database, shop, clock, due, hours, full):
    visit()
    clock.advance(hours=hours)
    by_hand.collect(parts, None, due)
    [listing] = rows(database, shop, Listing)
    assert listing.last_visit_at == clock()
    assert (listing.read_through_at == clock()) == full


def test_audits_and_suggestions_follow_the_visits(visit, parts, site, database, shop, clock):
    site.business["telephone"] = "(503) 555-0181"
    assert parts.leases.claim(LOCATIONS, 5) == []
    visit()
    assert audit(parts, parts.leases.claim(LOCATIONS, 5)) == 1
    assert [row.field for row in rows(database, shop, Finding)] == ["phone"]
    [location] = rows(database, shop, Location)
    assert location.next_audit_at == clock() + timedelta(days=7)
    assert suggest(parts) == 2
    assert suggest(parts) == 0
    texts = [row.text for row in rows(database, shop, ReplySuggestion)]
    assert len(set(texts)) == 2


def test_an_edited_review_gets_new_words(visit, parts, site, database, shop, clock):
    visit()
    suggest(parts)
    clock.advance(days=8)
    site.reviews[1] = shown(2, stars=1, text="Slow till, and a rude waiter.")
    visit()
    assert suggest(parts) == 1
    assert len(rows(database, shop, ReplySuggestion)) == 3


def test_checking_by_a_button_makes_visit_and_audit_due(visit, parts, database, shop, clock):
    visit()
    audit(parts, parts.leases.claim(LOCATIONS, 5))
    clock.advance(minutes=1)
    with database.begin(shop.organization_id) as session:
        check_now(session, shop.location_id, clock)
    assert parts.leases.claim(LOCATIONS, 5) == []
    [ended] = visit()
    assert ended.full
    assert len(parts.leases.claim(LOCATIONS, 5)) == 1


def test_batches_hold_what_has_come_and_lose_nothing():
    assert [item for batch in in_batches(range(100), 7) for item in batch] == list(range(100))
    assert list(in_batches([], 7)) == []
    assert max(map(len, in_batches(range(100), 7))) <= 7


def test_a_source_whose_terms_forbid_it_is_not_asked_until_its_owner_switches_it_on(
    visit, site, database, shop, clock
):
    with database.begin(shop.organization_id) as session:
        session.execute(update(Listing).values(source_key="bbb"))
    [ended] = visit()
    assert (ended.visit.outcome, site.hits) == ("refused", 0)
    [listing] = rows(database, shop, Listing)
    assert "Switch it on" in listing.last_error
    with database.begin(shop.organization_id) as session:
        switch(session, "bbb", True, shop.user_id, clock)
    clock.advance(days=2)
    visit()
    assert site.hits == 1
