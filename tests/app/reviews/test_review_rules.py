"""Stars, dates, urgency and alarms."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reviews import rules
from app.reviews.alarms import alarm
from scrapers.types import Precision, Rating, ReviewRecord
from tests.town import NOW, review

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("rating", "stars"),
    [
        (None, None),
        (Rating(None), None),
        (Rating(4.5), 4.5),
        (Rating(4, 5), 4.0),
        (Rating(8, 10), 4.0),
        (Rating(87, 100), 4.35),
        (Rating(7), None),
        (Rating(-1, 5), None),
        (Rating(0, 5, 1), None),
    ],
)
def test_stars_are_put_on_a_scale_to_five(rating, stars):
    assert rules.stars(rating) == stars


@pytest.mark.parametrize(
    ("precision", "age", "hours_left"),
    [
        (Precision.SECOND, 2 * HOUR, 22),
        (Precision.DAY, 30 * HOUR, 18),
        (Precision.DAY, 2 * HOUR, 24),
        (Precision.MONTH, 40 * HOUR, 24),
        (Precision.RELATIVE, 14 * HOUR, 10),
    ],
)
def test_the_promise_runs_from_when_the_review_can_have_been_read(precision, age, hours_left):
    assert rules.due_at(NOW - age, precision, NOW, 24) == NOW + hours_left * HOUR


def urgency(stars, text="words", because=None, hours_left=24.0):
    return rules.urgency(stars, bool(text), because, NOW + hours_left * HOUR, NOW)


def test_the_queue_begins_with_alarms_and_ends_with_stars_alone():
    order = [
        urgency(5.0, because="safety", hours_left=200),
        urgency(2.0, hours_left=-3),
        urgency(5.0, hours_left=-3),
        urgency(1.0, hours_left=24),
        urgency(1.0, text=None, hours_left=25),
        urgency(4.0, hours_left=2),
        urgency(5.0, hours_left=9),
        urgency(5.0, text=None, hours_left=-40),
    ]
    assert sorted(order, reverse=True)[0] == order[0]
    assert min(order) == order[-1]
    assert urgency(1.0, text=None) == urgency(1.0)


def test_three_months_of_praise_do_not_stand_before_a_complaint_of_this_morning():
    complaint = urgency(1.0, hours_left=20)
    assert complaint > max(urgency(5.0, hours_left=-24 * days) for days in range(10, 91))
    assert urgency(5.0, hours_left=-24 * 10) > urgency(5.0, hours_left=-24 * 80)


@given(
    early=st.floats(-10, 1000),
    later=st.floats(1, 1000),
    stars=st.sampled_from([None, 1.0, 3.0, 5.0]),
)
def test_of_two_alike_the_one_due_first_comes_first(early, later, stars):
    assert urgency(stars, hours_left=early) > urgency(stars, hours_left=early + later)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("My son got FOOD POISONING here.", "safety"),
        ("You will hear from my lawyer.", "legal"),
        ("식중독에 걸렸어요", "safety"),
        ("保健所に連絡します", "legal"),
        ("これは差別です", "discrimination"),
        ("Meine Anwältin meldet sich. Betrug!", "legal"),
        ("The policeman's favourite doughnuts", "legal"),
        ("A perfectly hospitable welcome", None),
        ("Nous avons adoré", None),
        ("", None),
    ],
)
def test_words_of_alarm(text, kind):
    assert alarm(text) == kind


@given(st.text(max_size=300))
def test_any_text_has_a_digest_that_white_space_does_not_change(text):
    spaced = " ".join(text.split())
    assert rules.digest(ReviewRecord(text=text)) == rules.digest(ReviewRecord(text=f" {spaced}\n"))


@given(st.text(max_size=300))
def test_tidied_text_can_be_stored_and_stays_as_it_is(text):
    tidy = rules.tidy(text)
    assert tidy is None or tidy.encode()
    assert rules.tidy(tidy) == tidy


def test_the_text_takes_no_part_in_identity_and_a_relative_date_neither():
    first, second = review(1, "one"), review(1, "two", published_at=NOW)
    keys = {
        rules.author_key(record.author, record.published_at, Precision.RELATIVE)
        for record in (first, second)
    }
    assert len(keys) == 1
