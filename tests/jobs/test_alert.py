"""People are told at once, and once, of what a person must see first."""

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.alerts.models import Alert
from app.listings.models import Listing
from app.locations.models import Location
from app.reviews.models import Review
from app.reviews.service import Arrival, ingest
from jobs.tasks.alert import alert
from tests.town import NOW, add_listing, open_shop, page, review

HURT = review(1, "I got food poisoning here and my lawyer will call.", stars=1.0)
FINE = review(2, "Lovely scones.")


@pytest.fixture
def shop(database):
    shop = open_shop(database)
    arrive(database, shop, HURT, FINE)
    return shop


def arrive(database, shop, *reviews):
    with database.begin(shop.organization_id) as session:
        listing = session.get_one(Listing, shop.listing_id)
        location = session.get_one(Location, shop.location_id)
        ingest(session, [Arrival(listing, location, page(*reviews))], lambda: NOW)


def rows(database, shop, model):
    with database.begin(shop.organization_id) as session:
        return session.scalars(select(model).order_by(model.id)).all()


def test_the_owner_hears_of_it_once_and_has_it_before_them(parts, mails, database, shop):
    assert (alert(parts), alert(parts)) == (1, 0)
    (message,) = mails.sent
    text = message.get_content()
    assert "food poisoning" in text
    assert "/inbox/" in text
    assert message["Reply-To"] == "desk@example.com"
    assigned = {row.text: row.assigned_to_id for row in rows(database, shop, Review)}
    assert assigned == {HURT.text: shop.user_id, FINE.text: None}


def test_the_named_person_hears_of_it_instead(parts, mails, database, shop):
    with database.begin(shop.organization_id) as session:
        lawyer = User(email="lawyer@example.com", active=True, fs_uniquifier="l", name="Lee")
        session.add(lawyer)
        session.flush()
        session.get_one(Location, shop.location_id).escalation_to_id = lawyer.id
    alert(parts)
    assert [str(message["To"]) for message in mails.sent] == ["Lee <lawyer@example.com>"]


def test_an_old_review_of_a_first_import_alarms_nobody(parts, mails, database, clock, shop):
    clock.advance(days=8)
    assert alert(parts) == 0


def test_the_original_of_a_copy_that_was_told_is_no_news(parts, mails, database, shop):
    alert(parts)
    with database.begin(shop.organization_id) as session:
        google = add_listing(session, shop.location_id, source_key="google_business_profile")
        location = session.get_one(Location, shop.location_id)
        arrival = Arrival(google, location, page(HURT, replies_visible=True))
        session.get_one(Listing, shop.listing_id).replies_visible = False
        ingest(session, [arrival], lambda: NOW)
    stands = {
        row.listing_id: row.stand for row in rows(database, shop, Review) if row.urgent_because
    }
    assert stands == {shop.listing_id: "copy", google.id: "open"}
    assert alert(parts) == 0


def test_a_mail_that_could_not_be_sent_is_noted_and_not_repeated(parts, mails, database, shop):
    mails.fail = OSError("no server")
    assert alert(parts) == 0
    mails.fail = None
    assert alert(parts) == 0
    (row,) = rows(database, shop, Alert)
    assert (row.sent_at, row.error) == (None, "no server")


def test_a_name_with_line_breaks_stays_one_header(parts, mails, database, shop):
    with database.begin(shop.organization_id) as session:
        session.get_one(Location, shop.location_id).name = "A\r\nBcc: x@example.com"
    alert(parts)
    assert mails.sent[0]["Bcc"] is None
