"""Looking for a location on the sources that can be searched, over real HTTP."""

import json

import pytest
from sqlalchemy import select

from app.candidates import service
from app.candidates.models import Candidate, ListingSearch
from app.core.crypto import Vault
from app.core.settings import Settings
from app.listings.models import Listing
from app.locations.models import Location
from app.sources.service import keep
from jobs.leases import SEARCHES, Leases
from jobs.parts import Parts
from jobs.tasks.find import find
from scrapers import registry
from scrapers.fetch import MemoryPace
from tests.town import open_shop

HOSTS = ("nominatim.openstreetmap.org", "www.wikidata.org", "places.googleapis.com")


def place(number, name, road, house):
    return {
        "osm_type": "node",
        "osm_id": number,
        "place_id": number,
        "lat": "45.5",
        "lon": "-122.6",
        "name": name,
        "display_name": f"{name}, {house} {road}, Portland",
        "address": {
            "house_number": house,
            "road": road,
            "city": "Portland",
            "state": "Oregon",
            "postcode": "97209",
            "country_code": "us",
        },
        "extratags": {},
        "namedetails": {"name": name},
    }


FOUND = [place(7, "Harbour Café", "Quay Street", "12"), place(8, "Smith Tyres", "Main Street", "1")]


@pytest.fixture
def parts(database, clock, httpserver, mails, tmp_path):
    origin = httpserver.url_for("").rstrip("/")
    settings = Settings(data_dir=tmp_path, host_map=dict.fromkeys(HOSTS, origin), _env_file=None)
    leases = Leases(database, clock)
    return Parts(settings, database, mails, leases, MemoryPace(), clock, jitter=lambda: 0.0)


@pytest.fixture
def shop(database, clock):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        location = session.get_one(Location, shop.location_id)
        location.street, location.locality = "12 Quay Street", "Portland"
        location.postal_code, location.region = "97209", "OR"
        service.ask(session, shop.location_id, clock)
    return shop


def rows(database, shop, model):
    with database.begin(shop.organization_id) as session:
        return session.scalars(select(model).order_by(model.id)).all()


def search(parts):
    return find(parts, parts.leases.claim(SEARCHES, 5))


def test_what_may_be_the_place_is_kept_with_its_probability(parts, shop, database, httpserver):
    httpserver.expect_request("/search").respond_with_json(FOUND)
    assert search(parts) == 1
    (row,) = rows(database, shop, Candidate)
    assert row.name == "Harbour Café"
    assert row.probability > 0.5
    assert "12 Quay Street" in row.shows


def test_a_search_comes_again_in_a_month_and_finds_nothing_new(
    parts, shop, database, clock, httpserver
):
    httpserver.expect_request("/search").respond_with_json(FOUND)
    search(parts)
    assert search(parts) == 0  # nothing is due
    clock.advance(days=31)
    assert search(parts) == 0
    assert len(rows(database, shop, Candidate)) == 1


def test_a_source_that_refuses_is_named_and_the_others_go_on(parts, shop, database, httpserver):
    httpserver.expect_request("/search").respond_with_data("no", status=403)
    search(parts)
    (row,) = rows(database, shop, ListingSearch)
    assert any(says.startswith("OpenStreetMap:") for says in row.says)
    assert row.claimed_until is None


def test_a_source_whose_text_may_not_be_kept_leaves_only_its_id(
    parts, shop, database, clock, httpserver
):
    httpserver.expect_request("/search").respond_with_json([])
    answer = {
        "places": [
            {
                "id": "abc",
                "displayName": {"text": "Harbour Café"},
                "formattedAddress": "12 Quay Street, Portland, OR 97209, USA",
                "googleMapsUri": "https://maps.google.com/?cid=1",
            }
        ]
    }
    httpserver.expect_request("/v1/places:searchText").respond_with_data(
        json.dumps(answer), content_type="application/json"
    )
    with database.begin(shop.organization_id) as session:
        vault = Vault(parts.settings.key("accounts"))
        keep(session, "google_places", {"api_key": "k"}, vault, shop.user_id, clock)
    search(parts)
    (row,) = rows(database, shop, Candidate)
    assert (row.key, row.name, row.shows) == ("abc", None, None)


def test_a_candidate_becomes_a_listing_or_is_gone(parts, shop, database, clock, httpserver):
    httpserver.expect_request("/search").respond_with_json(
        [FOUND[0], place(9, "Harbour Café", "Quay Street", "12")]
    )
    search(parts)
    sources = {source.key: source for source in registry.all_sources()}
    first, second = rows(database, shop, Candidate)
    with database.begin(shop.organization_id) as session:
        service.accept(session, first.id, sources, shop.user_id, clock)
        service.decline(session, second.id, shop.user_id, clock)
    assert [row.source_key for row in rows(database, shop, Listing)] == ["generic", "openstreetmap"]
    clock.advance(days=31)
    assert search(parts) == 0
