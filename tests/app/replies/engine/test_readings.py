"""What reviews in Korean, Japanese, Spanish, German and French are understood to say, and that
every reply to them is free of what the checker must refuse."""

import tomllib
from pathlib import Path

import pytest

from app.replies.engine.check import check
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, Kind, ReviewFacts
from app.replies.engine.understand import understand

READINGS = tomllib.loads(Path(__file__).with_name("readings.toml").read_text("utf-8"))["reading"]


def _given(row):
    business = BusinessProfile(
        name="Alma", vertical=row["vertical"], city="Sol", lang=row["lang"],
        phone="555 010 020", email="hello@alma.example", signature="Alma",
    )  # fmt: skip
    return ReviewFacts(text=row["text"], rating=row.get("stars")), business


@pytest.mark.parametrize("row", READINGS, ids=lambda row: f"{row['lang']} {row['text'][:24]}")
def test_a_review_is_understood_as_its_speakers_do(row):
    what = understand(*_given(row))
    assert (what.language, str(what.kind)) == (row["lang"], row["kind"])
    if "complaints" in row:
        assert sorted({mention.topic for mention in what.complaints}) == row["complaints"]
        assert sorted({mention.topic for mention in what.praises}) == row["praises"]


@pytest.mark.parametrize("row", READINGS, ids=lambda row: f"{row['lang']} {row['text'][:24]}")
def test_a_reply_needs_no_change_that_the_checker_insists_on(row):
    review, business = _given(row)
    given = suggest(review, business, alternatives=0)
    if given.kind is Kind.SPAM:
        assert given.no_reply
        return
    notes = check(given.reply, review, business).notes
    assert [note.rule for note in notes if note.severity == "must"] == []
