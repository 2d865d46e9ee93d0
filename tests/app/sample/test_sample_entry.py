"""Looking around before anything is set up."""

from sqlalchemy import select

from app.listings.models import Listing
from app.sample import town
from tests.app.locations.test_location_pages import FORM


def listings(database):
    with database.begin() as session:
        return session.scalars(select(Listing), execution_options={"across_tenants": True}).all()


def test_a_visitor_enters_the_sample_town_with_all_its_listings(visitor, database):
    assert visitor.post("/sample/enter").headers["Location"] == "/inbox"
    pages = len(town.data()["directories"]) * len(town.data()["businesses"])
    assert len(listings(database)) == pages
    assert all(row.url.startswith("http://127.0.0.1:8010/") for row in listings(database))
    assert "Tyre Lane Cycles" in visitor.get("/settings/locations").text


def test_entering_twice_founds_one_town(visitor, app, database):
    visitor.post("/sample/enter")
    count = len(listings(database))
    app.test_client().post("/sample/enter")
    assert len(listings(database)) == count


def test_a_visitor_sets_up_their_own_and_keeps_apart_from_the_town(visitor, database):
    visitor.post("/sample/enter")
    assert "Set up Goodword" in visitor.get("/welcome").text


def test_once_set_up_the_town_asks_to_sign_in(owner, visitor):
    assert visitor.post("/sample/enter").status_code == 403
    assert owner.post("/sample/enter").status_code == 302
    assert "Tyre Lane Cycles" in owner.get("/settings/locations").text
    owner.post("/organizations/1/choose")
    assert "Tyre Lane Cycles" not in owner.get("/settings/locations").text


def test_an_organization_of_ones_own_may_not_paste_the_town(owner):
    owner.post("/locations/new", data=FORM)
    answer = owner.post("/locations/1/listings", data={"links": "http://127.0.0.1:8010/x/y"})
    assert "no web address" in answer.text or "private network" in answer.text
