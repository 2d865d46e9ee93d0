"""What a voice is made of, and how it sounds in a reply."""

import pytest

from app.replies.engine.types import BusinessProfile
from app.replies.writers import language_name


@pytest.mark.parametrize(
    ("given", "informal"),
    [
        (None, set()),
        ("formal", set()),
        ("informal", {"es", "de", "fr"}),
        ({"es": "informal", "de": "formal"}, {"es"}),
        ({"en": "informal", "xx": "informal"}, set()),
        (7, set()),
    ],
)
def test_formality_is_said_for_all_languages_or_for_each(given, informal):
    profile = BusinessProfile.from_mapping({"voice": {"formality": given}})
    assert profile.voice.informal == informal


def test_a_model_is_told_how_customers_are_addressed():
    profile = BusinessProfile.from_mapping({"voice": {"formality": {"de": "informal"}}})
    assert language_name("de", profile) == "German (du)"
    assert language_name("fr", profile) == "French (vous)"
    assert language_name("en", profile) == "English"
