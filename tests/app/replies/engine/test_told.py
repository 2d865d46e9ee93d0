"""Events of a review, named again in few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import load
from app.replies.engine.told import tell

BOOK = load("en")


def named(text, trade="other"):
    return [(told.topic, told.forms[0]) for told in tell(text, fold(text), BOOK, trade)]


@pytest.mark.parametrize(
    ("trade", "text", "expected"),
    [
        ("auto", "I waited over an hour for a simple oil change.",
         [("wait", "the wait of over an hour for a simple oil change")]),
        ("food", "Our starters took 40 mins. The fish was bland.",
         [("wait", "the wait of 40 minutes for your starters"), ("food", "the fish being bland")]),
        ("food", "45 minute wait for a table", [("wait", "the 45 minute wait for a table")]),
        ("food", "they forgot my birthday dessert",
         [("order", "your birthday dessert being forgotten")]),
        ("stay", "The shower didn't work", [("facilities", "the shower not working")]),
        ("home", "Plumber was 3 hours late. Sink is still leaking.",
         [("late", "us being 3 hours late"), ("repair", "the sink still not being right")]),
        ("home", "no one ever called me back", [("communication", "nobody getting back to you")]),
        ("food", "the hostess was really rude", [("staff", "the way our hostess treated you")]),
        ("shop", "One of the mugs was chipped", [("product", "the mugs being chipped")]),
        ("auto", "Job was finished a day early", [("late", "the early finish")]),
    ],
)  # fmt: skip
def test_what_happened_is_named_in_few_words(trade, text, expected):
    assert named(text, trade) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I did not wait 20 minutes, it was quick",
        "We never waited more than five minutes for a taxi here",
        "The crew was lovely and the job was done well",
    ],
)
def test_what_did_not_happen_is_not_told(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Über eine Stunde gewartet!",
         [("die Wartezeit von über einer Stunde", "der Wartezeit von über einer Stunde")]),
        ("de", "Die Dusche war kaputt.", [("die defekte Dusche", "der defekten Dusche")]),
        ("fr", "On a attendu plus d'une heure, le sol était sale.",
         [("l'attente de plus d'une heure",), ("la propreté du sol",)]),
        ("es", "Se olvidaron de las bebidas, el aire no funcionaba",
         [("el olvido de las bebidas",), ("el fallo del aire",)]),
        ("ko", "50분이나 기다렸는데 파스타가 다 식어서 나왔어요.",
         [("50분이나 기다리신 점",), ("파스타가 식어서 나온 점",)]),
        ("ja", "30分待たされました。料理が冷めていた",
         [("30分もお待たせしたこと",), ("料理が冷めていたこと",)]),
    ],
)  # fmt: skip
def test_every_language_names_events_in_its_own_grammar(language, text, expected):
    told = tell(text, fold(text), load(language), "other")
    assert [event.forms for event in told] == expected


def test_a_name_is_not_taken_over():
    assert named("Waited 6 weeks for Dr Lee and the report") == [("wait", "the wait of 6 weeks")]
    assert named("They forgot my Jenny cake", "food") == []


def test_harsh_words_are_not_taken_over():
    assert named("They forgot my damn drinks", "food") == []


def test_a_shouted_review_is_told_calmly():
    assert named("WE WAITED AN HOUR FOR OUR PIZZA", "food") == [
        ("wait", "the wait of an hour for your pizza")
    ]


@given(
    st.lists(st.sampled_from("we waited an hour for the cold soup nobody called my was".split()))
)
def test_any_row_of_words_gives_short_phrases_without_empty_places(words):
    for _, phrase in named(" ".join(words), "food"):
        assert phrase == " ".join(phrase.split())
        assert 1 < len(phrase.split()) <= 11
        assert "\\" not in phrase
