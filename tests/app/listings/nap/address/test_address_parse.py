"""Addresses taken apart, country by country; and text of any kind in bounded time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.listings.nap.address import AddressParts, compare, parse
from app.listings.nap.address.numerals import kanji_value, number_words, roman_value
from app.listings.nap.address.text import MAX_CHARS
from app.listings.nap.address.words import words_of
from app.listings.nap.verdict import Verdict
from scrapers.types import Address

PARSED = [
    ("US", "4501 N Lamar Blvd Ste 12, Austin, TX 78756-1234",
     {"house_number": "4501", "street": "N Lamar Blvd", "unit": "Ste 12", "locality": "Austin",
      "region": "TX", "postal_code": "78756-1234"}),
    ("US", "PO Box 88, Homer, AK 99603",
     {"po_box": "PO Box 88", "locality": "Homer", "region": "AK", "postal_code": "99603"}),
    ("GB", "Flat 2, 221B Baker Street, London NW1 6XE, UK",
     {"house_number": "221B", "street": "Baker Street", "unit": "Flat 2", "locality": "London",
      "postal_code": "NW1 6XE"}),
    ("DE", "Praxis am Ring\nLindenstr. 12a\nD-50667 Köln",
     {"building": "Praxis am Ring", "house_number": "12a", "street": "Lindenstr.",
      "locality": "Köln", "postal_code": "D-50667"}),
    ("AT", "Wiedner Gürtel 5/16 1040 Wien Österreich",
     {"house_number": "5/16", "street": "Wiedner Gürtel", "locality": "Wien",
      "postal_code": "1040"}),
    ("FR", "12 bis, rue de la Paix, 75002 Paris cedex 02",
     {"house_number": "12 bis", "street": "rue de la Paix", "locality": "Paris",
      "postal_code": "75002"}),
    ("ES", "Calle Mayor 5, 3º B, 28013 Madrid",
     {"house_number": "5", "street": "Calle Mayor", "unit": "3º B", "locality": "Madrid",
      "postal_code": "28013"}),
    ("IT", "Via Roma 45\n96017 Noto (SR)\nItalia",
     {"house_number": "45", "street": "Via Roma", "locality": "Noto", "region": "SR",
      "postal_code": "96017"}),
    ("CA", "1253 McGill College, Suite 250, Montréal, QC, H2B 2Y5",
     {"house_number": "1253", "street": "McGill College", "unit": "Suite 250",
      "locality": "Montréal", "region": "QC", "postal_code": "H2B 2Y5"}),
    ("AU", "Unit 5/12A George Street, Sydney NSW 2000",
     {"unit": "Unit 5", "house_number": "12A", "street": "George Street", "locality": "Sydney",
      "region": "NSW", "postal_code": "2000"}),
    ("GB", "Flat 1/2 34 Kelvin Street, Glasgow G12 8AA",
     {"unit": "Flat 1/2", "house_number": "34", "street": "Kelvin Street",
      "locality": "Glasgow", "postal_code": "G12 8AA"}),
    ("BR", "Av. Paulista, 1578 - sala 4, Bela Vista, São Paulo - SP, 01310-200",
     {"house_number": "1578", "street": "Av. Paulista", "unit": "sala 4",
      "district": "Bela Vista", "locality": "São Paulo", "region": "SP",
      "postal_code": "01310-200"}),
    ("AU", "5/48 Pirrama Road, Pyrmont NSW 2009",
     {"unit": "5", "house_number": "48", "street": "Pirrama Road", "locality": "Pyrmont",
      "region": "NSW", "postal_code": "2009"}),
    ("BR", "Av. Paulista, 1098, apto. 31, Bela Vista, São Paulo - SP, 01310-000",
     {"house_number": "1098", "street": "Av. Paulista", "unit": "apto. 31",
      "district": "Bela Vista", "locality": "São Paulo", "region": "SP",
      "postal_code": "01310-000"}),
    ("HU", "Budapest, Honvéd utca 13-15, 1055",
     {"house_number": "13-15", "street": "Honvéd utca", "locality": "Budapest",
      "postal_code": "1055"}),
    ("JP", "〒106-6108 東京都港区六本木６丁目１０番１号 森タワー23階",
     {"district": "六本木六丁目", "house_number": "10-1", "building": "森タワー", "unit": "23階",
      "locality": "港区", "region": "東京都", "postal_code": "〒106-6108"}),
    ("JP", "京都市中京区烏丸通三条上る場之町599",
     {"street": "烏丸通三条上る", "district": "場之町", "house_number": "599",
      "locality": "京都市中京区"}),
    ("JP", "千葉県四日市市幸町2-31",
     {"district": "幸町", "house_number": "2-31", "locality": "四日市市", "region": "千葉県"}),
    ("KR", "(06236) 서울특별시 강남구 테헤란로 152, 20층 (역삼동)",
     {"street": "테헤란로", "house_number": "152", "unit": "20층", "district": "강남구 역삼동",
      "locality": "서울특별시", "postal_code": "06236"}),
    ("KR", "강원 춘천시 석사동 산 12-3번지",
     {"street": "석사동", "house_number": "산 12-3번지", "locality": "춘천시", "region": "강원"}),
    ("CN", "湖北省武汉市江汉区建设大道568号国贸大厦9楼910室430000",
     {"street": "建设大道", "house_number": "568号", "building": "国贸大厦", "unit": "9楼 910室",
      "district": "江汉区", "locality": "武汉市", "region": "湖北省", "postal_code": "430000"}),
    ("SG", "8 Shenton Way #38-01, Singapore 068811",
     {"house_number": "8", "street": "Shenton Way", "unit": "#38-01", "locality": "Singapore",
      "postal_code": "068811"}),
    ("EE", "Rävala 5, 15169 Tallinn, Estonia",
     {"house_number": "5", "street": "Rävala", "locality": "Tallinn", "postal_code": "15169"}),
    ("NG", "12 Bauchi Road, Yelwa\nJOS 930283\nPLATEAU\nNigeria",
     {"house_number": "12", "street": "Bauchi Road", "district": "Yelwa", "locality": "JOS",
      "region": "PLATEAU", "postal_code": "930283"}),
]  # fmt: skip


@pytest.mark.parametrize(("country", "text", "wanted"), PARSED)
def test_an_address_is_taken_apart(country, text, wanted):
    read = parse(text, country).as_dict()
    assert {name: value for name, value in read.items() if value} == {**wanted, "country": country}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("5 Elm St, Ames, IA 50010", "US"),
        ("12 Rue Daru, 75008 Paris, France", "FR"),
        ("5 Mill Lane, Lewes BN7 2LP", "GB"),
        ("Hauptstr. 5, 10115 Berlin, Germany", "DE"),
        ("서울 강남구 테헤란로 152", "KR"),
        ("東京都港区六本木6-10-1", "JP"),
        ("1 Queen St, Toronto, ON M5H 2N2", "CA"),
    ],
)
def test_a_country_that_nobody_named_is_seen_in_the_text(text, country):
    assert parse(text).country == country


def test_a_country_in_the_text_beats_the_hint():
    assert parse("Achterlaan 23, 2345 GD Uithoorn, Netherlands", "CA").country == "NL"


def test_parts_win_over_the_text_where_they_speak():
    given = Address(text="5 Elm St, Ames, IA 50010", street="7 Elm St", locality="Boone")
    read = parse(given, "US")
    assert (read.house_number, read.locality) == ("7", "Boone")


def test_a_street_that_repeats_its_places_is_read_once():
    given = Address(street="7 Elm St, Ames, IA 50010", locality="Ames", region="IA",
                    postal_code="50010")  # fmt: skip
    assert parse(given, "US").street == "Elm St"


def test_places_in_one_field_are_taken_apart():
    read = parse(Address(street="7 Elm St", locality="Ames, IA 50010"), "US")
    assert (read.locality, read.region, read.postal_code) == ("Ames", "IA", "50010")


@pytest.mark.parametrize(
    ("words", "value"),
    [("ninety sixth", 96), ("nineteen oh one", 1901), ("one hundred five", 105), ("elm", None)],
)
def test_numbers_as_words(words, value):
    assert number_words(words.split(), words_of("US")) == value


def test_numbers_in_french_roman_and_chinese():
    assert number_words(["quatre", "vingt", "douze"], words_of("FR")) == 92
    assert (roman_value("xx"), roman_value("roma")) == ("20", "roma")
    assert (kanji_value("二十三"), kanji_value("一〇五")) == (23, 105)


HOSTILE = [
    "", " ", "\x00\x01\u202e", "😀" * 5000, "a" * 100_000, "1" * 100_000, "1-" * 50_000,
    "<" * 100_000, "<b>" * 30_000, "²" * 50_000, "ste 1 " * 20_000, "丁目" * 50_000,
    "로 1" * 30_000, "e\u0301" * 50_000, "(" * 50_000, "p.o. box " * 10_000,
    "\u202b5 Elm St\u202c", "５" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("country", [None, "US", "DE", "JP", "KR", "CN", "XX"])
def test_hostile_text_is_read_and_compared(text, country):
    read = parse(text, country)
    assert len(read.written) <= MAX_CHARS
    assert isinstance(compare(read, parse("5 Elm St, Ames, IA 50010", "US")).verdict, Verdict)
    parts = Address(street=text, locality=text, region=text, postal_code=text, country=text)
    assert isinstance(parse(parts, country), AddressParts)


ANY_TEXT = st.text(max_size=60) | st.text(
    "0123456789 ,-/#.abSTéß区市町丁目番강남구로号路\n", max_size=60
)
COUNTRY = st.sampled_from([None, "US", "GB", "DE", "FR", "NL", "CA", "JP", "KR", "CN", "SG", "ZZ"])


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT, COUNTRY)
def test_any_text_is_the_same_as_itself(text, country):
    read = parse(text, country)
    assert compare(read, parse(f" {text} ", country)).verdict in (
        "identical",
        "unset",
        "equivalent",
    )


@settings(max_examples=100, deadline=None)
@given(
    number=st.integers(1, 9999),
    unit=st.integers(1, 999),
    street=st.sampled_from(["Elm", "Mill Creek", "St. Charles", "42nd", "Lake Shore"]),
    kind=st.sampled_from([("Street", "St"), ("Avenue", "Ave."), ("Boulevard", "Blvd")]),
    direction=st.sampled_from([("North", "N"), ("Southwest", "SW"), ("", "")]),
    case=st.sampled_from([str, str.upper, str.lower]),
    change=st.integers(1, 8),
)  # fmt: skip
def test_spellings_agree_and_changed_numbers_do_not(
    number, unit, street, kind, direction, case, change
):
    def written(number: int, unit: int, form: int) -> str:
        line = " ".join(filter(None, (str(number), direction[form], street, kind[form])))
        return f"{line}, {('Suite', 'Ste')[form]} {unit}, Ames, {('Iowa', 'IA')[form]} 50010"

    record = parse(written(number, unit, 0), "US")
    assert compare(record, parse(case(written(number, unit, 1)), "US")).verdict == "equivalent"
    for other in (written(number + change, unit, 1), written(number, unit + change, 1)):
        assert compare(record, parse(case(other), "US")).verdict == "different"
