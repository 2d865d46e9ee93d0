"""Two ways of writing, given in turn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.inbox import service as inbox
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import service as replies
from app.replies.engine.types import BusinessProfile
from app.replies.models import Reply, ReplySuggestion
from app.replies.variants import COMPARISONS, next_variant, voiced
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, open_shop, page, review


@given(st.lists(st.integers(1, 10**9), max_size=60), st.sampled_from(sorted(COMPARISONS)))
def test_the_ways_stay_even_whatever_comes(ids, key):
    given_so_far: Counter[str] = Counter()
    for review_id in ids:
        given_so_far[next_variant(key, given_so_far, review_id)] += 1
        first, second = COMPARISONS[key].variants(key)
        assert abs(given_so_far[first] - given_so_far[second]) <= 1


def test_which_comes_first_is_not_foreseen_from_the_order():
    firsts = {next_variant("length", Counter(), number) for number in range(20)}
    assert firsts == {"length:short", "length:long"}


def test_nothing_is_compared_unless_asked():
    assert next_variant("", Counter(), 1) is None
    assert next_variant("mood", Counter(), 1) is None


@pytest.mark.parametrize("variant", [None, "", "mood:sad", "length:huge"])
def test_an_unknown_way_leaves_the_voice_as_it_is(variant):
    business = BusinessProfile(name="Lantern")
    assert voiced(business, variant) == business
    assert voiced(business, "length:short").voice.length == "short"


@pytest.fixture
def session(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        location = session.get_one(Location, shop.location_id)
        location.voice = {"compare": "length"}
        listing = session.get_one(Listing, shop.listing_id)
        records = [review(n, f"Lovely scones and great tea, day {n}.") for n in range(1, 9)]
        records.append(review(20, None))
        ingest(session, [Arrival(listing, location, page(*records))], lambda: NOW)
        yield session


@pytest.fixture
def location(session):
    return session.scalars(select(Location)).one()


def write(session, location, clock):
    return replies.keep(session, replies.compose(replies.read_queue(session, location.id, clock)))


def variants(session):
    rows = session.execute(
        select(ReplySuggestion.review_id, ReplySuggestion.variant, ReplySuggestion.text)
        .where(ReplySuggestion.rejected_at.is_(None))
        .order_by(ReplySuggestion.id)
    )
    return {review_id: (variant, text) for review_id, variant, text in rows}


def test_reviews_get_them_evenly_and_short_is_shorter(session, location, clock):
    write(session, location, clock)
    found = list(variants(session).values())
    assert Counter(variant for variant, _ in found) == {
        "length:short": 4, "length:long": 4, None: 1,
    }  # fmt: skip
    words = {name: sum(len(text.split()) for variant, text in found if variant == name)
             for name in ("length:short", "length:long")}  # fmt: skip
    assert words["length:short"] < words["length:long"]


def test_a_review_keeps_its_way_and_its_reply_carries_it(session, location, clock):
    write(session, location, clock)
    before = variants(session)
    number = next(id_ for id_, (variant, _) in before.items() if variant)
    again = replies.another(session, number, clock)
    assert again.variant == before[number][0]
    clock.advance(minutes=1)
    location.words_changed_at = clock()
    session.flush()
    write(session, location, clock)
    after = variants(session)
    assert {id_: v for id_, (v, _) in after.items()} == {id_: v for id_, (v, _) in before.items()}
    inbox.mark_posted(session, number, "My own words.", 1, clock)
    assert session.scalars(select(Reply.variant)).one() == before[number][0]


def test_no_variant_without_a_comparison(session, location, clock):
    location.voice = {}
    write(session, location, clock)
    number = session.scalars(select(Review.id).where(Review.external_id == "r1")).one()
    inbox.mark_posted(session, number, "Thank you.", 1, clock)
    assert session.scalars(select(Reply.variant)).one() is None
