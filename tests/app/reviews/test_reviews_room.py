"""The room Reviews as its people meet it, on both databases."""

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, add_listing, add_location, page, review


@pytest.fixture
def filled(owner, database) -> int:
    with database.begin() as session:
        organization = session.scalars(select(Organization.id)).one()
    with database.begin(organization) as session:
        location = add_location(session)
        for key, records in (
            ("generic", (review(1, "Slow till.", stars=2.0, author="Gideon", language="en"),)),
            (
                "yelp",
                (
                    review(2, "맛있어요", author="서연", language="ko"),
                    review(3, "Fine.", reply="Thank you, <b>Tom</b>.", author="Tom"),
                ),
            ),
        ):
            listing = add_listing(session, location.id, source_key=key)
            ingest(session, [Arrival(listing, location, page(*records))], lambda: NOW)
    return organization


def test_without_reviews_it_says_when_they_come(owner):
    assert "minutes after you paste the links" in owner.get("/reviews").text


def test_every_review_is_there_with_its_answer_and_its_state(owner, filled):
    text = owner.get("/reviews").text
    assert "Slow till." in text
    assert "waits for an answer" in text
    assert "Thank you, &lt;b&gt;Tom&lt;/b&gt;." in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=slow", {"Gideon"}),
        ("q=thank", {"Tom"}),
        ("q=%EC%84%9C%EC%97%B0", {"서연"}),
        ("source=yelp", {"서연", "Tom"}),
        ("stars=low", {"Gideon"}),
        ("stars=5", {"서연", "Tom"}),
        ("stand=answered", {"Tom"}),
        ("language=ko", {"서연"}),
        ("q=nothing+holds+this", set()),
        ("stars=7&source=x&stand=y&location=abc&after=zz", {"Gideon", "서연", "Tom"}),
    ],
)
def test_words_and_filters_find(owner, filled, query, found):
    text = owner.get(f"/reviews?{query}").text
    assert {name for name in ("Gideon", "서연", "Tom") if f'"auto">{name}</b>' in text} == found


def test_a_page_goes_on_where_the_last_one_ended(owner, filled, database, monkeypatch):
    monkeypatch.setattr("app.reviews.routes.ROWS", 2)
    first = owner.get("/reviews").text
    link = first.split('href="/reviews?after=')[1].split('"')[0]
    second = owner.get(f"/reviews?after={link}".replace("&amp;", "&")).text
    names = [name for name in ("Gideon", "서연", "Tom") if f'"auto">{name}</b>' in second]
    assert len(names) == 1


def test_text_that_may_not_be_kept_says_whose_rule_it_was(owner, filled, database):
    with database.begin(filled) as session:
        row = session.scalars(select(Review).where(Review.author == "Gideon")).one()
        row.text, row.purged_at = None, NOW
    assert "The site limits how long its text may be kept" in owner.get("/reviews").text
