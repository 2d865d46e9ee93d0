"""What became of replies."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.insights import outcomes
from app.insights.outcomes import Outcome, became, interval, way
from app.replies.models import Reply, ReplyState, ReplySuggestion
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, add_listing, add_location, open_shop, page, review

TEXT = "Thank you, Ann. The scones are baked at six each morning. See you soon. Bridget"


def outcome(posted=TEXT, suggested=TEXT, state=ReplyState.VISIBLE, then=3.0, now=3.0):
    return Outcome(state, posted, suggested, then, now)


@pytest.mark.parametrize(
    ("posted", "suggested", "name"),
    [
        (TEXT, TEXT, "as suggested"),
        (TEXT + "\n", TEXT, "as suggested"),
        ("Thank you, Ann. See you soon. Bridget", TEXT, "shortened"),
        (TEXT + " We saved the window table for you, as always.", TEXT, "lengthened"),
        (TEXT.replace("six", "five"), TEXT, "reworded"),
        ("Merci beaucoup, à bientôt chez nous.", TEXT, "own words"),
        (TEXT, None, "own words"),
    ],
)
def test_how_a_posted_text_came_from_the_suggested_one(posted, suggested, name):
    assert way(outcome(posted, suggested)) == name


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_the_share_and_lies_between_none_and_all(part, more):
    whole = part + more
    low, high = interval(part, whole)
    assert 0 <= low <= high <= 1
    if whole:
        assert low <= part / whole + 1e-9
        assert part / whole - 1e-9 <= high


def test_few_replies_leave_a_wide_interval():
    low, high = interval(1, 2)
    assert high - low > 0.6


def test_the_answer_counts_what_stands_what_vanished_and_what_changed():
    found = [
        outcome(),
        outcome(now=5.0),
        outcome(state=ReplyState.LOST),
        outcome(state=ReplyState.REJECTED, now=2.0),
        outcome("Thank you, Ann. See you soon. Bridget"),
    ]
    answer = became(found)
    assert "3 of 5 replies stand on their sites, 1 rejected, 1 vanished" in answer.says
    assert "1 review went up and 1 down" in answer.says
    assert [row[0] for row in answer.rows] == ["as suggested", "shortened"]


def test_nothing_posted_is_said():
    assert became([]).says == "No reply was posted through Goodword yet."


def test_a_review_raised_after_its_reply_is_found(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        location = add_location(session, "Second")
        listing = add_listing(session, location.id, url="https://example.com/second")
        ingest(
            session, [Arrival(listing, location, page(review(1, "Cold.", stars=2.0)))], lambda: NOW
        )
        row = session.scalars(select(Review)).one()
        session.add(
            ReplySuggestion(
                review_id=row.id, text=TEXT, kind="complaint", of_digest="x", made_at=NOW
            )
        )
        session.add(Reply(review_id=row.id, text=TEXT, state=ReplyState.VISIBLE, approved_at=NOW))
    later = NOW + timedelta(days=2)
    with database.begin(shop.organization_id) as session:
        raised = page(review(1, "They made it good.", stars=5.0, reply=TEXT))
        listing = session.get_one(type(listing), listing.id)
        location = session.get_one(type(location), location.id)
        ingest(session, [Arrival(listing, location, raised)], lambda: later)
    with database.begin(shop.organization_id) as session:
        (found,) = outcomes.outcomes(session, None, later)
        assert found == replace(outcome(then=2.0, now=5.0), kind="complaint")
        assert outcomes.outcomes(session, shop.location_id, later) == []
