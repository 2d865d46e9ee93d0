"""Phrases are found where they stand, in any spelling of case and accents."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.replies.engine.matcher import Matcher, fold, tidy


def found(patterns: list[str], text: str, spaces: bool = True) -> list[str]:
    matcher = Matcher([(pattern, pattern) for pattern in patterns], spaces)
    return [hit.payload for hit in matcher.find(fold(tidy(text)))]


@pytest.mark.parametrize(
    ("patterns", "text", "expected"),
    [
        (["wait"], "The wait was long", ["wait"]),
        (["wait"], "The waiter came", []),
        (["wait*"], "We kept waiting", ["wait*"]),
        (["*zimmer"], "unser Hotelzimmer war klein", ["*zimmer"]),
        (["no wait", "wait"], "There was no wait at all", ["no wait"]),
        (["cafe"], "Das Café", ["cafe"]),
        (["café"], "DAS CAFE", ["café"]),
        (["can't wait"], "We can’t wait", ["can't wait"]),
        (["rude"], "rude, rude!", ["rude", "rude"]),
    ],
)
def test_words_are_found_at_their_edges(patterns, text, expected):
    assert found(patterns, text) == expected


def test_without_spaces_a_pattern_is_found_anywhere():
    assert found(["美味し"], "とても美味しかった", spaces=False) == ["美味し"]


def test_a_pattern_of_one_character_is_refused():
    with pytest.raises(ValueError, match="two characters"):
        Matcher([("a", 1)], spaces=True)


@given(st.text(max_size=200))
def test_folding_keeps_every_position(text):
    assert len(fold(text)) == len(text)


@given(st.text(max_size=200))
def test_finds_lie_in_the_text_in_order_and_apart(text):
    matcher = Matcher([("ab", 1), ("ba*", 2), ("*aa", 3)], spaces=True)
    hits = matcher.find(fold(tidy(text)))
    assert all(a.end <= b.start for a, b in pairwise(hits))
