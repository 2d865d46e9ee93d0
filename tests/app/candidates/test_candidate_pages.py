"""The page about finding listings."""

from app.listings.held import held
from app.listings.models import Listing
from app.listings.service import compare_listing
from app.locations.models import Location
from scrapers.types import ListingRecord
from tests.app.locations.test_location_pages import FORM
from tests.town import NOW, add_listing


def test_a_search_is_asked_for_and_waits_for_its_turn(owner):
    owner.post("/locations/new", data=FORM)
    assert "Not searched yet." in owner.get("/locations/1/find").text
    page = owner.post("/locations/1/find", follow_redirects=True).text
    assert "The search waits for its turn." in page
    assert "Customers would look here" in page


def test_a_candidate_that_is_gone_is_404(owner):
    assert owner.post("/candidates/9/accept").status_code == 404
    assert owner.post("/candidates/9/decline").status_code == 404


def test_looking_for_more_stands_in_the_room_of_listings(owner):
    owner.post("/locations/new", data=FORM)
    for page in ("/locations/1/find", "/locations/1/listings"):
        assert '<a href="/listings" aria-current="page">' in owner.get(page).text


def test_the_trade_decides_where_customers_would_look(owner):
    owner.post("/locations/new", data=FORM | {"vertical": "dentist"})
    page = owner.get("/locations/1/find").text
    assert "Healthgrades" in page
    assert "Zocdoc" in page
    assert "OpenTable" not in page
    assert "Say which trade it is" not in page


def test_standing_twice_on_a_directory_is_said(owner, database):
    owner.post("/locations/new", data=FORM)
    with database.begin(1) as session:
        for number in (1, 2):
            url = f"https://www.yelp.com/biz/us-{number}"
            same = {"same_place": "yes", "fields": {}}
            add_listing(session, 1, source_key="yelp", url=url, comparison=same)
    page = owner.get("/locations/1/find").text
    assert "You stand here more than once" in page
    assert "https://www.yelp.com/biz/us-2" in page


def test_a_page_of_somebody_else_leads_to_its_proof(owner, database):
    owner.post("/locations/new", data=FORM)
    owner.post("/locations/1/listings", data={"links": "https://example.com/us"})
    with database.begin(1) as session:
        listing, location = session.get_one(Listing, 1), session.get_one(Location, 1)
        stranger = ListingRecord(name="Smith Tyres", phone="(541) 555-0100")
        known = held(session, [listing.id])
        compare_listing(session, location, listing, stranger, (), True, NOW, known)
    assert '<a href="/listings/1/place">' in owner.get("/locations/1/find").text
    proof = owner.get("/listings/1/place").text
    assert "this page shows another place" in proof
    assert "Enter this" not in proof
