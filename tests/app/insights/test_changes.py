"""What people change in suggestions, told only where it is a habit."""

import pytest

from app.insights.changes import changes
from app.insights.outcomes import Outcome
from app.replies.models import ReplyState

TEXT = "Thank you, Ann, for the kind words about our scones. Take care, and see you soon. Bridget"
SHORT = "Thank you, Ann, for the kind words about our scones. Bridget"
WHY = ("“Thank you, Ann, for the kind words about our sc…” thanks for what the review praises (s)",
       "“Take care, and see you soon.” a short, warm close")  # fmt: skip


def outcome(posted=TEXT, kind="praise"):
    return Outcome(ReplyState.VISIBLE, posted, TEXT, 5.0, 5.0, kind, WHY)


def test_a_habit_is_told_with_its_count():
    says = changes([outcome(SHORT)] * 9).says
    assert "You post 0 of 9 as suggested." in says
    assert "You always shorten praise (9 of 9)." in says
    assert "What you mostly leave out: a short, warm close (9 of 9)." in says


def test_each_kind_is_told_apart():
    found = [outcome(SHORT)] * 8 + [outcome()] + [outcome(kind="angry")] * 6
    answer = changes(found)
    assert "You mostly shorten praise (8 of 9)." in answer.says
    assert "complaints (" not in answer.says
    assert answer.rows == [("Praise", 1, 8, 0, 0, 0), ("Complaints", 6, 0, 0, 0, 0)]


@pytest.mark.parametrize("times", [0, 1, 4])
def test_few_replies_tell_no_habit(times):
    says = changes([outcome(SHORT)] * times).says
    assert says.startswith("Too few to tell")
    assert "shorten" not in says


def test_half_and_half_is_no_habit():
    assert "shorten" not in changes([outcome(SHORT), outcome()] * 6).says


def test_where_nothing_was_suggested_nothing_was_changed():
    assert changes([Outcome(ReplyState.VISIBLE, TEXT, None, 5.0, 5.0)] * 9).rows == []


def test_one_location_leads_to_its_voice():
    assert changes([], 7).act == ("/locations/7/voice", "How its replies sound")
    assert changes([]).act is None
