"""Figures on public data sets; skipped, saying so, where the sets are not at hand."""

from __future__ import annotations

import csv
import random
import re

import pytest

from app.listings.nap.phones import judge_pair, read_phone, read_phones
from app.listings.nap.verdict import Verdict
from bench import matching, phone_variants, shared_data
from scrapers.text.hours import weekly
from scrapers.types import DAYS

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


def test_numbers_match_as_the_cases_say():
    for case in _cases("number_match_cases.tsv"):
        sides = [read_phone(case[key], None) for key in ("number_a", "number_b")]
        if all(sides):
            assert judge_pair(*sides)[0] in ALLOWED[case["match_type"]], case
        else:
            assert case["match_type"] == "NOT_A_NUMBER"


def test_generated_numbers_give_no_false_alarm_and_no_miss():
    rng = random.Random(11)
    assert phone_variants.false_alarms(rng, 1_500) == []
    assert phone_variants.misses(rng, 1_500) == []


def test_written_numbers_are_read_as_the_cases_say():
    for case in _cases("alltheplaces_phone_cleanup.tsv"):
        found = [phone.digits for phone in read_phones((case["input"],), case["country"])]
        lines = [phone.line for phone in read_phones((case["input"],), case["country"])]
        expected = case["expected_international_or_empty"]
        wanted = ["".join(filter(str.isdigit, part)) for part in expected.split(";") if part]
        assert len(found) == len(wanted)
        for digits, line, number in zip(found, lines, wanted, strict=True):
            assert number in (digits, (line or "").lstrip("+")), case


def test_texts_of_opening_hours_are_read_as_the_cases_say():
    path = shared_data.FOLDER / "hours" / "alltheplaces_hours.tsv"
    with path.open(newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t"))
    for case in cases:
        # The one hint that is no name of a language's list: what this site writes for closed.
        closed = re.findall(r"^\['(\w+)'\]$", case["locale_hint"])
        assert weekly(case["text"], closed) == _osm_week(case["expected_osm_opening_hours"]), case


def _osm_week(text: str) -> dict[str, list[tuple[str, ...]]]:
    """The plain part of OpenStreetMap's grammar: "Mo-Fr 09:00-12:00,14:00-18:00; Sa closed"."""
    days = dict(zip("Mo Tu We Th Fr Sa Su".split(), DAYS, strict=True))
    week = {}
    for rule in text.split("; "):
        said, _, times = rule.partition(" ")
        spans = [] if times == "closed" else [tuple(t.split("-")) for t in times.split(",")]
        for part in said.split(","):
            first, _, last = part.partition("-")
            start, end = DAYS.index(days[first]), DAYS.index(days[last or first])
            week |= dict.fromkeys(DAYS[start : end + 1], spans)
    return {day: week[day] for day in DAYS if day in week}
