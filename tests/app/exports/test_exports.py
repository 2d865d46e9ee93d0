"""What leaves can come in again."""

import json

import pytest

from app.core import sheets
from app.core.errors import UserError
from app.core.settings import Settings
from app.exports.queries import EXPORTS
from app.exports.taking_in import TAKING_IN, reviews
from app.listings.models import Listing
from app.locations.importing import COLUMNS
from app.locations.models import Location
from app.reviews.service import Arrival, ingest
from jobs.connecting import connector_for
from scrapers import registry
from tests.town import open_shop, page, review

SHOPS = """name,street,locality,postal_code,country,phone,categories,listings
Harbour Café,12 Quay Street,Portland,97209,US,+1 503-555-0118,"café, bakery",https://a.example/1
=Sum Bar,1 Main St,Salem,97301,US,,,
"""


@pytest.fixture
def organization(database):
    return open_shop(database, "Empty").organization_id


def test_locations_come_in_leave_and_come_in_again_unchanged(database, organization):
    with database.begin(organization) as session:
        assert "2 locations" in TAKING_IN["locations"](session, SHOPS.encode(), registry)
    with database.begin(organization) as session:
        first = list(EXPORTS["locations"](session))
        written = sheets.to_csv(list(COLUMNS), first)
        TAKING_IN["locations"](session, written.encode(), registry)
        assert list(EXPORTS["locations"](session)) == first
    assert "'=Sum Bar" in written
    assert "'+1 503" in written


def test_a_bad_row_stores_nothing_and_is_named(database, organization):
    bad = b"name,country,phone\nA,US,\nB,US,12\n"
    with database.begin(organization) as session:
        with pytest.raises(UserError, match="row 3: phone"):
            TAKING_IN["locations"](session, bad, registry)
        assert "A" not in {row["name"] for row in EXPORTS["locations"](session)}


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_kind_is_plain_enough_for_json(database, organization, kind):
    with database.begin(organization) as session:
        for row in EXPORTS[kind](session):
            assert json.loads(json.dumps(row)) == row


def test_reviews_leave_and_come_in_to_the_page_they_are_of(database, clock, tmp_path):
    first, second = (open_shop(database, name) for name in ("First", "Second"))
    with database.begin(first.organization_id) as session:
        listing = session.get_one(Listing, first.listing_id)
        place = session.get_one(Location, first.location_id)
        ingest(
            session, [Arrival(listing, place, page(review(1), review(2, reply="Thanks.")))], clock
        )
        left = list(EXPORTS["reviews"](session))
    file = "\n".join(json.dumps(row) for row in left).encode()
    export = connector_for(Settings(data_dir=tmp_path, _env_file=None)).export
    with database.begin(second.organization_id) as session:
        says = reviews(session, file, registry, "https://example.com/cafe", export)
        assert says == "2 reviews came in, 0 were here."
        came = list(EXPORTS["reviews"](session))
    same = ("author", "stars", "text", "published_at", "external_id", "answered", "reply_text")
    assert [[row[name] for name in same] for row in came] == [
        [row[name] for name in same] for row in left
    ]


def test_reviews_of_no_page_that_is_here_are_refused(database, organization):
    with (
        database.begin(organization) as session,
        pytest.raises(UserError, match="--listing"),
    ):
        reviews(session, b"", registry, "https://example.com/none", lambda *_: None)
