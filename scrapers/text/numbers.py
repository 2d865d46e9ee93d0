"""Ratings and counts as sites write them: "4,5", "4.5 stars", "6/10", "1,234", "1.2k", "２万"."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

_NUMBER = r"(?<![\w.,])[-−]?\d{1,15}(?:[.,\u2019'’ \u00a0\u202f]\d{1,15}){0,4}"
_FIRST = re.compile(_NUMBER)
_OF_BEST = re.compile(
    rf"({_NUMBER})(?:\s\w{{1,10}})?\s{{0,3}}(?:/|out of|of|von|sur|de|su|sobre|av|из|z|van)"
    r"\s{0,3}(\d{1,4})\b",
    re.IGNORECASE,
)
_BEST_FIRST = re.compile(
    r"(\d{1,3})\s?(?:점\s?만점에|つ星のうち|点中|中|星制)\s?(\d{1,3}(?:[.,]\d{1,3})?)"
)
_PERCENT = re.compile(rf"({_NUMBER})\s?%")
_COUNT_UNIT = re.compile(rf"({_NUMBER})\s?(k|m|mil|tsd|тыс|万|萬|만|千|천)(?![a-z])", re.IGNORECASE)
_UNITS = {
    "k": 1_000, "mil": 1_000, "tsd": 1_000, "тыс": 1_000, "千": 1_000, "천": 1_000,
    "万": 10_000, "萬": 10_000, "만": 10_000, "m": 1_000_000,
}  # fmt: skip
_GROUPED = re.compile(r"[-−]?\d{1,3}(?:([.,\u2019'’ \u00a0\u202f])\d{3})(?:\1\d{3})*")

MAX_COUNT = 10**9


def rating(value: Any) -> tuple[float | None, float | None]:
    """Value and, where it is written beside it, the best possible: "6/10" → (6.0, 10.0).

    A percentage is of 100. (None, None) where there is no number.
    """
    if isinstance(value, bool):
        return None, None
    if isinstance(value, (int, float)):
        return (float(value), None) if math.isfinite(value) else (None, None)
    if not isinstance(value, str) or not value:
        return None, None
    if len(value) < 8 and value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value), None  # as nearly all pages write it
    text = plain_digits(value)
    if found := _OF_BEST.search(text):
        return decimal(found[1]), decimal(found[2])
    if found := _BEST_FIRST.search(text):
        return decimal(found[2]), decimal(found[1])
    if found := _PERCENT.search(text):
        return decimal(found[1]), 100.0
    found = _FIRST.search(text)
    return (decimal(found.group()) if found else None), None


def count(value: Any) -> int | None:
    """A number of reviews or ratings; None where there is none or it cannot be one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _within(value) if math.isfinite(value) and value == int(value) else None
    if not isinstance(value, str) or not value:
        return None
    text = plain_digits(value)
    if found := _COUNT_UNIT.search(text):
        number = decimal(found[1])
        return _within(number * _UNITS[found[2].lower()]) if number is not None else None
    if not (found := _FIRST.search(text)):
        return None
    written = found.group()
    if _GROUPED.fullmatch(written):
        return _within(int(re.sub(r"\D", "", written)))
    number = decimal(written)
    return _within(number) if number is not None and number == int(number) else None


def _within(number: float) -> int | None:
    return int(number) if 0 <= number <= MAX_COUNT else None


def decimal(written: str) -> float | None:
    """A number with either decimal mark: "4,5" and "4.5" are 4.5, "1.234,5" is 1234.5."""
    text = re.sub(r"[\u2019'’ \u00a0\u202f]", "", written).replace("−", "-")
    if text.rfind(",") > text.rfind("."):
        text = text.replace(".", "").replace(",", "." if text.count(",") == 1 else "")
    else:
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def plain_digits(value: str, limit: int = 200) -> str:
    """The first `limit` characters, with full-width and Arabic digits as 0-9."""
    text = value[:limit]
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).replace("٫", ".").replace("٬", ",")
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
        for letter in text
    )
