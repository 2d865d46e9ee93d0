"""Which rule holds, and what waits for a person whatever it says."""

from dataclasses import replace

import pytest

from app.reply_rules.models import Action, ReplyRule
from app.reply_rules.rules import Case, first, held_back_because, matches


def rule(**values):
    return ReplyRule(**{"least_stars": 4, "most_stars": 5, "action": Action.POST, **values})


CASE = Case(1, "yelp", "en", 5.0, True, True, "Thank you.", False, False, True)


@pytest.mark.parametrize(
    ("given", "case", "holds"),
    [
        (rule(), CASE, True),
        (rule(location_id=2), CASE, False),
        (rule(source_key="yelp", language="en", has_text=True), CASE, True),
        (rule(has_text=False), CASE, False),
        (rule(language="ko"), CASE, False),
        (rule(), replace(CASE, stars=3.0), False),
        (rule(), replace(CASE, stars=None), False),
        (rule(), replace(CASE, stars=4.0), True),
    ],
)
def test_a_rule_speaks_of_some_reviews(given, case, holds):
    assert matches(given, case) is holds


def test_the_most_particular_rule_holds_and_of_equals_the_more_careful():
    anything, here = rule(), rule(location_id=1, action=Action.DRAFT)
    careful = rule(action=Action.TOGETHER)
    assert first([anything, here], CASE) is here
    assert first([anything, careful], CASE) is careful
    assert first([rule(least_stars=1, most_stars=2)], CASE) is None


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
    assert held_back_because(replace(CASE, **change), Action.POST) == reason


def test_a_complaint_is_never_answered_by_itself_and_may_be_approved_with_others():
    complaint = replace(CASE, complains=True)
    assert held_back_because(complaint, Action.POST) == "the review complains of something"
    assert held_back_because(complaint, Action.TOGETHER) is None
