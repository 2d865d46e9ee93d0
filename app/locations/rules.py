"""Reading what a person typed about a place: hours of a day, phone, website. Pure.

Every function returns the value to keep or raises UserError with a sentence for the person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import phonenumbers

from app.core.errors import UserError
from scrapers.text.dates import when

CLOSED_WORDS = {"closed", "휴무", "정기휴무", "定休日", "休み", "cerrado", "geschlossen", "fermé"}
COUNTRIES = phonenumbers.SUPPORTED_REGIONS
# The shortest numbers of any country, those of small islands, have four digits.
PHONE_DIGITS = 4
_ADDRESS = ("street", "locality", "postal_code")
_NUMBER = re.compile(r"\d+")
_CLOCK = r"(\d{1,2})(?::|\.|h)?(\d{2})?\s?(?:([ap])\.?m\.?)?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|~|to)\s*{_CLOCK}")


def hours_of_day(typed: str) -> list[tuple[str, str]] | None:
    """ "09:00-12:00, 1-6 pm" → spans; "closed" → []; "" → None, which is unknown. A span that
    closes before it opens ends on the next day."""
    typed = typed.strip().lower()
    if not typed:
        return None
    if typed in CLOSED_WORDS:
        return []
    spans = []
    for part in typed.split(","):
        found = _SPAN.fullmatch(part.strip())
        if not found:
            raise UserError(f"“{part.strip()}” is no opening time. Write it as 09:00-17:30.")
        spans.append(_span(*found.groups()))
    _refuse_overlap(spans)
    return spans


def _span(
    hour: str,
    minute: str | None,
    half: str | None,
    to_hour: str,
    to_minute: str | None,
    to_half: str,
) -> tuple[str, str]:
    if to_half and not half:  # "9-5 pm" opens in the morning, "1-5 pm" does not
        half = to_half if int(hour) % 12 < int(to_hour) % 12 else "a"
    return _clock(hour, minute, half), _clock(to_hour, to_minute, to_half)


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    hours, minutes = int(hour), int(minute or 0)
    wrong_half = half and not 1 <= hours <= 12
    if wrong_half or hours > 24 or minutes > 59 or (hours == 24 and minutes):
        shown = f"{hour}:{minute or '00'}" + (f" {half}m" if half else "")
        raise UserError(f"{shown} is no time of day.")
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return f"{hours:02}:{minutes:02}"


def _refuse_overlap(spans: list[tuple[str, str]]) -> None:
    # Times of one length compare as they stand; what ends on the next day ends after all others.
    before = ("", "")
    for opens, closes in sorted(spans):
        if opens < before[1]:
            raise UserError(f"{'-'.join(before)} and {opens}-{closes} overlap.")
        before = (opens, closes if closes > opens else "48:00")


def typed_hours(spans: list[list[str]] | list[tuple[str, str]] | None) -> str:
    """The inverse of `hours_of_day`, for the form."""
    if spans is None:
        return ""
    return ", ".join(f"{opens}-{closes}" for opens, closes in spans) or "closed"


# "2026-12-25 closed", "25 December 2026: 10-14".
_SPECIAL_DAY = re.compile(r"(\d{4}-\d{2}-\d{2}|.{3,30}?\b\d{4})\b[\s:,]+(.+)")
MAX_SPECIAL_DAYS = 60


def special_days(typed: str) -> dict[str, list[tuple[str, str]]]:
    """Lines such as "25 December 2026 closed" → spans by ISO date, in order."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MAX_SPECIAL_DAYS:
        raise UserError(f"These are more than {MAX_SPECIAL_DAYS} special days.")
    found = dict(_special_day(line) for line in lines)
    return {day: found[day] for day in sorted(found)}


def _special_day(line: str) -> tuple[str, list[tuple[str, str]]]:
    parts = _SPECIAL_DAY.fullmatch(line[:200])
    day = when(parts[1], language="en-GB") if parts else None
    if not parts or not day:
        raise UserError(f"“{line[:60]}” names no day. Write it as: 25 December 2026 closed.")
    return day[0].date().isoformat(), hours_of_day(parts[2]) or []


def typed_special_days(days: Mapping[str, list[list[str]]]) -> str:
    """The inverse of `special_days`, for the form."""
    return "\n".join(f"{day} {typed_hours(spans)}" for day, spans in days.items())


def country(typed: str) -> str:
    """The two letters of a country, as capitals."""
    code = typed.strip().upper()
    if code not in COUNTRIES:
        raise UserError(f"“{code}” is no country: write two letters, such as US or KR.")
    return code


def phone(typed: str, country: str) -> str:
    """The number as typed, if it can be one in `country` (two letters)."""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise UserError(f"“{typed}” is no phone number.") from None
    too_short = (number.national_number or 0) < 10 ** (PHONE_DIGITS - 1)
    if too_short or not phonenumbers.is_possible_number(number):
        raise UserError(f"“{typed}” has too many or too few digits for a number in {country}.")
    return typed


def website(typed: str) -> str:
    """An http or https address; https:// is put before a bare host name."""
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host, parts = "", None
    no_host = "." not in host or any(letter.isspace() for letter in host)
    if parts is None or parts.scheme not in ("http", "https") or no_host:
        raise UserError(f"“{typed}” is no web address. It looks like https://www.example.com/.")
    if parts.username or parts.password:
        raise UserError("Leave the user name and password out of the address.")
    return address


def same_place(one: Mapping[str, str | None], other: Mapping[str, str | None]) -> bool:
    """Whether two addresses of one name are one location and not two of a chain. Other numbers in
    the street are another place, even within a postal code; with the same street in the same town
    the postal code was corrected. What either of them leaves open is not held against it."""
    ours, theirs = ({part: _plain(row.get(part)) for part in _ADDRESS} for row in (one, other))
    given = {part for part in _ADDRESS if ours[part] and theirs[part]}
    same = {part for part in given if ours[part] == theirs[part]}
    if "street" in given and not _numbers_agree(ours["street"], theirs["street"]):
        return False
    another_town = "locality" in given - same
    return "postal_code" in same or ("street" in same and not another_town)


def _plain(text: str | None) -> str:
    return "".join(
        letter for letter in (text or "").casefold() if letter.isalnum() or letter == " "
    )


def _numbers_agree(one: str, other: str) -> bool:
    """The numbers of one stand among those of the other: a unit may be left out."""
    ours, theirs = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return ours <= theirs or theirs <= ours
