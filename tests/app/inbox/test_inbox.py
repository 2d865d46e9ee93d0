"""The queue, the card and what a person decides, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Column, select
from sqlalchemy.sql import visitors

from app.core.errors import NotFound, UserError
from app.inbox import queries, service
from app.inbox.queries import InboxFilter
from app.listings.models import Listing
from app.locations.models import Location
from app.replies.models import ReplySuggestion
from app.reviews import service as reviews_service
from app.reviews.models import Review
from app.reviews.service import Arrival
from scrapers.types import Capability
from tests.town import NOW, open_shop, page, review

ALL = InboxFilter()


class Google:
    """A source that takes replies."""

    name = "Google"
    capabilities = frozenset({Capability.REVIEWS, Capability.REPLY})
    reply_limit = 40
    reply_limit_unit = "bytes"


class Yelp(Google):
    name = "Yelp"
    capabilities = frozenset({Capability.REVIEWS})


@pytest.fixture
def shop(database, clock):
    shop = open_shop(database)
    records = [
        review(1, "Lovely scones."),
        review(2, "Slow till.", stars=2.0),
        review(3, None),
        review(4, "I will call my lawyer.", stars=1.0),
        review(5, "Fine.", reply="Thank you."),
        review(6, "Earlier words.", author="Guest 2", published_at=NOW - timedelta(days=40)),
    ]
    with database.begin(shop.organization_id) as session:
        listing, location = (
            session.get_one(Listing, shop.listing_id),
            session.get_one(Location, shop.location_id),
        )
        reviews_service.ingest(session, [Arrival(listing, location, page(*records))], clock)
    return shop


@pytest.fixture
def session(database, shop):
    with database.begin(shop.organization_id) as session:
        yield session


def ids(session):
    return dict(session.execute(select(Review.external_id, Review.id)).all())


def authors(session, now=NOW, **filters):
    return [row.author for row in queries.queue(session, InboxFilter(**filters), now).rows]


def test_the_queue_is_open_reviews_most_urgent_first(session):
    assert authors(session) == ["Guest 4", "Guest 2", "Guest 2", "Guest 1", "Guest 3"]
    first = queries.queue(session, ALL, NOW).rows[0]
    assert (first.excerpt, first.urgent_because, first.location) == (
        "I will call my lawyer.",
        "legal",
        "Harbour Café",
    )


def test_the_queue_is_read_page_by_page_without_gap_or_repetition(session):
    seen, after = [], None
    while True:
        part = queries.queue(session, ALL, NOW, after=after, limit=2)
        seen += [row.id for row in part.rows]
        after = part.next
        if after is None:
            break
    assert seen == [row.id for row in queries.queue(session, ALL, NOW).rows]


@pytest.mark.parametrize("after", ["", "x", "1,2,3", "nan", "'; --"])
def test_a_place_that_was_tampered_with_begins_at_the_top(session, after):
    assert len(queries.queue(session, ALL, NOW, after=after).rows) == 5


def test_filters_narrow_the_queue(session, shop):
    assert authors(session, max_stars=3) == ["Guest 4", "Guest 2"]
    assert authors(session, source_key="yelp") == []
    assert authors(session, location_ids=[shop.location_id], assigned_to_id=shop.user_id) == []


def test_counts_tell_what_waits_what_is_late_and_what_sleeps(session, shop, clock):
    assert queries.counts(session, ALL, NOW) == queries.InboxCounts(5, 5, 0, 0)
    service.snooze(session, ids(session)["r4"], NOW + timedelta(hours=3), clock)
    session.flush()
    assert queries.counts(session, ALL, NOW) == queries.InboxCounts(4, 4, 0, 1)
    assert "Guest 4" not in authors(session)
    assert authors(session, now=NOW + timedelta(hours=4))[0] == "Guest 4"


def test_a_card_holds_the_context(session, shop):
    card = queries.card(session, ids(session)["r2"])
    assert card.review.text == "Slow till."
    assert [row.excerpt for row in card.earlier] == ["Earlier words."]
    assert (card.text, card.reply, card.can_take_back) == ("", None, False)


def test_the_editor_shows_the_draft_before_the_suggestion_and_no_stale_one(session, shop, clock):
    review = session.get_one(Review, ids(session)["r2"])
    for ordinal, digest in ((0, "of an earlier wording"), (1, review.digest)):
        session.add(
            ReplySuggestion(
                review_id=review.id,
                ordinal=ordinal,
                text=f"Suggestion {ordinal}",
                kind="complaint",
                of_digest=digest,
                made_at=NOW,
            )
        )
    session.flush()
    card = queries.card(session, review.id)
    assert card.text == "Suggestion 1"
    service.save_draft(session, review.id, "My own words", shop.user_id, clock)
    assert queries.card(session, review.id).text == "My own words"
    service.discard_draft(session, review.id)
    service.reject_suggestion(session, card.suggestion.id, clock)
    assert queries.card(session, review.id).text == ""


def test_a_decision_empties_the_inbox_and_can_be_taken_back(session, shop, clock):
    review_id = ids(session)["r2"]
    for close in (
        lambda: service.dismiss(session, review_id, shop.user_id, clock),
        lambda: service.mark_posted(session, review_id, "Thank you.", shop.user_id, clock),
        lambda: service.approve(session, review_id, "Thanks.", Google(), shop.user_id, clock),
    ):
        close()
        session.flush()
        assert review_id not in [row.id for row in queries.queue(session, ALL, NOW).rows]
        service.take_back(session, review_id, clock)
        assert review_id in [row.id for row in queries.queue(session, ALL, NOW).rows]
    assert queries.card(session, review_id).text == "Thanks."


def test_an_approved_reply_leaves_after_ten_minutes(session, shop, clock):
    reply = service.approve(session, ids(session)["r2"], " Thanks. ", Google(), shop.user_id, clock)
    assert (reply.text, reply.state) == ("Thanks.", "approved")
    assert reply.send_at == NOW + timedelta(minutes=10)
    assert queries.card(session, reply.review_id).can_take_back


def test_a_second_click_on_publish_is_the_same_reply_and_another_text_is_refused(
    session, shop, clock
):
    def approve(text):
        return service.approve(session, review_id, text, Google(), shop.user_id, clock)

    review_id = ids(session)["r2"]
    assert approve("Thanks.") is approve("Thanks.\r\n")
    with pytest.raises(UserError, match="Take it back first"):
        approve("Thank you.")


def test_what_cannot_be_published_says_what_can_be_done(session, shop, clock):
    review_id = ids(session)["r2"]
    for text, source, says in (
        ("Thanks.", Yelp(), "copy and open it"),
        ("  ", Google(), "empty"),
        ("감사합니다" * 3, Google(), "40 bytes at most; the reply has 45"),
    ):
        with pytest.raises(UserError, match=says):
            service.approve(session, review_id, text, source, shop.user_id, clock)
    service.approve(session, review_id, "Thanks.", Google(), shop.user_id, clock)
    with pytest.raises(UserError, match="Take it back first"):
        service.dismiss(session, review_id, shop.user_id, clock)


def test_a_reply_that_the_source_shows_is_not_taken_back(session, clock):
    with pytest.raises(UserError, match="shows your reply already"):
        service.take_back(session, ids(session)["r5"], clock)


def test_only_members_are_asked_to_answer(session, shop):
    review_id = ids(session)["r2"]
    assert service.assign(session, review_id, shop.user_id).assigned_to_id == shop.user_id
    with pytest.raises(NotFound):
        service.assign(session, review_id, shop.user_id + 1)


def test_another_organization_finds_nothing(database, session, clock):
    review_id = ids(session)["r2"]
    session.commit()
    other = open_shop(database, "Elsewhere")
    with database.begin(other.organization_id) as theirs:
        assert queries.queue(theirs, ALL, NOW).rows == []
        for attempt in (
            lambda: queries.card(theirs, review_id),
            lambda: service.dismiss(theirs, review_id, other.user_id, clock),
            lambda: service.save_draft(theirs, review_id, "x", other.user_id, clock),
        ):
            with pytest.raises(NotFound):
                attempt()


@pytest.mark.parametrize("index", ["ix_reviews_queue", "ix_reviews_location_queue"])
def test_the_indexes_of_the_queue_hold_all_that_counts_ask(index):
    held = next(one for one in Review.__table__.indexes if one.name == index)
    statement = queries.counting(InboxFilter(location_ids=[1]), NOW)
    asked = {part.name for part in visitors.iterate(statement) if isinstance(part, Column)}
    assert asked | {"organization_id"} <= {column.name for column in held.columns}
