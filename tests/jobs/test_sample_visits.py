"""Visits to the sample town over HTTP, as a person who tries Goodword out sees them."""

import re

import pytest
from sqlalchemy import select
from werkzeug import Response

from app.accounts.models import Organization
from app.listings.models import Listing, Scan
from app.listings.service import check_now
from app.locations.models import Location
from app.reviews.models import Review
from app.sample.server import create_town
from app.sample.town import Town
from jobs.leases import LISTINGS, LOCATIONS, WEBSITES
from jobs.tasks.audit import audit
from jobs.tasks.collect import collect
from jobs.tasks.websites import look
from scrapers.types import Outcome
from tests.town import open_shop

BUSINESS = "tyre-lane-cycles"


@pytest.fixture
def memory(tmp_path, clock):
    return Town(tmp_path / "town.json", clock)


@pytest.fixture
def shops():
    """The rows of each directory that was visited."""
    return {}


@pytest.fixture
def visit(parts, httpserver, memory, database, clock, shops):
    """Press "Read them now" for a directory of the town; what the visit brought."""
    town = create_town(memory)
    httpserver.expect_request(re.compile("/.*")).respond_with_handler(
        lambda request: Response.from_app(town, request.environ)
    )

    def visit(directory):
        if directory not in shops:
            url = httpserver.url_for(f"/{directory}/{BUSINESS}")
            shops[directory] = open_shop(database, directory, url=url, source_key="sample_town")
        shop = shops[directory]
        clock.advance(minutes=1)
        with database.begin(shop.organization_id) as session:
            check_now(session, shop.location_id, clock)
        ended = []
        collect(parts, parts.leases.claim(LISTINGS, 50), ended.append)
        return ended[0]

    return visit


def rows(database, shop, model):
    with database.begin(shop.organization_id) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def test_a_review_that_its_author_took_back_is_removed_after_two_readings(
    visit, memory, database, shops
):
    before = visit("plateful").done.added
    memory.move("removal")
    assert [visit("plateful").done.removed for _ in range(2)] == [0, 1]
    reviews = rows(database, shops["plateful"], Review)
    assert len(reviews) == before
    assert [row.author for row in reviews if row.stand == "removed"] == ["Aiko M."]


def test_the_visits_between_full_readings_see_it_too(visit, memory, database, parts, clock):
    visit("plateful")
    memory.move("removal")
    removed = 0
    for _ in range(2):
        clock.advance(days=1)
        ended = []
        collect(parts, parts.leases.claim(LISTINGS, 50), ended.append)
        assert not ended[0].full
        removed += ended[0].done.removed
    assert removed == 1


def test_a_directory_without_markup_names_the_business(visit, database, shops):
    ended = visit("register")
    assert ended.visit.listing.name == "Tyre Lane Cycles"
    [listing] = rows(database, shops["register"], Listing)
    assert listing.comparison["fields"]["name"]["observed"] == "Tyre Lane Cycles"


def test_a_check_against_robots_is_could_not_check(visit, memory, database):
    memory.move("challenge")
    ended = visit("register")
    assert ended.visit.outcome is Outcome.BLOCKED
    assert ended.visit.says.startswith("Sample town shows a check against robots")
    assert not ended.visit.complete


def test_reviews_on_several_pages_are_a_complete_reading(visit, database, shops):
    for _ in range(2):
        ended = visit("reviewlane")
        assert (ended.visit.pages, ended.done.seen, ended.visit.complete) == (3, 24, True)
    shop = shops["reviewlane"]
    assert [scan.complete for scan in rows(database, shop, Scan)] == [True, True]
    [listing] = rows(database, shop, Listing)
    assert (listing.read_reviews, listing.stated_reviews) == (24, 24)
    assert listing.last_complete_scan_at is not None


def test_the_websites_of_the_town_are_followed_in_the_town(
    parts, httpserver, memory, database, clock
):
    town = create_town(memory)
    httpserver.expect_request(re.compile("/.*")).respond_with_handler(
        lambda request: Response.from_app(town, request.environ)
    )
    parts.settings = parts.settings.model_copy(update={"sample_port": httpserver.port})
    parts.settings.allow_origins = []
    shop = open_shop(
        database, "Tyre Lane Cycles", url=f"{parts.settings.sample_origin}/cityvoice/{BUSINESS}",
        source_key="sample_cityvoice",
    )  # fmt: skip
    with database.begin(shop.organization_id) as session:
        session.get_one(Organization, shop.organization_id).is_sample = True
        session.get_one(Location, shop.location_id).website = "https://tyrelanecycles.example/"
    collect(parts, parts.leases.claim(LISTINGS, 50))
    assert look(parts, parts.leases.claim(WEBSITES, 50)) == 2
    audit(parts, parts.leases.claim(LOCATIONS, 50))
    [listing] = rows(database, shop, Listing)
    cell = listing.comparison["fields"]["website"]
    assert (cell["verdict"], cell["why"]) == ("equivalent", "redirects to tyrelanecycles.example")
