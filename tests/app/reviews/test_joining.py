"""One review on several sites: joined, shown as such, counted once, never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.digests import queries as digests
from app.exports.queries import EXPORTS
from app.inbox import queries as inbox
from app.inbox.queries import InboxFilter
from app.insights import queries as insights
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, add_listing, add_location, page, review

LONG = "The soup was cold when it came, and nobody asked whether we would like another one."
ON_GOOGLE = review(1, LONG, stars=2.0, author="Gideon Marsh", external_id="g1")
ON_GUIDE = replace(ON_GOOGLE, author="Gideon M.", external_id="t7")


@pytest.fixture
def town(owner, database, clock):
    """One location on two sites: Google, and a guide that shows reviews of others."""
    with database.begin() as session:
        organization = session.scalars(select(Organization.id)).one()
    with database.begin(organization) as session:
        place = add_location(session).id
        google = add_listing(
            session, place, source_key="google_business_profile", url="https://g.example/1"
        ).id
        guide = add_listing(session, place, url="https://guide.example/cafe").id
    return Town(database, clock, organization, google, guide)


class Town:
    def __init__(self, database, clock, organization, google, guide):
        self.database, self.clock = database, clock
        self.organization, self.google, self.guide = organization, google, guide

    def visit(self, listing_id, *records, **extract):
        with self.session() as session:
            listing = session.get_one(Listing, listing_id)
            place = session.get_one(Location, listing.location_id)
            self.clock.advance(hours=1)
            arrival = Arrival(listing, place, page(*records, **extract))
            ingest(session, [arrival], self.clock)

    def both(self):
        self.visit(self.google, ON_GOOGLE)
        self.visit(self.guide, ON_GUIDE, replies_visible=False)

    def session(self):
        return self.database.begin(self.organization)

    def stands(self):
        with self.session() as session:
            rows = session.scalars(select(Review).order_by(Review.listing_id, Review.id))
            return [(row.stand, row.copy_of_id is not None) for row in rows]

    def waiting(self):
        with self.session() as session:
            return inbox.counts(session, InboxFilter(), self.clock()).waiting


def test_a_copy_stays_a_row_and_does_not_wait(town):
    town.both()
    assert town.stands() == [("open", False), ("copy", True)]
    assert town.waiting() == 1


def test_the_copy_may_be_read_first(town):
    town.visit(town.guide, ON_GUIDE, replies_visible=False)
    town.visit(town.google, ON_GOOGLE)
    assert town.stands() == [("open", False), ("copy", True)]


def test_both_may_be_read_at_once(town):
    with town.session() as session:
        place = session.scalars(select(Location)).one()
        pages = {town.google: page(ON_GOOGLE), town.guide: page(ON_GUIDE, replies_visible=False)}
        arrivals = [
            Arrival(session.get_one(Listing, listing_id), place, extract)
            for listing_id, extract in pages.items()
        ]
        ingest(session, arrivals, town.clock)
    assert town.stands() == [("open", False), ("copy", True)]


def test_reviews_of_two_places_are_never_joined(town):
    with town.session() as session:
        other = add_location(session, "Second shop").id
        elsewhere = add_listing(session, other, url="https://guide.example/second").id
    town.visit(town.google, ON_GOOGLE)
    town.visit(elsewhere, ON_GUIDE)
    assert town.stands() == [("open", False), ("open", False)]


def test_an_edit_on_one_site_takes_them_apart_and_on_both_joins_them_again(town):
    town.both()
    edited = {"text": LONG + " They called back and made it good."}
    town.visit(town.google, replace(ON_GOOGLE, **edited))
    assert town.stands() == [("open", False), ("open", False)]
    town.visit(town.guide, replace(ON_GUIDE, **edited), replies_visible=False)
    assert town.stands() == [("open", False), ("copy", True)]


def test_an_edit_of_the_copy_takes_them_apart(town):
    town.both()
    town.visit(town.guide, replace(ON_GUIDE, text=LONG + " Never again."), replies_visible=False)
    assert town.stands() == [("open", False), ("open", False)]


def test_a_copy_outlives_its_original(town):
    town.both()
    for _ in range(2):
        town.visit(town.google, review(2))
    assert [stand for stand, _ in town.stands()] == ["removed", "open", "open"]
    assert town.waiting() == 2
    town.visit(town.google, ON_GOOGLE, review(2))
    assert [stand for stand, _ in town.stands()] == ["open", "open", "copy"]


def test_a_copy_that_is_gone_leaves_the_original_alone(town):
    town.both()
    for _ in range(2):
        town.visit(town.guide, review(2, "Other words."))
    assert town.stands()[:2] == [("open", False), ("removed", False)]


def test_what_a_person_has_dealt_with_stays_as_they_left_it(town):
    town.visit(town.guide, ON_GUIDE, replies_visible=False)
    with town.session() as session:
        session.scalars(select(Review)).one().stand = "dismissed"
    town.visit(town.google, ON_GOOGLE)
    assert town.stands() == [("open", False), ("dismissed", True)]


def test_an_unchanged_visit_does_not_undo_answering_the_copy_as_well(town):
    town.both()
    with town.session() as session:
        session.scalars(select(Review).where(Review.stand == "copy")).one().stand = "open"
    town.visit(town.guide, ON_GUIDE, review(3, "Nice."), replies_visible=False)
    assert town.stands()[:2] == [("open", False), ("open", True)]


def test_it_is_counted_once(town):
    town.both()
    with town.session() as session:
        now = NOW + timedelta(days=3)
        month = insights.months(session, None, now)[-1]
        assert (month.count, month.average) == (1, 2.0)
        assert sum(week.total for week in insights.weeks(session, None, now)) == 1
        assert digests.what(session, NOW - timedelta(days=1), now).week.reviews == 1


def test_each_listing_still_counts_what_it_shows(town):
    town.both()
    with town.session() as session:
        assert [row.read_reviews for row in session.scalars(select(Listing))] == [1, 1]
        rows = list(EXPORTS["reviews"](session))
    assert [row["copy_of_id"] for row in rows] == [None, rows[0]["id"]]


def test_the_inbox_shows_one_card_and_names_the_other_site(town, owner):
    town.both()
    text = owner.get("/inbox").text
    assert "1 waiting for an answer" in text
    assert "Also shown on" in text
    assert 'href="https://guide.example/cafe"' in text
    assert "2nd review here" not in text


def test_the_copy_leads_to_its_original_and_can_be_answered_as_well(town, owner):
    town.both()
    with town.session() as session:
        ids = {row.stand: row.id for row in session.scalars(select(Review))}
    text = owner.get(f"/inbox/{ids['copy']}").text
    assert "The same review as on Google" in text
    assert "There it waits for an answer" in text
    assert f"/inbox/{ids['open']}" in text
    assert "Answer it here as well" in text
    owner.post(f"/inbox/{ids['copy']}/take-back")
    assert town.waiting() == 2


def test_the_copy_says_when_the_original_is_answered(town, owner):
    town.both()
    with town.session() as session:
        copy = session.scalars(select(Review.id).where(Review.stand == "copy")).one()
        original = session.scalars(select(Review.id).where(Review.stand == "open")).one()
    owner.post(f"/inbox/{original}/dismiss")
    assert "There it needs no answer" in owner.get(f"/inbox/{copy}").text
    town.visit(town.google, replace(review(1, LONG, stars=2.0, reply="We are sorry."),
                                    author="Gideon Marsh", external_id="g1"))  # fmt: skip
    text = owner.get(f"/inbox/{copy}").text
    assert "You have answered it there" in text
    assert "We are sorry." in text
    assert town.waiting() == 0


def test_an_origin_that_is_not_read_here_is_named(town, owner):
    town.visit(town.guide, replace(ON_GUIDE, syndicated_from="tripadvisor"))
    assert "says that it was written on tripadvisor" in owner.get("/inbox").text


def test_the_list_of_all_reviews_shows_copies_as_such(town, owner):
    town.both()
    assert "the same review as on another site" in owner.get("/reviews").text
    found = owner.get("/reviews?stand=copy").text
    assert "Gideon M." in found
    assert "Gideon Marsh" not in found
