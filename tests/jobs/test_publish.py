"""Replies on their way to a source that takes them, over real HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug import Request as Asked
from werkzeug import Response

from app.inbox import service as inbox
from app.listings.models import Listing
from app.locations.models import Location
from app.replies.models import Draft, Reply
from app.reviews import service as reviews
from app.reviews.models import Review
from app.reviews.service import Arrival
from jobs.leases import REPLIES
from jobs.tasks.publish import publish
from scrapers.errors import Blocked
from scrapers.sources.generic import Generic
from scrapers.types import Capability, ReplyRecord, Request
from tests.town import NOW, open_shop, page, review


class Board(Generic):
    """A directory that takes replies; made up for these tests."""

    key = "generic"
    name = "Board"
    capabilities = frozenset({Capability.REVIEWS, Capability.REPLY, Capability.OWNER_REPLIES})
    min_interval_s = 0.0

    def reply_request(self, ref, review, text):
        return Request(f"{ref.url}/{review.external_id}/reply", "PUT", json={"text": text})

    def parse_reply(self, page):
        if page.json.get("state") == "forbidden":
            raise Blocked("Board does not let this account reply.")
        return ReplyRecord(page.json["text"], state=page.json.get("state"), reason="Bad words.")


Board.key = "generic"


@pytest.fixture
def shop(database, site, clock, parts):
    parts.source = lambda key: Board()
    shop = open_shop(database, url=site.origin + "/board")
    with database.begin(shop.organization_id) as session:
        listing = session.get_one(Listing, shop.listing_id)
        location = session.get_one(Location, shop.location_id)
        reviews.ingest(session, [Arrival(listing, location, page(review(1)))], clock)
        inbox.approve(session, 1, "Thank you.", Board(), shop.user_id, clock)
    return shop


@pytest.fixture
def board(site):
    """What the directory answers, and what it was sent."""

    class Answers:
        def __init__(self) -> None:
            self.state = "accepted"
            self.status = 200
            self.got: list[str] = []

        def __call__(self, asked: Asked) -> Response:
            text = asked.get_json()["text"]
            self.got.append(text)
            body = f'{{"text": "{text}", "state": "{self.state}"}}'
            return Response(body, status=self.status, content_type="application/json")

    answers = Answers()
    site.server.expect_request("/board/r1/reply", method="PUT").respond_with_handler(answers)
    return answers


@pytest.fixture
def send(parts):
    return lambda: publish(parts, parts.leases.claim(REPLIES, 10))


def state(database, shop):
    with database.begin(shop.organization_id) as session:
        reply = session.scalars(select(Reply)).one()
        one = session.scalars(select(Review)).one()
        draft = session.scalar(select(Draft))
        return reply, one, draft


def test_a_reply_leaves_after_ten_minutes_and_is_read_back(database, shop, board, send, clock):
    assert send() == 0
    clock.advance(minutes=10)
    assert send() == 1
    assert board.got == ["Thank you."]
    reply, _, _ = state(database, shop)
    assert (reply.state, reply.accepted_at) == ("accepted", clock())
    with database.begin(shop.organization_id) as session:
        listing = session.get_one(Listing, shop.listing_id)
        assert listing.next_check_at <= clock() + timedelta(minutes=10)
        location = session.get_one(Location, shop.location_id)
        shows = page(replace(review(1), reply=ReplyRecord("Thank you.")))
        reviews.ingest(session, [Arrival(listing, location, shows)], clock)
        from app.replies.service import reconcile

        reconcile(session, [listing.id], clock)
    assert state(database, shop)[0].state == "visible"
    assert send() == 0


def test_a_reply_taken_back_never_leaves(database, shop, board, send, clock):
    with database.begin(shop.organization_id) as session:
        inbox.take_back(session, 1, clock)
    clock.advance(hours=1)
    assert send() == 0
    assert board.got == []


def test_a_source_that_cannot_be_reached_is_tried_again(database, shop, board, send, clock):
    clock.advance(minutes=10)
    board.status = 503
    assert send() == 0
    reply, one, _ = state(database, shop)
    assert (reply.state, reply.attempts, one.stand) == ("sending", 1, "answered")
    board.status = 200
    assert send() == 0
    clock.advance(hours=2)
    assert send() == 1


@pytest.mark.parametrize("answer", ["rejected", "forbidden"])
def test_what_the_source_refuses_comes_back_as_a_draft(database, shop, board, send, clock, answer):
    board.state = answer
    clock.advance(minutes=10)
    send()
    reply, one, draft = state(database, shop)
    assert (reply.state, one.stand, draft.text) == ("rejected", "open", "Thank you.")
    assert reply.error


def test_a_worker_killed_while_sending_sends_again_and_the_source_keeps_one(
    database, shop, board, parts, send, clock
):
    clock.advance(minutes=10)
    parts.leases.claim(REPLIES, 10)  # and then the process is gone
    assert send() == 0
    clock.advance(minutes=11)
    assert send() == 1
    assert state(database, shop)[0].state == "accepted"


def test_nothing_is_undone_once_it_is_on_its_way(database, shop, parts, clock):
    clock.advance(minutes=10)
    parts.leases.claim(REPLIES, 10)
    with (
        database.begin(shop.organization_id) as session,
        pytest.raises(ValueError, match="on its way"),
    ):
        inbox.take_back(session, 1, clock)
    assert clock() > NOW
