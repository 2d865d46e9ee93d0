"""Two ways of writing compared: a finding only where chance will hardly do it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.comparisons import compared, difference
from app.insights.outcomes import Outcome
from app.replies.models import ReplyState

TEXT = "Thank you, Ann. The scones are baked at six each morning. See you soon. Bridget"


def outcome(variant, posted=TEXT, state=ReplyState.VISIBLE, then=3.0, now=3.0):
    return Outcome(state, posted, TEXT, then, now, "praise", (), variant)


def many(variant, same, edited):
    return [outcome(variant)] * same + [outcome(variant, "Thank you, Ann. Bridget")] * edited


def test_a_clear_difference_is_a_finding_with_its_size():
    (answer,) = compared(many("length:short", 90, 10) + many("length:long", 50, 50))
    assert answer.question == "Shorter or longer replies?"
    assert answer.says.startswith("Short: more often posted as suggested (by ")
    assert answer.rows[0][0] == "Posted as suggested"
    assert answer.rows[0][1].startswith("90 of 100 (83 to 94 %)")
    assert answer.rows[0][3] == "more often short"


def test_a_few_replies_are_too_few_to_tell():
    (answer,) = compared(many("length:short", 3, 0) + many("length:long", 0, 3))
    assert answer.says == "Too few to tell which does better: 3 short and 3 long so far."
    assert {row[3] for row in answer.rows} == {"too few to tell"}


def test_many_without_a_difference_do_about_the_same():
    (answer,) = compared(many("tone:warm", 960, 40) + many("tone:plain", 960, 40))
    assert answer.says == "They do about the same: 1000 warm and 1000 plain."


def test_what_cannot_be_seen_is_not_counted_as_invisible():
    unseen = [outcome("closing:with", state=ReplyState.POSTED_BY_HAND)] * 4
    (answer,) = compared(unseen)
    shown = {row[0]: row for row in answer.rows}
    assert shown["Visible on its site"][1] == "none yet"
    assert shown["Posted as suggested"][1].startswith("4 of 4")


def test_nothing_tried_asks_nothing():
    assert compared([outcome(None)]) == []


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_the_interval_of_a_difference_holds_it_and_turns_with_its_sides(a, more, b, others):
    n, m = a + more, b + others
    low, high = difference(a, n, b, m)
    assert -1 <= low <= high <= 1
    if n and m:
        assert low - 1e-9 <= a / n - b / m <= high + 1e-9
    turned = difference(b, m, a, n)
    assert turned == pytest.approx((-high, -low))


def test_it_agrees_with_a_published_example():
    """R. G. Newcombe 1998, table II: 56/70 against 48/80, method 10."""
    assert difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-4)


def test_chance_alone_seldom_makes_a_finding():
    rng, findings = Random(7), 0
    for _ in range(200):
        found = [
            outcome(name, TEXT if rng.random() < 0.6 else "Own words, quite other ones.",
                    now=3.0 + (rng.random() < 0.1) - (rng.random() < 0.1))
            for name in ("length:short", "length:long") for _ in range(60)
        ]  # fmt: skip
        findings += "more often" in compared(found)[0].says
    assert findings <= 16
