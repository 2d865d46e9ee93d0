"""Tables of pairs: one thing in another spelling, and things that changed, in forty countries.

The rows lie under `pairs/`, one a line; each is judged in both directions.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.listings.nap.compare import compare
from app.listings.nap.place import Place
from app.listings.nap.verdict import AGREEING, Verdict

PAIRS = Path(__file__).parent / "pairs"


def rows(name: str) -> list[tuple[str, ...]]:
    lines = (PAIRS / f"{name}.txt").read_text("utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line and not line.startswith("#")]


def in_both_directions(table: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each row, and with its values exchanged where it does not say that it goes one way."""
    back = [(*row[:-3], row[-2], row[-3], row[-1]) for row in table if "one-way" not in row[-1]]
    return [(*row[:-1], row[-1].removesuffix(" one-way")) for row in (*table, *back)]


def judged(field: str, country: str, ours: str, theirs: str):
    sides = (_place(field, country, value) for value in (ours, theirs))
    return compare(*sides).to_json()


def _place(field: str, country: str, value: str) -> Place:
    given: object = value.split(" ;; ") if field == "phone" else value
    key = {"phone": "phones", "category": "categories"}.get(field, field)
    if field == "category":
        given = value.split(";")
    return Place.from_json({"country": country, key: given})


def agrees(verdict: Verdict, wanted: str) -> bool:
    return verdict in AGREEING if wanted == "same" else verdict == wanted


@pytest.mark.parametrize(("country", "ours", "theirs", "wanted"), in_both_directions(rows("names")))
def test_a_name_is_told_from_its_spellings(country, ours, theirs, wanted):
    field = judged("name", country, ours, theirs)["fields"]["name"]
    assert agrees(field["verdict"], wanted), field["why"]


@pytest.mark.parametrize(
    ("field", "country", "ours", "theirs", "wanted"), in_both_directions(rows("others"))
)
def test_a_field_is_told_from_its_spellings(field, country, ours, theirs, wanted):
    verdict = judged(field, country, ours, theirs)["fields"][field]
    assert agrees(verdict["verdict"], wanted), verdict["why"]


@pytest.mark.parametrize(
    ("country", "ours", "theirs", "wanted"), in_both_directions(rows("addresses"))
)
def test_an_address_is_told_from_its_spellings(country, ours, theirs, wanted):
    answer = judged("address", country, ours, theirs)
    whole = answer["fields"]["address"]
    if wanted in ("same", "different", "unreadable"):
        assert agrees(whole["verdict"], wanted), whole["why"]
    else:
        assert whole["verdict"] == Verdict.DIFFERENT
        assert answer["address_parts"][wanted] == Verdict.DIFFERENT, whole["why"]
