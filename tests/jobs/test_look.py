"""Websites that listings show, followed over real HTTP: what that says of the listing."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug import Response

from app.core.settings import Settings
from app.listings import proofs, queries
from app.listings.models import Finding, Listing, Website
from app.locations.models import AcceptedVariant, Location
from jobs.leases import LISTINGS, LOCATIONS, WEBSITES
from jobs.tasks.audit import audit
from jobs.tasks.collect import collect
from jobs.tasks.websites import look
from tests.town import NOW, add_listing, add_location, open_shop

HOSTS = ("harbour.example", "old-harbour.example", "gone-harbour.example", "bit.ly")


@pytest.fixture
def parts(make_parts, site):
    """Parts for which the invented hosts are all served by the one site on loopback."""
    parts = make_parts()
    mapped = dict.fromkeys(HOSTS, site.origin)
    parts.settings = Settings(
        data_dir=parts.settings.data_dir,
        allow_origins=[site.origin],
        host_map=mapped,
        _env_file=None,
    )
    return parts


@pytest.fixture
def asked(site):
    """What each host answers by path, and which of them were asked."""
    answers = {
        ("harbour.example", "/"): (200, {}),
        ("old-harbour.example", "/"): (301, {"Location": "https://harbour.example/"}),
        ("bit.ly", "/x"): (302, {"Location": "https://harbour.example/"}),
        ("gone-harbour.example", "/"): (410, {}),
    }
    seen = []

    def answer(request):
        seen.append((request.host, request.path))
        status, headers = answers.get((request.host, request.path), (404, {}))
        return Response("", status, headers)

    for path in ("/", "/x", "/page"):
        site.server.expect_request(path).respond_with_handler(answer)
    answers["seen"] = seen
    return answers


@pytest.fixture
def shop(database, site):
    shop = open_shop(database, url=site.url)
    with database.begin(shop.organization_id) as session:
        session.get_one(Location, shop.location_id).website = "https://harbour.example"
    return shop


@pytest.fixture
def shows(parts, site, database, shop, asked):
    """Read the listing while it shows a website, look at the websites, audit; the verdict."""

    def shows(website):
        site.business["url"] = website
        with database.begin(shop.organization_id) as session:
            session.get_one(Listing, shop.listing_id).next_check_at = parts.clock()
        return work()

    def work():
        collect(parts, parts.leases.claim(LISTINGS, 9))
        looked = look(parts, parts.leases.claim(WEBSITES, 9))
        audit(parts, parts.leases.claim(LOCATIONS, 9))
        return verdict(), looked

    def verdict():
        with database.begin(shop.organization_id) as session:
            cell = session.get_one(Listing, shop.listing_id).comparison["fields"]["website"]
            return cell["verdict"], cell["why"]

    shows.again = work
    return shows


def rows(database, shop, model):
    with database.begin(shop.organization_id) as session:
        return session.scalars(select(model).order_by(model.id)).all()


@pytest.mark.parametrize("website", ["http://bit.ly/x", "https://old-harbour.example"])
def test_a_website_that_redirects_to_ours_is_ours_written_differently(
    shows, database, shop, website
):
    assert shows(website) == (("equivalent", "redirects to harbour.example"), 2)
    assert rows(database, shop, Finding) == []
    with database.begin(shop.organization_id) as session:
        proof = proofs.proof(session, shop.listing_id, "website")
        [ours, theirs] = proof.followed
        assert (theirs.shown, theirs.site.leads_to) == (website, "https://harbour.example/")
        assert (ours.shown, ours.site.leads_to) == (
            "https://harbour.example",
            "https://harbour.example/",
        )


def test_it_is_called_wrong_only_once_it_was_seen_to_lead_elsewhere(
    shows, database, shop, parts, asked, site
):
    asked["old-harbour.example", "/"] = (200, {})
    site.business["url"] = "https://old-harbour.example"
    collect(parts, parts.leases.claim(LISTINGS, 9))
    [listing] = rows(database, shop, Listing)
    assert listing.comparison["fields"]["website"]["verdict"] == "unreadable"
    assert rows(database, shop, Finding) == []
    assert shows.again() == (("different", "leads to old-harbour.example"), 2)
    assert [row.field for row in rows(database, shop, Finding)] == ["website"]


def test_an_address_at_which_nobody_arrives_is_wrong_until_it_answers(
    shows, database, shop, asked, parts, clock
):
    asked["harbour.example", "/page"] = (404, {})
    (verdict, why), _ = shows("https://harbour.example/page")
    assert verdict == "different"
    assert why.startswith("nobody arrives there: harbour.example says")
    asked["harbour.example", "/page"] = (200, {})
    clock.advance(days=8)
    assert shows.again()[0] == ("equivalent", "another page of the same site")
    assert [row.closed_because for row in rows(database, shop, Finding)] == ["fixed"]


def test_a_site_that_fails_once_is_no_news_and_one_that_fails_for_a_day_is(
    shows, database, shop, asked, clock
):
    asked["harbour.example", "/page"] = (503, {})
    assert shows("https://harbour.example/page")[0][0] == "equivalent"
    [_, page] = rows(database, shop, Website)
    assert (page.failures, page.next_check_at) == (1, clock() + timedelta(minutes=15))
    clock.advance(days=1, minutes=1)
    assert shows.again()[0][0] == "different"


def test_our_own_website_that_does_not_answer_is_said_and_held_against_no_directory(
    shows, database, shop, asked
):
    asked["harbour.example", "/"] = (404, {})
    assert shows("https://harbour.example/")[0][0] == "equivalent"
    with database.begin(shop.organization_id) as session:
        matrix = queries.matrix(session, shop.location_id)
        assert matrix.own_website.last_error.startswith("harbour.example says")
    assert rows(database, shop, Finding) == []


def test_each_address_is_asked_once_for_all_who_show_it_and_again_after_a_week(
    shows, database, shop, asked, parts, clock, site
):
    with database.begin(shop.organization_id) as session:
        branch = add_location(session, "Harbour Kiosk", website="https://harbour.example")
        add_listing(session, branch.id, url=site.server.url_for("/cafe") + "?kiosk")
        add_listing(session, shop.location_id, url=site.server.url_for("/cafe") + "?again")
    shows("https://harbour.example/?utm_source=here")
    assert asked["seen"] == [("harbour.example", "/")]
    assert {row.location_id for row in rows(database, shop, Website)} == {
        shop.location_id,
        branch.id,
    }
    clock.advance(days=6, hours=23)
    assert shows.again()[1] == 0
    clock.advance(hours=1)
    assert shows.again()[1] == 1


def test_an_address_that_nobody_shows_any_more_is_dropped_by_the_next_audit(
    shows, database, shop, clock
):
    shows("https://old-harbour.example")
    assert len(rows(database, shop, Website)) == 2
    clock.advance(days=8)
    shows("https://harbour.example")
    assert [row.url for row in rows(database, shop, Website)] == ["https://harbour.example/"]


def test_another_organization_looks_for_itself(shows, database, shop):
    stranger = open_shop(database, "Elsewhere")
    shows("https://old-harbour.example")
    assert rows(database, stranger, Website) == []


def test_what_the_owner_accepted_stays_so_though_nobody_arrives(shows, database, shop, asked):
    asked["old-harbour.example", "/"] = (404, {})
    assert shows("https://old-harbour.example")[0][0] == "different"
    with database.begin(shop.organization_id) as session:
        variant = {"field": "website", "value": "https://old-harbour.example", "accepted_at": NOW}
        session.add(AcceptedVariant(location_id=shop.location_id, **variant))
        session.get_one(Location, shop.location_id).next_audit_at = NOW
    assert shows.again()[0][0] == "equivalent"
    assert [row.closed_because for row in rows(database, shop, Finding)] == ["accepted"]
