"""Files of locations: columns, encodings, bad cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UserError
from app.locations import importing

GOOD = "name,city,zip,country,phone\nHarbour Café,Portland,97209,US,(503) 555-0118\n"


def test_columns_are_known_under_many_names():
    (row,) = importing.read(GOOD).rows
    assert row.problems == []
    assert row.values == {
        "name": "Harbour Café",
        "locality": "Portland",
        "postal_code": "97209",
        "country": "US",
        "phone": "(503) 555-0118",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding):
    (row,) = importing.read(importing.decode(GOOD.encode(encoding))).rows
    assert row.values["name"] == "Harbour Café"


def test_semicolons_and_unknown_columns():
    sheet = importing.read("Name;Country;Colour\nTyre Lane;GB;green\n")
    assert sheet.rows[0].values == {"name": "Tyre Lane", "country": "GB"}
    assert sheet.ignored == ["Colour"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("title,city\nx,y\n", "no column “country”"),
        ("a;b\n1;2\n", "name” and “country"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text, says):
    with pytest.raises(UserError, match=says):
        importing.read(text)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"PK\x03\x04...", "Save it as CSV"), (b"\x00\x01\x02", "no text"), (b"\xff\xfea", "letters")],
)
def test_a_file_that_is_no_text_says_what_to_do(content, says):
    with pytest.raises(UserError, match=says):
        importing.decode(content)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",Portland,97209,US,", "name is missing"),
        ("A,Portland,97209,,", "country is missing"),
        ("A,Portland,97209,Narnia,", "two letters"),
        ("A,Portland,97209,ZZ,", "“ZZ” is no country"),
        ("A,Portland,97209,US,12", "phone: “12” has too many or too few digits"),
        ("A,Portland,97209,US,,surplus", "more cells"),
        (f"{'A' * 201},Portland,97209,US,", "name: is longer than 200"),
        (f"A,Portland,{'9' * 300},US,", "postal_code: is longer than 20"),
    ],
)
def test_a_bad_row_says_what_is_wrong(line, problem):
    sheet = importing.read(f"name,city,zip,country,phone\n{line}\n{GOOD.splitlines()[1]}\n")
    assert any(problem in says for says in sheet.rows[0].problems), sheet.rows[0].problems
    assert [row.number for row in sheet.good] == [3]


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(content):
    try:
        sheet = importing.read(importing.decode(content))
    except UserError:
        return
    assert all(row.problems or row in sheet.good for row in sheet.rows)


def test_a_location_that_stands_twice_in_a_file_is_marked_and_taken_once():
    head, place = "name,street,zip,country\n", "Crumb,1 High Street,LS1 1AA,GB\n"
    sheet = importing.read(head + place + "Crumb,5 High Street,LS1 1AA,GB\n" + place)
    assert [row.problems for row in sheet.rows] == [[], [], ["the same location as row 2"]]
