"""Dates as review sites write them, absolute and relative, in many languages."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from scrapers.text.calendar_words import (
    AGO,
    MONTHS,
    RELATIVE_DAYS,
    SINGULAR,
    UNITS,
)
from scrapers.text.numbers import plain_digits
from scrapers.types import Precision

Dated = tuple[datetime, Precision]

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_BASIC = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(?:[.,]\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?"
)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,2})\s?[日일.]?")
_YEAR_MONTH = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]")
_SLASHED = re.compile(r"(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4})(?!\d)")
_WRITTEN_YEAR = re.compile(
    r"(?<!\d)(\d{4,6})\s?[-./年년]\s?\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(\d{4,6})(?!\d)"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_MONTH_FIRST = frozenset({"en-us", "en_us", "en-ph", "es-us"})

# datetime's own range, less a margin for zones; reviews are younger than this anyway.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def when(value: Any, seen_at: datetime | None = None, language: str | None = None) -> Dated | None:
    """The moment that `value` names, in UTC, and how exactly it was given.

    `value` is ISO 8601, a Unix time in seconds or milliseconds, or a date in words. Relative
    words ("2 weeks ago") need `seen_at`. "02/01/2026" is read in the order of `language` (as in
    an html lang attribute); where nothing tells the order, the answer is None. A time without a
    zone is taken as UTC.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    if isinstance(value, (int, float)):
        return _epoch(value)
    text = plain_digits(value).strip()
    if not text:
        return None
    return _iso_day(text) or _read(text, seen_at, language)


def _iso_day(text: str) -> Dated | None:
    """The commonest form by far, without a regular expression."""
    if len(text) != 10 or not (text[4] == text[7] == "-"):
        return None
    try:
        found = _day(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None
    return found if EARLIEST <= found[0] <= LATEST else None


def _read(text: str, seen_at: datetime | None, language: str | None) -> Dated | None:
    try:
        found = _machine(text) or _numeric(text, language) or _worded(text)
        if found is None and seen_at is not None:
            found = _relative(text.casefold(), seen_at)
    except (ValueError, OverflowError):
        found = None
    return found if found and EARLIEST <= found[0] <= LATEST else None


def _epoch(number: float) -> Dated | None:
    if not math.isfinite(number) or number < 10**8:
        return None
    seconds = number / 1000 if number >= 10**11 else number
    if seconds > LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0), Precision.SECOND


def _machine(text: str) -> Dated | None:
    if _EPOCH.fullmatch(text):
        return _epoch(int(text))
    if (found := _ISO.match(text)) or (found := _BASIC.fullmatch(text)):
        year, month, day, hour, minute, second, zone = found.groups()
        if hour is None:
            return _day(int(year), int(month), int(day))
        moment = datetime(
            int(year), int(month), int(day), int(hour) % 24, int(minute), min(int(second or 0), 59),
            tzinfo=_zone(zone),
        )  # fmt: skip
        return moment.astimezone(UTC), Precision.SECOND
    if found := _ISO_MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    return None


def _zone(written: str | None) -> timezone:
    if not written or written[0] not in "+-":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _numeric(text: str, language: str | None) -> Dated | None:
    if found := _YEAR_FIRST.search(text):
        return _day(*map(int, found.groups()))
    if found := _YEAR_MONTH.search(text):
        return _month(*map(int, found.groups()))
    if not (found := _SLASHED.search(text)):
        return None
    first, second, year = map(int, found.groups())
    if first > 12:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    if first == second or "." in found.group():
        return _day(year, second, first)
    tag = (language or "").lower()
    if tag in _MONTH_FIRST:
        return _day(year, first, second)
    return _day(year, second, first) if tag not in ("", "en") else None


def is_out_of_range(text: str | None) -> bool:
    """Whether `text` is written as a date, but of a year that no review is from: before 1990 or
    after 2199. `when` gives no answer for such."""
    if not text:
        return False
    said = plain_digits(text[:100])
    found = _WRITTEN_YEAR.search(said)
    if found:
        years = [int(found[1] or found[2])]
    elif MONTHS.keys() & set(_WORDS.findall(said.casefold())):
        years = [int(number) for number in re.findall(r"\d{4,6}", said)]
    else:
        return False
    return bool(years) and not any(EARLIEST.year <= year < LATEST.year for year in years)


def order_told(dates: Iterable[str]) -> str | None:
    """The language whose order of day and month the dates of one page share, where one of them
    has a number that can be no month ("13/01/2026" → "en-GB")."""
    for text in dates:
        if found := _SLASHED.search(text[:100]):
            if int(found[1]) > 12:
                return "en-GB"
            if int(found[2]) > 12:
                return "en-US"
    return None


def _worded(text: str) -> Dated | None:
    """ "Jan 2, 2026", "2. Januar 2026", "2 de enero de 2026", with or without a time of day."""
    words = _WORDS.findall(text.casefold())[:12]
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    year = next((number for number in numbers if number >= 1990), None)
    if month is None or year is None:
        return None
    day = next((number for number in numbers if 1 <= number <= 31), None)
    clock = _TIME.search(text)
    if day is None or (clock and numbers[0] == int(clock[1]) and numbers.index(year) == 0):
        return _month(year, month)
    return _day(year, month, day)


def _relative(text: str, seen_at: datetime) -> Dated | None:
    """ "2 weeks ago", "vor 3 Tagen", "3일 전", "yesterday", reckoned back from `seen_at`."""
    text = text[:80]
    for word, days in RELATIVE_DAYS.items():
        if word in text:
            return _frozen(seen_at - timedelta(days=days))
    if not AGO.search(text):
        return None
    for unit, months, seconds in _UNITS:
        if found := unit.search(text):
            amount = int(found[1]) if found[1].isdecimal() else 1
            then = _months_before(seen_at, months * amount)
            return _frozen(then - timedelta(seconds=seconds * amount))
    return None


_UNITS = tuple(
    (re.compile(rf"(\d{{1,3}}|{SINGULAR})\s{{0,3}}(?<![a-zà-žа-яα-ω])(?:{unit})"), months, seconds)
    for unit, months, seconds in UNITS
)


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day of an earlier month, or its last day ("a month ago" on 31 March)."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last_day))


def _frozen(then: datetime) -> Dated:
    return then.astimezone(UTC).replace(microsecond=0), Precision.RELATIVE


def _day(year: int, month: int, day: int) -> Dated:
    return datetime(year, month, day, tzinfo=UTC), Precision.DAY


def _month(year: int, month: int) -> Dated:
    return datetime(year, month, 1, tzinfo=UTC), Precision.MONTH
