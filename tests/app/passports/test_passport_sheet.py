"""Passports as files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UserError
from app.passports import sheet
from app.passports.sheet import Passport

words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20
)
passports = st.builds(
    Passport,
    location=words,
    postal_code=st.none() | words,
    source=words,
    url=words,
    claim_state=st.sampled_from([*sheet.CLAIM_STATES]),
    login_holder=st.none() | words,
    note=st.none() | words,
    proved_at=st.none() | st.just("2026-11-20T09:00:00+00:00"),
)


@given(st.lists(passports, max_size=4))
def test_what_is_written_is_read_again(given):
    assert sheet.read(sheet.to_csv(given)) == given
    assert sheet.read(sheet.to_json(given)) == given


def test_a_cell_that_a_spreadsheet_would_run_is_defused():
    risky = Passport("A", None, "generic", "https://a.example/", note="=HYPERLINK(1)")
    assert "'=HYPERLINK" in sheet.to_csv([risky])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1]", "list of objects"),
        ("[{", "no JSON"),
        ('{"location": ', "no JSON"),
        ('{"location": "A"}', "list of objects"),
        ("{}", "list of objects"),
        ("a,b\n1,2\n", "no column “location”"),
        ("location,source,url\n,generic,u\n", "Row 1: location is missing"),
        ("location,source,url,claim_state\nA,g,u,mine\n", "none of unknown"),
        ("location,source,url,proved_at\nA,g,u,soon\n", "no date"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text, says):
    with pytest.raises(UserError, match=says):
        sheet.read(text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        found = sheet.read(text)
    except UserError:
        return
    assert all(isinstance(one, Passport) for one in found)
