"""Dates as review sites write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text import dates
from scrapers.types import Precision

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2026-01-02", "2026-01-02", "day"),
        ("2026-1-2", "2026-01-02", "day"),
        ("20260102", "2026-01-02", "day"),
        ("2026-01-02T10:00:00Z", "2026-01-02T10:00", "second"),
        ("2026-01-02T01:00:00+0900", "2026-01-01T16:00", "second"),
        ("2026-01-02T10:00:00.123456789+00:00", "2026-01-02T10:00", "second"),
        ("2026-01-02 10:00", "2026-01-02T10:00", "second"),
        ("1767312000", "2026-01-02", "second"),
        ("1767312000000", "2026-01-02", "second"),
        (1767312000, "2026-01-02", "second"),
        ("2026-01", "2026-01-01", "month"),
        ("Jan 2, 2026", "2026-01-02", "day"),
        ("Reviewed on March 5, 2025", "2025-03-05", "day"),
        ("2. Januar 2026", "2026-01-02", "day"),
        ("2 de enero de 2026", "2026-01-02", "day"),
        ("5 mars 2025 à 10:30", "2025-03-05", "day"),
        ("12 стycznia 2026", None, None),
        ("12 stycznia 2026", "2026-01-12", "day"),
        ("3 января 2026", "2026-01-03", "day"),
        ("2026年1月2日", "2026-01-02", "day"),
        ("2026년 1월 2일", "2026-01-02", "day"),
        ("2026.01.02.", "2026-01-02", "day"),
        ("２０２６/１/２", "2026-01-02", "day"),
        ("2.1.2026", "2026-01-02", "day"),
        ("13/01/2026", "2026-01-13", "day"),
        ("01/13/2026", "2026-01-13", "day"),
        ("January 2026", "2026-01-01", "month"),
        ("31/02/2026", None, None),
        ("9999-99-99", None, None),
        ("2026", None, None),
        ("12:30", None, None),
        ("fabulous time", None, None),
        ("", None, None),
        (True, None, None),
        (float("nan"), None, None),
        (None, None, None),
    ],
)
def test_absolute_dates(written, day, precision):
    found = dates.when(written, NOW)
    if day is None:
        assert found is None
    else:
        assert found[0] == datetime.fromisoformat(day).replace(tzinfo=UTC)
        assert found[1] == precision


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2 weeks ago", "2026-11-07"),
        ("a month ago", "2026-10-21"),
        ("an hour ago", "2026-11-21"),
        ("Edited 3 days ago", "2026-11-18"),
        ("18 months ago", "2025-05-21"),
        ("yesterday", "2026-11-20"),
        ("last week", "2026-11-14"),
        ("vor 3 Tagen", "2026-11-18"),
        ("vor einem Jahr", "2025-11-21"),
        ("il y a 2 semaines", "2026-11-07"),
        ("il y a un an", "2025-11-21"),
        ("hace una semana", "2026-11-14"),
        ("2 anni fa", "2024-11-21"),
        ("há 2 meses", "2026-09-21"),
        ("5 dagen geleden", "2026-11-16"),
        ("2 timer siden", "2026-11-21"),
        ("2 lata temu", "2024-11-21"),
        ("3 недели назад", "2026-10-31"),
        ("3 saat önce", "2026-11-21"),
        ("3일 전", "2026-11-18"),
        ("한 달 전", "2026-10-21"),
        ("지난주", "2026-11-14"),
        ("어제", "2026-11-20"),
        ("2ヶ月前", "2026-09-21"),
        ("１週間前", "2026-11-14"),
        ("昨日", "2026-11-20"),
        ("3天前", "2026-11-18"),
    ],
)
def test_relative_dates_are_resolved_against_the_visit(written, day):
    moment, precision = dates.when(written, NOW)
    assert moment.date().isoformat() == day
    assert precision is Precision.RELATIVE


def test_a_month_before_the_thirty_first_is_the_last_day_of_the_month():
    moment, _ = dates.when("a month ago", datetime(2026, 3, 31, tzinfo=UTC))
    assert moment.date().isoformat() == "2026-02-28"


def test_a_relative_date_without_a_visit_is_unknown():
    assert dates.when("2 weeks ago") is None


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en-US", "2026-02-01"),
        ("en-GB", "2026-01-02"),
        ("fr", "2026-01-02"),
        ("en", None),
        (None, None),
    ],
)
def test_the_page_s_language_decides_which_of_two_numbers_is_the_day(language, day):
    found = dates.when("02/01/2026", NOW, language)
    assert (found and found[0].date().isoformat()) == day


@given(st.text(max_size=60) | st.integers() | st.floats())
def test_any_input_gives_a_moment_in_utc_or_nothing(value):
    found = dates.when(value, NOW)
    assert found is None or (found[0].tzinfo is UTC and isinstance(found[1], Precision))


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2190, 1, 1)))
def test_iso_times_come_back_as_they_are(moment):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert dates.when(moment.isoformat()) == (moment, Precision.SECOND)
