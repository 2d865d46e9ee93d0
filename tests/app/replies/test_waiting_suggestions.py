"""A suggestion is stale once what it says of the location has changed."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.inbox import queries
from app.inbox import service as inbox
from app.listings.models import Listing
from app.locations import service as locations
from app.locations.models import Location
from app.replies import service as replies
from app.replies.engine.types import Example
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, open_shop, page, review

COMPLAINT = review(1, "The soup was cold and nobody called back.", stars=2.0)
OLD, NEW = "(207) 555-0142", "(207) 555-0199"


@pytest.fixture
def session(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        location = session.get_one(Location, shop.location_id)
        location.phone, location.signature = OLD, "Bridget"
        listing = session.get_one(Listing, shop.listing_id)
        ingest(session, [Arrival(listing, location, page(COMPLAINT))], lambda: NOW)
        yield session


@pytest.fixture
def location(session):
    return session.scalars(select(Location)).one()


def write(session, location, clock):
    return replies.keep(session, replies.compose(replies.read_queue(session, location.id, clock)))


def offered(session):
    return queries.card(session, session.scalars(select(Review.id)).one()).text


def test_a_new_number_comes_into_waiting_suggestions(session, location, clock):
    assert write(session, location, clock) == 1
    assert OLD in offered(session)
    clock.advance(minutes=5)
    locations.change(session, location, {"phone": NEW}, clock)
    assert offered(session) == ""
    assert replies.locations_waiting(session) == [location.id]
    assert write(session, location, clock) == 1
    assert NEW in offered(session)
    assert replies.locations_waiting(session) == []


def test_what_replies_do_not_say_leaves_them_alone(session, location, clock):
    write(session, location, clock)
    clock.advance(minutes=5)
    locations.change(session, location, {"promise_hours": 48, "hours": {}}, clock)
    assert OLD in offered(session)
    assert replies.locations_waiting(session) == []


def test_words_made_of_the_old_profile_are_stale_when_they_arrive(session, location, clock):
    queue = replies.read_queue(session, location.id, clock)
    clock.advance(minutes=1)
    locations.change(session, location, {"phone": NEW}, clock)
    clock.advance(minutes=1)
    replies.keep(session, replies.compose(queue))
    assert offered(session) == ""
    assert replies.locations_waiting(session) == [location.id]


def test_a_fact_taken_back_makes_them_stale(session, location, clock):
    fact = locations.add_fact(session, location.id, "We roast on Mondays.", None, clock)
    clock.advance(minutes=1)
    write(session, location, clock)
    clock.advance(minutes=1)
    locations.remove_fact(session, fact.id, clock)
    session.refresh(location)
    assert replies.locations_waiting(session) == [location.id]


def test_what_a_person_wrote_stays(session, location, clock):

    write(session, location, clock)
    review_id = session.scalars(select(Review.id)).one()
    inbox.save_draft(session, review_id, "My own words.", None, clock)
    clock.advance(minutes=5)
    locations.change(session, location, {"phone": NEW}, clock)
    assert offered(session) == "My own words."


def test_what_the_owner_wrote_themselves_is_not_said_again(session, location, clock):
    listing = session.scalars(select(Listing)).one()
    praise = review(2, "Lovely scones.")
    ingest(session, [Arrival(listing, location, page(COMPLAINT, praise))], clock)
    queue = replies.read_queue(session, location.id, clock)
    first = {one.review_id: written.reply for one, written in replies.compose(queue)}
    number = session.scalars(select(Review.id).where(Review.external_id == "r2")).one()
    own = [Example(first[number])]
    queue = replace(queue, business=replace(queue.business, examples=tuple(own)))
    again = {one.review_id: written.reply for one, written in replies.compose(queue)}
    assert again[number].split("\n\n")[1] != first[number].split("\n\n")[1]
