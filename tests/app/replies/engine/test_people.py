"""Whom a reply greets."""

import pytest

from app.replies.engine.people import greeted_name
from app.replies.engine.phrasebook import load


@pytest.mark.parametrize(
    ("author", "lang", "expected"),
    [
        ("Graham T.", "en", "Graham"),
        ("LINDA MOREAU", "en", "Linda"),
        ("Dr. Klaus Weber", "en", "Klaus"),
        ("rider_2291", "en", None),
        ("mx5nutter", "en", None),
        ("J. Whitaker", "en", None),
        ("A Google User", "en", None),
        ("Anonymous", "en", None),
        ("FoodieLisa", "en", None),
        ("", "en", None),
        ("김민지", "ko", "김민지"),
        ("박 준호", "ko", "박준호"),
        ("행복한하루보내기", "ko", None),
        ("田中 美咲", "ja", "田中"),
        ("佐藤", "ja", "佐藤"),
        ("ラーメン大好き99", "ja", None),
    ],
)
def test_given_names_are_greeted_and_handles_are_not(author, lang, expected):
    assert greeted_name(author, load(lang)) == expected
