"""The answers of the room Insights, on both databases, and how they are said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.insights import queries, rules
from app.insights.queries import Month, Topic, Week
from app.replies.models import ReplySuggestion
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from scrapers.types import ReplyRecord
from tests.town import NOW, add_listing, add_location, page, review

DAY = timedelta(days=1)


def answered(number, days_ago, after_hours, stars=5.0):
    published = NOW - days_ago * DAY
    reply = ReplyRecord("Thank you.", published + timedelta(hours=after_hours))
    return replace(review(number, "Fine.", stars=stars, published_at=published), reply=reply)


@pytest.fixture
def filled(owner, database):
    with database.begin() as session:
        organization = session.scalars(select(Organization.id)).one()
    with database.begin(organization) as session:
        location = add_location(session)
        listing = add_listing(session, location.id)
        records = (
            answered(1, 10, 2),
            answered(2, 9, 5),
            answered(3, 8, 60, stars=2.0),
            review(4, "Cold soup.", stars=2.0, published_at=NOW - 3 * DAY),
            review(5, "Hello.", published_at=NOW - timedelta(hours=1)),
            answered(6, 120, 5, stars=4.0),
        )
        ingest(session, [Arrival(listing, location, page(*records))], lambda: NOW)
        for row in session.scalars(select(Review)):
            topics = [{"topic": "food", "polarity": "negative" if row.stars == 2 else "positive"}]
            session.add(
                ReplySuggestion(
                    review_id=row.id,
                    text="",
                    kind="praise",
                    topics=topics,
                    of_digest=row.digest,
                    made_at=NOW,
                )
            )
    return organization


def test_the_room_without_a_review(owner):
    text = owner.get("/insights").text
    assert "No review was due in the last twelve weeks" in text
    assert "Nobody has rated you" in text


def test_each_question_has_its_answer_and_its_figures(owner, filled):
    text = owner.get("/insights").text
    assert "Are we answering in time?" in text
    assert "2 of the last 4 reviews (50 %) had an answer within the promised time." in text
    assert "Half of the answers came within 5 h" in text
    assert "3.8 of 5 on average over the last three months" in text
    assert "Most praised: food" in text
    assert text.count("The figures") == 3


def test_weeks_count_what_was_due(filled, database):
    with database.begin(filled) as session:
        found = queries.weeks(session, None, NOW)
        assert [sum(getattr(w, n) for w in found) for n in ("in_time", "late", "waiting")] == [
            2,
            1,
            1,
        ]
        assert found[-1].start == date(2026, 11, 16)
        assert queries.weeks(session, 99, NOW)[-1].total == 0


def test_months_go_over_the_turn_of_the_year(filled, database):
    with database.begin(filled) as session:
        found = queries.months(session, None, NOW.replace(month=2, day=3, year=2027))
        starts = [(month.start.year, month.start.month) for month in found]
        assert starts == [(2026, 9), (2026, 10), (2026, 11), (2026, 12), (2027, 1), (2027, 2)]
        assert found[2].count == 5


def week(in_time=0, late=0, waiting=0):
    return Week(date(2026, 11, 16), in_time, late, waiting)


@pytest.mark.parametrize(
    ("weeks", "says"),
    [
        ([week()], "No review was due"),
        ([week(3)], "All of the last 3 reviews had"),
        ([week(1, 1, 1)], "1 of the last 3 reviews (33 %) had"),
        ([week(0, 1)], "None of the last 1 review had"),
    ],
)
def test_the_answer_on_time_is_a_sentence(weeks, says):
    assert rules.in_time(weeks, None, "en").says.startswith(says)


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        ((0, None), (0, None), "Nobody has rated you"),
        ((0, None), (4, 4.5), "4.5 of 5 on average over the last three months."),
        ((4, 4.5), (4, 4.5), "4.5 of 5 on average over the last three months, as in"),
        ((4, 4.0), (4, 4.5), "4.5 of 5 on average over the last three months, 0.5 more"),
        ((4, 4.5), (4, 4.0), "4.0 of 5 on average over the last three months, 0.5 less"),
    ],
)
def test_the_answer_on_ratings_compares_with_before(before, now, says):
    months = [Month(date(2026, 8, 1), *before), Month(date(2026, 11, 1), *now)]
    assert rules.rated(months, "en").says.startswith(says)


def test_columns_never_leave_the_chart():
    columns = rules.in_time([week(3, 4, 5), week(1)], None, "en").columns
    assert [round(sum(height for _, height in column.parts)) for column in columns] == [100, 8]


def test_topics_are_said_in_words():
    said = rules.spoken_of([Topic("waiting_time", 0, 4), Topic("bread", 9, 1)]).says
    assert said == "Most praised: bread. Most complained about: waiting time."
