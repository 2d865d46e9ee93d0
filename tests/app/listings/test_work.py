"""What is to be corrected first, over many locations, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.listings import service, websites, work
from app.listings.held import held
from app.listings.models import Finding, Listing
from app.listings.work import Wanted
from app.locations import service as locations
from app.locations.models import Location
from scrapers.types import ListingRecord, Outcome
from tests.town import NOW, add_listing, add_location

RIGHT = ListingRecord(name="Harbour Café", phone="207-555-0142", website="http://harbour.example")
WRONG_PHONE = replace(RIGHT, phone="207-555-0124")
WRONG_SITE = replace(RIGHT, website="https://elsewhere.example")
EVERYTHING = Wanted()
WEIGHTS = {"yelp": 0.9, "generic": 0.2}


@pytest.fixture
def organization(owner, database) -> int:
    with database.begin() as session:
        return session.scalars(select(Organization.id)).one()


@pytest.fixture
def place(database, organization):
    """Adds a location with one listing per (source key, record, days that it stands so)."""

    def place(*shown, name="Harbour Café", town="Portland"):
        with database.begin(organization) as session:
            location = add_location(
                session,
                name,
                phone="(207) 555-0142",
                website="https://harbour.example/",
                locality=town,
            )
            for number, (key, record, days) in enumerate(shown):
                url = f"https://d{number}.example/{name}"
                listing = add_listing(session, location.id, source_key=key, url=url)
                listing.last_outcome = Outcome.OK
                seen = NOW - timedelta(days=days)
                named = replace(record, name=name)
                watched(session, location.id, named, seen)
                known = held(session, [listing.id])
                service.keep_snapshot(listing, named, True, seen, known)
                service.compare_listing(session, location, listing, named, (), True, seen, known)
                known.write(session)
            return location.id

    return place


def watched(session, location_id, record, seen):
    """Somebody looked at the websites shown, and they led nowhere else."""
    rows = websites.known(session, [location_id])
    websites.watch(session, location_id, ("https://harbour.example/", record.website), rows, seen)
    for row in rows[location_id].values():
        row.checked_at, row.last_outcome, row.leads_to = seen, Outcome.OK, row.url


@pytest.fixture
def tasks(database, organization):
    def tasks(wanted=EVERYTHING, number=1):
        with database.session(write=False) as session:
            session.info["organization_id"] = organization
            found = work.work(session, wanted, WEIGHTS, NOW, number)
            return [(task.listing.source_key, task.finding.field) for task in found.tasks]

    return tasks


def test_damage_is_directory_times_field_times_age(place, tasks, database, organization):
    place(("generic", WRONG_PHONE, 2), ("yelp", WRONG_PHONE, 2), ("yelp", WRONG_SITE, 3))
    assert tasks() == [("yelp", "phone"), ("yelp", "website"), ("generic", "phone")]
    with database.begin(organization) as session:
        first, *_ = work.work(session, Wanted(), WEIGHTS, NOW).tasks
        assert first.damage == pytest.approx(0.9 * 25 * 3)


def test_what_stands_wrong_for_long_overtakes_what_is_worse(place, tasks):
    place(("yelp", WRONG_PHONE, 0), ("yelp", WRONG_SITE, 30))
    assert tasks() == [("yelp", "website"), ("yelp", "phone")]


def test_a_page_that_is_gone_costs_as_much_as_all_its_fields(place, tasks, database, organization):
    place(("yelp", WRONG_PHONE, 1), ("yelp", RIGHT, 0))
    with database.begin(organization) as session:
        listing = session.scalars(select(Listing).order_by(Listing.id.desc())).first()
        session.add(
            Finding(
                location_id=listing.location_id,
                listing_id=listing.id,
                field="page",
                why="",
                opened_at=NOW,
                last_seen_at=NOW,
            )
        )
    assert tasks() == [("yelp", "page"), ("yelp", "phone")]


def test_what_was_corrected_by_hand_waits_at_the_end(place, tasks, database, organization):
    place(("yelp", WRONG_PHONE, 9), ("generic", WRONG_PHONE, 1))
    with database.begin(organization) as session:
        session.scalars(select(Finding).order_by(Finding.id)).first().done_at = NOW
    assert tasks() == [("generic", "phone"), ("yelp", "phone")]


def test_it_is_filtered_by_place_directory_field_and_holder_of_the_login(
    place, tasks, database, organization
):
    first = place(("yelp", WRONG_PHONE, 1), ("generic", WRONG_SITE, 1))
    place(("yelp", WRONG_PHONE, 1), name="Quay Bar", town="Bath")
    with database.begin(organization) as session:
        session.scalars(select(Listing).order_by(Listing.id)).first().login_holder = "Ann"
    assert len(tasks()) == 3
    assert len(tasks(Wanted(location=first))) == 2
    assert len(tasks(Wanted(search="bath"))) == 1
    assert len(tasks(Wanted(search="%"))) == 0
    assert tasks(Wanted(source="generic")) == [("generic", "website")]
    assert len(tasks(Wanted(field="phone"))) == 2
    assert len(tasks(Wanted(holder="Ann"))) == 1
    assert len(tasks(Wanted(holder=work.NOBODY))) == 2


def test_what_is_read_no_more_is_no_work(place, tasks, database, organization, clock):
    location = place(("yelp", WRONG_PHONE, 1))
    with database.begin(organization) as session:
        locations.archive(session, session.get_one(Location, location), clock)
    assert tasks() == []


def test_a_page_of_work_is_bounded(place, tasks):
    place(*[("yelp", WRONG_PHONE, 1)] * (work.ROWS + 2))
    assert len(tasks()) == work.ROWS
    assert len(tasks(number=2)) == 2
    assert tasks(number=10**9) == []


def test_a_new_number_is_a_list_that_empties_itself(place, database, organization, clock):
    location_id = place(*[("yelp", RIGHT, 1)] * 3)
    moved = replace(RIGHT, phone="(207) 555-0199")
    with database.begin(organization) as session:
        location = session.get_one(Location, location_id)
        locations.change(session, location, {"phone": moved.phone}, clock)
        assert location.next_audit_at == clock()
        service.audit(session, location, lambda key: 0.5, clock)
        [step] = work.following(session, location_id)
        assert (step.field, step.expected, step.behind, step.shown) == ("phone", moved.phone, 3, 3)
        for listing in session.scalars(select(Listing).limit(2)):
            known = held(session, [listing.id])
            service.compare_listing(session, location, listing, moved, (), True, clock(), known)
        session.flush()
        [step] = work.following(session, location_id)
        assert (step.behind, step.shown) == (1, 3)
        last = session.scalars(select(Listing).order_by(Listing.id.desc())).first()
        last.last_outcome = Outcome.BLOCKED
        session.flush()
        assert work.following(session, location_id) == []


def test_what_may_not_be_kept_is_read_again_after_a_change_of_record(
    place, database, organization, clock
):
    location_id = place(("yelp", RIGHT, 1))
    with database.begin(organization) as session:
        location = session.get_one(Location, location_id)
        listing = session.scalars(select(Listing)).one()
        service.purge(session, "yelp", timedelta(0), clock)
        listing.next_check_at = clock() + timedelta(days=3)
        service.audit(session, location, lambda key: 0.5, clock)
        assert listing.next_check_at > clock()
        locations.change(session, location, {"phone": "(207) 555-0199"}, clock)
        service.audit(session, location, lambda key: 0.5, clock)
        assert listing.next_check_at == clock()


def test_a_change_of_record_leads_to_the_list_of_those_who_follow(
    owner, place, database, organization
):
    location = place(("yelp", RIGHT, 1))
    form = {"name": "Harbour Café", "country": "US", "language": "en", "signature": "Bridget"}
    form |= {"promise_hours": "24", "reviews_every_hours": "6", "audit_every_hours": "168"}
    form |= {"tone": "warm", "timezone": "America/New_York", "vertical": "cafe"}
    form |= {"phone": "(207) 555-0199"}
    page = owner.post(f"/locations/{location}", data=form, follow_redirects=True)
    assert page.request.path == "/listings/work"
    assert "compared with the record as it stands now" in page.text
    again = owner.post(f"/locations/{location}", data=form)
    assert again.location == f"/locations/{location}"


def test_a_business_that_moved_keeps_sight_of_the_pages_that_have_not_followed(
    owner, place, database, organization, clock
):
    location_id = place(("yelp", RIGHT, 1), ("generic", RIGHT, 1))
    moved = {"phone": "(971) 555-0199", "locality": "Salem", "website": None}
    with database.begin(organization) as session:
        location = session.get_one(Location, location_id)
        locations.change(session, location, moved, clock)
        service.audit(session, location, lambda key: 0.5, clock)
        fields = [finding.field for finding in session.scalars(select(Finding))]
    assert fields == ["phone", "phone"]
    matrix = owner.get(f"/listings?location={location_id}").text
    assert "2 of 2 directories send customers to the old phone number" in matrix
    proof = owner.get("/listings/1/phone").text
    assert "Your old number" in proof
    assert "what your record said before" in proof


def test_the_page_says_what_to_enter_where_and_who_holds_the_login(
    owner, place, database, organization
):
    location = place(("yelp", WRONG_PHONE, 30), ("yelp", RIGHT, 1))
    with database.begin(organization) as session:
        for listing in session.scalars(select(Listing)):
            listing.login_holder = "Ann at the agency"
    page = owner.get("/listings/work").text
    assert "1 thing to correct" in page
    assert "wrong since 21 October" in page
    assert "(207) 555-0142" in page
    assert "207-555-0124" in page
    assert "Login held by" in page
    assert "Correct it on Yelp" in page
    alone = owner.get(f"/listings/work?location={location}&field=phone").text
    assert "1 of 2 directories have not followed yet" in alone
    assert "Nothing to correct" in owner.get("/listings/work?source=bbb&page=0").text
    assert owner.get("/listings/work?location=99").status_code == 404


def test_hostile_words_in_the_work_stay_words(owner, place):
    place(("yelp", replace(WRONG_SITE, website="https://x.example/<script>alert(1)"), 1))
    for path in ("/listings/work", "/listings/work?search=<script>alert(1)</script>&holder=<b>"):
        assert "<script>alert" not in owner.get(path).text


def test_the_next_step_leads_to_the_very_entry_where_the_source_knows_it(
    owner, database, organization, place
):
    place(("openstreetmap", WRONG_PHONE, 2))
    with database.begin(organization) as session:
        session.scalars(select(Listing)).one().external_id = "node/7"
    for page in ("/listings/work", "/listings/1/phone"):
        assert "https://www.openstreetmap.org/edit?node=7" in owner.get(page).text


def test_what_was_corrected_is_ticked_off_in_the_list(owner, database, organization, place):
    place(("yelp", WRONG_PHONE, 2))
    page = owner.get("/listings/work?field=phone").text
    assert 'name="back" value="/listings/work?field=phone"' in page
    done = owner.post("/listings/findings/1/done", data={"back": "/listings/work?field=phone"})
    assert done.location == "/listings/work?field=phone"
    again = owner.get(done.location).text
    assert "the next reading proves it" in again
    assert "I corrected it" not in again


def test_ticking_off_leads_nowhere_else(owner, place):
    place(("yelp", WRONG_PHONE, 2))
    done = owner.post("/listings/findings/1/done", data={"back": "https://elsewhere.example/"})
    assert done.location == "/listings/1/phone"


def test_a_page_that_shows_another_place_is_one_thing_to_do(place, tasks, database, organization):
    place(("yelp", WRONG_PHONE, 2), ("generic", WRONG_PHONE, 2))
    with database.begin(organization) as session:
        listing = session.scalars(select(Listing).order_by(Listing.id)).first()
        values = {"why": "", "opened_at": NOW, "last_seen_at": NOW, "listing_id": listing.id}
        session.add(Finding(location_id=listing.location_id, field="place", **values))
    assert tasks() == [("yelp", "place"), ("generic", "phone")]
