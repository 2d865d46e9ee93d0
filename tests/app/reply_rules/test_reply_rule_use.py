"""Rules in use: tried, switched on, applied, taken back; and never for what a person must see."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.inbox import service as inbox
from app.listings.models import Listing
from app.locations.models import Location
from app.replies import service as replies
from app.replies.models import Reply, ReplyState
from app.reply_rules import service
from app.reply_rules.models import Action, ReplyRule
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from scrapers import registry
from tests.town import NOW, open_shop, page, review

SOURCE = "sample_cityvoice"
FORM = {
    **dict.fromkeys(("has_text", "language", "source_key", "location_id"), ""),
    "least_stars": "4",
    "most_stars": "5",
    "action": "post",
    "delay_minutes": "60",
}
REVIEWS = (
    review(1, "The scones were lovely and Anton was so kind to my daughter."),
    review(2, "Wonderful coffee and a quiet corner to read in."),
    review(3, "Great cake, but I got food poisoning and my lawyer will call.", stars=5.0),
    review(4, "The toilet was dirty.", stars=2.0),
)


@pytest.fixture
def shop(database, clock):
    shop = open_shop(database, source_key=SOURCE, url="http://127.0.0.1:8010/cityvoice/x")
    with database.begin(shop.organization_id) as session:
        listing = session.get_one(Listing, shop.listing_id)
        location = session.get_one(Location, shop.location_id)
        location.signature = "Bridget"
        ingest(session, [Arrival(listing, location, page(*REVIEWS))], lambda: NOW)
    with database.begin(shop.organization_id) as session:
        queue = replies.read_queue(session, shop.location_id, clock)
        replies.keep(session, replies.compose(queue))
    return shop


def make_rule(session, action=Action.POST, **more):
    rule = ReplyRule(
        **{"least_stars": 4, "most_stars": 5, "action": action, "made_at": NOW, **more}
    )
    session.add(rule)
    session.flush()
    return rule


def apply(database, shop, clock):
    with database.begin(shop.organization_id) as session:
        ids = session.scalars(select(Review.id)).all()
        return service.apply(session, ids, registry, clock)


def test_a_rule_is_tried_on_what_came_before(database, shop, clock):
    with database.begin(shop.organization_id) as session:
        found = service.back_test(session, make_rule(session), registry, clock)
    assert found.would_post == 2
    assert found.held_back == {"a person must see it first": 1}
    assert len(found.examples) == 2


def test_a_rule_that_is_off_does_nothing(database, shop, clock):
    with database.begin(shop.organization_id) as session:
        make_rule(session)
    assert apply(database, shop, clock) == 0


def test_a_rule_that_is_on_posts_after_its_delay_in_the_name_of_who_switched_it(
    database, shop, clock
):
    with database.begin(shop.organization_id) as session:
        rule = make_rule(session, delay_minutes=90)
        service.switch(session, rule.id, True, shop.user_id, clock)
    assert apply(database, shop, clock) == 2
    with database.begin(shop.organization_id) as session:
        for reply in session.scalars(select(Reply)):
            assert reply.state == ReplyState.APPROVED
            assert reply.approved_by_id == shop.user_id
            assert (reply.send_at - clock()).total_seconds() == 90 * 60


def test_what_a_rule_approved_can_be_taken_back(database, shop, clock):
    with database.begin(shop.organization_id) as session:
        service.switch(session, make_rule(session).id, True, shop.user_id, clock)
    apply(database, shop, clock)
    with database.begin(shop.organization_id) as session:
        reply = session.scalars(select(Reply)).first()
        inbox.take_back(session, reply.review_id, clock)
        assert reply.state == ReplyState.TAKEN_BACK


def test_applying_twice_posts_once(database, shop, clock):
    with database.begin(shop.organization_id) as session:
        service.switch(session, make_rule(session).id, True, shop.user_id, clock)
    assert (apply(database, shop, clock), apply(database, shop, clock)) == (2, 0)


def test_a_source_without_an_api_is_left_to_a_person(database, clock):
    shop = open_shop(database, source_key="generic")
    with database.begin(shop.organization_id) as session:
        listing = session.get_one(Listing, shop.listing_id)
        location = session.get_one(Location, shop.location_id)
        ingest(session, [Arrival(listing, location, page(*REVIEWS))], lambda: NOW)
        service.switch(session, make_rule(session).id, True, shop.user_id, clock)
        queue = replies.read_queue(session, shop.location_id, clock)
        replies.keep(session, replies.compose(queue))
    assert apply(database, shop, clock) == 0


def test_what_may_go_together_waits_for_one_approval(database, shop, clock):
    with database.begin(shop.organization_id) as session:
        rule = make_rule(session, Action.TOGETHER)
        service.switch(session, rule.id, True, shop.user_id, clock)
        waiting = service.to_approve_together(session, registry, clock)
    assert {one.author for one, _ in waiting} == {"Guest 1", "Guest 2"}
    assert apply(database, shop, clock) == 0


@pytest.mark.parametrize("action", [Action.TOGETHER, Action.POST])
def test_what_a_person_put_to_sleep_is_left_alone_until_it_wakes(database, shop, clock, action):
    with database.begin(shop.organization_id) as session:
        service.switch(session, make_rule(session, action).id, True, shop.user_id, clock)
        for one in session.scalars(select(Review)).all():
            inbox.snooze(session, one.id, NOW + timedelta(hours=2), clock)
    for woken in (False, True):
        with database.begin(shop.organization_id) as session:
            assert bool(service.to_approve_together(session, registry, clock)) is (
                woken and action == Action.TOGETHER
            )
        assert bool(apply(database, shop, clock)) is (woken and action == Action.POST)
        clock.advance(hours=3)


def test_an_owner_makes_tries_and_switches_a_rule_in_the_browser(owner):
    made = owner.post(
        "/settings/rules",
        data=FORM,
    )
    address = made.headers["Location"]
    page = owner.get(address).text
    assert re.search(r"0 would have been posted, 0 held back, 0 look alike", page)
    assert "Switch on, in my name" in page
    owner.post(f"{address}/on")
    assert "On." in owner.get("/settings/rules").text
    owner.post(f"{address}/off")
    owner.post(f"{address}/remove")
    assert owner.get(address).status_code == 404


def test_a_rule_upside_down_is_explained(owner):
    page = owner.post(
        "/settings/rules",
        data=FORM | {"least_stars": "5", "most_stars": "3"},
    ).text
    assert "upper bound lies below" in page


def test_an_empty_pile_says_so(owner):
    assert "Nothing waits here" in owner.get("/inbox/together").text
