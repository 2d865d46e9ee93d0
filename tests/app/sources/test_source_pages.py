"""Connecting a source: keys are kept sealed, shown never, forgotten on request."""

from sqlalchemy import select

from app.sources.models import SourceAccount
from tests.app.locations.test_location_pages import FORM

KEY = "a key of the owner's own"


def kept(database):
    with database.begin() as session:
        return session.scalars(
            select(SourceAccount), execution_options={"across_tenants": True}
        ).one_or_none()


def test_every_source_is_listed_with_its_right(owner):
    page = owner.get("/settings/sources").text
    assert "Yelp" in page
    assert "official API" in page


def test_a_key_is_kept_sealed_and_never_shown_again(owner, database):
    answer = owner.post("/settings/sources/yelp", data={"api_key": KEY})
    assert answer.headers["Location"] == "/settings/sources"
    assert KEY not in kept(database).secret
    page = owner.get("/settings/sources/yelp").text
    assert "Kept. Leave empty to keep it." in page
    assert KEY not in page


def test_an_empty_field_keeps_what_is_kept(owner, database):
    owner.post("/settings/sources/yelp", data={"api_key": KEY})
    owner.post("/settings/sources/yelp", data={"api_key": "", "partner_token": "p"})
    assert kept(database) is not None
    owner.post("/settings/sources/yelp/forget")
    assert kept(database) is None


def test_a_missing_key_is_asked_for(owner, database):
    assert "This field is required" in owner.post("/settings/sources/yelp", data={}).text
    assert kept(database) is None


def test_an_answer_to_a_consent_that_nobody_began_is_refused(owner):
    answer = owner.get("/settings/sources/google_business_profile/consent?code=x&state=y")
    assert answer.status_code == 400
    assert "Begin it again" in answer.text


def test_an_unknown_source_is_404(owner):
    assert owner.get("/settings/sources/nowhere").status_code == 404


def test_a_source_is_switched_on_by_its_owner(owner):
    assert "terms of Trustpilot forbid" in owner.get("/settings/sources").text
    owner.post("/settings/sources/trustpilot/on")
    assert "terms of Trustpilot forbid" not in owner.get("/settings/sources").text


def test_a_pasted_page_that_will_not_be_read_is_told(owner):
    owner.post("/locations/new", data=FORM)
    link = {"links": "https://www.trustpilot.com/review/example.com"}
    page = owner.post("/locations/1/listings", data=link, follow_redirects=True).text
    assert "terms of Trustpilot forbid" in page
