"""Saved replies: what is guessed of them, who may draw from them, and their pages."""

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.core.errors import NotFound, UserError
from app.inbox import queries
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import saved, service
from app.replies.engine.saved import about
from app.replies.models import SavedReply
from app.replies.profiles import business_profile
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from tests.town import NOW, add_listing, add_location, open_shop, page, review

BREAD = "Hi Anna,\n\nThank you for loving our sourdough.\n\nMaeve"


@pytest.fixture
def session(database):
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        yield session


@pytest.fixture
def location(session):
    return session.scalars(select(Location)).one()


@pytest.mark.parametrize(
    ("text", "language", "to_complaint", "topics", "usable"),
    [
        (BREAD, "en", False, ("food",), 1),
        ("We are sorry about the long wait for your cake.", "en", True, ("wait",), 1),
        ("Vielen Dank für die netten Worte über unser Personal.", "de", False, ("staff",), 1),
        ("Danke schön, bis zum nächsten Mal, wir freuen uns.", "de", False, (), 0),
        ("ขอบคุณมากครับ ยินดีต้อนรับเสมอ", None, False, (), 0),
    ],
)
def test_what_a_text_is_about_is_guessed(text, language, to_complaint, topics, usable):
    found = about(text)
    assert (found.language, found.to_complaint, found.topics, found.usable) == (
        language, to_complaint, topics, usable,
    )  # fmt: skip


def test_a_text_is_kept_once_and_called_by_its_words(session, location, clock):
    row = saved.keep(session, BREAD, "", location.id, clock)
    assert row.title == "Thank you for loving our sourdough."
    assert saved.keep(session, BREAD, "again", location.id, clock) is row
    assert saved.keep(session, BREAD, "", None, clock) is not row


def test_nothing_empty_and_not_too_many_are_kept(session, clock, monkeypatch):
    with pytest.raises(UserError):
        saved.keep(session, " \n", "", None, clock)
    monkeypatch.setattr(saved, "MOST_KEPT", 1)
    saved.keep(session, BREAD, "", None, clock)
    with pytest.raises(UserError, match="Remove one"):
        saved.keep(session, "Another one about our bread.", "", None, clock)


def test_a_location_draws_from_its_own_and_from_those_for_all(session, location, clock):
    other = add_location(session, "Second Quay")
    saved.keep(session, BREAD, "mine", location.id, clock)
    saved.keep(session, "Thank you for praising our staff.", "all", None, clock)
    titles = lambda place: [s.title for s in business_profile(session, place, clock).saved]  # noqa: E731
    assert titles(location) == ["mine", "all"]
    assert titles(other) == ["all"]


def test_suggestions_draw_from_it_and_are_written_anew_when_it_goes(session, location, clock):
    row = saved.keep(session, BREAD, "Bread", location.id, clock)
    listing = session.scalars(select(Listing)).one()
    praise = page(review(1, "Best sourdough in town."))
    ingest(session, [Arrival(listing, location, praise)], clock)
    service.keep(session, service.compose(service.read_queue(session, location.id, clock)))
    review_id = session.scalars(select(Review.id)).one()
    offered = queries.card(session, review_id).suggestion
    assert "Thank you for loving our sourdough." in offered.text
    assert any("“Bread”" in line for line in offered.why)
    clock.advance(minutes=1)
    saved.remove(session, row.id, clock)
    session.expire_all()
    assert service.locations_waiting(session) == [location.id]
    with pytest.raises(NotFound):
        saved.get(session, row.id)


@pytest.fixture
def organization(owner, database) -> int:
    with database.begin() as session:
        return session.scalars(select(Organization.id)).one()


def test_keeping_changing_and_removing_by_form(owner, database, organization):
    text = owner.post("/settings/saved", data={"text": BREAD}, follow_redirects=True).text
    assert "English · for praise · about food" in text
    assert "1 sentence to draw from" in text
    with database.begin(organization) as session:
        number = session.scalars(select(SavedReply.id)).one()
    assert BREAD.split("\n")[2] in owner.get(f"/settings/saved/{number}").text
    changed = {"text": "We are sorry for the long wait.", "title": "Wait"}
    text = owner.post(f"/settings/saved/{number}", data=changed, follow_redirects=True).text
    assert "for complaints · about waiting times" in text
    text = owner.post(f"/settings/saved/{number}/remove", follow_redirects=True).text
    assert "Keep your first" in text
    assert owner.get(f"/settings/saved/{number}").status_code == 404


def test_an_empty_text_is_asked_for_once_more(owner, organization):
    assert "Write a sentence" in owner.post("/settings/saved", data={"text": " "}).text


def test_a_reply_is_kept_from_the_inbox_and_let_go_again(owner, database, organization):
    with database.begin(organization) as session:
        location = add_location(session)
        listing = add_listing(session, location.id)
        arrival = Arrival(listing, location, page(review(1, "Best sourdough in town.")))
        ingest(session, [arrival], lambda: NOW)
        number = session.scalars(select(Review.id)).one()
    back = f"/inbox/{number}"
    assert "Keep this reply" in owner.get(back).text
    text = owner.post(f"{back}/keep", data={"text": BREAD}, follow_redirects=True).text
    assert "Let it go" in text
    assert "Your draft" in text  # what was typed is not lost
    assert "sourdough" in owner.get("/settings/saved").text
    with database.begin(organization) as session:
        kept = session.scalars(select(SavedReply.id)).one()
    gone = owner.post(f"/settings/saved/{kept}/remove?back={back}")
    assert gone.headers["Location"] == back
    again = owner.post(f"{back}/keep", data={"text": " "})
    assert again.status_code == 422
    assert "The reply is empty" in again.text


def test_only_the_inbox_is_gone_back_to(owner, database, organization):
    owner.post("/settings/saved", data={"text": BREAD})
    with database.begin(organization) as session:
        kept = session.scalars(select(SavedReply.id)).one()
    away = owner.post(f"/settings/saved/{kept}/remove?back=https://x.example")
    assert away.headers["Location"] == "/settings/saved"
