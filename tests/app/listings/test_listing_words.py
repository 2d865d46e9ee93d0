"""What the room Listings says of a comparison."""

import pytest

from app.listings import words


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("mon closed, not 09:00–17:00", "Monday closed, not 09:00–17:00"),
        ("mon closed; tue 09:00–18:00", "Monday closed; Tuesday 09:00–18:00"),
        ("another month", "another month"),
        ("", ""),
    ],
)
def test_days_are_named_in_full(why, says):
    assert words.reason(why) == says
