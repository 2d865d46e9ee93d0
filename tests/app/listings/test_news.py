"""Google's push: the listing it names is read at once, and a stranger learns nothing."""

import base64
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.listings.models import Listing, Scan
from tests.town import NOW, add_listing, add_location

LATER = NOW + timedelta(hours=6)
PLACE = "https://business.google.com/accounts/1/locations/22"


def push(published_at=NOW, **inner):
    """What Pub/Sub posts, with the keys that Google's documents name."""
    inner = inner or {
        "notificationType": "NEW_REVIEW",
        "locationName": "accounts/1/locations/22",
        "reviewName": "accounts/1/locations/22/reviews/AbFvOq",
    }
    return {
        "message": {
            "data": base64.b64encode(json.dumps(inner).encode()).decode(),
            "messageId": "19917247034",
            "message_id": "19917247034",
            "publishTime": published_at.isoformat().replace("+00:00", "Z"),
            "attributes": {},
        },
        "subscription": "projects/harbour-cafe/subscriptions/goodword",
    }


@pytest.fixture
def listings(owner, database):
    """A Google listing, another whose number begins alike, and one elsewhere; none of them due."""
    with database.begin() as session:
        organization = session.scalars(select(Organization.id)).one()
    with database.begin(organization) as session:
        place = add_location(session).id
        for key, url in (
            ("google_business_profile", PLACE),
            ("google_business_profile", PLACE + "3"),
            ("generic", "https://guide.example/accounts/1/locations/22"),
        ):
            add_listing(session, place, source_key=key, url=url).next_check_at = LATER
    keys = {"client_id": "me", "client_secret": "mine", "refresh_token": "r"}
    owner.post("/settings/sources/google_business_profile", data=keys)
    return Listings(database, organization)


class Listings:
    def __init__(self, database, organization):
        self.database, self.organization = database, organization

    def due(self):
        with self.database.begin(self.organization) as session:
            rows = session.scalars(select(Listing).order_by(Listing.id))
            return [row.next_check_at < LATER for row in rows]

    def change(self, **values):
        with self.database.begin(self.organization) as session:
            row = session.scalars(select(Listing).where(Listing.url == PLACE)).one()
            for name, value in values.items():
                setattr(row, name, value)
            return row.id


@pytest.fixture
def address(owner, listings):
    text = owner.get("/settings/sources/google_business_profile").text
    return text.partition("<code")[2].partition(">")[2].partition("<")[0].partition(":8000")[2]


def test_the_listing_it_names_is_due_at_once(visitor, listings, address):
    assert visitor.post(address, json=push()).status_code == 204
    assert listings.due() == [True, False, False]


def test_a_review_alone_names_its_listing(visitor, listings, address):
    told = push(type="UPDATED_REVIEW", review="accounts/1/locations/22/reviews/9")
    assert visitor.post(address, json=told).status_code == 204
    assert listings.due() == [True, False, False]


def test_a_second_delivery_of_what_was_read_since_changes_nothing(visitor, listings, address):
    visitor.post(address, json=push())
    listing_id = listings.change(next_check_at=LATER)
    begun = NOW + timedelta(minutes=1)
    with listings.database.begin(listings.organization) as session:
        session.add(
            Scan(listing_id=listing_id, started_at=begun, finished_at=begun, outcome="ok",
                 complete=True)
        )  # fmt: skip
    assert visitor.post(address, json=push()).status_code == 204
    assert listings.due() == [False, False, False]
    visitor.post(address, json=push(published_at=NOW + timedelta(minutes=2)))
    assert listings.due() == [True, False, False]


def test_news_of_what_is_being_read_has_to_come_again(visitor, listings, address):
    listings.change(claimed_until=NOW + timedelta(minutes=5))
    assert visitor.post(address, json=push()).status_code == 503
    assert listings.due() == [False, False, False]


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        None,
        push(type="NEW_REVIEW"),
        push(location="accounts/1/locations/999"),
        {"message": {"messageId": "1", "data": "%%%"}},
    ],
)
def test_what_names_no_listing_is_taken_and_not_sent_again(visitor, listings, address, told):
    assert visitor.post(address, json=told).status_code == 204
    assert listings.due() == [False, False, False]


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[" * 60_000, b"\xff\xfe"])
def test_a_body_that_is_no_json_is_taken_and_not_sent_again(visitor, listings, address, body):
    assert visitor.post(address, data=body).status_code == 204


def test_a_body_is_read_to_its_limit_only(visitor, listings, address):
    assert visitor.post(address, data=b" " * (64 * 1024 + 1)).status_code == 413


def test_a_stranger_sees_a_page_that_does_not_exist(visitor, listings, address):
    place, _, token = address.rpartition("/")
    nowhere = visitor.post("/news-that-are-none")
    for wrong in (
        f"{place}/{token[::-1]}",
        f"{place}/é",
        f"/news/google_business_profile/99/{token}",
        f"/news/yelp/1/{token}",
    ):
        answer = visitor.post(wrong, json=push())
        assert (answer.status_code, answer.text) == (404, nowhere.text)
    assert visitor.get(address).status_code == 405
    assert listings.due() == [False, False, False]


def test_it_needs_no_form_token_though_every_form_does(app, visitor, listings, address):
    app.config["WTF_CSRF_ENABLED"] = True
    assert visitor.post(address, json=push()).status_code == 204


def test_too_many_are_slowed_down(visitor, listings, address):
    answers = {visitor.post(address, json={}).status_code for _ in range(301)}
    assert answers == {204, 429}


def test_a_site_that_tells_nothing_offers_no_address(owner, listings):
    assert "/news/" not in owner.get("/settings/sources/yelp").text
