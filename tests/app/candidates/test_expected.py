"""Where a business of a trade and a country should stand."""

import pytest

from app.candidates.expected import _others, missing
from app.locations.forms import VERTICALS
from app.locations.rules import COUNTRIES
from scrapers import registry

SOURCES = list(registry.all_sources())
TRADES = {key for key, _ in VERTICALS if key}


def missed(country, trade, *listed):
    return [one.name for one in missing(SOURCES, country, trade, listed)]


@pytest.mark.parametrize(
    ("country", "trade", "here", "not_here"),
    [
        (
            "US",
            "dentist",
            {"Healthgrades", "Zocdoc", "Yelp"},
            {"OpenTable", "Booking.com", "Naver"},
        ),
        ("US", "restaurant", {"OpenTable", "Tripadvisor", "Yelp"}, {"Healthgrades", "Tabelog"}),
        ("US", "plumber", {"Angi", "Thumbtack"}, {"Zocdoc", "Tripadvisor"}),
        (
            "JP",
            "restaurant",
            {"Tabelog", "Tripadvisor", "OpenTable", "Retty"},
            {"Yell", "Kakao Map"},
        ),
        ("JP", "dentist", {"エキテン"}, {"Tabelog", "OpenTable", "Healthgrades"}),
        ("KR", "cafe", {"다이닝코드"}, {"Yelp", "OpenTable", "모두닥"}),
        ("DE", "clinic", {"jameda", "Gelbe Seiten"}, {"Doctolib", "Herold"}),
        ("GB", "hotel", {"Booking.com", "Tripadvisor", "Yell"}, {"Checkatrade"}),
        # Nobody said which trade it is: what every trade needs, nothing else.
        ("US", "", {"Yelp"}, {"OpenTable", "Healthgrades", "Zocdoc", "Angi"}),
    ],
)
def test_a_trade_is_missed_where_its_customers_look(country, trade, here, not_here):
    found = set(missed(country, trade))
    assert here <= found
    assert not not_here & found
    assert not {name for name in found if "ample" in name or name == "Cityvoice"}


def test_what_is_listed_is_not_missed_by_whichever_way_it_is_read():
    found = missed("US", "shop")
    assert [name for name in found if "Google" in name] == ["Google"]
    assert [name for name in found if "Trustpilot" in name] == ["Trustpilot"]
    listed = (("google_places", None), ("yelp", "https://www.yelp.com/biz/x"))
    found = missed("US", "cafe", *listed)
    assert not [name for name in found if "Google" in name or name == "Yelp"]
    jameda = ("generic", "https://www.jameda.de/zahnaerzte/x")
    assert "jameda" in missed("DE", "dentist")
    assert "jameda" not in missed("DE", "dentist", jameda)


def test_the_weightiest_comes_first():
    weights = [one.weight for one in missing(SOURCES, "KR", "cafe", [])]
    assert weights == sorted(weights, reverse=True)


def test_every_trade_and_country_named_is_one_that_a_location_can_have():
    for source in SOURCES:
        assert set(source.trades) <= TRADES, source.key
        assert set(source.countries) <= COUNTRIES, source.key
        assert source.same_directory_as in {None, *(one.key for one in SOURCES)}
    for row in _others():
        assert row.keys() <= {"name", "host", "countries", "trades"}
        assert set(row.get("trades", ())) <= TRADES, row
        assert set(row["countries"]) <= COUNTRIES, row


def test_a_directory_with_a_source_of_its_own_is_not_told_of_twice():
    for row in _others():
        address = f"https://{row['host']}/x"
        assert registry.for_url(address).key in ("generic", "hotpepper"), row
