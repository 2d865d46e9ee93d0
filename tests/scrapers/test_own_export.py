"""Files of reviews that owners export: tables and JSON from anywhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers import registry
from scrapers.errors import LayoutChanged
from scrapers.types import Access, ListingRef, Page

SOURCE = registry.get("own_export")
REF = ListingRef("https://guide.example/cafe")


def read(text):
    return SOURCE.parse(Page(REF.url, text), REF)


def test_it_says_by_what_right_it_is_read():
    assert SOURCE.access is Access.OWNER_EXPORT


TABLES = [
    # Headings as a platform writes them, as a sheet does, and as our own export does.
    "Review Id,Review Created (UTC),Review User Name,Review Stars,Review Title,Review Content\n"
    "a1,2026-11-02 18:20:00,Gideon Marsh,2,Cold,The soup was cold.\n",
    "author;rating;date;title;text\nGideon Marsh;2;2 November 2026;Cold;The soup was cold.\n",
    "\ufeffName\tSterne\tDatum\tTitel\tKommentar\n"
    "Gideon Marsh\t2\t02.11.2026\tCold\tThe soup was cold.\n",
    "location,author,rating_value,rating_best,title,text,published_at,stand\n"
    "Café,Gideon Marsh,2.0,5.0,Cold,The soup was cold.,2026-11-02T18:20:00+00:00,open\n",
    '{"author": "Gideon Marsh", "rating": "2/5", "title": "Cold", "text": "The soup was cold.", '
    '"date": "2026-11-02"}\n',
    '[{"reviewer": {"displayName": "Gideon Marsh"}, "starRating": "TWO", "title": "Cold", '
    '"comment": "The soup was cold.", "createTime": "2026-11-02T18:20:00Z"}]',
    '{"data": {"reviews": [{"author": "Gideon Marsh", "stars": "★★", "title": "Cold", '
    '"text": "The soup was cold.", "timestamp": 1793643600}]}}',
]


@pytest.mark.parametrize("text", TABLES)
def test_one_review_in_every_form(text):
    (review,) = read(text).reviews
    assert (review.author, review.title, review.text) == (
        "Gideon Marsh",
        "Cold",
        "The soup was cold.",
    )
    assert (review.rating.value, review.rating.best) == (2.0, 5.0)
    assert f"{review.published_at:%Y-%m-%d}" == "2026-11-02"


@pytest.mark.parametrize(
    ("cells", "value", "best"),
    [
        ("4", 4, 5),
        ('"4,5"', 4.5, 5),
        ("8.5", 8.5, 10),
        ("6/10", 6, 10),
        ("FIVE", 5, 5),
        ("★★★☆☆", 3, 5),
    ],
)
def test_ratings(cells, value, best):
    (review,) = read(f"author,rating,text\nA,{cells},Good\n").reviews
    assert (review.rating.value, review.rating.best) == (value, best)


@pytest.mark.parametrize(
    ("said", "recommends"), [("positive", True), ("does not recommend", False), ("maybe", None)]
)
def test_recommendations_are_no_stars(said, recommends):
    (review,) = read(f"author,recommendation_type,text\nA,{said},Good\n").reviews
    assert (review.recommends, review.rating) == (recommends, None)


def test_the_order_of_day_and_month_is_told_by_the_whole_file():
    reviews = read("author,rating,date\nA,4,03/04/2026\nB,4,28/04/2026\n").reviews
    assert [f"{one.published_at:%d.%m.}" for one in reviews] == ["03.04.", "28.04."]


def test_what_is_wrong_in_rows_is_said_and_costs_those_rows_only():
    extract = read("author,rating,date\nA,4,soon\nB,5,\nC,,2026-01-02\nD,3,2026-01-02\n")
    assert [one.author for one in extract.reviews] == ["A", "B", "D"]
    assert extract.problems == [
        "1 of 4 rows have no date that can be read",
        "1 of 4 rows have no date",
        "1 of 4 rows hold neither a rating nor words",
    ]
    assert extract.complete is False


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows"),
        ("author,rating\n", "no rows"),
        ("colour,size\nred,4\n", "No column is known"),
        ("{not JSON", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('author,text\nA,"' + "x" * 200_000, "cannot be read as a table"),
        ("rating\n" + "5\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_files_that_hold_no_reviews_are_refused_with_a_reason(text, says):
    with pytest.raises(LayoutChanged, match=says):
        read(text)


values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
rows = st.dictionaries(
    st.sampled_from(["author", "rating", "date", "text", "reply", "scale", "consumer"]),
    values | st.dictionaries(st.sampled_from(["displayName", "id"]), values),
)


@given(st.lists(rows, max_size=5).map(json.dumps) | st.text(max_size=300))
def test_any_file_is_read_or_refused(text):
    try:
        extract = read(text)
    except LayoutChanged:
        return
    assert extract.reviews
    for one in extract.reviews:
        assert one.text or one.title or one.rating or one.recommends is not None
