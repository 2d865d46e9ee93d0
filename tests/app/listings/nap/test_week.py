"""Opening hours: the same week in every form, and what makes a week another one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listings.nap.hours import compare_hours, read_hours
from app.listings.nap.verdict import Verdict
from scrapers.types import DAYS

NINE_TO_FIVE = {day: [["09:00", "17:00"]] for day in DAYS[:5]} | {"sat": [], "sun": []}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (NINE_TO_FIVE, "Mo-Fr 09:00-17:00; Sa-Su closed"),
        (NINE_TO_FIVE, "Monday to Friday 9am to 5pm, weekends closed"),
        (NINE_TO_FIVE, {"Monday": "09:00-17:00", "Tuesday": [["09:00", "17:00"]]}),
        ({"mon": [["09:00", "12:00"], ["12:00", "17:00"]]}, {"mon": [["09:00", "17:00"]]}),
        ({"mon": [["12:00", "14:00"], ["18:00", "22:00"]]}, "Mon 12-14, 18-22"),
        ({"mon": [["00:00", "24:00"]]}, {"mon": [["00:00", "23:59"]]}),
        ({day: [["00:00", "24:00"]] for day in DAYS}, "24/7"),
        (
            {"fri": [["18:00", "02:00"]], "sat": [["18:00", "02:00"]], "sun": []},
            {
                "fri": [["18:00", "24:00"]],
                "sat": [["00:00", "02:00"], ["18:00", "24:00"]],
                "sun": [["00:00", "02:00"]],
            },
        ),
        ("By appointment only", "nach Vereinbarung"),
        ({"mon": [["09:00", "17:00"]]}, {"mon": [{"opens": "9:00", "closes": "17:00:00"}]}),
        ({"mon": [["09:00", "17:00"]]}, {"Mo": ["9:00-17:00"]}),
        ({"mon": [["09:00", "17:00"]]}, {"mo": ["9:00", "17:00"]}),
        ("월-금 09:00-18:00", "月-金 9時-18時"),
    ],
)
def test_the_same_week_in_another_form_is_equivalent(ours, theirs):
    assert _verdict(ours, theirs) is Verdict.EQUIVALENT
    assert _verdict(theirs, ours) is Verdict.EQUIVALENT


def test_a_day_that_the_listing_does_not_show_is_unknown_not_closed():
    shown = compare_hours(_week(NINE_TO_FIVE), _week({"mon": [["09:00", "17:00"]]}))
    assert shown.verdict is Verdict.EQUIVALENT
    assert shown.why == "not shown: tue, wed, thu, fri, sat, sun"


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ({"mon": [["09:00", "18:00"]]}, "mon 09:00–18:00, not 09:00–17:00"),
        ({"mon": []}, "mon closed, not 09:00–17:00"),
        ({"sat": [["09:00", "12:00"]]}, "sat 09:00–12:00, not closed"),
        ("Mo-Fr 10:00-17:00", "tue 10:00–17:00, not 09:00–17:00 and 3 more days"),
    ],
)
def test_other_times_on_a_known_day_are_different_and_named(theirs, why):
    shown = compare_hours(_week(NINE_TO_FIVE), _week(theirs))
    assert shown.verdict is Verdict.DIFFERENT
    assert why in shown.why


@pytest.mark.parametrize("theirs", ["call us", "By appointment", {"mon": "whenever"}, {"x": []}])
def test_words_without_times_are_unreadable(theirs):
    assert _verdict(NINE_TO_FIVE, theirs) is Verdict.UNREADABLE


def test_a_date_with_hours_of_its_own_is_compared_as_a_day():
    christmas = {date(2026, 12, 25): []}
    closed = read_hours(NINE_TO_FIVE, None, christmas)
    opened = read_hours(NINE_TO_FIVE, None, {date(2026, 12, 25): [("10:00", "14:00")]})
    assert compare_hours(closed, opened).verdict is Verdict.DIFFERENT
    assert compare_hours(closed, read_hours(NINE_TO_FIVE, None)).verdict is Verdict.EQUIVALENT


CLOCKS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@given(st.dictionaries(st.sampled_from(DAYS), st.lists(st.tuples(CLOCKS, CLOCKS), max_size=3)))
def test_a_week_is_never_different_from_itself(week):
    assert week == {} or _verdict(week, dict(reversed(week.items()))) is Verdict.IDENTICAL


@given(st.one_of(st.text(max_size=60), st.dictionaries(st.text(max_size=4), st.text(max_size=9))))
def test_any_hours_get_a_verdict(given_hours):
    week = _week(given_hours)
    assert week is None or compare_hours(_week(NINE_TO_FIVE), week).verdict in Verdict


def _week(given_hours):
    text = given_hours if isinstance(given_hours, str) else None
    return read_hours(given_hours, text)


def _verdict(ours, theirs) -> Verdict:
    return compare_hours(_week(ours), _week(theirs)).verdict


XMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict", "why"),
    [
        ({XMAS: []}, {XMAS: []}, Verdict.IDENTICAL, ""),
        (
            {XMAS: []},
            {XMAS: [("09:00", "17:00")]},
            Verdict.DIFFERENT,
            "25 December 09:00–17:00, not closed",
        ),
        ({XMAS: [("10:00", "14:00")]}, {XMAS: []}, Verdict.DIFFERENT, "25 December closed, not"),
        ({XMAS: []}, {}, Verdict.EQUIVALENT, "not shown: 25 December"),
        ({}, {XMAS: []}, Verdict.EQUIVALENT, "the same times"),
    ],
)
def test_special_days_are_compared_by_their_dates(ours, theirs, verdict, why):
    expected, observed = (read_hours(NINE_TO_FIVE, None, days) for days in (ours, theirs))
    judged = compare_hours(expected, observed)
    assert judged.verdict is verdict
    assert judged.why.startswith(why)


def test_special_days_alone_can_be_compared():
    ours = read_hours(NINE_TO_FIVE, None, {XMAS: []})
    theirs = read_hours(None, None, {XMAS: [("09:00", "17:00")]})
    assert compare_hours(ours, theirs).verdict is Verdict.DIFFERENT
