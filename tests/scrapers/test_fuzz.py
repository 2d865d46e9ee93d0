"""The readers against what once made them stumble, and against fresh nonsense."""

import os

import pytest

from tests.fuzz import targets
from tests.fuzz.mutate import CORPUS, inputs

# In CI the record of docs/fuzzing.md is refreshed by 20,000 more.
FRESH = 20_000 if os.environ.get("CI") else 1_000


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(CORPUS.iterdir()) if path.name[0] != "."],
    ids=lambda path: path.name,
)
def test_what_once_made_a_reader_stumble_is_read_soundly(path):
    targets.run(path.read_bytes())


def test_fresh_nonsense_is_read_soundly():
    for data in inputs(FRESH, chance_seed=7):
        targets.run(data)


@pytest.mark.parametrize("target", targets.TARGETS, ids=lambda target: target.__name__)
def test_every_target_is_reached(target):
    chosen = [data for data in inputs(200, chance_seed=7) if len(data) > 2]
    reached = {targets.TARGETS[data[0] % len(targets.TARGETS)] for data in chosen}
    assert target in reached
