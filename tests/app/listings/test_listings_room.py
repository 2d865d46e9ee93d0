"""The room Listings as its people meet it, on both databases."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.listings import overview, rules, service, websites
from app.listings.held import held
from app.listings.models import Audit, Finding, Listing, Scan
from app.locations.models import AcceptedVariant, Location
from scrapers.types import Landing, ListingRecord, Outcome
from tests.town import NOW, add_listing, add_location

RECORD = {"phone": "(207) 555-0142", "website": "https://harbour.example/", "locality": "Portland"}


@pytest.fixture
def organization(owner, database) -> int:
    with database.begin() as session:
        return session.scalars(select(Organization.id)).one()


def place(database, organization, *shown, name="Harbour Café"):
    """A location with one listing per record; None is a directory that blocked us."""
    with database.begin(organization) as session:
        location = add_location(session, name, **RECORD)
        for number, record in enumerate(shown):
            listing = add_listing(session, location.id, url=f"https://d{number}.example/cafe")
            listing.last_outcome = Outcome.OK if record else Outcome.BLOCKED
            listing.last_error = None if record else "It asks for proof of a person."
            listing.last_ok_at = NOW
            if record:
                known = held(session, [listing.id])
                service.keep_snapshot(listing, record, True, NOW, known)
                service.compare_listing(session, location, listing, record, (), True, NOW, known)
                known.write(session)
        service.audit(session, location, lambda _: 0.5, lambda: NOW)
        return location.id


RIGHT = ListingRecord(name="Harbour Café", phone="207-555-0142", website="http://harbour.example")
WRONG = ListingRecord(name="Harbour Café", phone="207-555-0124", website="http://harbour.example")


def test_without_a_location_it_says_what_to_do(owner):
    assert "Add your business" in owner.get("/listings").text


def test_the_matrix_says_in_a_sentence_who_misleads(owner, database, organization):
    place(database, organization, RIGHT, WRONG, None)
    page = owner.get("/listings").text
    assert "1 of 3 directories sends customers to another phone number" in page
    assert "d2.example could not be checked: It asks for proof of a person." in page
    assert "Reviews are read every 6 hours, everything is compared weekly" in page
    assert "how it is counted" in page


def test_a_page_that_calls_us_closed_comes_before_all_else(owner, database, organization):
    closed = replace(RIGHT, status="Permanently closed")
    place(database, organization, WRONG, RIGHT, closed)
    page = owner.get("/listings").text
    assert "1 of 3 directories says that you are closed" in page
    order = [page.index(f'scope="row">d{number}.example') for number in (2, 0, 1)]
    assert order == sorted(order)


def test_our_own_website_that_does_not_answer_is_said_above_the_matrix(
    owner, database, organization, clock
):
    place(database, organization, RIGHT)
    says = "There is no site called harbour.example."
    with database.begin(organization) as session:
        landing = Landing(Outcome.UNREACHABLE, says=says)
        for days in (0, 1):
            clock.advance(days=days)
            websites.take(session, "https://harbour.example/", landing, clock(), clock)
    page = owner.get("/listings").text
    assert "has not answered since 20 November" in page
    assert says in page


def test_the_proof_says_where_a_website_leads(owner, database, organization):
    short = replace(RIGHT, website="http://bit.ly/harbour")
    place(database, organization, short)
    with database.begin(organization) as session:
        landing = Landing(leads_to="https://harbour.example/")
        websites.take(session, short.website, landing, NOW, lambda: NOW)
        location = session.scalars(select(Location)).one()
        service.audit(session, location, lambda _: 0.5, lambda: NOW)
    page = " ".join(owner.get("/listings/1/website").text.split())
    assert "Written differently, leads to the same" in page
    assert "redirects to harbour.example" in page
    assert (
        '>http://bit.ly/harbour</span> redirects to <span dir="auto" class="value">'
        'https://harbour.example/</span> <span class="small quiet">seen ' in page
    )


def test_five_marks_are_words_too(owner, database, organization):
    place(database, organization, WRONG, None)
    page = owner.get("/listings").text
    for kind, says in (
        ("same", "same"),
        ("alike", "written differently"),
        ("wrong", "wrong"),
        ("unshown", "not shown"),
        ("unsure", "could not check"),
    ):
        assert f'class="m {kind}"' in page
        assert says in page


def test_what_needs_a_hand_stands_first_and_can_be_shown_alone(owner, database, organization):
    place(database, organization, RIGHT, None, WRONG)
    page = owner.get("/listings").text
    order = [page.index(f'scope="row">d{number}.example') for number in (2, 1, 0)]
    assert order == sorted(order)
    alone = owner.get("/listings?show=wrong").text
    assert 'scope="row">d2.example' in alone
    assert 'scope="row">d0.example' not in alone


def first(database, organization, model):
    with database.begin(organization) as session:
        return session.scalars(select(model.id).order_by(model.id)).first()


def test_the_proof_shows_both_values_and_the_way_to_correct_it(owner, database, organization):
    place(database, organization, WRONG)
    page = owner.get(f"/listings/{first(database, organization, Listing)}/phone").text
    assert "Another number" in page
    assert "Wrong since 20 November" in page
    assert '<mark class="ours">42</mark>' in page
    assert '<mark class="theirs">24</mark>' in page
    assert "Correct it on d0.example" in page
    assert 'rel="noopener noreferrer"' in page


def test_the_proof_keeps_all_that_the_page_said_unless_its_source_forbids(
    owner, database, organization
):
    place(database, organization, WRONG)
    listing = first(database, organization, Listing)
    page = owner.get(f"/listings/{listing}/phone").text
    assert "All that the page said" in page
    assert "http://harbour.example" in page
    with database.begin(organization) as session:
        service.purge(session, "generic", timedelta(0), lambda: NOW + timedelta(days=1))
    assert "All that the page said" not in owner.get(f"/listings/{listing}/phone").text


def test_a_directory_that_no_program_may_read_is_looked_at_by_hand(owner, database, organization):
    location = place(database, organization)
    links = {"links": "https://maps.apple.com/place?place-id=I7C2"}
    page = owner.post(f"/locations/{location}/listings", data=links, follow_redirects=True).text
    assert "look at it by hand" in page
    listing = first(database, organization, Listing)
    page = owner.get(f"/listings/{listing}/phone").text
    assert RECORD["phone"] in page
    assert "Correct it under Places in Apple Business Connect" in page
    assert "Nobody has looked yet." in page
    owner.post(f"/listings/{listing}/passport", data={"claim_state": "claimed", "proved": "y"})
    assert "Last looked at" in owner.get(f"/listings/{listing}/phone").text


def test_the_formula_of_the_score_names_its_weights(owner, database, organization):
    place(database, organization, WRONG)
    page = owner.get("/listings").text
    assert "address 25, phone 25" in page
    assert "Other website 0.2." in page


def test_a_field_that_agrees_has_its_proof_too(owner, database, organization):
    place(database, organization, RIGHT)
    page = owner.get(f"/listings/{first(database, organization, Listing)}/name").text
    assert "The same" in page
    assert "This is fine" not in page


def test_this_is_fine_keeps_checking_everything_else(owner, database, organization):
    place(database, organization, WRONG)
    finding = first(database, organization, Finding)
    page = owner.post(f"/listings/findings/{finding}/accept", follow_redirects=True).text
    assert "Accepted here and everywhere" in page
    assert "written differently" in page
    with database.begin(organization) as session:
        assert session.get_one(Finding, finding).closed_because == "accepted"
        assert session.scalars(select(AcceptedVariant.field)).one() == "phone"
    assert owner.post(f"/listings/findings/{finding}/accept").status_code == 404


def test_what_was_called_fine_can_be_taken_back_and_keeps_its_age(owner, database, organization):
    place(database, organization, WRONG)
    finding = first(database, organization, Finding)
    page = owner.post(f"/listings/findings/{finding}/accept", follow_redirects=True).text
    assert page.count("/listings/variants/1/remove") == 2  # in the message and on the proof
    page = owner.post("/listings/variants/1/remove?listing=1", follow_redirects=True).text
    assert "Taken back." in page
    assert "Accepted as right" not in page
    with database.begin(organization) as session:
        (row,) = session.scalars(select(Finding)).all()
        assert (row.id, row.closed_at, row.closed_because) == (finding, None, None)
        assert session.scalars(select(AcceptedVariant)).all() == []
    assert owner.post("/listings/variants/1/remove").status_code == 404


def test_not_us_can_be_taken_back(owner, database, organization):
    place(database, organization, WRONG)
    page = owner.post("/listings/1/remove", follow_redirects=True).text
    assert "/listings/1/restore" in page
    page = owner.post("/listings/1/restore", follow_redirects=True).text
    assert "This page is read again." in page
    assert "d0.example" in page
    with database.begin(organization) as session:
        assert session.scalars(select(Listing.archived_at)).one() is None
        assert session.scalars(select(Finding.closed_at)).one() is None
    assert owner.post("/listings/9/restore").status_code == 404


def test_what_was_last_known_of_a_blocked_page_is_shown_and_counts_neither_way(
    owner, database, organization
):
    location = place(database, organization, RIGHT, WRONG, WRONG)
    with database.begin(organization) as session:
        blocked = session.scalars(select(Listing).order_by(Listing.id)).all()[1:]
        for listing in blocked:
            listing.last_outcome, listing.last_error = Outcome.BLOCKED, "It asks for proof."
        service.audit(session, session.get_one(Location, location), lambda _: 1, lambda: NOW)
    page = owner.get("/listings").text
    assert "Your directories send customers to the right place" in page
    assert "Wrong 0" in page
    assert "Could not check 2" in page
    assert "What was last known of them counts neither way." in page
    assert page.count('class="m wrong last"') == 2
    assert page.count("wrong when last read") == 2
    assert 'class="m wrong"' not in page.partition("</table>")[0]


def test_a_page_that_is_gone_misleads_as_a_page(owner, database, organization):
    place(database, organization, WRONG)
    with database.begin(organization) as session:
        session.scalars(select(Listing)).one().last_outcome = Outcome.GONE
    page = owner.get("/listings").text
    assert "1 of 1 directories has lost your page" in page
    assert "Wrong 1" in page
    assert "Could not check 0" in page


def test_i_corrected_it_is_proved_by_reading_again(owner, database, organization):
    place(database, organization, WRONG)
    finding = first(database, organization, Finding)
    page = owner.post(f"/listings/findings/{finding}/done", follow_redirects=True).text
    assert "the next reading proves it" in page
    assert 'Corrected by <span dir="auto">Bridget</span>' in page


def test_reading_now_makes_every_page_due(owner, database, organization):
    location = place(database, organization, RIGHT)
    with database.begin(organization) as session:
        session.scalars(select(Listing)).one().next_check_at = NOW + timedelta(days=9)
    owner.post("/listings/collect", data={"location": str(location)})
    with database.begin(organization) as session:
        assert session.scalars(select(Listing.next_check_at)).one() == NOW


def test_the_last_visits_are_on_the_proof(owner, database, organization):
    place(database, organization, RIGHT)
    listing = first(database, organization, Listing)
    with database.begin(organization) as session:
        session.add(
            Scan(
                listing_id=listing,
                started_at=NOW,
                finished_at=NOW,
                outcome=Outcome.RATE_LIMITED,
                complete=False,
                error="Come back in an hour.",
            )
        )
    assert "Come back in an hour." in owner.get(f"/listings/{listing}/name").text


def test_many_locations_stand_by_source_those_with_most_to_correct_first(
    owner, database, organization
):
    place(database, organization, replace(RIGHT, name="A quay"), name="A quay")
    place(database, organization, replace(WRONG, name="B quay"), name="B quay")
    page = owner.get("/listings").text
    assert "1 location has something to correct" in page
    assert page.index("B quay") < page.index("A quay")
    found = owner.get("/listings?q=a+quay").text
    assert "A quay" in found
    assert "B quay</a>" not in found
    assert owner.get("/listings?page=0&q=%25").status_code == 200


def test_locations_are_compared_by_score_findings_worst_field_and_what_was_not_checked(
    owner, database, organization
):
    place(database, organization, replace(WRONG, name="A quay"), name="A quay")
    place(database, organization, replace(RIGHT, name="B quay"), None, None, name="B quay")
    place(database, organization, replace(RIGHT, name="C quay"), name="C quay")

    def order(sort):
        page = owner.get(f"/listings?sort={sort}").text
        return sorted("ABC", key=lambda letter: page.index(f"{letter} quay</a>"))

    assert order("wrong") == ["A", "B", "C"]
    assert order("score")[0] == "A"
    assert order("unchecked") == ["B", "A", "C"]
    assert order("name") == ["A", "B", "C"]
    assert order("nonsense") == order("wrong")
    page = owner.get("/listings?sort=score").text
    assert "those with the lowest score first" in page
    assert "<td>Phone</td>" in page


def test_a_file_shows_what_it_would_change_before_it_is_stored(owner, database, organization):
    place(database, organization)
    sheet = "name,country,city,phone\nHarbour Café,US,Portland,(207) 555-0199\nQuay,US,Bath,\n"
    page = owner.post(
        "/locations/import", data={"file": (BytesIO(sheet.encode()), "places.csv")}
    ).text
    assert "2 of 2 rows are in order" in page
    assert re.search(r"phone: <span[^>]*>\(?207\)?.555-0142</span>", page)
    assert '<b dir="auto">(207) 555-0199</b>' in page
    assert "locality:" not in page
    with database.begin(organization) as session:
        assert session.scalars(select(Location.phone)).one() == RECORD["phone"]


def test_many_locations_without_a_page_are_not_called_right(owner, database, organization):
    for name in ("A quay", "B quay"):
        place(database, organization, name=name)
    page = owner.get("/listings").text
    assert "No directory is watched yet" in page
    assert "right place" not in page
    place(database, organization, None, name="C quay")
    assert "Nothing could be checked yet" in owner.get("/listings").text
    place(database, organization, replace(RIGHT, name="D quay"), name="D quay")
    assert "Your directories send customers to the right place" in owner.get("/listings").text


def test_sixty_directories_stay_below_sixty_kilobytes(owner, database, organization):
    place(database, organization, *[WRONG if n % 5 == 0 else RIGHT for n in range(60)])
    answer = owner.get("/listings")
    assert answer.text.count('<th scope="row">') == 60
    assert len(answer.data) < 60_000


def test_hostile_listing_text_stays_text(owner, database, organization):
    hostile = ListingRecord(name="<script>alert(1)</script>", phone="207-555-0142")
    place(database, organization, hostile)
    page = owner.get(f"/listings/{first(database, organization, Listing)}/name").text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "path", ["/listings/1/phone", "/listings/9/secret", "/listings?location=9"]
)
def test_what_is_not_ours_is_not_there(owner, path):
    assert owner.get(path).status_code == 404


@pytest.mark.parametrize(
    ("expected", "observed", "left", "right"),
    [
        ("0142", "0124", [("01", False), ("42", True)], [("01", False), ("24", True)]),
        ("abc", "abc", [("abc", False)], [("abc", False)]),
        ("12 Main St", None, [("12 Main St", True)], []),
        (
            "12 Lantern Street",
            "21 Lantern Street",
            [("12", True), (" Lantern Street", False)],
            [("21", True), (" Lantern Street", False)],
        ),
    ],
)
def test_letters_that_differ_are_marked_together(expected, observed, left, right):
    assert rules.marked(expected, observed) == (left, right)


def test_ten_times_the_locations_take_some_ten_times_the_steps(database, owner, organization):
    """Measured in steps of SQLite's machine, which are the same on a loaded one."""
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL does not count its steps")

    def steps():
        counted = 0

        def count():
            nonlocal counted
            counted += 1

        with database.begin(organization) as session:
            raw = session.connection().connection.driver_connection
            raw.set_progress_handler(count, 100)
            overview.page(session)
            raw.set_progress_handler(None, 0)
        return counted

    def grow(number):
        with database.begin(organization) as session:
            for _ in range(number):
                location = add_location(session)
                add_listing(session, location.id)
                values = {"listings": 1, "unchecked": 1, "counts": {}, "score": 50.0}
                session.add(Audit(location_id=location.id, made_at=NOW, **values))

    grow(40)
    few = steps()
    grow(360)
    assert steps() < 20 * few
