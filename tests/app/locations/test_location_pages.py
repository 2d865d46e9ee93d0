"""Locations in the browser: form, links, file."""

import io

import pytest
from sqlalchemy import select

from app.listings.models import Listing
from app.locations.models import Location
from tests.town import add_location

FORM = {
    "name": "Harbour Café",
    "street": "12 Quay Street",
    "locality": "Portland",
    "region": "OR",
    "postal_code": "97209",
    "country": "US",
    "phone": "(503) 555-0118",
    "website": "harbour.example.com",
    "categories": "café, bakery",
    "vertical": "cafe",
    "language": "en",
    "signature": "Bridget",
    "promise_hours": "24",
    "timezone": "America/Los_Angeles",
    "reviews_every_hours": "6",
    "audit_every_hours": "168",
    "hours_mon": "9-17",
    "hours_sun": "closed",
}


def rows(database, model):
    with database.begin() as session:
        return session.scalars(
            select(model).order_by(model.id), execution_options={"across_tenants": True}
        ).all()


def test_a_location_is_added_and_asks_for_its_pages(owner, database):
    answer = owner.post("/locations/new", data=FORM)
    assert answer.headers["Location"] == "/locations/1/listings"
    (row,) = rows(database, Location)
    assert row.website == "https://harbour.example.com"
    assert row.hours == {"mon": [["09:00", "17:00"]], "sun": []}
    assert row.categories == ["café", "bakery"]
    assert "Harbour Café" in owner.get("/settings/locations").text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("phone", "12", "too many or too few digits"),
        ("postal_code", "9" * 300, "longer than 20 characters"),
        ("country", "EU", "Not a valid choice"),
        ("website", "file:///etc/passwd", "no web address"),
        ("hours_mon", "noon", "no opening time"),
        ("country", "", "Choose a country"),
        ("timezone", "Mars/Base", "Choose a time zone"),
        ("promise_hours", "0", "Number must be between 1 and 720"),
    ],
)
def test_a_wrong_entry_is_explained_and_nothing_is_stored(owner, database, field, value, says):
    answer = owner.post("/locations/new", data=FORM | {field: value})
    assert says in answer.text
    assert "12 Quay Street" in answer.text
    assert rows(database, Location) == []


def test_a_change_is_checked_as_a_new_location_is(owner, database):
    owner.post("/locations/new", data=FORM)
    page = owner.post("/locations/1", data=FORM | {"postal_code": "9" * 300}).text
    assert "longer than 20 characters" in page
    assert "Saved" not in page
    assert rows(database, Location)[0].postal_code == "97209"


def test_only_countries_are_offered(owner):
    page = owner.get("/locations/new").text
    assert "South Korea" in page
    for name in ("Pseudo-Accents", "European Union", "Eurozone", "Outlying Oceania"):
        assert name not in page


def test_a_change_of_record_makes_the_audit_due(owner, database, clock):
    owner.post("/locations/new", data=FORM)
    later = clock.advance(hours=3)
    owner.post("/locations/1", data=FORM | {"signature": "Bridget B."})
    assert rows(database, Location)[0].next_audit_at < later
    owner.post("/locations/1", data=FORM | {"phone": "(503) 555-0199"})
    assert rows(database, Location)[0].next_audit_at == later
    assert "(503) 555-0199" in owner.get("/locations/1").text


def test_pasted_links_become_listings_once_and_bad_ones_are_explained(owner, database):
    owner.post("/locations/new", data=FORM)
    pasted = (
        "https://Example.com/us#top\nexample.com/us http://192.168.1.1/ http://0x7f.1/ nonsense"
    )
    page = owner.post("/locations/1/listings", data={"links": pasted}).text
    assert "private network" in page
    assert "no web address" in page
    assert [row.url for row in rows(database, Listing)] == ["https://example.com/us"]


def test_a_blank_inside_an_address_does_not_make_another_address(owner, database):
    owner.post("/locations/new", data=FORM)
    page = owner.post("/locations/1/listings", data={"links": "https://exa mple.com/us"}).text
    assert "“https://exa mple.com/us” is no web address" in page
    assert rows(database, Listing) == []


def test_a_listing_can_be_taken_off_and_put_back(owner, database):
    owner.post("/locations/new", data=FORM)
    for _ in range(2):
        owner.post("/locations/1/listings", data={"links": "https://example.com/us"})
        owner.post("/listings/1/remove")
    (row,) = rows(database, Listing)
    assert row.archived_at is not None


CSV = "name,country,zip,phone,listings\nOne,US,97209,,https://example.com/one\nTwo,US,97210,12,\n"


def test_a_file_is_shown_first_and_stored_when_the_person_says_so(owner, database):
    upload = {"file": (io.BytesIO(CSV.encode()), "places.csv")}
    page = owner.post("/locations/import", data=upload).text
    assert "1 of 2 rows are in order. Nothing is stored yet." in page
    assert "too many or too few digits" in page
    assert rows(database, Location) == []
    owner.post("/locations/import", data={"text": CSV, "good_only": "y"})
    assert [row.name for row in rows(database, Location)] == ["One"]
    assert [row.url for row in rows(database, Listing)] == ["https://example.com/one"]


def test_a_file_without_listings_does_not_promise_to_read_them(owner):
    plain = "name,country\nOne,US\n"
    page = owner.post("/locations/import", data={"file": (io.BytesIO(plain.encode()), "x.csv")})
    assert "Import 1 location<" in page.text
    page = owner.post("/locations/import", data={"text": plain}, follow_redirects=True).text
    assert "1 location is in." in page
    assert "being read now" not in page
    page = owner.post(
        "/locations/import", data={"text": CSV, "good_only": "y"}, follow_redirects=True
    ).text
    assert "Their listings are being read now." in page


def test_the_same_file_again_changes_and_does_not_double(owner, database):
    for text in (CSV, CSV.replace("97209,", "97209,(503) 555-0118")):
        owner.post("/locations/import", data={"text": text, "good_only": "y"})
    (row,) = rows(database, Location)
    assert row.phone == "(503) 555-0118"


def test_two_shops_of_a_chain_in_one_postal_code_stay_two(owner, database):
    text = (
        "name,street,zip,country\nCrumb,1 High Street,LS1 1AA,GB\nCrumb,5 High Street,LS1 1AA,GB\n"
    )
    for _ in range(2):
        owner.post("/locations/import", data={"text": text})
    assert [row.street for row in rows(database, Location)] == ["1 High Street", "5 High Street"]


def test_a_file_with_wrong_columns_is_explained(owner):
    answer = owner.post("/locations/import", data={"file": (io.BytesIO(b"a,b\n1,2\n"), "x.csv")})
    assert answer.status_code == 422
    assert "no column “name” and “country”" in answer.text


def test_facts_are_approved_and_taken_back(owner):
    owner.post("/locations/new", data=FORM)
    owner.post("/locations/1/facts", data={"text": "We are open on Sundays."})
    assert "We are open on Sundays." in owner.get("/locations/1").text
    owner.post("/locations/1/facts/1/remove")
    assert "We are open on Sundays." not in owner.get("/locations/1").text


def test_a_location_that_is_put_away_is_gone_from_the_list(owner):
    owner.post("/locations/new", data=FORM)
    owner.post("/locations/1/archive")
    assert owner.get("/locations/1").status_code == 404


def test_many_locations_are_found_page_by_page(owner, database):
    owner.post("/locations/new", data=FORM)
    with database.begin(1) as session:
        for number in range(60):
            add_location(session, f"Quay Kiosk {number:02}", locality="Bath")
    first = owner.get("/settings/locations").text
    assert "61 locations" in first
    assert ("Quay Kiosk 48" in first, "Quay Kiosk 49" in first) == (True, False)
    assert "Quay Kiosk 59" in owner.get("/settings/locations?page=2").text
    assert "60 locations with “bath”" in owner.get("/settings/locations?q=bath").text
    assert "No location is called that." in owner.get("/settings/locations?q=%25").text
