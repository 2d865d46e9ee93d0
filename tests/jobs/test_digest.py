"""Digests: what they say, and that each goes out at most once, on both databases."""

from __future__ import annotations

from datetime import timedelta
from email.policy import default

import pytest
from sqlalchemy import select, update

from app.accounts.models import User
from app.core.errors import MaybeSent, NotSent
from app.digests import queries, service
from app.digests.models import DigestDelivery, DigestSubscription
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import service as reviews
from app.reviews.models import Review
from app.reviews.service import Arrival
from jobs.leases import SUBSCRIPTIONS
from jobs.tasks.digest import digest, ensure_subscriptions
from jobs.tasks.suggest import suggest
from tests.town import NOW, open_shop, page, review


@pytest.fixture
def shop(database, parts):
    shop = open_shop(database)
    ensure_subscriptions(parts)
    return shop


@pytest.fixture
def arrive(database, shop, clock):
    def arrive(*records):
        with database.begin(shop.organization_id) as session:
            listing = session.get_one(Listing, shop.listing_id)
            location = session.get_one(Location, shop.location_id)
            reviews.ingest(session, [Arrival(listing, location, page(*records))], clock)

    return arrive


@pytest.fixture
def send(parts):
    def send():
        return digest(parts, parts.leases.claim(SUBSCRIPTIONS, 10))

    return send


def deliveries(database, shop):
    with database.begin(shop.organization_id) as session:
        return list(session.scalars(select(DigestDelivery).order_by(DigestDelivery.id)))


def plain(message):
    return message.get_body(("plain",)).get_content()


def html(message):
    return message.get_body(("html",)).get_content()


def test_a_new_member_gets_the_digest_daily_at_eight(database, shop, parts, clock):
    ensure_subscriptions(parts)
    with database.begin(shop.organization_id) as session:
        [row] = session.scalars(select(DigestSubscription))
    assert (row.frequency, row.hour) == ("daily", 8)
    assert row.next_due_at == NOW.replace(hour=8) + timedelta(days=1)


def test_the_mail_names_new_reviews_with_their_drafts(parts, arrive, send, mails, clock):
    arrive(review(1, "Slow till.", stars=2.0), review(2))
    suggest(parts)
    clock.advance(days=1)
    assert send() == 1
    [mail] = mails.sent
    assert mail["Subject"] == "Two reviews wait · Harbour Café"
    assert mail["To"] == "Bridget <harbour-cafe@example.com>"
    for text in (plain(mail), html(mail)):
        assert "Good morning, Bridget" in text
        assert "Slow till." in text
        assert "http://127.0.0.1:8000/inbox/" in text
        assert "past your promise" in text
    assert plain(mail).count("Suggested reply:") == 2


def test_the_headers_let_people_answer_and_leave(arrive, send, mails, clock):
    arrive(review(1))
    clock.advance(days=1)
    send()
    [mail] = mails.sent
    assert mail["Reply-To"] == "desk@example.com"
    assert mail["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/digest/stop/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@localhost>")


def test_what_comes_from_outside_is_escaped_and_cannot_write_headers(
    database, shop, arrive, send, mails, clock
):
    with database.begin() as session:
        session.execute(update(User).values(name="Bridget\r\nBcc: all@example.com"))
    with database.begin(shop.organization_id) as session:
        session.execute(update(Location).values(name="Café\r\nX-Bad: 1"))
    arrive(review(1, "<script>alert(1)</script>" + "x" * 5000, author="<b>\u202eKim"))
    clock.advance(days=1)
    send()
    [mail] = mails.sent
    assert mail["Bcc"] is None
    assert mail["X-Bad"] is None
    assert "<script>" not in html(mail)
    assert "&lt;script&gt;" in html(mail)
    assert len(mail.as_bytes(policy=default)) < 20_000


def test_nothing_to_say_is_no_mail(database, shop, send, mails, clock):
    clock.advance(days=1)
    assert send() == 0
    assert mails.sent == []
    assert [row.state for row in deliveries(database, shop)] == ["nothing to say"]
    clock.advance(days=1)
    send()
    assert len(deliveries(database, shop)) == 2


def test_one_mail_a_period_however_often_it_is_asked_for(
    database, shop, parts, arrive, send, mails, clock
):
    arrive(review(1))
    clock.advance(days=1)
    send()
    send()
    with database.begin(shop.organization_id) as session:
        session.execute(update(DigestSubscription).values(next_due_at=clock()))
    send()
    assert len(mails.sent) == 1
    assert [row.state for row in deliveries(database, shop)] == ["sent"]


def test_two_workers_send_one_mail(make_parts, arrive, mails, clock):
    arrive(review(1))
    clock.advance(days=1)
    first, second = make_parts(), make_parts()
    claims = first.leases.claim(SUBSCRIPTIONS, 10)
    assert second.leases.claim(SUBSCRIPTIONS, 10) == []
    clock.advance(minutes=11)  # the first one hangs, its lease is over
    late = second.leases.claim(SUBSCRIPTIONS, 10)
    assert digest(second, late) + digest(first, claims) == 1
    assert len(mails.sent) == 1


def test_a_refused_mail_is_tried_again_with_the_same_message_id(
    database, shop, arrive, send, mails, clock
):
    arrive(review(1))
    clock.advance(days=1)
    mails.fail = NotSent("The server is busy.")
    send()
    [row] = deliveries(database, shop)
    assert (row.state, row.error) == ("failed", "The server is busy.")
    mails.fail = None
    assert send() == 0
    clock.advance(minutes=16)
    assert send() == 1
    assert mails.sent[0]["Message-ID"] == row.message_id
    assert [row.state for row in deliveries(database, shop)] == ["sent"]


def test_a_mail_that_may_have_gone_out_is_never_sent_again(
    database, shop, arrive, send, mails, clock
):
    arrive(review(1))
    clock.advance(days=1)
    mails.fail = MaybeSent("The connection broke.")
    send()
    mails.fail = None
    clock.advance(hours=5)
    assert send() == 0
    assert [row.state for row in deliveries(database, shop)] == ["uncertain"]


def test_a_process_that_died_while_sending_leaves_the_mail_uncertain(
    database, shop, parts, arrive, send, mails, clock
):
    arrive(review(1))
    clock.advance(days=1)
    [claim] = parts.leases.claim(SUBSCRIPTIONS, 10)
    with database.begin(shop.organization_id) as session:
        assert service.open_letter(session, claim.id, "a@example.com", "http://x", clock)
    clock.advance(minutes=11)
    assert send() == 0
    assert [row.state for row in deliveries(database, shop)] == ["uncertain"]
    assert mails.sent == []


def test_what_was_sent_once_is_not_new_the_next_day(arrive, send, mails, clock):
    arrive(review(1, published_at=NOW))
    clock.advance(days=1)
    send()
    arrive(review(1, published_at=NOW), review(2, published_at=clock() - timedelta(hours=1)))
    clock.advance(days=1)
    send()
    text = plain(mails.sent[1])
    new, _, waiting = text.partition("WAITING LONGEST")
    assert "Guest 2" in new
    assert "Guest 1" not in new
    assert "Guest 1" in waiting


def test_whoever_stopped_gets_nothing_and_may_come_back(database, shop, arrive, send, mails, clock):
    arrive(review(1))
    with database.begin(shop.organization_id) as session:
        token = session.scalars(select(DigestSubscription.token)).one()
    with database.begin() as session:
        service.stop(session, token)
    clock.advance(days=1)
    assert send() == 0
    with database.begin(shop.organization_id) as session:
        mine = queries.subscription_of(session, shop.user_id)
        service.change(session, mine, "weekly", 17, 4, clock)
        # Friday the 20th at nine: a day later the next Friday at five is the 27th.
        assert mine.next_due_at == NOW.replace(hour=17) + timedelta(days=7)


def test_the_week_in_figures(database, shop, arrive, clock):
    arrive(review(1, stars=5.0, reply="Thank you."), review(2, stars=3.0))
    with database.begin(shop.organization_id) as session:
        session.execute(update(Review).values(reply_published_at=Review.published_at))
        week = queries.what(session, NOW - timedelta(days=1), NOW).week
    assert (week.reviews, week.stars, week.answered_share) == (2, 4.0, 0.5)
