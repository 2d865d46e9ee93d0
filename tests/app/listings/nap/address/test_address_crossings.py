"""The cross street that guides write beside a door is not part of the street's name."""

from __future__ import annotations

import pytest

from app.listings.nap import address


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("747 9th Ave between 50th and 51st Sts", "747 Ninth Ave", "equivalent"),
        ("95 Ave A at 6th St", "95 Avenue A", "equivalent"),
        ("747 9th Ave between 50th and 51st Sts", "747 8th Ave", "different"),
        ("5 Near Hills Rd", "5 Off Hills Rd", "different"),
    ],
)
def test_a_cross_street_is_no_other_street(ours, theirs, verdict):
    sides = (address.parse(text, "US") for text in (ours, theirs))
    assert str(address.compare(*sides).parts["street"]) == verdict
