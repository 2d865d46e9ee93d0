"""The worker and the commands by hand, on a real site and both databases."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from app.core.work import worker_is_running
from app.digests.models import DigestSubscription
from app.listings.models import Audit, Listing
from app.locations.models import Location
from app.replies.models import ReplySuggestion
from app.reviews.models import Review
from jobs.cli import main
from jobs.worker import Worker
from tests.town import open_shop


@pytest.fixture
def shop(database, site):
    return open_shop(database, url=site.url)


def count(database, shop, model):
    with database.begin(shop.organization_id) as session:
        return len(session.scalars(select(model)).all())


def until(condition, seconds=30):
    """A worker works in threads: wait for what it brings about, and fail if it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the worker did not get there"
        time.sleep(0.02)


def test_a_worker_does_everything_that_is_due_and_stops_when_asked(parts, database, shop):
    parts.clock = lambda: datetime.now(UTC)
    parts.leases._clock = parts.clock
    worker = Worker(parts, tick_s=0.05)
    worker.start()
    try:
        until(lambda: count(database, shop, ReplySuggestion) == 2)
        until(lambda: count(database, shop, Audit) == 1)
        until(lambda: count(database, shop, DigestSubscription) == 1)
        with database.session(write=False) as session:
            assert worker_is_running(session, parts.clock())
    finally:
        worker.finish()
    assert count(database, shop, Review) == 2
    with database.session(write=False) as session:
        assert not worker_is_running(session, parts.clock())


@pytest.fixture
def goodword(database_url, site, tmp_path, monkeypatch):
    monkeypatch.setenv("GOODWORD_DATABASE_URL", database_url)
    monkeypatch.setenv("GOODWORD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("GOODWORD_ALLOW_ORIGINS", f'["{site.origin}"]')
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return CliRunner().invoke(main, arguments)

    return run


def test_collecting_by_hand_looks_where_the_websites_lead(goodword, database, shop, site):
    site.business["url"] = "http://127.0.0.1:1/"  # refused by its port, without a network
    first, looked, last = goodword("collect").output.splitlines()
    assert first.endswith("2 new")
    assert looked == "1 websites looked at."
    assert last.startswith("1 listings visited")


def test_collecting_by_hand_says_one_line_for_each_listing(goodword, database, shop, site):
    done = goodword("collect")
    assert done.exit_code == 0, done.output
    first, last = done.output.splitlines()
    assert first.startswith("Harbour Café · ")
    assert first.endswith(": ok, 2 reviews, 2 new")
    assert last == "1 listings visited, 2 replies suggested."
    assert "0 replies" in goodword("collect", "Harbour Café").output
    site.status = 403
    assert "blocked" in goodword("collect", str(shop.location_id)).output
    assert goodword("collect", "Nowhere").exit_code == 1
    assert goodword("collect", "--due").output.startswith("0 listings")


def test_auditing_and_sending_digests_by_hand(goodword, database, shop, tmp_path):
    goodword("collect")
    done = goodword("audit")
    assert "of 100" in done.output
    done = goodword("digest", "--now")
    assert done.output.splitlines() == [
        "harbour-cafe@example.com: sent",
        "1 of 1 digests sent.",
    ]
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
    assert goodword("digest", "--now").output == "0 of 1 digests sent.\n"
    with database.begin(shop.organization_id) as session:
        session.execute(update(DigestSubscription).values(frequency="off"))
    assert goodword("digest", "--now").output == "0 of 0 digests sent.\n"


def test_rows_of_a_working_worker_are_left_to_it(goodword, database, shop, parts):
    with database.begin(shop.organization_id) as session:
        held = datetime(2999, 1, 1, tzinfo=UTC)
        session.execute(update(Listing).values(claimed_until=held))
        session.execute(update(Location).values(claimed_until=held))
    assert "1 listings are being visited by the worker" in goodword("collect").output
