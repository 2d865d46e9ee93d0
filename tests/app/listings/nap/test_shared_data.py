"""Figures on public data sets; skipped, saying so, where the sets are not at hand."""

from __future__ import annotations

import csv

import pytest

from app.listings.nap.phones import judge_pair, read_phone, read_phones
from app.listings.nap.verdict import Verdict
from bench import matching, shared_data

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        not shared_data.FOLDER.is_dir(), reason=f"no shared data at {shared_data.FOLDER}"
    ),
]

ALLOWED = {
    "EXACT_MATCH": {Verdict.IDENTICAL, Verdict.EQUIVALENT},
    "NSN_MATCH": {Verdict.IDENTICAL, Verdict.EQUIVALENT},
    "SHORT_NSN_MATCH": {Verdict.EQUIVALENT, Verdict.UNREADABLE},
    "NO_MATCH": {Verdict.DIFFERENT},
    "NOT_A_NUMBER": {Verdict.UNREADABLE},
}


@pytest.mark.parametrize("split", ["train", "valid"])
def test_pairs_of_restaurants_are_told_apart(split):
    assert matching.pairs_f1(matching.judged_pairs(split))[2] >= 0.99


def test_two_lists_of_venues_are_linked():
    assert matching.linked_f1()[2] >= 0.985


def _cases(name: str) -> list[dict[str, str]]:
    path = shared_data.FOLDER / "phones" / name
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("country", [None, "NZ"])
def test_numbers_match_as_the_cases_say(country):
    for case in _cases("number_match_cases.tsv"):
        sides = [read_phone(case[key], country) for key in ("number_a", "number_b")]
        if all(sides):
            assert judge_pair(*sides)[0] in ALLOWED[case["match_type"]], case
        else:
            assert case["match_type"] == "NOT_A_NUMBER"


def test_written_numbers_are_read_as_the_cases_say():
    for case in _cases("alltheplaces_phone_cleanup.tsv"):
        found = [phone.digits for phone in read_phones((case["input"],), case["country"])]
        lines = [phone.line for phone in read_phones((case["input"],), case["country"])]
        expected = case["expected_international_or_empty"]
        wanted = ["".join(filter(str.isdigit, part)) for part in expected.split(";") if part]
        assert len(found) == len(wanted)
        for digits, line, number in zip(found, lines, wanted, strict=True):
            assert number in (digits, (line or "").lstrip("+")), case
