"""Verdicts on two addresses, part by part."""

from __future__ import annotations

import pytest

from app.listings.nap.address import COMPARED_PARTS, compare, parse
from app.listings.nap.verdict import Verdict
from scrapers.types import Address

RECORD = "123 Main St Ste 101, Austin, TX 78701"


def judge(expected: str, observed: str, country: str | None):
    return compare(parse(expected, country), parse(observed, country))


@pytest.mark.parametrize(
    ("part", "observed"),
    [
        ("house_number", "124 Main St Ste 101, Austin, TX 78701"),
        ("house_number", "123A Main St Ste 101, Austin, TX 78701"),
        ("unit", "123 Main St Ste 102, Austin, TX 78701"),
        ("street", "123 Main Ave Ste 101, Austin, TX 78701"),
        ("street", "123 Mill St Ste 101, Austin, TX 78701"),
        ("postal_code", "123 Main St Ste 101, Austin, TX 78702"),
        ("region", "123 Main St Ste 101, Austin, OK 78701"),
        ("locality", "123 Main St Ste 101, Dallas, TX 78701"),
    ],
)
def test_a_changed_part_is_different_and_the_others_are_not(part, observed):
    judged = judge(RECORD, observed, "US")
    assert judged.verdict is Verdict.DIFFERENT
    assert [n for n, v in judged.parts.items() if v is Verdict.DIFFERENT] == [part]


@pytest.mark.parametrize(
    ("expected", "observed", "country", "part", "verdict", "whole"),
    [
        (RECORD, "123 Main St, Austin, TX 78701", "US", "unit", "absent", "equivalent"),
        ("123 Main St, Austin, TX 78701", RECORD, "US", "unit", "unset", "identical"),
        (RECORD, "123 Main St Ste 101, Austin, TX", "US", "postal_code", "absent", "absent"),
        (RECORD, "Austin, TX 78701", "US", "street", "absent", "absent"),
        # A ZIP+4 is the longer form of a ZIP; an outward code is only part of a postcode.
        (RECORD, RECORD + "-1234", "US", "postal_code", "equivalent", "equivalent"),
        (RECORD + "-1234", RECORD + "-1235", "US", "postal_code", "different", "different"),
        ("5 Elm St, Salem, MA 01970", "5 Elm St, Salem, MA 1970", "US", "postal_code",
         "equivalent", "equivalent"),
        ("5 Mill Ln, London NW1 6XE", "5 Mill Ln, London NW1", "GB", "postal_code",
         "unreadable", "unreadable"),
        ("5 Mill Ln, London NW1 6XE", "5 Mill Ln, London E2", "GB", "postal_code",
         "unreadable", "unreadable"),
        # Ranges of houses, and letters that are flats.
        ("12-16 High St, Lewes BN7 2LP", "14 High St, Lewes BN7 2LP", "GB", "house_number",
         "equivalent", "equivalent"),
        ("12-16 High St, Lewes BN7 2LP", "13 High St, Lewes BN7 2LP", "GB", "house_number",
         "different", "different"),
        ("12A High St, Lewes BN7 2LP", "12 High St, Unit A, Lewes BN7 2LP", "GB", "house_number",
         "equivalent", "equivalent"),
        ("12 High St, Lewes BN7 2LP", "12A High St, Lewes BN7 2LP", "GB", "house_number",
         "different", "different"),
        ("Gasse 5, 1080 Wien", "Gasse 5/16, 1080 Wien", "AT", "house_number",
         "equivalent", "equivalent"),
        # Places of several names.
        ("9 Elm St, Brooklyn, NY 11201", "9 Elm St, New York, NY 11201", "US", "locality",
         "equivalent", "equivalent"),
        ("9 Elm St, Brooklyn, NY 11201", "9 Elm St, Buffalo, NY 14201", "US", "locality",
         "different", "different"),
        ("9 Elm St, Evanston, IL 60201", "9 Elm St, Skokie, IL 60201", "US", "locality",
         "equivalent", "equivalent"),
        ("9 Elm St, Evanston, IL 60201", "9 Elm St, Skokie, IL 60076", "US", "locality",
         "different", "different"),
        ("Ring 1, 110 00 Praha 1", "Ring 1, 110 00 Praha 2", "CZ", "locality",
         "different", "different"),
        # Points of the compass may be missing, not contradict.
        ("9 N Elm St, Ames, IA 50010", "9 Elm St, Ames, IA 50010", "US", "street",
         "equivalent", "equivalent"),
        ("9 N Elm St, Ames, IA 50010", "9 S Elm St, Ames, IA 50010", "US", "street",
         "different", "different"),
        ("9 Mendenhall Rd, Ames, IA 50010", "9 Mendenhal Rd, Ames, IA 50010", "US", "street",
         "equivalent", "equivalent"),
        # Boxes, buildings, scripts.
        ("PO Box 88, Homer, AK 99603", "PO Box 89, Homer, AK 99603", "US", "house_number",
         "different", "different"),
        ("Tower 1, 8 Queens Road, Hong Kong", "Tower 2, 8 Queens Road, Hong Kong", "HK", "unit",
         "different", "different"),
        ("서울 강남구 테헤란로 152", "서울 강남구 역삼동 737", "KR", "street", "unreadable",
         "unreadable"),
        ("서울 강남구 테헤란로 152", "서울 서초구 테헤란로 152", "KR", "locality", "different",
         "different"),
        ("東京都港区六本木6-10-1", "東京都港区六本木6-10", "JP", "house_number", "unreadable",
         "unreadable"),
        ("東京都港区六本木6丁目10-1", "東京都港区六本木7丁目10-1", "JP", "house_number",
         "different", "different"),
    ],
)  # fmt: skip
def test_a_part_is_judged_by_its_own_rule(expected, observed, country, part, verdict, whole):
    judged = judge(expected, observed, country)
    assert (judged.parts[part], judged.verdict) == (verdict, whole), judged.why


def test_korean_road_against_lot_says_so():
    judged = judge("서울 강남구 테헤란로 152", "서울 강남구 역삼동 737", "KR")
    assert judged.why == "another address system"


@pytest.mark.parametrize(
    ("expected", "observed", "country", "why"),
    [
        ("1 Elm St Suite 2, Ames, IA 50010", "1 Elm St Ste 2, Ames, IA 50010", "US", "Ste = Suite"),
        ("Hauptstraße 5, 10115 Berlin", "Hauptstr. 5, 10115 Berlin", "DE",
         "Hauptstr = Hauptstraße"),
        ("1 Elm St, Ames, IA 50010", "2 Elm St, Ames, IA 50010", "US", "house number 2 is not 1"),
        ("1 Élm St, Ames, IA 50010", "1 ELM ST, AMES, IA 50010", "US",
         "capitals, accents or punctuation"),
    ],
)  # fmt: skip
def test_the_rule_is_named(expected, observed, country, why):
    assert judge(expected, observed, country).why == why


def test_the_same_text_is_identical_after_trimming():
    assert judge(RECORD, f"  {RECORD}\n", "US").verdict is Verdict.IDENTICAL


def test_parts_and_text_of_one_address_agree():
    parts = Address(street="123 Main Street, Suite 101", locality="Austin", region="Texas",
                    postal_code="78701", country="US")  # fmt: skip
    assert compare(parse(parts), parse(RECORD, "US")).verdict is Verdict.EQUIVALENT


def test_an_empty_side_is_unset_or_absent():
    assert compare(parse(""), parse(RECORD, "US")).verdict is Verdict.UNSET
    assert compare(parse(RECORD, "US"), parse(Address())).verdict is Verdict.ABSENT


def test_every_compared_part_has_a_verdict():
    assert set(judge(RECORD, RECORD.lower(), "US").parts) == set(COMPARED_PARTS)


def test_swapped_numbers_are_not_a_reordering():
    judged = judge("5 Elm St Apt 7, Ames, IA 50010", "7 Elm St Apt 5, Ames, IA 50010", "US")
    assert judged.verdict is Verdict.DIFFERENT


def test_two_cities_are_told_apart_without_a_postal_code():
    assert judge("Am Markt 3, Bremen", "Am Markt 3, Hamburg", "DE").verdict is Verdict.DIFFERENT
