"""Topics and how a review speaks of them, sentence by sentence."""

import pytest

from app.replies.engine.matcher import fold
from app.replies.engine.mentions import read
from app.replies.engine.phrasebook import load
from app.replies.engine.types import Polarity

SIGNS = {Polarity.POSITIVE: "+", Polarity.NEGATIVE: "-", Polarity.NEUTRAL: "?"}


def topics(text: str, stars: Polarity = Polarity.NEUTRAL, trade: str = "other") -> set[str]:
    reading = read(text, fold(text), load("en"), stars, trade)
    return {SIGNS[m.polarity] + m.topic for m in reading.mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Great pasta but the waiter was rude.", {"+food", "-staff"}),
        ("The soup was cold.", {"-temperature"}),
        ("The shower was cold.", {"-bathroom"}),
        ("The room was not clean.", {"-clean"}),
        ("Never had to wait.", {"+wait"}),
        ("Everything was great except the parking.", {"-parking"}),
        ("The Wi-Fi kept dropping in our room.", {"-wifi"}),
        ("A waste of time.", set()),
        ("Do you have parking?", {"?parking"}),
    ],
)
def test_topics_carry_the_polarity_of_their_words(text, expected):
    assert topics(text) == expected


def test_stars_speak_where_words_do_not():
    assert topics("The pasta and the wine.", Polarity.POSITIVE) == {"+food", "+drink"}


def test_topics_of_other_trades_are_passed_over():
    assert "+haircut" not in topics("A great cut of beef.", trade="food")
    assert "+haircut" in topics("A great cut and friendly staff.", trade="beauty")


def test_a_topic_takes_the_noun_it_speaks_of():
    text = "The soup and salad were cold."
    (mention,) = read(text, fold(text), load("en"), Polarity.NEUTRAL).mentions
    assert [noun for noun, _ in mention.nouns] == ["soup", "salad"]


def test_a_noun_the_lexicon_does_not_know_is_copied():
    text = "The terrarium was gorgeous."
    (mention,) = read(text, fold(text), load("en"), Polarity.NEUTRAL).mentions
    assert (mention.topic, mention.nouns) == ("other", (("terrarium", ""),))
