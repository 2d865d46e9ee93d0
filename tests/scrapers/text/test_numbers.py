"""Ratings and counts as sites write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text import numbers


@pytest.mark.parametrize(
    ("written", "value", "best"),
    [
        (5, 5.0, None),
        (4.5, 4.5, None),
        ("5", 5.0, None),
        ("4.5", 4.5, None),
        ("4,5", 4.5, None),
        ("4.5 stars", 4.5, None),
        ("6/10", 6.0, 10.0),
        ("60%", 60.0, 100.0),
        ("4.0 of 5 bubbles", 4.0, 5.0),
        ("Rated 4,7 von 5", 4.7, 5.0),
        ("4.5 étoiles sur 5", 4.5, 5.0),
        ("5점 만점에 4.5", 4.5, 5.0),
        ("5つ星のうち3.7", 3.7, 5.0),
        ("٤٫٥", 4.5, None),
        ("４．５", 4.5, None),
        ("-1", -1.0, None),
        ("", None, None),
        ("none", None, None),
        (True, None, None),
        (float("inf"), None, None),
        (None, None, None),
        ([], None, None),
    ],
)
def test_ratings(written, value, best):
    assert numbers.rating(written) == (value, best)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        (12, 12),
        (12.0, 12),
        (4.5, None),
        ("1,234", 1234),
        ("1.234", 1234),
        ("12 345 reviews", 12345),
        ("(52)", 52),
        ("based on 43 reviews", 43),
        ("1.2k", 1200),
        ("1,2 mil", 1200),
        ("2만", 20000),
        ("3천", 3000),
        ("4.5", None),
        ("-3", None),
        ("99999999999999", None),
        ("", None),
        (True, None),
        (-1, None),
        (10**12, None),
        (float("nan"), None),
    ],
)
def test_counts(written, count):
    assert numbers.count(written) == count


@given(st.text(max_size=300))
def test_any_text_gives_numbers_or_nothing(text):
    value, best = numbers.rating(text)
    assert value is None or isinstance(value, float)
    assert best is None or isinstance(best, float)
    assert numbers.count(text) is None or 0 <= numbers.count(text) <= numbers.MAX_COUNT


@given(st.integers(0, 10**9))
def test_grouped_counts_are_read_back(number):
    assert numbers.count(f"{number:,}") == number
