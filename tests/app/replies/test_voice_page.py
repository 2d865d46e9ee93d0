"""The voice of a location by form: what it keeps, and how it sounds while one chooses."""

import pytest
from sqlalchemy import select

from app.accounts.models import Organization
from app.locations.models import Location
from app.replies.profiles import business_profile
from app.reviews.service import Arrival, ingest
from tests.town import NOW, add_listing, add_location, page, review

FORM = {
    "tone": "plain", "length": "short", "greeting": "Ahoy {name},", "sign_off": "Yours,",
    "signature": "Maeve", "words_to_use": "crew, galley", "words_to_avoid": "delighted",
    "formality_es": "informal", "formality_de": "formal", "formality_fr": "formal",
    "learn": "y", "shown_in": "en",
}  # fmt: skip
PAGE = "/locations/1/voice"


@pytest.fixture
def organization(owner, database) -> int:
    with database.begin() as session:
        organization = session.scalars(select(Organization.id)).one()
    with database.begin(organization) as session:
        add_location(session, signature="Bridget", vertical="bakery")
    return organization


def test_a_voice_is_kept_and_shown_again(owner, database, organization, clock):
    assert owner.post(PAGE, data=FORM).status_code == 302
    with database.begin(organization) as session:
        profile = business_profile(session, session.scalars(select(Location)).one(), clock)
    assert (profile.signature, profile.voice.greeting, profile.voice.sign_off) == (
        "Maeve", "Ahoy {name},", "Yours,",
    )  # fmt: skip
    assert (profile.voice.tone, profile.voice.length) == ("plain", "short")
    assert profile.voice.use == ("crew", "galley")
    assert profile.voice.informal == {"es"}
    text = owner.get(PAGE).text
    assert "Ahoy Anna,\n\n" in text
    assert "Yours,\nMaeve" in text


def test_looking_changes_nothing(owner, organization):
    text = owner.post(PAGE, data=FORM | {"show": "1"}).text
    assert "Ahoy Anna," in text
    assert "Ahoy" not in owner.get(PAGE).text


def test_a_saved_voice_makes_waiting_suggestions_stale(owner, database, organization):
    owner.post(PAGE, data=FORM)
    with database.begin(organization) as session:
        assert session.scalars(select(Location)).one().words_changed_at is not None


@pytest.mark.parametrize("language", ["en", "ko", "ja", "es", "de", "fr"])
def test_it_is_heard_in_every_language(owner, organization, language):
    text = owner.post(PAGE, data=FORM | {"show": "1", "shown_in": language}).text
    assert text.count(f'lang="{language}"') >= 2
    assert ("Ahoy" in text.partition('id="example"')[2]) is (language == "en")


def test_reviews_of_its_own_are_shown_first_and_own_replies_teach(owner, database, organization):
    with database.begin(organization) as session:
        location = session.scalars(select(Location)).one()
        listing = add_listing(session, location.id)
        answered = [
            review(n, "Lovely bread.", author=f"Guest {n}", reply=f"Howdy, thanks a lot {n}! Maeve")
            for n in (1, 2, 3)
        ]
        waiting = review(4, "The soup was cold.", stars=2.0, author="Gideon")
        ingest(session, [Arrival(listing, location, page(*answered, waiting))], lambda: NOW)
    text = owner.get(PAGE).text
    assert "Gideon wrote:" in text
    assert "3 replies in English" in text
    assert "Exclamation marks are yours." in text


def test_a_viewer_and_an_unknown_place_find_nothing(owner, visitor, organization):
    assert owner.get("/locations/99/voice").status_code == 404
    assert visitor.get(PAGE).status_code == 302


def test_odd_values_are_refused_and_shown(owner, organization):
    answer = owner.post(
        PAGE, data=FORM | {"tone": "shrill", "shown_in": "xx", "greeting": "a" * 99}
    )
    assert answer.status_code == 200
    assert "Not a valid choice" in answer.text
