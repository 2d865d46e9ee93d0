"""The words for times."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.ui import words

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("left", "says", "state"),
    [
        (timedelta(minutes=-1), "1 min over", "late"),
        (timedelta(hours=-3), "3 h over", "late"),
        (timedelta(days=-5), "5 days over", "late"),
        (timedelta(0), "1 min left", "soon"),
        (timedelta(hours=2), "2 h left", "soon"),
        (timedelta(hours=9), "9 h left", "fine"),
        (timedelta(hours=20), "tomorrow", "fine"),
        (timedelta(days=3), "Monday", "fine"),
        (timedelta(days=12), "12 days left", "fine"),
    ],
)
def test_a_wait_is_said_against_the_promise(left, says, state):
    assert words.wait(NOW + left, NOW, LONDON) == words.Wait(says, state)


@pytest.mark.parametrize(
    ("moment", "precision", "says"),
    [
        (NOW - timedelta(hours=3), None, "today 06:00"),
        (NOW - timedelta(days=1), "second", "yesterday 09:00"),
        (NOW - timedelta(days=2), None, "Wednesday 09:00"),
        (NOW - timedelta(days=2), "day", "Wednesday"),
        (NOW + timedelta(hours=20), None, "tomorrow 05:00"),
        (NOW + timedelta(days=3), None, "Monday 09:00"),
        (NOW + timedelta(days=11), None, "1 December"),
        (NOW - timedelta(days=30), None, "21 October"),
        (NOW - timedelta(days=400), "day", "16 October 2025"),
        (datetime(2025, 3, 1, tzinfo=UTC), "month", "March 2025"),
    ],
)
def test_a_moment_is_said_as_exactly_as_it_is_known(moment, precision, says):
    assert words.when(moment, NOW, LONDON, precision=precision) == says


def test_a_bare_date_stays_its_own_day_in_every_zone():
    midnight = datetime(2026, 11, 2, tzinfo=UTC)
    for zone in ("America/Los_Angeles", "Asia/Tokyo"):
        assert words.when(midnight, NOW, ZoneInfo(zone), precision="day") == "2 November"


@pytest.mark.parametrize(
    ("n", "says"),
    [(1, "first"), (3, "third"), (11, "11th"), (12, "12th"), (21, "21st"), (102, "102nd")],
)
def test_ordinals(n, says):
    assert words.ordinal(n) == says


@pytest.mark.parametrize(
    ("hours", "says"),
    [(1, "every hour"), (6, "every 6 hours"), (24, "daily"), (72, "every 3 days"), (168, "weekly")],
)
def test_how_often(hours, says):
    assert words.every(hours) == says
