"""What leaves can come in again."""

import json

import pytest

from app.core import sheets
from app.core.errors import UserError
from app.exports.queries import EXPORTS
from app.exports.taking_in import TAKING_IN
from app.locations.importing import COLUMNS
from scrapers import registry
from tests.town import open_shop

SHOPS = """name,street,locality,postal_code,country,phone,categories,listings
Harbour Café,12 Quay Street,Portland,97209,US,+1 503-555-0118,"café, bakery",https://a.example/1
=Sum Bar,1 Main St,Salem,97301,US,,,
"""


@pytest.fixture
def organization(database):
    return open_shop(database, "Empty").organization_id


def test_locations_come_in_leave_and_come_in_again_unchanged(database, organization):
    with database.begin(organization) as session:
        assert "2 locations" in TAKING_IN["locations"](session, SHOPS.encode(), registry)
    with database.begin(organization) as session:
        first = list(EXPORTS["locations"](session))
        written = sheets.to_csv(list(COLUMNS), first)
        TAKING_IN["locations"](session, written.encode(), registry)
        assert list(EXPORTS["locations"](session)) == first
    assert "'=Sum Bar" in written
    assert "'+1 503" in written


def test_a_bad_row_stores_nothing_and_is_named(database, organization):
    bad = b"name,country,phone\nA,US,\nB,US,12\n"
    with database.begin(organization) as session:
        with pytest.raises(UserError, match="row 3: phone"):
            TAKING_IN["locations"](session, bad, registry)
        assert "A" not in {row["name"] for row in EXPORTS["locations"](session)}


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_kind_is_plain_enough_for_json(database, organization, kind):
    with database.begin(organization) as session:
        for row in EXPORTS[kind](session):
            assert json.loads(json.dumps(row)) == row
