"""Opening hours in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.hours import clock, spoken, weekly
from scrapers.types import DAYS

WORK = DAYS[:5]


def week(**spans):
    return {day: spans[day] for day in DAYS if day in spans}


def every(days, *spans):
    return {day: list(spans) for day in days}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Fr 09:00-17:00", every(WORK, ("09:00", "17:00"))),
        ("Mo,Tu 09:00-12:00,13:00-18:00", every(DAYS[:2], ("09:00", "12:00"), ("13:00", "18:00"))),
        ("Sa 10:00-14:00; Su off; PH off", week(sat=[("10:00", "14:00")], sun=[])),
        (
            "Mo-We 08:00-18:00; Tu 08:00-12:00",
            week(mon=[("08:00", "18:00")], tue=[("08:00", "12:00")], wed=[("08:00", "18:00")]),
        ),
        ("24/7", every(DAYS, ("00:00", "24:00"))),
        ("Open 24 hours", every(DAYS, ("00:00", "24:00"))),
        ("Fr 22:00-02:00", week(fri=[("22:00", "02:00")])),
        ("Monday 8:00 - 8:00 PM", week(mon=[("08:00", "20:00")])),
        ("Friday 9 to 5", week(fri=[("09:00", "17:00")])),
        ("Mon 12am to 11:59pm", week(mon=[("00:00", "24:00")])),
        ("9am-5pm Monday to Tuesday", every(DAYS[:2], ("09:00", "17:00"))),
        ("Monday: 7:30am - 5:30pmTuesday: Closed", week(mon=[("07:30", "17:30")], tue=[])),
        ("weekends closed", week(sat=[], sun=[])),
        ("Lundi au Vendredi 9h-18h30", every(WORK, ("09:00", "18:30"))),
        ("Montag bis Freitag 9 bis 18 Uhr", every(WORK, ("09:00", "18:00"))),
        ("월-금 09:00~18:00, 일 휴무", {**every(WORK, ("09:00", "18:00")), "sun": []}),
        ("매일 오전 11:00 - 오후 10:00", every(DAYS, ("11:00", "22:00"))),
        (
            "平日10:00～20:00、土日 11:00～19:00",
            {**every(WORK, ("10:00", "20:00")), **every(DAYS[5:], ("11:00", "19:00"))},
        ),
        ("by appointment", None),
        ("10:00 - 22:00", None),
        ("", None),
        (None, None),
        ("Apr-Sep Mo-Fr 08:00-18:00", None),
    ],
)
def test_weeks(text, hours):
    assert weekly(text) == hours


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("9 AM", 540), ("09:00:00", 540), ("24:00", 1440), ("noon", 720), ("x", None)],
)
def test_a_time_of_day(text, minutes):
    assert clock(text) == minutes


@given(st.text(alphabet=st.sampled_from("mo tu wefr-:0123456789ap.m,;월화~/"), max_size=80))
def test_any_text_gives_a_well_formed_week_or_nothing(text):
    for day, spans in (weekly(text) or {}).items():
        assert day in DAYS
        assert all(len(opens) == len(closes) == 5 for opens, closes in spans)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Our line is open Monday to Friday 8am-8pm. Call us!", ["Monday to Friday 8am-8pm"]),
        ("Call 800-330-8247 (Mon.-Fri., 8:30-5:30) today", ["Mon.-Fri., 8:30-5:30"]),
        ("9am-5pm Monday to Friday", ["9am-5pm Monday to Friday"]),
        ("Wed closed", ["Wed closed"]),
        ("Start Recovery in 24 hours", []),
        ("I was there on a Monday", []),
        ("from 2012-2013", []),
    ],
)
def test_hours_are_found_in_running_text(text, pieces):
    assert spoken(text) == pieces
