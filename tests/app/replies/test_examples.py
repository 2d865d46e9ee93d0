"""Which replies are the owner's own, to learn from."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.listings.models import Listing
from app.locations.models import Location
from app.replies.models import Reply, ReplyState, ReplySuggestion
from app.replies.profiles import examples, writing_profile
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, open_shop, page, review

OWN = "Hallo Guest, danke dir für deine lieben Worte. Bis bald, Jana"


@pytest.fixture
def session(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        location = session.get_one(Location, shop.location_id)
        listing = session.get_one(Listing, shop.listing_id)
        records = [review(n, "Sehr gut.", reply=f"{OWN} {n}") for n in (1, 2, 3)]
        arrival = Arrival(listing, location, page(*records, review(4), review(5)))
        ingest(session, [arrival], lambda: NOW)
        yield session


@pytest.fixture
def location(session):
    return session.scalars(select(Location)).one()


def answer(session, number, text, suggested="Thank you.", state=ReplyState.VISIBLE):
    review_id = session.scalar(select(Review.id).where(Review.external_id == f"r{number}"))
    session.add(ReplySuggestion(review_id=review_id, text=suggested, kind="praise",
                                of_digest="x", made_at=NOW))  # fmt: skip
    session.add(Reply(review_id=review_id, text=text, state=state, approved_at=NOW))
    session.flush()


def test_collected_replies_and_those_in_other_words_are_the_owners(session, location):
    answer(session, 4, "Thank you.")  # as suggested
    answer(session, 5, "Cheers, Bo.")
    answer(session, 3, "Never sent.", state=ReplyState.TAKEN_BACK)
    found = [one.text for one in examples(session, location.id)]
    assert "Never sent." not in found
    assert "Thank you." not in found
    assert found[0] == "Cheers, Bo."
    assert sorted(found[1:]) == [f"{OWN} 1", f"{OWN} 2", f"{OWN} 3"]


def test_they_shape_the_profile_unless_the_owner_asked_otherwise(session, location, clock):
    assert writing_profile(session, location, clock).voice.informal == {"de"}
    location.voice = {"formality": {"de": "formal"}}
    assert writing_profile(session, location, clock).voice.informal == frozenset()
    location.voice = {"learn": False}
    assert writing_profile(session, location, clock).examples == ()


def test_another_location_learns_nothing_of_them(session, clock):
    from tests.town import add_location

    other = add_location(session, "Second Quay", created_at=NOW - timedelta(days=1))
    assert examples(session, other.id) == ()
