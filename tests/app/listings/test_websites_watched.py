"""Which addresses are looked at, and in which form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listings.websites import address


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        ("joes.example", "https://joes.example/"),
        ("http://WWW.Joes.example/Menu?utm_source=x&b=2#top", "http://www.joes.example/Menu?b=2"),
        ("http://bit.ly/AbC?x=1", "http://bit.ly/AbC?x=1"),
        ("https://달빛.example/길", "https://달빛.example/길"),
        # Nobody's own site, or none at all.
        ("https://facebook.com/joes", None),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fjoes.example", None),
        ("https://www.yelp.com/biz_redir?url=https%3A%2F%2Fjoes.example", None),
        ("https://joes.wixsite.com/cafe", None),
        ("https://maps.google.com/?cid=1", None),
        ("https://maps.app.goo.gl/x", None),
        ("tel:+15125550100", None),
        ("mailto:joe@joes.example", None),
        ("ftp://joes.example/", None),
        ("https://joe:secret@joes.example/", None),
        ("https://joes.example/" + "a" * 1000, None),
        ("n/a", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_looked_at_where_it_is_one_owners_own(shown, asked):
    assert address(shown) == asked


@given(st.text(max_size=60))
def test_any_text_is_an_address_to_open_or_none(text):
    asked = address(text)
    assert asked is None or asked.startswith(("http://", "https://"))
    assert asked is None or address(asked) == asked
