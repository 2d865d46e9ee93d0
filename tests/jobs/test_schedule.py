"""When to come back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.schedule import LONGEST_PAUSE, after_failure, next_visit
from scrapers.types import Outcome
from tests.town import NOW

EVERY = timedelta(hours=6)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("outcome", "failures", "pause"),
    [
        (Outcome.OK, 0, EVERY),
        (Outcome.UNCHANGED, 0, EVERY),
        (Outcome.UNREACHABLE, 1, HOUR / 4),
        (Outcome.UNREACHABLE, 3, HOUR),
        (Outcome.BLOCKED, 1, 6 * HOUR),
        (Outcome.BLOCKED, 2, 12 * HOUR),
        (Outcome.GONE, 1, 24 * HOUR),
        (Outcome.UNREACHABLE, 400, LONGEST_PAUSE),
    ],
)
def test_a_failing_visit_is_pushed_forward_and_ever_further(outcome, failures, pause):
    assert next_visit(outcome, failures, EVERY, NOW, 0.0) == NOW + pause


def test_what_the_source_asked_for_is_kept_to():
    later = NOW + 30 * HOUR
    assert next_visit(Outcome.RATE_LIMITED, 1, EVERY, NOW, 0.0, later) == later
    assert next_visit(Outcome.OK, 0, EVERY, NOW, 0.0, NOW + HOUR) == NOW + EVERY


@given(st.sampled_from(Outcome), st.integers(0, 10_000), st.floats(0, 1))
def test_every_visit_lies_ahead_and_within_reach(outcome, failures, jitter):
    at = next_visit(outcome, failures, EVERY, NOW, jitter)
    assert NOW < at <= NOW + LONGEST_PAUSE * 1.1


def test_our_own_work_that_failed_is_tried_again_in_minutes_then_in_days():
    assert after_failure(1, NOW) == NOW + timedelta(minutes=15)
    assert after_failure(99, NOW) == NOW + LONGEST_PAUSE
