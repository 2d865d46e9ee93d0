"""Opening hours in markup."""

import pytest

from scrapers.structured.nodes import Graph
from scrapers.structured.opening import weekly_hours


def spec(days, opens, closes, **more):
    return {"dayOfWeek": days, "opens": opens, "closes": closes, **more}


@pytest.mark.parametrize(
    ("items", "hours"),
    [
        (spec("https://schema.org/Monday", "09:00:00", "17:00:00"), {"mon": [("09:00", "17:00")]}),
        (
            spec(["Monday", "http://schema.org/Tuesday"], "9 AM", "5 PM"),
            {"mon": [("09:00", "17:00")], "tue": [("09:00", "17:00")]},
        ),
        (
            spec("Mo, Tu", "T09:00", "T12:00"),
            {"mon": [("09:00", "12:00")], "tue": [("09:00", "12:00")]},
        ),
        (
            [spec("Mo", "14:00", "18:00"), spec("Mo", "09:00", "12:00")],
            {"mon": [("09:00", "12:00"), ("14:00", "18:00")]},
        ),
        (spec("Sunday", "00:00", "00:00"), {"sun": []}),
        (spec("Friday", "00:00", "23:59"), {"fri": [("00:00", "24:00")]}),
        (spec("Friday", "22:00", "02:00"), {"fri": [("22:00", "02:00")]}),
        (
            spec({"@id": "https://schema.org/Friday"}, "10:00", "12:00"),
            {"fri": [("10:00", "12:00")]},
        ),
        (spec("Friday", None, None), None),
        (spec("Someday", "10:00", "12:00"), None),
        ({"validFrom": "2026-12-24", "opens": "10:00", "closes": "12:00"}, None),
    ],
)
def test_specifications(items, hours):
    assert weekly_hours({"openingHoursSpecification": items}, Graph())[0] == hours


def test_texts_stand_beside_the_week():
    node = {"openingHours": ["Mo-Tu 09:00-17:00", "Su closed"]}
    assert weekly_hours(node, Graph()) == (
        {"mon": [("09:00", "17:00")], "tue": [("09:00", "17:00")], "sun": []},
        "Mo-Tu 09:00-17:00; Su closed",
    )
