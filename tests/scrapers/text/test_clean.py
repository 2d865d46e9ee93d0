"""White space, control characters and wrong encodings."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.text import clean
from scrapers.text.translation import original


@pytest.mark.parametrize(
    ("spoilt", "right"),
    [
        ("CafÃ©", "Café"),
        ("â€œhiâ€\x9d", "“hi”"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
        ("ì•ˆë…•", "안녕"),
        ("CafÃƒÂ©", "Café"),
        ("Café Ã la carte", "Café Ã la carte"),
        ("Ünï©ode", "Ünï©ode"),
    ],
)
def test_utf8_read_as_windows_1252_is_put_right(spoilt, right):
    assert clean.repair(spoilt) == right


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0xA0, max_codepoint=0xFFFF, exclude_categories=["Cs"])
    )
)
def test_text_spoilt_once_is_put_right_or_left_alone(text):
    spoilt = text.encode().decode("cp1252", "replace")
    assert isinstance(clean.repair(spoilt), str)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  a \n\t b\u200b ", "a b"),
        ("a\x00b", "ab"),
        ("", None),
        ("   ", None),
        ("null", None),
        ("undefined", None),
        ("\u202eevil", "evil"),
        (5, "5"),
        (4.5, "4.5"),
        (True, None),
        ([], None),
        ("\ud800x", "x"),
    ],
)
def test_lines(value, line):
    assert clean.line(value) == line


def test_paragraphs_keep_their_breaks_and_lose_the_rest():
    assert clean.paragraphs(" a \r\n\r\n\r\n\n b  c\n d ") == "a\n\nb c\nd"
    assert clean.paragraphs("one   line") == "one line"


def test_huge_values_are_cut():
    assert len(clean.line("x" * 10**6)) == clean.MAX_LINE
    assert len(clean.paragraphs("x y" * 10**6)) <= clean.MAX_TEXT


@example("Â\x08¡")
@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean.paragraphs(text)
    assert once is None or clean.paragraphs(once) == once


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("héé".encode(), None, "héé"),
        ("héé".encode("cp1252"), None, "héé"),
        (b"\xef\xbb\xbfok", "latin-1", "ok"),
        ("<meta charset=euc-kr>안녕".encode("euc-kr"), None, "<meta charset=euc-kr>안녕"),
        ("안녕".encode("euc-kr"), "euc-kr", "안녕"),
        (b"ok", "no-such-charset", "ok"),
        ("hi".encode("utf-16"), None, "hi"),
    ],
)
def test_pages_are_decoded_by_what_they_declare(body, charset, text):
    assert clean.decode(body, charset) == text


@pytest.mark.parametrize(
    "shown",
    [
        "(Translated by Google) Great bread\n\n(Original)\nTolles Brot",
        "Tolles Brot\n\n(Translated by Google)\nGreat bread",
        "(Übersetzt von Google) Great bread (Original) Tolles Brot",
        "(Google 번역 제공) 좋은 빵 (원문) Tolles Brot",
        "Tolles Brot",
    ],
)
def test_of_a_translated_review_the_authors_own_words_are_kept(shown):
    assert original(shown) == "Tolles Brot"
