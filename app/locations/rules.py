"""Reading what a person typed about a place: hours of a day, phone, website. Pure.

Every function returns the value to keep or raises UserError with a sentence for the person.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import phonenumbers

from app.core.errors import UserError

CLOSED_WORDS = {"closed", "휴무", "정기휴무", "定休日", "休み", "cerrado", "geschlossen", "fermé"}
_SPAN = re.compile(r"(\d{1,2})(?::|\.|h)?(\d{2})?\s*(?:-|–|—|~|to)\s*(\d{1,2})(?::|\.|h)?(\d{2})?")


def hours_of_day(typed: str) -> list[tuple[str, str]] | None:
    """ "09:00-12:00, 13:00-18:00" → spans; "closed" → []; "" → None, which is unknown."""
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
        spans.append((_clock(found[1], found[2]), _clock(found[3], found[4])))
    return spans


def _clock(hour: str, minute: str | None) -> str:
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise UserError(f"{hour}:{minute or '00'} is no time of day.")
    return f"{hours:02}:{minutes:02}"


def typed_hours(spans: list[list[str]] | list[tuple[str, str]] | None) -> str:
    """The inverse of `hours_of_day`, for the form."""
    if spans is None:
        return ""
    return ", ".join(f"{opens}-{closes}" for opens, closes in spans) or "closed"


def phone(typed: str, country: str) -> str:
    """The number as typed, if it can be one in `country` (two letters)."""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise UserError(f"“{typed}” is no phone number.") from None
    if not phonenumbers.is_possible_number(number):
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
    if parts is None or parts.scheme not in ("http", "https") or "." not in host:
        raise UserError(f"“{typed}” is no web address. It looks like https://www.example.com/.")
    if parts.username or parts.password:
        raise UserError("Leave the user name and password out of the address.")
    return address
