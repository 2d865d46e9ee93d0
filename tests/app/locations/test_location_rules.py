"""What a person may type about a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UserError
from app.locations import rules


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", None),
        ("closed", []),
        ("정기휴무", []),
        ("9-17", [("09:00", "17:00")]),
        ("09:00-12:00, 13:00 – 18:30", [("09:00", "12:00"), ("13:00", "18:30")]),
        ("22:00-02:00", [("22:00", "02:00")]),
        ("0:00 to 24:00", [("00:00", "24:00")]),
        ("8h30-12h00", [("08:30", "12:00")]),
        ("9am-5pm", [("09:00", "17:00")]),
        ("9 AM – 5:30 PM", [("09:00", "17:30")]),
        ("9-5 p.m.", [("09:00", "17:00")]),
        ("1-5pm", [("13:00", "17:00")]),
        ("12pm-12am", [("12:00", "00:00")]),
        ("22:00-02:00, 9-12", [("22:00", "02:00"), ("09:00", "12:00")]),
        ("9-12, 12-17", [("09:00", "12:00"), ("12:00", "17:00")]),
    ],
)
def test_hours_of_a_day(typed, spans):
    assert rules.hours_of_day(typed) == spans
    assert rules.hours_of_day(rules.typed_hours(spans)) == spans


@pytest.mark.parametrize(
    "typed", ["noon", "25:00-26:00", "9-17-18", "24:30-25:00", "9:75-10", "13am-2pm"]
)
def test_what_is_no_opening_time_is_named(typed):
    with pytest.raises(UserError, match=r"no opening time|no time of day"):
        rules.hours_of_day(typed)


@pytest.mark.parametrize(
    "typed", ["17:00-09:00, 09:00-18:00", "9-12, 11-14", "9-17, 9-17", "22:00-2:00, 23:00-1:00"]
)
def test_hours_of_one_day_do_not_overlap(typed):
    with pytest.raises(UserError, match="overlap"):
        rules.hours_of_day(typed)


@pytest.mark.parametrize(
    ("typed", "country"),
    [("(503) 555-0118", "US"), ("02-1234-5678", "KR"), ("+44 20 7946 0018", "US")],
)
def test_a_possible_number_is_kept_as_typed(typed, country):
    assert rules.phone(typed, country) == typed


@pytest.mark.parametrize("typed", ["call us", "12", "555-0118-99999-88888-7"])
def test_an_impossible_number_is_named(typed):
    with pytest.raises(UserError, match=r"phone number|digits"):
        rules.phone(typed, "US")


@pytest.mark.parametrize("country", ["DE", "US", "KR", "AT", "IT"])
@pytest.mark.parametrize("typed", ["1", "12", "112", "0012"])
def test_a_few_digits_are_a_number_nowhere(typed, country):
    with pytest.raises(UserError, match=r"phone number|digits"):
        rules.phone(typed, country)


@pytest.mark.parametrize("typed", ["ZZ", "EU", "XA", "QO", "Narnia", "U", ""])
def test_what_is_no_country_is_refused(typed):
    with pytest.raises(UserError, match="no country"):
        rules.country(typed)


def test_https_is_put_before_a_bare_host():
    assert rules.website("www.example.com/menu") == "https://www.example.com/menu"


@pytest.mark.parametrize(
    "typed",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "http://", "http://[::1", "plain words"),
        *("https://me:secret@example.com/", "https://example.com:99999/", "https://exa mple.com/"),
    ],
)
def test_what_is_no_web_address_is_refused(typed):
    with pytest.raises(UserError):
        rules.website(typed)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(typed):
    for rule in (
        rules.hours_of_day,
        rules.website,
        rules.country,
        lambda text: rules.phone(text, "US"),
    ):
        try:
            found = rule(typed)
        except UserError:
            continue
        assert found is None or isinstance(found, str | list)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", {}),
        ("2026-12-25 closed", {"2026-12-25": []}),
        ("25 December 2026: closed", {"2026-12-25": []}),
        (
            "31 Dec 2026, 10-14\n\n24.12.2026 9-12, 14-16",
            {"2026-12-24": [("09:00", "12:00"), ("14:00", "16:00")],
             "2026-12-31": [("10:00", "14:00")]},
        ),
    ],
)  # fmt: skip
def test_special_days(typed, days):
    assert rules.special_days(typed) == days
    assert rules.special_days(rules.typed_special_days(days)) == days


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("closed", "names no day"),
        ("25 December 2026", "names no day"),
        ("2026-02-31 closed", "names no day"),
        ("25 December 2026 maybe", "no opening time"),
        ("\n".join(["2026-12-25 closed"] * 61), "more than 60"),
    ],
)
def test_what_is_no_special_day_is_named(typed, says):
    with pytest.raises(UserError, match=says):
        rules.special_days(typed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("1 High Street", "Leeds", "LS1 1AA"), ("1 High St.", "Leeds", "LS1 1AA"), True),
        (("1 High Street", "Leeds", "LS1 1AA"), ("5 High Street", "Leeds", "LS1 1AA"), False),
        (("100 Mall Rd, Suite 4", "", "97209"), ("100 Mall Rd, Suite 9", "", "97209"), False),
        (("100 Mall Rd, Suite 4", "", "97209"), ("100 Mall Rd", "", "97209"), True),
        (("1 Main Street", "Salem", "97301"), ("1 Main Street", "Bend", "97701"), False),
        (("1 Main Street", "Salem", "97301"), ("1 main street", "Salem", "97302"), True),
        (("1 Main Street", "", "97301"), ("", "", "97301"), True),
        (("1 Main Street", "", ""), ("", "Salem", ""), False),
    ],
)
def test_which_addresses_of_a_name_are_one_location(one, other, same):
    parts = ("street", "locality", "postal_code")
    one, other = dict(zip(parts, one, strict=True)), dict(zip(parts, other, strict=True))
    assert rules.same_place(one, other) is rules.same_place(other, one) is same
