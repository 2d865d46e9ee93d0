"""Opening hours in markup."""

from datetime import date

import pytest

from scrapers import registry
from scrapers.structured.nodes import Graph
from scrapers.structured.opening import special_hours, weekly_hours
from scrapers.types import ListingRef, Page


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


XMAS, EVE = date(2026, 12, 25), date(2026, 12, 24)


@pytest.mark.parametrize(
    ("items", "days"),
    [
        ({"validFrom": "2026-12-25", "validThrough": "2026-12-25"}, {XMAS: []}),
        ({"validFrom": "2026-12-25"}, {XMAS: []}),
        (
            {"validFrom": "2026-12-25", "opens": "00:00", "closes": "00:00"},
            {XMAS: []},
        ),
        (
            {"validFrom": "2026-12-24T00:00:00+01:00", "opens": "09:00", "closes": "13:00"},
            {EVE: [("09:00", "13:00")]},
        ),
        (
            [
                {"validFrom": "2026-12-24", "validThrough": "2026-12-25"},
                {"validFrom": "2026-12-24", "opens": "18:00", "closes": "23:59"},
            ],
            {EVE: [("18:00", "24:00")], XMAS: []},
        ),
        (
            {"validFrom": "2026-12-21", "validThrough": "2026-12-27", "dayOfWeek": "Friday"},
            {XMAS: []},
        ),
        ({"validFrom": "2026-12-25", "opens": "early", "closes": "late"}, None),
        ({"validFrom": "Christmas"}, None),
        ({"validFrom": "2026-05-01", "validThrough": "2026-09-30", "opens": "08:00"}, None),
        ({"validFrom": "2026-12-25", "validThrough": "2026-12-24"}, None),
        ({"validFrom": "2026-99-99"}, None),
        ("closed at Christmas", None),
    ],
)
def test_special_days(items, days):
    assert special_hours({"specialOpeningHoursSpecification": items}, Graph()) == days


def test_an_ordinary_item_that_names_dates_and_no_days_is_a_special_day():
    item = {"validFrom": "2026-12-25", "validThrough": "2026-12-25"}
    node = {"openingHoursSpecification": [spec("Monday", "09:00", "17:00"), item]}
    assert special_hours(node, Graph()) == {XMAS: []}
    assert weekly_hours(node, Graph())[0] == {"mon": [("09:00", "17:00")]}


MICRODATA = """
<div itemscope itemtype="https://schema.org/Bakery"><h1 itemprop="name">Salt Mill Bakery</h1>
<p itemprop="address">4 Mill Lane, Lowell</p>
<p itemprop="specialOpeningHoursSpecification" itemscope
 itemtype="https://schema.org/OpeningHoursSpecification">
<meta itemprop="validFrom" content="2026-12-25"><meta itemprop="validThrough" content="2026-12-25">
Closed on Christmas Day</p></div>
"""
JSON_LD = """
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Bakery",
"name": "Salt Mill Bakery", "address": "4 Mill Lane, Lowell",
"specialOpeningHoursSpecification": [{"@type": "OpeningHoursSpecification",
"validFrom": "2026-12-25", "validThrough": "2026-12-25"}]}</script>
"""


@pytest.mark.parametrize("html", [MICRODATA, JSON_LD], ids=["microdata", "JSON-LD"])
def test_special_days_come_into_the_record(html):
    page = Page("https://bakery.example/", f"<html><body>{html}</body></html>")
    listing = registry.get("generic").parse(page, ListingRef(page.url)).listing
    assert listing is not None
    assert listing.special_hours == {XMAS: []}
