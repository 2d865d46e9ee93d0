"""Texts with telephone numbers: where one number ends and the next begins."""

from __future__ import annotations

import re

WHOLE_NUMBER = 7  # digits: fewer do not stand alone as a number

_DIGIT = re.compile(r"\d")
# Between two numbers in one text. A slash or a comma parts them only where a whole number stands
# on each side: 02/633.17.59 is one number.
_HARD_SEPARATOR = re.compile(
    r"[;|\n•·]|\b(?:or|and|oder|und|ou|et|o|y|e)\b|또는|및|または|或", re.I
)
_SOFT_SEPARATOR = re.compile(r"[/,、]")
_FAX = re.compile(
    r"(?:fax|faks|팩스|ファックス|ファクス|传真|傳真|факс)\b[^\d+(]{0,12}[+(]?[\d ().\-/]{7,20}",
    re.I,
)
_LABELS = re.compile(
    r"\b(?:tel(?:e(?:phone|fon|fono|fone))?|phone|main|office|cell|mobile|mobil|toll.free|direct)\b",
    re.I,
)
# Lines counted on: 02-312-3456~7 are two.
_COUNTED_ON = re.compile(r"(.*?)(\d{1,2})\s?[~～]\s?(\d{1,2})\s*")
# What announces an extension and is not known to libphonenumber.
_EXTENSION = re.compile(
    r"(?:내선|교환|内線|内线|分機|分机|转|轉|доб\.?|wew\.?|poste)\s*[:.#]?\s*(?=\d)", re.I
)
# Mexico dialled these before the area code, until 2019.
_MEXICAN_PREFIX = re.compile(r"^\D{0,3}0(?:1|44|45)(?=\D{0,3}(?:\d\D{0,3}){10}$)")


def numbers_in(text: str) -> list[str]:
    """The pieces of `text` that hold one number each; faxes only where nothing else is there."""
    without_fax = _FAX.sub(" ", text)
    parts = [without_fax if _DIGIT.search(without_fax) else text]
    for separator in (_HARD_SEPARATOR, _SOFT_SEPARATOR, _LABELS):
        parts = [piece for part in parts for piece in _joined_by(separator, part)]
    return [stripped for part in parts for one in _each(part) if (stripped := one.strip())]


def _each(text: str) -> list[str]:
    counted = _COUNTED_ON.fullmatch(text)
    if not counted or len(counted[2]) < len(counted[3]):
        return [text]
    first, last, next_one = counted.groups()
    return [first + last, first + last[: len(last) - len(next_one)] + next_one]


def _joined_by(separator: re.Pattern[str], text: str) -> list[str]:
    pieces = separator.split(text)
    if len(pieces) == 1:
        return pieces
    with_digits = [piece for piece in pieces if _DIGIT.search(piece)]
    whole = all(len(_DIGIT.findall(piece)) >= WHOLE_NUMBER for piece in with_digits)
    return with_digits if whole else [text]


def as_dialled(text: str, region: str) -> str:
    """`text` with extensions announced as libphonenumber knows them, and old prefixes gone."""
    text = _EXTENSION.sub(" ext. ", text)
    return _MEXICAN_PREFIX.sub("", text) if region == "MX" else text
