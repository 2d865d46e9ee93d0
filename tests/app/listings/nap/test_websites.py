"""Websites: `different` only where the address leads elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listings.nap.compare import compare
from app.listings.nap.place import Place
from app.listings.nap.verdict import Verdict
from app.listings.nap.websites import compare_websites, read_website, site_key


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("https://joes.example", "http://www.joes.example/"),
        ("joes.example", "https://joes.example/?utm_source=gmb&gclid=abc"),
        ("https://joes.example/index.html", "HTTPS://JOES.EXAMPLE:443/#contact"),
        ("https://joes.example/menu", "https://joes.example"),
        ("https://joes.example/en/", "https://joes.example/de"),
        ("https://shop.joes.example", "https://m.joes.example"),
        ("https://müller.example", "https://xn--mller-kva.example/"),
        ("https://facebook.com/joes", "https://m.facebook.com/joes/?ref=page_internal"),
        ("joes.example", "https://l.facebook.com/l.php?u=https%3A%2F%2Fjoes.example%2F&h=x"),
        ("joes.example", "https://www.google.com/url?q=http://joes.example/&sa=U"),
        ("https://joes.example/?gclid=abc&id=3", "https://joes.example/?id=3"),
        ("https://joes.example/%7Ejoe", "https://joes.example//~joe/"),
    ],
)
def test_another_spelling_leads_to_the_same_site(ours, theirs):
    assert _verdict(ours, theirs) is Verdict.EQUIVALENT
    assert _verdict(theirs, ours) is Verdict.EQUIVALENT


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("joes.example", "joes-pizza.example"),
        ("joes.com", "joes.net"),
        ("joes.com", "joes.com.evil.example"),
        ("joes.co.uk", "moes.co.uk"),
        ("joes.example", "https://facebook.com/joes"),
        ("https://facebook.com/joes", "https://facebook.com/moes"),
        ("joes.wixsite.com/home", "moes.wixsite.com/home"),
        ("https://chain.example/locations/austin", "https://chain.example/locations/dallas"),
        ("https://austin.chain.example", "https://dallas.chain.example"),
        ("https://chain.example/?store=1", "https://chain.example/?store=2"),
    ],
)
def test_an_address_that_leads_elsewhere_is_different(ours, theirs):
    assert _verdict(ours, theirs) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    "shown",
    [
        "tel:+15125550100",
        "mailto:joe@joes.example",
        "https://maps.google.com/?cid=123",
        "https://www.google.com/maps/place/x",
        "https://bit.ly/abc",
        "http://",
        "see our page",
    ],
)
def test_what_is_no_site_cannot_be_compared(shown):
    assert _verdict("joes.example", shown) is Verdict.UNREADABLE


def test_where_a_site_was_seen_to_lead_counts():
    ours = Place(website="https://joes.example")
    theirs = Place(website="https://old-joes.example", leads_to="https://www.joes.example/")
    field = compare(ours, theirs).fields["website"]
    assert field.verdict is Verdict.EQUIVALENT
    assert field.observed == "https://old-joes.example"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.joes.example/menu", "joes.example"),
        ("https://facebook.com/joes", "facebook.com/joes"),
        ("https://facebook.com/", None),
        ("tel:1", None),
    ],
)
def test_a_site_stands_for_one_owner(address, key):
    assert site_key(read_website(address)) == key


@given(st.text(max_size=80))
def test_any_text_gets_a_verdict(text):
    assert _verdict("https://joes.example", text) in Verdict
    assert _verdict(text, text) is Verdict.IDENTICAL


def _verdict(ours: str, theirs: str) -> Verdict:
    return compare_websites(read_website(ours), read_website(theirs)).verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict", "why"),
    [
        # Who looked, and where it led: (shown, leads to).
        (("joes.example", None), ("bit.ly/x", "https://joes.example/"), "equivalent", "joes"),
        (("joes.example", None), ("joes.example", "https://www.joes.example/en"), "identical", ""),
        (("joes.example", None), ("bit.ly/x", "joes.example"), "equivalent", "joes"),
        # The record's own site redirects, and the listing shows one end or the other.
        (("joes.example", "https://joes.net/"), ("joes.net", None), "equivalent", ""),
        (("joes.example", "https://joes.net/"), ("www.joes.example", None), "equivalent", ""),
        (("joes.example", "https://joes.net/"), ("joes.example/a", "joes.net/a"), "equivalent", ""),
        # A page of ours that was seen to lead elsewhere is wrong, whatever stands in it.
        (("joes.example", "joes.example"), ("joes.example/a", "spam.example"), "different", "spam"),
        (("joes.example", "joes.example"), ("old.example", "spam.example"), "different", "spam"),
    ],
)
def test_what_counts_is_where_a_visitor_arrives(ours, theirs, verdict, why):
    places = (Place(website=shown, leads_to=led) for shown, led in (ours, theirs))
    field = compare(*places).fields["website"]
    assert (field.verdict, field.expected, field.observed) == (verdict, ours[0], theirs[0])
    assert why in field.why
