"""The inbox as its people meet it, on both databases."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.accounts.models import Membership, Organization
from app.core.crypto import Vault
from app.core.models import WorkerBeat
from app.inbox import queries
from app.inbox.editor import Stretch, stretches, use
from app.listings.models import Listing
from app.replies.engine.types import Note
from app.replies.models import Draft, Reply
from app.reviews.models import Review, ReviewRevision
from app.reviews.service import Arrival, ingest
from app.sources import service as sources
from app.sources.models import SourceAccount
from tests.town import NOW, add_listing, add_location, open_shop, page, review

REVIEWS = (
    review(1, "The soup was cold and nobody called back.", stars=2.0, author="Gideon"),
    review(2, "Lovely scones.", author="Ines"),
    review(3, None, author="Tom"),
    review(4, "Once more: fine.", author="Ines", reply="Thank you, Ines."),
)


@pytest.fixture
def organization(owner, database) -> int:
    with database.begin() as session:
        return session.scalars(select(Organization.id)).one()


@pytest.fixture
def google(owner, organization, database):
    """A listing whose source takes replies, connected, with four reviews."""
    return fill(database, organization, "google_business_profile", "https://g.example/1", True)


def fill(database, organization, key, url, connected=False, **extract):
    with database.begin(organization) as session:
        location = add_location(session, phone="(207) 555-0142", signature="Bridget")
        listing = add_listing(session, location.id, source_key=key, url=url)
        if connected:
            session.add(SourceAccount(source_key=key, secret="", connected_at=NOW))
        ingest(session, [Arrival(listing, location, page(*REVIEWS, **extract))], lambda: NOW)
        return listing.id


def review_id(database, organization, author="Gideon"):
    with database.begin(organization) as session:
        found = select(Review.id).where(Review.author == author, Review.stand == "open")
        return session.scalars(found).one()


def test_the_day_begins_in_the_inbox(owner):
    assert owner.get("/").headers["Location"] == "/inbox"


def test_an_empty_inbox_says_what_to_do_first(owner):
    page = owner.get("/inbox").text
    assert "Add your business" in page
    assert "No page is read yet" in page


def test_before_the_first_reading_nothing_is_called_answered(owner, database, organization):
    with database.begin(organization) as session:
        add_listing(session, add_location(session).id)
    text = owner.get("/inbox").text
    assert "Your pages are read for the first time" in text
    assert "Every review is answered" not in text


def test_a_finished_inbox_is_worth_a_moment(owner, google, database, organization):
    with database.begin(organization) as session:
        session.scalars(select(Listing)).one().last_visit_at = NOW
        for row in session.scalars(select(Review)):
            row.stand = "answered"
    assert "Every review is answered" in owner.get("/inbox").text


def test_the_most_urgent_review_is_on_the_card(owner, google):
    page = owner.get("/inbox").text
    assert "3 waiting for an answer" in page
    assert re.search(r'id="who"[^>]*><b dir="auto">Gideon</b>', page)
    assert "2 of 5 stars" in page
    assert "Publish on Google" in page
    assert "1 of 3" in page


def test_a_source_without_an_api_is_copied_and_opened(owner, database, organization):
    fill(database, organization, "generic", "https://www.harbour.example/cafe")
    page = owner.get("/inbox").text
    assert "Open harbour.example" in page
    assert 'data-label="Copy and open harbour.example"' in page
    assert "Mark as posted" in page
    assert "Publish on" not in page


def test_google_without_access_is_copied_and_opened(owner, database, organization):
    fill(database, organization, "google_business_profile", "https://g.example/1", False)
    assert "Publish on Google" not in owner.get("/inbox").text


@pytest.mark.parametrize(
    ("held", "label"),
    [
        ({"api_key": "k"}, "Copy and open Yelp"),
        ({"api_key": "k", "partner_token": "t"}, "Publish on Yelp"),
    ],
)
def test_a_key_that_only_reads_does_not_publish(
    owner, app, database, organization, clock, held, label
):
    fill(database, organization, "yelp", "https://www.yelp.com/biz/cafe")
    vault = Vault(app.extensions["goodword"].settings.key("accounts"))
    with database.begin(organization) as session:
        sources.keep(session, "yelp", held, vault, None, clock)
    assert label in owner.get("/inbox").text


def test_publishing_can_be_taken_back_for_ten_minutes_and_the_next_comes_by_itself(
    owner, google, database, organization, clock
):
    first = review_id(database, organization)
    answer = owner.post(f"/inbox/{first}/approve", data={"text": "Sorry, Gideon. Bridget"})
    following = answer.headers["Location"]
    assert following == f"/inbox/{review_id(database, organization, 'Ines')}"
    page = owner.get(following).text
    assert "goes to Google in ten minutes" in page
    assert "2 waiting for an answer" in page
    assert "leaves today 09:10" in page
    page = owner.post(f"/inbox/{first}/take-back", follow_redirects=True).text
    assert "Taken back" in page
    assert "Sorry, Gideon. Bridget" in page
    assert "3 waiting for an answer" in page


def test_what_the_checker_accuses_needs_a_second_word(owner, google, database, organization):
    first = review_id(database, organization)
    text = "You are a liar. We will sue."
    answer = owner.post(f"/inbox/{first}/approve", data={"text": text})
    assert answer.status_code == 422
    assert f"{text}</textarea>" in answer.text
    beside = re.search(r'id="in-the-way"[^>]*>(.*?)</p>', answer.text, re.S)
    assert "liar" in beside[1]
    with database.begin(organization) as session:
        assert session.scalars(select(Reply)).all() == []
    assert "Publish all the same" in answer.text
    assert "Publish all the same" not in owner.get(f"/inbox/{first}").text
    owner.post(f"/inbox/{first}/approve", data={"text": text, "anyway": "1"})
    with database.begin(organization) as session:
        assert session.scalars(select(Reply.text)).one() == text


def test_an_empty_editor_is_not_accused_and_yet_not_published(
    owner, google, database, organization
):
    first = review_id(database, organization)
    owner.post(f"/inbox/{first}/draft", data={"text": " \n"})
    assert "There is no reply yet" not in owner.get(f"/inbox/{first}").text
    answer = owner.post(f"/inbox/{first}/approve", data={"text": " "})
    assert answer.status_code == 422
    assert "The reply is empty" in answer.text


def test_a_reply_that_is_too_long_keeps_what_was_typed(owner, google, database, organization):
    first = review_id(database, organization)
    answer = owner.post(f"/inbox/{first}/approve", data={"text": "long " * 1000 + "end"})
    assert answer.status_code == 422
    assert "takes 4,096 bytes at most" in answer.text
    assert "long end</textarea>" in answer.text


def test_a_draft_is_kept_and_checked(owner, google, database, organization):
    first = review_id(database, organization)
    owner.post(f"/inbox/{first}/draft", data={"text": "Sorry,\r\nbut it was busy."})
    page = owner.get(f"/inbox/{first}").text
    assert "Your draft" in page
    assert "Sorry,\nbut it was busy.</textarea>" in page
    with database.begin(organization) as session:
        assert session.scalars(select(Draft.text)).one() == "Sorry,\nbut it was busy."


def test_the_live_check_answers_with_the_editors_two_parts_and_stores_nothing(
    owner, google, database, organization
):
    first = review_id(database, organization)
    part = owner.post(f"/inbox/{first}/check", data={"text": "We are sorry, but no refund."}).text
    assert 'id="mirror"' in part
    assert 'id="notes"' in part
    assert "<html" not in part
    with database.begin(organization) as session:
        assert session.scalars(select(Draft)).all() == []


def test_a_better_wording_is_one_tap_away(owner, google, database, organization):
    first = review_id(database, organization)
    text = "Gideon, we are sorry, but the soup was cold. Unfortunately nobody called. Bridget"
    part = owner.post(f"/inbox/{first}/check", data={"text": text}).text
    number = re.search(r'name="use" value="(\d+)"', part)
    assert number, part
    owner.post(f"/inbox/{first}/draft", data={"text": text, "use": number[1]})
    with database.begin(organization) as session:
        assert session.scalars(select(Draft.text)).one() != text


def test_posting_by_hand_is_marked(owner, database, organization):
    fill(database, organization, "generic", "https://www.harbour.example/cafe")
    first = review_id(database, organization)
    owner.post(f"/inbox/{first}/posted", data={"text": "Sorry, Gideon."})
    with database.begin(organization) as session:
        assert session.scalars(select(Reply.state)).one() == "posted by hand"
    assert "You posted this. The next reading looks for it." in owner.get(f"/inbox/{first}").text


def test_what_a_site_does_not_show_is_not_looked_for(owner, database, organization):
    fill(database, organization, "generic", "https://h.example/", replies_visible=False)
    first = review_id(database, organization)
    owner.post(f"/inbox/{first}/posted", data={"text": "Sorry, Gideon."})
    text = owner.get(f"/inbox/{first}").text
    assert "h.example does not show us replies, so it is not looked for." in text
    assert "The next reading" not in text


@pytest.mark.parametrize("step", ["dismiss", "answered"])
def test_a_review_leaves_the_inbox_and_comes_back(owner, google, database, organization, step):
    first = review_id(database, organization)
    assert "2 waiting" in owner.post(f"/inbox/{first}/{step}", follow_redirects=True).text
    assert "3 waiting" in owner.post(f"/inbox/{first}/take-back", follow_redirects=True).text


def test_snoozed_until_the_morning(owner, google, database, organization, clock):
    first = review_id(database, organization)
    page = owner.post(f"/inbox/{first}/snooze", data={"until": "tomorrow"}, follow_redirects=True)
    assert "It comes back Saturday at 09:00" in page.text
    assert "2 waiting" in page.text
    clock.advance(hours=25)
    assert "3 waiting" in owner.get("/inbox").text


def test_a_sleeping_review_says_until_when_and_can_be_woken(owner, google, database, organization):
    first = review_id(database, organization)
    assert "Wake it now" not in owner.get(f"/inbox/{first}").text
    owner.post(f"/inbox/{first}/snooze", data={"until": "tomorrow"})
    text = owner.get(f"/inbox/{first}").text
    assert "It sleeps until tomorrow 09:00." in text
    assert "Wake it now" in text
    assert "3 waiting" in owner.post(f"/inbox/{first}/take-back", follow_redirects=True).text


def test_behind_the_rows_shown_the_place_and_the_next_are_known(owner, database, organization):
    many = [review(number, f"Number {number}.", stars=3.0) for number in range(1, 39)]
    with database.begin(organization) as session:
        location = add_location(session)
        listing = add_listing(session, location.id)
        ingest(session, [Arrival(listing, location, page(*many))], lambda: NOW)
        rows = queries.queue(session, queries.InboxFilter(), NOW).rows
    for place in (1, 30, 31, 37):
        text = owner.get(f"/inbox/{rows[place - 1].id}").text
        assert f"{place} of 38" in text
        assert f'href="/inbox/{rows[place].id}">Next' in text
    last = owner.get(f"/inbox/{rows[37].id}").text
    assert "38 of 38" in last
    assert ">Next</a>" not in last


def test_asking_somebody_shows_it_under_mine(owner, google, database, organization):
    first = review_id(database, organization)
    assert "Nothing waits under this filter" in owner.get("/inbox?mine=1").text
    owner.post(f"/inbox/{first}/assign", data={"user_id": "1"})
    assert "1 waiting" in owner.get("/inbox?mine=1").text
    assert owner.post(f"/inbox/{first}/assign", data={"user_id": "99"}).status_code == 404


def test_a_viewer_looks_and_changes_nothing(owner, app, google, database, organization):
    with database.begin(organization) as session:
        session.scalars(select(Membership)).one().role = "viewer"
    first = review_id(database, organization)
    text = owner.get("/inbox").text
    assert "The soup was cold" in text
    assert "Publish on Google" not in text
    assert "<textarea" not in text
    for step in ("approve", "draft", "dismiss", "snooze", "assign", "posted", "another"):
        assert owner.post(f"/inbox/{first}/{step}", data={"text": "x"}).status_code == 403


def test_filters_stay_in_the_address_of_every_step(owner, google):
    page = owner.get("/inbox?stars=3").text
    assert "1 waiting" in page
    assert "/approve?stars=3" in page
    assert owner.get("/inbox?stars=x&location=9999999999999999999999&after=zzz").status_code == 200


def test_a_source_that_hides_replies_is_a_third_state(owner, database, organization):
    fill(database, organization, "generic", "https://h.example/", replies_visible=False)
    page = owner.get("/inbox").text
    assert "does not show us replies" in page
    assert "Answered already" in page


def test_coverage_is_told(owner, database, organization):
    fill(database, organization, "generic", "https://h.example/", expected_reviews=118)
    assert re.search(r"4 of 118\s+reviews", owner.get("/inbox").text)


def test_an_edit_shows_both_wordings(owner, google, database, organization):
    first = review_id(database, organization)
    with database.begin(organization) as session:
        session.add(ReviewRevision(review_id=first, stars=5.0, text="Was nice.", replaced_at=NOW))
        session.get_one(Review, first).edited_at = NOW
    page = owner.get(f"/inbox/{first}").text
    assert "Before it said" in page
    assert "Was nice." in page


def test_older_reviews_are_counted_apart_and_brought_in(owner, google, database, organization):
    with database.begin(organization) as session:
        session.get_one(Review, review_id(database, organization)).stand = "set aside"
    assert "1 older review is set aside" in owner.get("/inbox").text
    page = owner.post("/inbox/bring-in", follow_redirects=True).text
    assert "3 waiting" in page
    assert "set aside:" not in page


def test_what_is_read_now_is_told(owner, google, database, organization, clock):
    assert "1 page is due, but the worker is not running" in owner.get("/inbox").text
    with database.begin(organization) as session:
        session.add(WorkerBeat(name="w", started_at=NOW, beat_at=NOW))
    assert "1 page is about to be read" in owner.get("/reading").text
    with database.begin(organization) as session:
        session.get_one(Listing, google).claimed_until = NOW + timedelta(minutes=2)
    text = owner.get("/reading").text
    assert "Reading Google now. 3 reviews wait so far." in text
    assert 'data-poll="/reading"' in text
    with database.begin(organization) as session:
        listing = session.get_one(Listing, google)
        listing.claimed_until, listing.next_check_at = None, NOW + timedelta(hours=6)
        listing.last_visit_at = NOW - timedelta(minutes=12)
    text = owner.get("/reading").text
    assert "Last read 12 minutes ago, next today 15:00." in text
    assert "data-poll" not in text


def test_what_a_guest_wrote_stays_text(owner, database, organization):
    hostile = review(9, "<script>alert(1)</script>\u202eabc", author='"><img src=x>', stars=1.0)
    with database.begin(organization) as session:
        location = add_location(session)
        listing = add_listing(session, location.id, url="javascript:alert(1)")
        ingest(session, [Arrival(listing, location, page(hostile))], lambda: NOW)
    text = owner.get("/inbox").text
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert 'href="javascript:' not in text


def test_a_review_of_somebody_else_is_not_there(owner, google):
    for number in (999, 2**31, 10**20):
        assert owner.get(f"/inbox/{number}").status_code == 404
        assert owner.get(f"/insights?location={number}").status_code == 404
    assert owner.post("/inbox/999/dismiss").status_code == 404


@pytest.mark.parametrize(
    ("text", "span", "instead", "becomes"),
    [
        ("Sorry, but late.", (7, 10), "and", "Sorry, and late."),
        ("Unfortunately nobody called.", (0, 13), "", "Nobody called."),
        ("Hi. Unfortunately, nobody called.", (4, 17), "", "Hi. Nobody called."),
        ("It was just late.", (7, 11), "", "It was late."),
        ("It was late just.", (12, 16), "", "It was late."),
    ],
)
def test_a_better_wording_closes_the_sentence(text, span, instead, becomes):
    note = Note("rule", "should", span, "", instead=instead)
    assert use(text, note) == becomes


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [Stretch("abcdef")]),
        ([(2, 4)], [Stretch("ab"), Stretch("cd", 0), Stretch("ef")]),
        ([(0, 3), (2, 6)], [Stretch("abc", 0), Stretch("def", 1)]),
        ([(4, 99), (0, 1)], [Stretch("a", 1), Stretch("bcd"), Stretch("ef", 0)]),
        ([(3, 3)], [Stretch("abcdef")]),
    ],
)
def test_marks_cut_the_text_without_losing_a_letter(spans, pieces):
    assert stretches("abcdef", spans) == pieces


@pytest.fixture
def asked(database):
    """The statements that were sent to the database since the list was emptied."""
    sent = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            sent.append(statement)

    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_one_look_at_the_inbox_asks_little(owner, google, asked):
    owner.get("/inbox")
    asked.clear()
    assert "Gideon" in owner.get("/inbox").text
    assert len(asked) <= 10, "\n".join(asked)


def test_people_of_other_organizations_are_not_offered(owner, google, database):
    open_shop(database, "Elsewhere")
    assert "elsewhere@example.com" not in owner.get("/inbox").text


def test_the_words_that_the_reply_answers_are_marked(owner, google, database, organization):
    number = review_id(database, organization)
    text = owner.post(f"/inbox/{number}/draft", data={"text": "Sorry for the cold soup."},
                      follow_redirects=True).text  # fmt: skip
    assert "<mark>The soup was cold" in text
    text = owner.post(f"/inbox/{number}/check", data={"text": "Thank you."}).text
    assert '<div class="said" id="said">The soup was cold' in text


def test_a_review_in_another_language_says_which(owner, google, database, organization):
    number = review_id(database, organization)
    assert "Written in" not in owner.get(f"/inbox/{number}").text
    with database.begin(organization) as session:
        session.get_one(Review, number).language = "ko"
    assert "Written in Korean" in owner.get(f"/inbox/{number}").text
