"""Telephone numbers: the same line in every spelling, another line at one changed digit."""

from __future__ import annotations

import pytest

from app.listings.nap.phones import compare_phones, read_phone, read_phones
from app.listings.nap.verdict import Verdict

SAME_LINE = [
    ("(212) 555-0100", "+1 212 555 0100", "US"),
    ("(212) 555-0100", "1.212.555.0100", "US"),
    ("(212) 555-0100", "tel:+1-212-555-0100", "US"),
    ("(212) 555-0100", "２１２５５５０１００", "US"),
    ("(212) 555-0100", "212-555-0100 ext. 12", "US"),
    ("020 7946 0958", "+44 (0)20 7946 0958", "GB"),
    ("020 7946 0958", "0044 20 7946 0958", "GB"),
    ("020 7946 0958", "020 7946 0958 (office)", "GB"),
    ("02-123-4567", "+82 2 123 4567", "KR"),
    ("03-1234-5678", "０３（１２３４）５６７８", "JP"),
    ("011 15-1234-5678", "+54 9 11 1234 5678", "AR"),
    ("1-800-FLOWERS", "1-800-356-9377", "US"),
    ("1-800-MATTRESS", "(800) 628-8737", "US"),
    ("+1 650-253-0000", "1 650 253 0000", "NZ"),
    ("33 1234 5678", "+52 1 33 1234 5678", "MX"),
    ("212 555 0100", "555-0100", "US"),
    ("+1 212 555 0100", "212 555 0100", None),
]


@pytest.mark.parametrize(("ours", "theirs", "country"), SAME_LINE)
def test_the_same_line_in_another_spelling_is_never_different(ours, theirs, country):
    assert _verdict(ours, theirs, country) in (Verdict.IDENTICAL, Verdict.EQUIVALENT)


@pytest.mark.parametrize(
    ("ours", "theirs", "country"),
    [
        ("(212) 555-0100", "(212) 555-0101", "US"),
        ("(212) 555-0100", "(000) 555-0100", "US"),
        ("+1 212 555 0100", "+9 212 555 0100", "US"),
        ("+1 212 555 0100", "+1 212 555 0101", None),
        ("03 331 6005", "03 331 6006", None),
        ("212-555-0100 x1", "212-555-0100 x2", "US"),
        ("020 7946 0958", "120 7946 0958", "GB"),
        ("(212) 555-0100", "1-800-555-0100", "US"),
    ],
)
def test_another_line_is_different(ours, theirs, country):
    assert _verdict(ours, theirs, country) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    "shown", ["(212) 555-01", "(212) 555-01xx", "212 555 …", "call us", "0100", "1" * 5000]
)
def test_what_is_cut_off_or_no_number_is_unreadable(shown):
    assert _verdict("(212) 555-0100", shown, "US") is Verdict.UNREADABLE


def test_of_several_numbers_the_best_match_counts():
    assert _verdict("02 1234 5678", "0411 111 111 / (02) 12345678", "AU") is Verdict.EQUIVALENT


@pytest.mark.parametrize(
    ("text", "country", "lines"),
    [
        ("02/633.17.59", "BE", ["+3226331759"]),
        ("2125550100 / 2125550199", "US", ["+12125550100", "+12125550199"]),
        ("2125550100; 2125550100", "US", ["+12125550100"]),
        ("Fijo: 963034448 o Móvil: 604026467", "ES", ["+34963034448", "+34604026467"]),
        ("undefined", "US", []),
        ("(000) 000-0000", "US", []),
    ],
)
def test_every_number_of_a_text_is_read_once(text, country, lines):
    assert [phone.line for phone in read_phones((text,), country)] == lines


def test_a_number_without_any_country_keeps_its_digits():
    phone = read_phone("03 331 6005", None)
    assert phone is not None
    assert (phone.line, phone.digits) == (None, "033316005")


def _verdict(ours: str, theirs: str, country: str | None) -> Verdict:
    sides = read_phones((ours,), country), read_phones((theirs,), country)
    return compare_phones(*sides, ours, theirs).verdict
