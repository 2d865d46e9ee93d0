"""Marks on differing letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.listings.nap.differing import differing


def test_only_the_changed_digit_is_marked():
    assert differing("12 Main St", "17 MAIN ST") == ([(1, 2)], [(1, 2)])


def test_letters_that_changed_places_are_marked_on_both_sides():
    assert differing("555-0118", "555-0181") == ([(6, 8)], [(6, 8)])


def test_what_one_side_adds_is_marked_there_only():
    assert differing("Main St", "Main St Suite 5") == ([], [(7, 15)])


@given(st.text(max_size=40), st.text(max_size=40))
def test_marks_are_in_order_and_inside_the_text(ours, theirs):
    for spans, text in zip(differing(ours, theirs), (ours, theirs), strict=True):
        bounds = [bound for span in spans for bound in span]
        assert bounds == sorted(set(bounds))
        assert all(0 <= bound <= len(text) for bound in bounds)
