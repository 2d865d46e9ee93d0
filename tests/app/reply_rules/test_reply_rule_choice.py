"""Which rule holds, and what waits for a person whatever it says."""

from dataclasses import dataclass, replace

import pytest

from app.reply_rules.models import Action
from app.reply_rules.rules import Case, first, held_back_because, matches


@dataclass
class Rule:
    location_id: int | None = None
    source_key: str | None = None
    language: str | None = None
    least_stars: int = 4
    most_stars: int = 5
    has_text: bool | None = None
    action: str = Action.POST


CASE = Case(1, "yelp", "en", 5.0, True, True, "Thank you.", False, False, True)


@pytest.mark.parametrize(
    ("rule", "case", "holds"),
    [
        (Rule(), CASE, True),
        (Rule(location_id=2), CASE, False),
        (Rule(source_key="yelp", language="en", has_text=True), CASE, True),
        (Rule(has_text=False), CASE, False),
        (Rule(language="ko"), CASE, False),
        (Rule(), replace(CASE, stars=3.0), False),
        (Rule(), replace(CASE, stars=None), False),
        (Rule(), replace(CASE, stars=4.0), True),
    ],
)
def test_a_rule_speaks_of_some_reviews(rule, case, holds):
    assert matches(rule, case) is holds


def test_the_most_particular_rule_holds_and_of_equals_the_more_careful():
    anything, here = Rule(), Rule(location_id=1, action=Action.DRAFT)
    careful = Rule(action=Action.TOGETHER)
    assert first([anything, here], CASE) is here
    assert first([anything, careful], CASE) is careful
    assert first([Rule(least_stars=1, most_stars=2)], CASE) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"escalate": True}, "a person must see it first"),
        ({"reply": ""}, "no reply is suggested"),
        ({"warned": True}, "the writer was not sure"),
        ({"publishable": False}, "the checker found something"),
        ({"takes_replies": False}, "the source takes replies on its own page only"),
    ],
)
def test_what_waits_for_a_person(change, reason):
    assert held_back_because(replace(CASE, **change)) == reason
