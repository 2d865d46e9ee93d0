"""The shared address sets: shares parsed exactly, no false alarm and no miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import address_variants, addresses

pytestmark = pytest.mark.data


@pytest.fixture(autouse=True)
def address_sets(shared_data: Path) -> None:
    """Skips, saying so, where the sets are absent."""


@pytest.mark.parametrize(
    ("cases", "wrong_parts", "share"),
    [
        (addresses.ilib_cases, addresses.ilib_wrong, 0.93),
        (addresses.ja_cases, addresses.ja_wrong, 0.985),
    ],
)
def test_the_share_parsed_exactly(cases, wrong_parts, share):
    right, total, _ = addresses.shares(cases(), wrong_parts)
    assert right.total() / total.total() >= share


@pytest.mark.parametrize("name", address_variants.SETS)
def test_no_spelling_is_different_and_every_changed_digit_is(name):
    texts, respell = address_variants.SETS[name]
    found = address_variants.tally(list(texts()), respell, pairs=800, seed=3)
    assert found.false_alarms == []
    assert found.misses == []
