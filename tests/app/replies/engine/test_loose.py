"""Finding phrases where particles, words of degree and missing spaces stand between words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.replies.engine.loose import LooseMatcher
from app.replies.engine.matcher import fold

BETWEEN = {"particles": ["가", "도", "は", "が"], "degrees": ["너무", "정말", "少し", "とても"]}


def found(patterns: list[str], text: str, nouns: tuple[str, ...] = ()) -> list[str]:
    folded = fold(text)
    matcher = LooseMatcher(((p, p) for p in patterns), BETWEEN, nouns)
    return [folded[hit.start : hit.end] for hit in matcher.find(folded)]


@pytest.mark.parametrize(
    "text",
    ["의자가 딱딱해요", "의자도 너무 딱딱", "의자 정말 너무 딱딱", "의자가너무딱딱", "의자딱딱함"],
)
def test_a_particle_and_words_of_degree_may_stand_between(text: str) -> None:
    assert found(["의자~딱딱"], text)


@pytest.mark.parametrize("text", ["席は少し狭い", "席が狭かった", "席狭い"])
def test_the_same_holds_in_japanese(text: str) -> None:
    assert found(["席~狭"], text)


@pytest.mark.parametrize("text", ["의자는 편하고 바닥이 딱딱", "의자. 딱딱", "出席が狭き門"])
def test_other_words_between_or_a_longer_word_are_no_find(text: str) -> None:
    assert not found(["의자~딱딱", "席~狭"], text)


@pytest.mark.parametrize("text", ["분 기다릴 만", "분 기다릴만", "분기다릴만"])
def test_spaces_inside_a_pattern_may_be_missing(text: str) -> None:
    assert found(["분 기다릴 만"], text) == [text]


def test_a_space_at_the_edge_of_a_pattern_must_be_there() -> None:
    assert not found(["방이 "], "방이다")


def test_a_noun_that_may_be_copied_is_found_apart_from_what_is_said_of_it() -> None:
    assert found(["커피", "커피~연하"], "커피가 너무 연하", nouns=("커피",)) == [
        "커피", "가 너무 연하",
    ]  # fmt: skip


def test_of_two_finds_at_a_place_the_longer_one_counts() -> None:
    assert found(["가격", "가격~너무", "가격~착"], "가격이 너무 착해", nouns=()) == ["가격"]
    assert found(["가격", "가격~너무", "가격~착"], "가격도 너무 착해") == ["가격도 너무 착"]


@given(st.text(alphabet="의자가도너무정말딱 席は少し狭,\n", max_size=200))
def test_finds_are_in_order_and_never_overlap(text: str) -> None:
    folded = fold(text)
    matcher = LooseMatcher(((p, p) for p in ("의자~딱", "席~狭", "너무", "의자가")), BETWEEN)
    hits = matcher.find(folded)
    assert all(one.end <= two.start for one, two in pairwise(hits))
    assert all(0 <= hit.start < hit.end <= len(folded) for hit in hits)
