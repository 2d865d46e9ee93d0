"""Saved pages of real sites through the whole program: served on loopback under their own names,
collected, audited, and shown in the inbox."""

import gzip
import json

import pytest
from sqlalchemy import func, select

from app.core.settings import Settings
from app.listings.models import Audit, Listing
from app.replies.models import ReplySuggestion
from app.reviews.models import Review
from app.sources.service import switch
from jobs.leases import LISTINGS, LOCATIONS, Leases
from jobs.parts import Parts
from jobs.tasks.audit import audit
from jobs.tasks.collect import collect
from jobs.tasks.suggest import suggest
from scrapers.fetch import MemoryPace
from tests.town import add_listing, add_location, open_shop

pytestmark = pytest.mark.data
BUSINESSES = 10


def contact_pages(folder):
    """(file, name, phone) of the first pages of businesses that state both."""
    found = []
    for line in (folder / "expected.jsonl").read_text("utf-8").splitlines():
        marked = json.loads(line)
        said = dict(reversed(marked["entities"]))
        if {"ORG", "TEL", "ZIPCODE"} <= said.keys():
            found.append((folder / f"{marked['page']}.gz", said["ORG"], said["TEL"]))
    return found[:BUSINESSES]


@pytest.fixture
def serve(httpserver):
    """Serve a saved page under the path of its own address."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)

    def serve(path, html):
        httpserver.expect_request(path).respond_with_data(html, content_type="text/html")

    return serve


@pytest.fixture
def parts(database, clock, httpserver, mails, tmp_path):
    origin = httpserver.url_for("").rstrip("/")
    settings = Settings(
        data_dir=tmp_path,
        host_map={"www.trustpilot.com": origin, "business.example": origin},
        _env_file=None,
    )
    leases = Leases(database, clock)
    return Parts(settings, database, mails, leases, MemoryPace(), clock, jitter=lambda: 0.0)


def run(parts):
    collect(parts, parts.leases.claim(LISTINGS, 100))
    audit(parts, parts.leases.claim(LOCATIONS, 100))
    suggest(parts)


def test_trustpilot_pages_reach_the_inbox_with_replies(parts, database, clock, serve, shared_data):
    folder = shared_data / "pages" / "trustpilot"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    shop, cards = open_shop(database), {}
    with database.begin(shop.organization_id) as session:
        switch(session, "trustpilot", True, shop.user_id, clock)
        for name, says in expected.items():
            path = f"/review/{name.removesuffix('.html.gz')}"
            html = gzip.decompress((folder / name).read_bytes())
            serve(path, html)
            location = add_location(session, says["name"], country="ES", phone=says["phone"])
            url = f"https://www.trustpilot.com{path}"
            cards[url] = html.count(b"data-service-review-card-paper")
            add_listing(session, location.id, url=url, source_key="trustpilot")
        session.delete(session.get_one(Listing, shop.listing_id))
    run(parts)
    with database.begin(shop.organization_id) as session:
        counted = select(Listing.url, func.count(Review.id)).join(
            Review, Review.listing_id == Listing.id
        )
        read = dict(map(tuple, session.execute(counted.group_by(Listing.url))))
        assert read == cards
        verdicts = {
            row.url: row.comparison["fields"]["name"]["verdict"]
            for row in session.scalars(select(Listing))
        }
        assert set(verdicts.values()) <= {"identical", "equivalent"}
        open_reviews = session.scalars(select(Review.id).where(Review.stand == "open")).all()
        written = session.scalars(select(ReplySuggestion.review_id)).all()
        assert set(open_reviews) <= set(written)


def test_plain_business_pages_are_audited(parts, database, serve, shared_data):
    folder = shared_data / "pages" / "contact" / "business_pages"
    shop = open_shop(database)
    with database.begin(shop.organization_id) as session:
        for number, (path, name, phone) in enumerate(contact_pages(folder)):
            serve(f"/{number}", gzip.decompress(path.read_bytes()))
            location = add_location(session, name, phone=phone)
            add_listing(session, location.id, url=f"https://business.example/{number}")
    run(parts)
    with database.begin(shop.organization_id) as session:
        phones = [
            row.comparison["fields"]["phone"]["verdict"]
            for row in session.scalars(select(Listing).where(Listing.url.contains("business.")))
        ]
        audits = session.scalar(select(func.count(Audit.id)))
    assert len(phones) == BUSINESSES
    assert sum(verdict in ("identical", "equivalent") for verdict in phones) >= BUSINESSES - 1
    assert audits >= BUSINESSES
