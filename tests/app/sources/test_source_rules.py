"""Which sources are read at all."""

import pytest

from app.sources.rules import why_not_read
from scrapers import registry


@pytest.mark.parametrize(
    ("key", "switched", "says"),
    [
        ("generic", None, None),
        ("generic", False, "You switched"),
        ("trustpilot", None, "forbid reading"),
        ("trustpilot", True, None),
        ("trustpilot", False, "You switched"),
        ("apple", None, "by hand"),
        ("apple", True, "by hand"),
    ],
)
def test_what_is_read_follows_terms_and_the_owners_decision(key, switched, says):
    found = why_not_read(registry.get(key), switched)
    assert (found is None) if says is None else says in found
