"""Bringing in a file of reviews: shown, stored, and never doubled."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from scrapers.types import Rating
from tests.town import NOW, add_listing, add_location, page, review

FILE = (
    "author,rating,date,text,reply\n"
    "Gideon,2,2026-11-18,The soup was cold.,\n"
    "Ines,5,2026-11-19,Lovely scones.,Thank you\n"
    "Tom,4,2025-01-02,Long ago.,\n"
)
TAKEOUT = {
    "reviews": [
        {
            "name": "accounts/1/locations/22/reviews/AbC",
            "reviewer": {"displayName": "Gideon"},
            "starRating": "TWO",
            "comment": "The soup was cold.",
            "createTime": "2026-11-18T10:00:00Z",
        }
    ]
}


@pytest.fixture
def shop(owner, database, clock):
    with database.begin() as session:
        organization = session.scalars(select(Organization.id)).one()
    with database.begin(organization) as session:
        location = add_location(session)
        return Shop(owner, database, clock, organization, add_listing(session, location.id).id)


class Shop:
    def __init__(self, owner, database, clock, organization, listing_id):
        self.owner, self.database, self.clock = owner, database, clock
        self.organization, self.listing_id = organization, listing_id

    @property
    def url(self):
        return f"/listings/{self.listing_id}/reviews"

    def show(self, text=FILE):
        file = {"file": (io.BytesIO(text.encode()), "reviews.csv")}
        return self.owner.post(self.url, data=file, content_type="multipart/form-data")

    def store(self, text=FILE):
        return self.owner.post(self.url, data={"text": text, "store": "1"})

    def scan(self, *records, **extract):
        with self.database.begin(self.organization) as session:
            listing = session.get_one(Listing, self.listing_id)
            place = session.get_one(Location, listing.location_id)
            ingest(session, [Arrival(listing, place, page(*records, **extract))], self.clock)

    def change(self, **values):
        with self.database.begin(self.organization) as session:
            for name, value in values.items():
                setattr(session.get_one(Listing, self.listing_id), name, value)

    def rows(self):
        with self.database.begin(self.organization) as session:
            return list(session.scalars(select(Review).order_by(Review.author, Review.id)))


def test_a_file_is_shown_first_and_nothing_is_stored(shop):
    text = shop.show().text
    assert "3 reviews are new" in text
    assert "The soup was cold." in text
    assert "Nothing is stored yet" in text
    assert shop.rows() == []


def test_what_is_stored_stands_as_if_it_had_been_read(shop):
    answer = shop.store()
    assert answer.status_code == 302
    assert [(row.author, row.stand, row.stars) for row in shop.rows()] == [
        ("Gideon", "open", 2.0),
        ("Ines", "answered", 5.0),
        ("Tom", "set aside", 4.0),
    ]


def test_the_same_file_again_adds_nothing(shop):
    shop.store()
    assert "3 are here already" in shop.show().text
    shop.store()
    assert len(shop.rows()) == 3


def test_old_reviews_are_set_aside_although_the_listing_was_read_before(shop):
    shop.scan(review(9))
    shop.store()
    assert [row.stand for row in shop.rows()] == ["open", "open", "answered", "set aside"]


def gideon(**more):
    values = {
        "external_id": "AbC",
        "author": "Gideon",
        "rating": Rating(2.0, 5.0, 1.0),
        "published_at": NOW - timedelta(days=2) + timedelta(hours=1),
    }
    return replace(review(1, "The soup was cold."), **(values | more))


def test_a_later_reading_with_ids_meets_the_rows_of_the_file(shop):
    shop.store()
    shop.scan(gideon(), complete=False)
    rows = shop.rows()
    assert len(rows) == 3
    assert (rows[0].external_id, rows[0].edited_at) == ("AbC", None)


def test_so_it_does_where_the_site_has_a_title_too(shop):
    shop.store()
    shop.scan(gideon(title="Cold"), complete=False)
    assert [row.external_id for row in shop.rows()] == ["AbC", None, None]


def test_a_file_after_a_reading_doubles_nothing_and_turns_no_edit_back(shop):
    shop.scan(gideon(text="The soup was cold. They have made it good."), replies_visible=False)
    shop.store()
    rows = shop.rows()
    assert [row.author for row in rows] == ["Gideon", "Ines", "Tom"]
    assert rows[0].text == "The soup was cold. They have made it good."


def test_nameless_reviews_of_one_day_are_told_apart_by_their_words(shop):
    file = "rating,date,text\n5,2026-11-19,Good.\n5,2026-11-19,Fine.\n"
    shop.store(file)
    assert (
        "1 review is new. 1 is here already"
        in shop.show("rating,date,text\n5,2026-11-19,Good.\n5,2026-11-19,Better.\n").text
    )


def test_a_file_says_nothing_of_the_page_itself(shop):
    shop.scan(review(9), replies_visible=False)
    shop.store()
    with shop.database.begin(shop.organization) as session:
        listing = session.get_one(Listing, shop.listing_id)
        assert listing.replies_visible is False
        assert listing.read_reviews == 4


def test_google_takeout_has_the_ids_that_the_api_has(shop):
    shop.change(
        source_key="google_business_profile",
        url="https://business.google.com/accounts/1/locations/22",
    )
    shop.store(json.dumps(TAKEOUT))
    assert [row.external_id for row in shop.rows()] == ["AbC"]
    shop.scan(gideon())
    assert len(shop.rows()) == 1


def test_a_site_whose_terms_let_nothing_be_kept_takes_no_file(shop):
    shop.change(source_key="tripadvisor", url="https://www.tripadvisor.com/x")
    answer = shop.store()
    assert answer.status_code == 422
    assert "let none of its text be kept" in answer.text
    assert shop.rows() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty"),
        ("colour\nred\n", "No column is known by its heading"),
        ("PK\x03\x04", "Save it as CSV"),
    ],
)
def test_a_file_that_cannot_be_taken_is_explained(shop, text, says):
    answer = shop.show(text)
    assert answer.status_code == 422
    assert says in answer.text


def test_a_file_that_is_too_large_is_explained(shop):
    answer = shop.store("x" * 4_000_001)
    assert answer.status_code == 422
    assert "too large" in answer.text


def test_hostile_words_are_shown_as_words(shop):
    text = shop.show("author,rating,text\n<b>x</b>,5,<script>alert(1)</script>\n").text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_an_outsider_and_another_listing_are_nothing(shop, visitor):
    assert visitor.get(shop.url).status_code == 302
    assert shop.owner.get("/listings/999/reviews").status_code == 404


def test_the_pages_of_a_location_lead_here(shop):
    with shop.database.begin(shop.organization) as session:
        location_id = session.get_one(Listing, shop.listing_id).location_id
    assert shop.url in shop.owner.get(f"/locations/{location_id}/listings").text
