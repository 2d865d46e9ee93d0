"""What is said of a page as a whole: completeness, impossible values, replies, scales."""

import json
from datetime import UTC, datetime

import pytest

from scrapers.reading import read
from scrapers.structured.html import shallow
from scrapers.types import Page, Precision

NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "https://guide.example/cafe"


def read_reviews(*reviews, head="", **place):
    block = {"@type": "Cafe", "name": "Heron", "review": list(reviews), **place}
    html = f'{head}<script type="application/ld+json">{json.dumps(block)}</script>'
    return read(Page(URL, html, seen_at=NOW), None, "generic")


def review(value=5, **more):
    return {"@type": "Review", "author": "Ann", "reviewRating": {"ratingValue": value},
            "reviewBody": f"text {value}", **more}  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "shown", "complete", "expected"),
    [
        ({"ratingValue": 4, "reviewCount": 2}, 2, True, 2),
        ({"ratingValue": 4, "reviewCount": 118}, 2, False, 118),
        ({"ratingValue": 4, "reviewCount": 118}, 0, False, 118),
        ({"ratingValue": 4, "ratingCount": 118}, 0, False, None),
        ({"ratingValue": 4, "ratingCount": 118}, 2, True, None),
        ({"ratingValue": 0, "reviewCount": 0}, 0, True, 0),
    ],
)
def test_completeness_is_what_the_page_states_against_what_it_shows(
    rating, shown, complete, expected
):
    reviews = [review(n + 1) for n in range(shown)]
    extract = read_reviews(*reviews, aggregateRating=rating)
    assert (extract.complete, extract.expected_reviews) == (complete, expected)


def test_a_linked_next_page_is_followed_on_the_same_site_only():
    extract = read_reviews(review(), head='<link rel="next" href="?page=2">')
    assert extract.next is not None
    assert extract.next.url == f"{URL}?page=2"
    assert not extract.complete
    assert read_reviews(review(), head='<link rel="next" href="//ads.example/2">').next is None


def test_nobody_has_rated_yet():
    rating = read_reviews(aggregateRating={"ratingValue": "0", "ratingCount": 0}).rating
    assert (rating.value, rating.count) == (None, 0)


def test_a_rating_outside_its_scale_is_dropped_and_said():
    extract = read_reviews(review(7, reviewRating={"ratingValue": 7, "bestRating": 5}), review(3))
    assert [one.rating and one.rating.value for one in extract.reviews] == [None, 3.0]
    assert extract.problems == ["1 of 2 reviews rated outside their scale"]


def test_a_number_of_reviews_below_zero_is_dropped_and_said():
    extract = read_reviews(review(), aggregateRating={"ratingValue": 4, "reviewCount": -5})
    assert (extract.rating.count, extract.expected_reviews) == (None, None)
    assert extract.problems == ["a number of reviews below zero"]


def test_dates_of_years_that_no_review_is_from_are_dropped_and_said():
    dates = ("0000-00-00", "1889-07-14", "3026-01-02", "14.07.1889", "Jan 2, 20266", "2026-01-02")
    extract = read_reviews(*(review(datePublished=date) for date in dates))
    assert [one.published_at is None for one in extract.reviews] == [True] * 5 + [False]
    assert extract.problems == ["5 of 6 reviews dated before 1990 or after 2199"]


def test_words_that_are_no_date_are_no_problem():
    extract = read_reviews(review(datePublished="last spring"), review(datePublished="0042"))
    assert [one.published_at for one in extract.reviews] == [None, None]
    assert extract.problems == []


def test_a_date_in_the_future_is_dropped_and_said():
    extract = read_reviews(
        review(datePublished="2031-01-01"), review(4, datePublished="2026-11-21")
    )
    assert [one.published_at is None for one in extract.reviews] == [True, False]
    assert extract.problems == ["1 of 2 reviews dated in the future"]


@pytest.mark.parametrize(
    ("given", "value", "best", "recommends"),
    [
        ({"reviewRating": "4,5"}, 4.5, None, None),
        ({"reviewRating": {"ratingValue": "6/10"}}, 6.0, 10.0, None),
        ({"reviewRating": {"ratingValue": 87, "bestRating": "100"}}, 87.0, 100.0, None),
        ({"reviewRating": {"ratingValue": "60%"}}, 60.0, 100.0, None),
        ({"reviewRating": {"ratingValue": "4.5 stars"}}, 4.5, None, None),
        ({"reviewRating": {"ratingValue": ""}}, None, None, None),
        ({"reviewRating": {"ratingValue": "Recommends"}}, None, None, True),
        ({"reviewRating": {"ratingValue": "doesn't recommend"}}, None, None, False),
        ({"rating": "3"}, 3.0, None, None),
        ({"ratingValue": "2", "bestRating": 5}, 2.0, 5.0, None),
    ],
)
def test_scales(given, value, best, recommends):
    extract = read_reviews({"@type": "Review", "author": "Ann", "reviewBody": "x", **given})
    [one] = extract.reviews
    assert (one.rating and one.rating.value) == value
    assert (one.rating and one.rating.best) == best
    assert one.recommends is recommends


@pytest.mark.parametrize(
    ("comment", "answered"),
    [
        ({"text": "Thanks", "author": {"@type": "Organization", "name": "Heron"}}, True),
        ({"text": "Thanks", "author": {"@type": "Person", "name": "Eva, owner"}}, True),
        ({"text": "Thanks", "author": {"@type": "Person", "name": "Heron Team"}}, True),
        ({"text": "Thanks", "author": "Heron"}, True),
        ({"text": "Thanks"}, True),
        ({"text": "I agree!", "author": {"@type": "Person", "name": "Bob"}}, False),
        ({"text": "me again", "author": "Ann"}, False),
        ({"text": ""}, False),
    ],
)
def test_a_comment_is_a_reply_only_when_the_owner_wrote_it(comment, answered):
    extract = read_reviews(review(comment={"@type": "Comment", **comment}))
    assert (extract.reviews[0].reply is not None) == answered
    assert extract.replies_visible == answered


def test_relative_dates_count_back_from_the_visit():
    [one] = read_reviews(review(datePublished="2 weeks ago")).reviews
    assert one.published_at == datetime(2026, 11, 7, tzinfo=UTC)
    assert one.precision is Precision.RELATIVE


def test_one_date_of_the_page_can_tell_the_order_of_all():
    given = [review(n, datePublished=day) for n, day in ((1, "02/01/2026"), (2, "25/01/2026"))]
    assert [one.published_at.day for one in read_reviews(*given).reviews] == [2, 25]
    given[1]["datePublished"] = "01/25/2026"
    assert [one.published_at.day for one in read_reviews(*given).reviews] == [1, 25]


def test_a_review_by_nobody_about_nothing_is_no_review():
    assert read_reviews({"@type": "Review", "author": "Ann"}).reviews == []


HOSTILE = {
    "numbers for names": {"@type": 5, "name": {"a": 1}, "review": [1, None, "x", [[]]]},
    "types in types": {"@type": {"@type": ["Review"]}, "@id": {"@id": 1}, "address": [[["x"]]]},
    "itself as a reference": {"@type": "Cafe", "@id": "#a", "review": {"@id": "#a"}},
    "huge numbers": {"@type": "Cafe", "geo": {"latitude": 1e308, "longitude": "9" * 400},
                     "aggregateRating": {"ratingValue": 10**300, "ratingCount": "9" * 99}},
    "lists everywhere": {"@type": ["Cafe"] * 50, "name": ["a"] * 5_000, "telephone": [["1"]] * 99,
                         "openingHours": [["Mo"]], "aggregateRating": [[], {}], "review": [[[{}]]]},
    "control characters": {"@type": "Cafe", "name": "\x00\u202e\ud800x", "telephone": "\x00" * 99},
}  # fmt: skip


# What is left of each: its name, its phone, its address, and what is said of the rest.
LEFT = {
    "numbers for names": None,
    "types in types": (None, None, "x", []),
    "itself as a reference": (None, None, None, []),
    "huge numbers": (None, None, None, ["the rating 1e+300 lies outside its scale"]),
    "lists everywhere": ("a", "1", None, []),
    "control characters": ("x", None, None, []),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_of_nonsense_only_what_makes_sense_is_kept(kind):
    html = f'<script type="application/ld+json">{json.dumps(HOSTILE[kind])}</script>'
    extract = read(Page(URL, html, seen_at=NOW), None, "generic")
    place = extract.listing
    address = place and place.address and place.address.text
    assert (place and (place.name, place.phone, address, extract.problems)) == LEFT[kind]
    assert (extract.reviews, extract.others) == ([], [])


@pytest.mark.parametrize(
    ("text", "as_block"),
    [
        ("<div itemscope>" * 200_000, "it is too large"),
        ("<span itemprop=a></b>" * 100_000, "it is too large"),
        ("<div itemscope itemprop=review>" * 5_000, "no object in it"),
        (
            "<span itemscope itemref='a'>" + "<span id=a itemprop=a itemscope itemref=a>" * 500,
            "a text in it has no end",
        ),
        ("<p class='vcard hreview h-card'>" * 3_000, "a text in it has no end"),
        ("<i typeof=Review property=review about=x>" * 3_000, "no object in it"),
        ("<script type=application/ld+json>" * 5_000, "no object in it"),
        ("<script " * 50_000, "it is no json and too large to repair"),
        ("ld+json<!--" * 20_000, "no object in it"),
        ("\x00\ufffe\ud800" * 1_000, "no object in it"),
        ("[" * 100_000, "it is nested too deeply"),
    ],
)
def test_of_hostile_pages_nothing_is_kept_and_what_was_no_json_is_said(text, as_block):
    for page in (text, f'<script type="application/ld+json">{text}'):
        extract = read(Page(URL, page, seen_at=NOW), None, "generic")
        assert (extract.listing, extract.rating) == (None, None)
        assert (extract.reviews, extract.others) == ([], [])
    assert extract.problems == [f"1 of 1 JSON-LD blocks unreadable: {as_block}"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"name": "Heron (permanently closed)"}, "closed"),
        ({"openingHours": "Temporarily closed"}, "temporarily_closed"),
        ({"openingHours": "Su closed"}, None),
        ({}, None),
    ],
)
def test_a_place_closed_for_good_says_so(given, status):
    listing = read_reviews(**given).listing
    assert listing is not None
    assert listing.status == status


def test_a_rating_of_a_place_described_inside_it():
    block = {"@type": "AggregateRating", "ratingValue": 4, "ratingCount": 3,
             "itemReviewed": {"@type": "Restaurant", "telephone": "01632 960777"}}  # fmt: skip
    html = f'<script type="application/ld+json">{json.dumps(block)}</script>'
    extract = read(Page(URL, html), None, "generic")
    assert extract.listing is not None
    assert extract.listing.phone == "01632 960777"
    assert extract.listing.rating == extract.rating
    assert extract.rating.count == 3


def test_a_page_is_cut_where_it_nests_deeper_than_real_ones():
    real = "<div><ul><li>a<li>b</ul><br><p>c</div>" * 3_000
    assert shallow(real) == real
    assert len(shallow("<div>" * 100_000)) == 5 * 1_000
