"""The person's hour, across changes of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digests.rules import next_due, period, zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("frequency", "hour", "tz", "after", "due"),
    [
        ("daily", 8, "UTC", "2026-11-20 07:59", "2026-11-20 08:00"),
        ("daily", 8, "UTC", "2026-11-20 08:00", "2026-11-21 08:00"),
        ("daily", 8, "Asia/Seoul", "2026-11-20 00:00", "2026-11-20 23:00"),
        ("weekly", 8, "UTC", "2026-11-20 09:00", "2026-11-23 08:00"),
        ("weekly", 8, "Asia/Tokyo", "2026-11-22 22:59", "2026-11-22 23:00"),
        # Summer time begins: 07:00 UTC instead of 08:00, at the same hour of the person's clock.
        ("daily", 8, "Europe/London", "2026-03-28 08:00", "2026-03-29 07:00"),
        ("daily", 8, "Europe/London", "2026-10-24 07:00", "2026-10-25 08:00"),
        # 02:00 does not exist that night in New York: due when the clock shows 03:00.
        ("daily", 2, "America/New_York", "2026-03-07 08:00", "2026-03-08 07:00"),
        # 01:00 comes twice that night: due the first time, and not again.
        ("daily", 1, "America/New_York", "2026-10-31 06:00", "2026-11-01 05:00"),
        ("daily", 1, "America/New_York", "2026-11-01 05:00", "2026-11-02 06:00"),
        # Half an hour is skipped on Lord Howe Island.
        ("daily", 2, "Australia/Lord_Howe", "2026-10-03 12:00", "2026-10-03 15:30"),
    ],
)
def test_the_digest_comes_at_the_persons_hour(frequency, hour, tz, after, due):
    assert next_due(frequency, hour, 0, ZoneInfo(tz), at(after)) == at(due)


ZONES = st.sampled_from(
    ["UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe"]
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(ZONES, MOMENTS, st.integers(0, 23), st.integers(0, 6), st.sampled_from(["daily", "weekly"]))
def test_each_period_has_exactly_one_digest(tz, moment, hour, weekday, frequency):
    place = ZoneInfo(tz)
    names = []
    for _ in range(10):
        following = next_due(frequency, hour, weekday, place, moment)
        assert moment < following <= moment + timedelta(days=8, hours=2)
        moment = following
        names.append(period(frequency, place, moment))
    assert len(set(names)) == 10


def test_a_zone_that_does_not_exist_is_read_as_utc():
    assert zone("Mars/Olympus").key == "UTC"
    assert zone("../../etc/passwd").key == "UTC"
    assert zone("").key == "UTC"
