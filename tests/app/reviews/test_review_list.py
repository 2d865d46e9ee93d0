"""The list of all reviews: search, filters, paging."""

from datetime import timedelta

import pytest

from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import queries, service
from app.reviews.queries import ReviewFilter
from app.reviews.service import Arrival
from tests.town import NOW, open_shop, page, review


@pytest.fixture
def session(database, clock):
    shop = open_shop(database)
    records = [
        review(1, "Lovely scones, 100% butter."),
        review(2, "Slow till.", stars=2.0, reply="We opened a second till."),
        review(3, "Undated", published_at=None, precision=None),
        review(4, "Also undated", published_at=None, precision=None),
        review(5, "맛있어요", language="ko", published_at=NOW - timedelta(days=30)),
    ]
    with database.begin(shop.organization_id) as session:
        listing = session.get_one(Listing, shop.listing_id)
        location = session.get_one(Location, shop.location_id)
        service.ingest(session, [Arrival(listing, location, page(*records))], clock)
        yield session


def found(session, **filters):
    rows = queries.page(session, ReviewFilter(**filters)).rows
    return [review.external_id for review, _location, _source in rows]


def test_newest_first_and_undated_last_in_pages_without_gap(session):
    assert found(session) == ["r1", "r2", "r5", "r4", "r3"]
    seen, after = [], None
    while True:
        part = queries.page(session, ReviewFilter(), after, limit=2)
        seen += [row[0].external_id for row in part.rows]
        after = part.next
        if after is None:
            break
    assert seen == ["r1", "r2", "r5", "r4", "r3"]


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("SCONES lovely", ["r1"]),
        ("second till", ["r2"]),
        ("guest 5", ["r5"]),
        ("맛있", ["r5"]),
        ("100%", ["r1"]),
        ("_", []),
        ("%", ["r1"]),
    ],
)
def test_every_word_must_stand_somewhere(session, search, ids):
    assert found(session, search=search) == ids


def test_filters(session):
    assert found(session, max_stars=3) == ["r2"]
    assert found(session, stand="answered") == ["r2"]
    assert found(session, answered="no", language="ko") == ["r5"]
    assert found(session, since=NOW - timedelta(days=2)) == ["r1", "r2"]
    assert found(session, source_key="yelp") == []
    assert queries.languages(session) == ["ko"]


@pytest.mark.parametrize("after", ["x", ",", "2026-01-01,1", "now,now"])
def test_a_place_that_was_tampered_with_begins_at_the_top(session, after):
    assert len(queries.page(session, ReviewFilter(), after).rows) == 5
