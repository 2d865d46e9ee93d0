"""Which words of a review a reply answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.replies.engine.answers import answered
from app.replies.engine.phrasebook import load

LANGUAGES = ["en", "ko", "ja", "es", "de", "fr"]


def marked(review, reply, language="en", trade="food"):
    return [review[a:b] for a, b in answered(review, reply, load(language), trade)]


@pytest.mark.parametrize(
    ("language", "review", "reply", "words"),
    [
        ("en", "Good coffee, but the soup was cold. My bus was late.", "Sorry about the soup.",
         ["but the soup was cold"]),
        ("en", "Good coffee, but the soup was cold.", "Thank you for praising the coffee.",
         ["Good coffee"]),
        ("en", "The room was lovely. We waited an hour.", "We are sorry about the wait.",
         ["We waited an hour"]),
        ("de", "Das Personal war sehr nett, das Zimmer laut.", "Danke für das Lob an unser Team.",
         ["Das Personal war sehr nett"]),
        ("ko", "커피가 맛있었어요. 주차가 불편했어요.", "주차 때문에 불편하셨지요.",
         ["주차가 불편했어요"]),
        ("en", "Avoid.", "Please tell us what happened.", []),
        ("en", "", "Thank you.", []),
    ],
)  # fmt: skip
def test_clauses_on_the_topics_that_the_reply_names_are_marked(language, review, reply, words):
    assert marked(review, reply, language) == words


def test_of_a_long_clause_the_found_words_alone_are_marked():
    review = "so many different things happened and " * 3 + "the soup was so very cold " + "x " * 60
    assert marked(review, "We are sorry about the soup.")[0] in ("soup", "cold", "the soup")


def test_where_characters_would_shift_nothing_is_marked():
    assert marked("The so\u200bup was cold, the soup.", "Sorry about the soup.") == []


@settings(max_examples=80, deadline=None)  # phrases are read once
@given(st.text(max_size=300), st.text(max_size=100), st.sampled_from(LANGUAGES))
def test_stretches_lie_in_order_inside_the_text(review, reply, language):
    at = 0
    for start, end in answered(review, reply, load(language), "other"):
        assert at <= start < end <= len(review)
        at = end
