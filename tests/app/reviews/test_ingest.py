"""What becomes of reviews from one visit to the next, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import service
from app.reviews.models import Review, ReviewRevision
from app.reviews.rows import Terms
from scrapers.types import Precision
from tests.town import NOW, open_shop, page, review

YES = "Thank you, see you soon."


@pytest.fixture
def shop(database):
    return open_shop(database)


@pytest.fixture
def visit(database, shop, clock):
    def visit(extract, terms=Terms()):  # noqa: B008
        with database.begin(shop.organization_id) as session:
            listing = session.scalars(select(Listing)).one()
            location = session.scalars(select(Location)).one()
            arrival = service.Arrival(listing, location, extract, terms)
            return service.ingest(session, [arrival], clock)[0]

    return visit


@pytest.fixture
def reviews(database, shop):
    def reviews():
        with database.begin(shop.organization_id) as session:
            return list(session.scalars(select(Review).order_by(Review.id)))

    return reviews


def test_a_first_visit_opens_what_has_no_reply(visit, reviews):
    done = visit(page(review(1), review(2, reply=YES)))
    assert (done.added, done.edited, done.removed) == (2, 0, 0)
    assert [(row.stand, row.answered) for row in reviews()] == [
        ("open", "no"),
        ("answered", "yes"),
    ]


def test_a_page_that_cannot_show_replies_leaves_the_answer_open(visit, reviews):
    visit(page(review(1), replies_visible=False))
    assert [(row.stand, row.answered) for row in reviews()] == [("open", "cannot see")]
    visit(page(review(1, reply=YES)))
    visit(page(review(1), replies_visible=False))
    assert reviews()[0].answered == "yes"
    assert reviews()[0].reply_text == YES


def test_an_unchanged_page_writes_no_review(visit, database):
    extract = page(*(review(n) for n in range(20)), review(99, external_id=None, reply=YES))
    visit(extract)
    written = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda c, cur, statement, *rest: written.append(statement),
    )
    done = visit(extract)
    assert (done.added, done.edited, done.removed) == (0, 0, 0)
    assert [s for s in written if "reviews" in s.split("WHERE")[0] and "UPDATE review" in s] == []
    assert [s for s in written if s.startswith("INSERT")] == []


def test_old_reviews_are_set_aside_at_the_first_import_only(visit, reviews):
    old = {"published_at": NOW - timedelta(days=91)}
    visit(page(review(1), review(2, **old)))
    visit(page(review(1), review(2, **old), review(3, **old)))
    assert [row.stand for row in reviews()] == ["open", "set aside", "open"]


def test_an_edit_is_kept_as_a_revision(visit, reviews, database, shop, clock):
    visit(page(review(1, "Lovely scones.")))
    clock.advance(hours=6)
    done = visit(page(review(1, "Lovely scones, slow till.")))
    assert (done.added, done.edited) == (0, 1)
    row = reviews()[0]
    assert (row.text, row.edited_at) == ("Lovely scones, slow till.", clock())
    with database.begin(shop.organization_id) as session:
        old = session.scalars(select(ReviewRevision)).one()
        assert (old.text, old.stars, old.review_id) == ("Lovely scones.", 5.0, row.id)


def test_a_rating_lowered_after_the_reply_reopens_the_review(visit, reviews):
    visit(page(review(1, stars=4.0, reply=YES)))
    done = visit(page(review(1, stars=2.0, reply=YES)))
    row = reviews()[0]
    assert (row.stand, row.urgent_because) == ("open", "rating changed 4 → 2 after your reply")
    assert done.reopened == 1
    visit(page(review(1, stars=2.0, reply=YES)))
    assert reviews()[0].stand == "open"
    visit(page(review(1, stars=2.0, reply="A new answer to the new rating.")))
    assert reviews()[0].stand == "answered"


def test_a_reply_that_disappears_reopens_the_review(visit, reviews):
    visit(page(review(1, reply=YES)))
    visit(page(review(1)))
    assert (reviews()[0].stand, reviews()[0].urgent_because) == (
        "open",
        "your reply is not shown any more",
    )


def test_two_whole_scans_without_it_remove_a_review(visit, reviews):
    visit(page(review(1), review(2)))
    assert visit(page(review(1))).removed == 0
    assert reviews()[1].stand == "open"
    assert visit(page(review(1))).removed == 1
    assert (reviews()[1].stand, reviews()[1].removed_at) == ("removed", NOW)


def test_a_review_seen_again_in_between_stays(visit, reviews):
    visit(page(review(1), review(2)))
    visit(page(review(1)))
    visit(page(review(1), review(2)))
    visit(page(review(1)))
    assert reviews()[1].stand == "open"


def test_a_removed_review_that_returns_is_the_same_review(visit, reviews):
    visit(page(review(1), review(2)))
    visit(page(review(1)))
    visit(page(review(1)))
    visit(page(review(1), review(2)))
    assert [(row.stand, row.removed_at) for row in reviews()] == [("open", None)] * 2


def test_scans_that_are_not_whole_remove_nothing(visit, reviews):
    visit(page(review(1), review(2)))
    for _ in range(3):
        visit(page(review(1), complete=False))
        visit(page(review(1), expected_reviews=2))
    assert [row.stand for row in reviews()] == ["open", "open"]


@pytest.mark.parametrize("stated", [128, None])
def test_an_emptied_page_is_a_changed_layout_and_removes_nothing(visit, reviews, stated):
    visit(page(review(1), review(2)))
    for _ in range(3):
        assert visit(page(expected_reviews=stated)).vanished
    assert [row.stand for row in reviews()] == ["open", "open"]


def test_coverage_says_what_was_read_of_what_is_stated(visit, database, shop):
    visit(page(review(1), review(2), expected_reviews=118))
    with database.begin(shop.organization_id) as session:
        listing = session.scalars(select(Listing)).one()
        assert (listing.read_reviews, listing.stated_reviews) == (2, 118)


def test_same_day_twins_without_ids_stay_two(visit, reviews):
    twins = [review(1, text, external_id=None, author="Kim") for text in ("Good tea.", "Bad tea.")]
    visit(page(*twins))
    visit(page(*reversed(twins)))
    rows = reviews()
    assert [row.text for row in rows] == ["Good tea.", "Bad tea."]
    assert len({row.identity for row in rows}) == 2


def test_an_author_who_changes_the_name_keeps_the_review(visit, reviews):
    words = "The window seat at nine is the best of the town."
    visit(page(review(1, words, external_id=None, author="Kim"), review(2)))
    visit(page(review(1, words, external_id=None, author="Kim Lee"), review(2)))
    assert {row.author for row in reviews()} == {"Kim Lee", "Guest 2"}


def test_a_source_that_begins_to_give_ids_doubles_nothing(visit, reviews):
    visit(page(review(1, external_id=None)))
    visit(page(review(1)))
    assert [(row.identity, row.external_id) for row in reviews()] == [("id:r1", "r1")]


def test_a_relative_date_is_resolved_once_and_frozen(visit, reviews, clock):
    told = {"precision": Precision.RELATIVE, "external_id": None}
    visit(page(review(1, published_at=NOW - timedelta(days=14), **told)))
    clock.advance(days=9)
    visit(page(review(1, "Edited.", published_at=NOW + timedelta(days=2), **told)))
    assert [(row.text, row.published_at) for row in reviews()] == [
        ("Edited.", NOW - timedelta(days=14))
    ]


def test_a_review_that_stands_twice_on_the_page_is_one(visit, reviews):
    visit(page(review(1), review(1)))
    assert len(reviews()) == 1


def test_a_date_in_the_future_and_a_rating_out_of_range_are_named(visit, reviews):
    done = visit(page(review(1, published_at=NOW + timedelta(days=40)), review(2, stars=11.0)))
    assert done.problems == [
        "1 of 2 reviews dated in the future: kept without a date.",
        "1 of 2 reviews with a rating outside of its own scale: kept without stars.",
    ]
    assert [(row.published_at is None, row.stars) for row in reviews()] == [
        (True, 5.0),
        (False, None),
    ]


def test_hostile_text_is_stored_tidied_and_capped(visit, reviews):
    visit(page(review(1, "a\0b\ud800" + "x" * 100_000, author=" \0 ")))
    row = reviews()[0]
    assert row.text.startswith("ab?x")
    assert len(row.text) == 20_000
    assert row.author is None


def test_text_is_purged_after_its_time_and_comes_back_when_read_again(
    visit, reviews, database, shop, clock
):
    terms = Terms(retention=timedelta(hours=24))
    visit(page(review(1)), terms)
    visit(page(review(1, "Edited.")), terms)
    clock.advance(hours=25)
    with database.begin(shop.organization_id) as session:
        assert service.purge(session, "generic", timedelta(hours=24), clock) == 1
        assert session.scalars(select(ReviewRevision)).one().text is None
    row = reviews()[0]
    assert (row.text, row.stars, row.purged_at) == (None, 5.0, clock())
    done = visit(page(review(1, "Edited.")), terms)
    assert (reviews()[0].text, done.edited) == ("Edited.", 0)


def test_a_source_that_lets_nobody_keep_text_still_shows_edits(visit, reviews):
    terms = Terms(keeps_text=False)
    visit(page(review(1, "Food poisoning!", stars=1.0)), terms)
    row = reviews()[0]
    assert (row.text, row.purged_at, row.urgent_because) == (None, NOW, "safety")
    assert visit(page(review(1, "Better now.", stars=1.0)), terms).edited == 1
