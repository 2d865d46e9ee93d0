"""Which reviews of one place are one review on several sites: the pure rule."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reviews.copies import (
    Shown,
    back_to,
    is_origin,
    may_be_one_person,
    originals,
    words_key,
)
from app.reviews.models import Stand
from tests.town import NOW

LONG = "The soup was cold when it came, and nobody asked whether we would like another one."
DAY = timedelta(days=1)


def shown(number, **values):
    base = Shown(
        id=number,
        listing_id=number,
        source_key="generic",
        answers_shown=False,
        words=words_key(LONG),
        author="Anna Keller",
        stars=4.0,
        recommends=None,
        published_at=NOW - 10 * DAY,
        precision="day",
        first_seen_at=NOW,
        edited_at=None,
        syndicated_from=None,
        stand=Stand.OPEN,
        answered="no",
        copy_of_id=None,
    )
    return replace(base, **values)


SAME_WORDS = [
    (LONG, LONG.upper()),
    (LONG, LONG.replace(" ", "\n\n")),
    (LONG, LONG.replace(",", " —").replace(".", "!")),
    (LONG, "“" + LONG + "”"),
    ("ﬁne " + LONG, "fine " + LONG),
    ("とても" + "美味しいラーメンでした" * 3, "とても " + "美味しいラーメンでした。" * 3),
]


@pytest.mark.parametrize(("one", "other"), SAME_WORDS)
def test_how_a_text_is_set_does_not_count(one, other):
    assert words_key(one) == words_key(other)
    assert not words_key(one).startswith("~")


@pytest.mark.parametrize("text", ["Great!", "Great food, great service", "美味しい", "Ü" * 39])
def test_few_words_prove_nothing(text):
    assert words_key(text).startswith("~")


@pytest.mark.parametrize("text", [None, "", " \n", "!!! …", "👍👍"])
def test_no_words_are_no_key(text):
    assert words_key(text) is None


PEOPLE = [
    ("Anna Keller", "anna keller", True),
    ("Anna Keller", "Anna K.", True),
    ("Anna Keller", "A. Keller", True),
    ("Anna Keller", "Anna", True),
    ("Anna Keller", "Keller, Anna", True),
    ("Anna Keller", "Anna Maria Keller", True),
    ("AnnaKeller", "Anna Keller", True),
    ("Anna Keller", None, True),
    ("Anna Keller", "A Google user", True),
    ("Anna Keller", "Verified customer", True),
    ("田中太郎", "田中 太郎", True),
    ("Anna Keller", "Anna Berg", False),
    ("Anna Keller", "A. K.", False),
    ("Anna Keller", "Berta Keller", False),
    ("Anna Keller", "foodie82", False),
    ("Anna Keller", "...", False),
]


@pytest.mark.parametrize(("one", "other", "may_be"), PEOPLE)
def test_names_of_one_person(one, other, may_be):
    assert may_be_one_person(one, other) is may_be
    assert may_be_one_person(other, one) is may_be


# What the second of two reviews has otherwise than the first, and whether it is a copy of it.
PAIRS = [
    ({}, True),
    ({"author": "Anna K."}, True),
    ({"published_at": NOW - 11 * DAY}, True),
    ({"published_at": None, "precision": None}, True),
    ({"published_at": NOW - 35 * DAY, "precision": "month"}, True),
    ({"published_at": NOW - 14 * DAY, "precision": "relative"}, True),
    ({"stars": 4.5}, True),
    ({"stars": None}, True),
    ({"stars": None, "recommends": True}, True),
    ({"listing_id": 1}, False),
    ({"author": "Berta Lang"}, False),
    ({"published_at": NOW - 14 * DAY}, False),
    ({"published_at": NOW - 60 * DAY, "precision": "month"}, False),
    ({"stars": 2.0}, False),
    ({"words": words_key(LONG + " Edited since.")}, False),
    ({"stand": Stand.REMOVED}, False),
]


@pytest.mark.parametrize(("values", "is_copy"), PAIRS)
def test_what_makes_a_copy(values, is_copy):
    found = originals([shown(1), shown(2, **values)])
    assert any(found.values()) is is_copy


def test_opposite_recommendations_are_two_reviews():
    pair = [shown(1, stars=None, recommends=True), shown(2, stars=None, recommends=False)]
    assert set(originals(pair).values()) == {None}


ORIGINALS = [
    ("the first published", {"published_at": NOW - 9 * DAY}, {}, 2),
    ("a site that shows answers", {}, {"answers_shown": True}, 2),
    ("the stated origin", {"syndicated_from": "Google"}, {"source_key": "google_places"}, 2),
    (
        "the stated origin before a site that shows answers",
        {"syndicated_from": "Google", "answers_shown": True},
        {"source_key": "google_business_profile"},
        2,
    ),
    ("the first seen of two alike", {}, {}, 1),
    (
        "the one held already, whatever comes later",
        {"published_at": NOW - 9 * DAY},
        {"copy_of_id": 1},
        1,
    ),
]


@pytest.mark.parametrize(
    ("one", "other", "original"),
    [row[1:] for row in ORIGINALS],
    ids=[row[0] for row in ORIGINALS],
)
def test_which_is_the_original(one, other, original):
    found = originals([shown(1, **one), shown(2, **other)])
    assert found == {original: None, 3 - original: original}


def test_a_short_text_is_joined_where_the_page_states_its_origin():
    short = words_key("Great soup!")
    google = shown(1, words=short, source_key="google_business_profile")
    assert originals([google, shown(2, words=short)])[2] is None
    assert originals([google, shown(2, words=short, syndicated_from="google")])[2] == 1


def test_boilerplate_is_not_a_review_that_travels():
    many = [shown(number) for number in range(1, 60)]
    assert set(originals(many).values()) == {None}


@pytest.mark.parametrize(
    ("said", "key", "is_it"),
    [
        ("Google", "google_business_profile", True),
        ("booking.com", "booking", True),
        ("Yellow Pages", "yellowpages", True),
        ("Trustpilot", "trustpilot_api", True),
        ("bazaarvoice", "generic", False),
        ("", "generic", False),
        (None, "google_places", False),
    ],
)
def test_the_origin_that_a_page_names(said, key, is_it):
    assert is_origin(said, key) is is_it


@pytest.mark.parametrize(
    ("values", "stand"),
    [
        ({}, Stand.OPEN),
        ({"answered": "yes"}, Stand.ANSWERED),
        ({"published_at": NOW - 91 * DAY}, Stand.SET_ASIDE),
        ({"published_at": NOW - 91 * DAY, "edited_at": NOW}, Stand.OPEN),
        ({"published_at": None}, Stand.OPEN),
    ],
)
def test_where_a_copy_goes_when_it_comes_apart(values, stand):
    assert back_to(shown(1, stand=Stand.COPY, **values)) is stand


some = st.builds(
    shown,
    st.integers(1, 8),
    listing_id=st.integers(1, 3),
    author=st.sampled_from(["Anna Keller", "Anna K.", "Berta", None]),
    stars=st.sampled_from([None, 2.0, 4.0]),
    published_at=st.sampled_from([None, NOW - DAY, NOW - 40 * DAY]),
    precision=st.sampled_from(["day", "month", "relative"]),
    syndicated_from=st.sampled_from([None, "google"]),
    source_key=st.sampled_from(["google_places", "generic"]),
    copy_of_id=st.sampled_from([None, 1, 2]),
)


@given(st.lists(some, max_size=8, unique_by=lambda one: one.id), st.randoms())
def test_copies_point_at_an_original_and_their_order_is_nothing(group, chance):
    found = originals(group)
    assert set(found) == {one.id for one in group}
    assert all(found[original] is None for original in found.values() if original)
    again = list(group)
    chance.shuffle(again)
    assert originals(again) == found
