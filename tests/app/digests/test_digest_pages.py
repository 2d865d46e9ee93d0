"""Choosing the digest, and leaving it from the mail without signing in."""

import pytest
from sqlalchemy import select

from app.digests.models import DigestSubscription


@pytest.fixture
def subscription(database):
    def read():
        with database.begin() as session:
            return session.scalar(
                select(DigestSubscription), execution_options={"across_tenants": True}
            )

    return read


def choose(owner, **values):
    return owner.post("/settings/digest", data={"frequency": "daily", "weekday": 0} | values)


def test_a_person_chooses_when_the_digest_comes(owner, subscription):
    assert owner.get("/settings/digest").status_code == 200
    assert choose(owner, frequency="weekly", weekday=4, hour=17).status_code == 302
    row = subscription()
    assert (row.frequency, row.weekday, row.hour) == ("weekly", 4, 17)
    assert "The next one is due" in owner.get("/settings/digest").text


def test_what_no_clock_shows_is_refused(owner, subscription):
    assert choose(owner, hour=25).status_code == 200
    assert subscription() is None


def test_one_click_in_the_mail_ends_it_without_signing_in(app, owner, visitor, subscription):
    choose(owner, hour=8)
    app.config["WTF_CSRF_ENABLED"] = True
    address = f"/digest/stop/{subscription().token}"
    assert "Stop it" in visitor.get(address).text
    assert subscription().frequency == "daily"
    answer = visitor.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, subscription().frequency) == (200, "off")


def test_a_token_that_nobody_has_is_told_so(owner, visitor):
    assert visitor.post("/digest/stop/guessed").status_code == 404
