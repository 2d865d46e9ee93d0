"""From what a listing says to findings, audits and the matrix, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.errors import NotFound
from app.listings import proofs, queries, records, service
from app.listings.held import held
from app.listings.models import Finding, Listing, ListingSnapshot
from app.listings.nap.verdict import Verdict
from app.locations.models import AcceptedVariant, Location
from scrapers.types import Address, ListingRecord, Outcome, Rating
from tests.town import NOW, add_listing, open_shop

RECORD = ListingRecord(
    name="Harbour Café",
    phone="(503) 555-0118",
    address=Address(
        street="12 Quay Street", locality="Portland", region="OR", postal_code="97201", country="US"
    ),
    rating=Rating(4.5, 5.0, count=20),
)
OLD_PHONE = replace(RECORD, phone="(503) 555-0181")


@pytest.fixture
def shop(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        location = session.get_one(Location, shop.location_id)
        location.phone, location.street = "(503) 555-0118", "12 Quay Street"
        location.locality, location.region, location.postal_code = "Portland", "OR", "97201"
    return shop


@pytest.fixture
def session(database, shop):
    with database.begin(shop.organization_id) as session:
        yield session


@pytest.fixture
def visit(session, shop, clock):
    def visit(record=None, outcome=Outcome.OK, keeps_text=True, listing_id=shop.listing_id):
        listing = session.get_one(Listing, listing_id)
        location = session.get_one(Location, shop.location_id)
        scan = {
            "started_at": clock(),
            "finished_at": clock(),
            "outcome": outcome,
            "complete": True,
            **dict.fromkeys(("pages", "seen", "added", "edited", "removed"), 0),
            "error": None,
            "problems": [],
        }
        known = held(session, [listing.id])
        service.note_visit(session, listing, scan, clock() + timedelta(hours=6), known)
        if record is not None:
            service.keep_snapshot(listing, record, keeps_text, clock(), known)
            accepted = service.accepted_variants(session, [location.id])[location.id]
            service.compare_listing(
                session, location, listing, record, accepted, keeps_text, clock(), known
            )
        known.write(session)
        session.flush()

    return visit


@pytest.fixture
def findings(session):
    def findings():
        rows = session.scalars(select(Finding).order_by(Finding.id))
        return [(row.field, row.closed_because) for row in rows]

    return findings


def audit(session, shop, clock, weight=lambda key: 1.0):
    location = session.get_one(Location, shop.location_id)
    return service.audit(session, location, weight, clock)


def test_a_wrong_number_is_one_open_finding_however_often_it_is_seen(visit, findings, session):
    visit(OLD_PHONE)
    visit(OLD_PHONE)
    assert findings() == [("phone", None)]
    found = session.scalars(select(Finding)).one()
    assert (found.expected, found.observed) == ("(503) 555-0118", "(503) 555-0181")


def test_it_closes_by_itself_once_it_is_corrected_and_opens_anew_when_it_returns(visit, findings):
    visit(OLD_PHONE)
    visit(RECORD)
    assert findings() == [("phone", "fixed")]
    visit(OLD_PHONE)
    assert findings() == [("phone", "fixed"), ("phone", None)]


def test_other_ends_of_a_finding_are_told_apart(visit, findings, session, shop):
    visit(OLD_PHONE)
    visit(replace(RECORD, phone=None))
    assert findings()[-1] == ("phone", "not shown any more")
    visit(OLD_PHONE)
    session.add(
        AcceptedVariant(
            location_id=shop.location_id, field="phone", value="(503) 555-0181", accepted_at=NOW
        )
    )
    session.flush()
    visit(OLD_PHONE)
    assert findings()[-1] == ("phone", "accepted")
    visit(replace(RECORD, phone="(503) 555-0199"))
    session.get_one(Location, shop.location_id).phone = "(503) 555-0199"
    visit(replace(RECORD, phone="(503) 555-0199"))
    assert findings()[-1] == ("phone", "record changed")


def test_a_visit_that_could_not_check_keeps_the_last_known_state(visit, findings, session, shop):
    visit(OLD_PHONE)
    visit(outcome=Outcome.BLOCKED)
    assert findings() == [("phone", None)]
    row = queries.matrix(session, shop.location_id).rows[0]
    assert (row.checked, row.cells["phone"].verdict) == (False, Verdict.DIFFERENT)


def test_a_page_that_is_gone_is_a_finding_until_it_answers_again(visit, findings):
    visit(outcome=Outcome.GONE)
    assert findings() == [("page", None)]
    visit(RECORD)
    assert findings() == [("page", "fixed")]


def test_a_page_of_another_place_is_one_finding(visit, findings, session, shop):
    elsewhere = ListingRecord(
        name="Moonlight Dental",
        phone="(212) 555-0142",
        address=Address(street="900 Broadway", locality="New York", region="NY", country="US"),
    )
    visit(elsewhere)
    assert findings() == [("place", None)]
    assert queries.matrix(session, shop.location_id).rows[0].another_place


def test_a_snapshot_is_kept_when_the_listing_changed_and_not_when_its_rating_did(visit, session):
    visit(RECORD)
    visit(replace(RECORD, rating=Rating(4.6, 5.0, count=21)))
    visit(OLD_PHONE)
    assert len(session.scalars(select(ListingSnapshot)).all()) == 2


def test_a_record_survives_its_json():
    record = replace(
        RECORD,
        hours={"mon": [("09:00", "17:00")]},
        special_hours={NOW.date(): []},
        categories=["Cafe"],
    )
    again = records.from_json(records.to_json(record))
    assert records.to_json(again) == records.to_json(record)
    assert (again.address, again.rating) == (record.address, record.rating)


def test_an_audit_weighs_directories_and_counts_nothing_that_could_not_be_checked(
    visit, session, shop, clock
):
    other = add_listing(session, shop.location_id, source_key="small", url="https://b.example")
    blocked = add_listing(session, shop.location_id, source_key="gone", url="https://c.example")
    visit(RECORD)
    visit(OLD_PHONE, listing_id=other.id)
    visit(outcome=Outcome.BLOCKED, listing_id=blocked.id)
    heavy = audit(session, shop, clock, weight=lambda key: 0.9 if key == "generic" else 0.1)
    light = audit(session, shop, clock, weight=lambda key: 0.1 if key == "generic" else 0.9)
    assert (heavy.listings, heavy.unchecked) == (3, 1)
    assert heavy.score > light.score
    assert heavy.counts["different"] == 1


def test_an_audit_of_nothing_has_no_score(session, shop, clock):
    assert audit(session, shop, clock).score is None


def test_an_audit_after_a_change_of_record_finds_what_is_wrong_now(
    visit, findings, session, shop, clock
):
    visit(RECORD)
    assert findings() == []
    session.get_one(Location, shop.location_id).phone = "(503) 555-0999"
    session.flush()
    audit(session, shop, clock)
    assert findings() == [("phone", None)]


def test_the_proof_shows_which_letters_differ_and_what_came_before(visit, session, shop, clock):
    visit(OLD_PHONE)
    visit(RECORD)
    clock.advance(days=2)
    visit(OLD_PHONE)
    proof = proofs.proof(session, shop.listing_id, "phone")
    assert proof.verdict == Verdict.DIFFERENT
    ours, theirs = proof.marked
    assert "".join(text for text, _ in ours) == "(503) 555-0118"
    assert any(differs for _, differs in theirs)
    assert (proof.finding.opened_at, proof.seen_at) == (clock(), clock())
    assert [row.closed_because for row in proof.history] == ["fixed"]


def test_text_that_may_not_be_kept_leaves_the_verdict_only(visit, session, shop):
    visit(OLD_PHONE, keeps_text=False)
    proof = proofs.proof(session, shop.listing_id, "phone")
    assert (proof.verdict, proof.observed, proof.kept_text) == (Verdict.DIFFERENT, None, False)


def test_purging_takes_what_was_seen_and_keeps_the_verdict(visit, session, shop, clock):
    visit(OLD_PHONE)
    clock.advance(hours=25)
    assert service.purge(session, "generic", timedelta(hours=24), clock) == 1
    proof = proofs.proof(session, shop.listing_id, "phone")
    assert (proof.verdict, proof.observed, proof.finding.observed) == (
        Verdict.DIFFERENT,
        None,
        None,
    )


def test_a_finding_marked_done_sends_us_to_look(visit, session, shop, clock):
    visit(OLD_PHONE)
    finding = session.scalars(select(Finding)).one()
    service.mark_done(session, finding.id, shop.user_id, clock)
    assert session.get_one(Listing, shop.listing_id, populate_existing=True).next_check_at == NOW
    visit(RECORD)
    with pytest.raises(NotFound):
        service.mark_done(session, finding.id, shop.user_id, clock)


def test_the_overview_counts_by_location_and_source(visit, session, shop, clock):
    visit(OLD_PHONE)
    audit(session, shop, clock)
    keys, [row] = queries.overview(session)
    assert keys == ["generic"]
    assert (row.name, row.wrong, row.cells["generic"].wrong) == ("Harbour Café", 1, 1)
    assert row.score is not None
    [(finding, listing, location)] = queries.findings(session)
    assert (finding.field, listing.id, location.id) == ("phone", shop.listing_id, shop.location_id)
