"""Outside text made comparable: bounded in length, free of invisible characters, folded."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

# No name, number, address or address of a site is longer; what is, is cut before any work on it.
MAX_CHARS = 2_000

_TAG = re.compile(r"<[^<>]{0,500}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_SPACES = re.compile(r"\s+")
_LATIN_MARKS = re.compile(r"[\u0300-\u036f]")
# Apostrophes belong to the word: Joe's, L'Orangerie, O’Brien; so do Hebrew double quotes.
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ‘`´](?=\w)|(?<=[א-ת])[\"״](?=[א-ת])")
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d", "ħ": "h"}
)


@lru_cache(maxsize=1)
def _not_word() -> re.Pattern[str]:
    """What parts words. Vowel signs of Thai, Hindi and others are marks, and belong to theirs."""
    marks = "".join(
        chr(code) for code in range(0x483, 0xABF0) if unicodedata.category(chr(code))[0] == "M"
    )
    return re.compile(rf"[^\w{marks}]+|_+")


@lru_cache(maxsize=1)
def _invisible() -> re.Pattern[str]:
    """Control and format characters (bidi marks, zero-width, tags), except white space."""
    drop = [
        chr(code)
        for code in (*range(0x110), 0xAD, *range(0x600, 0x606), 0x61C, *range(0x2000, 0x2070))
        if unicodedata.category(chr(code)) in ("Cc", "Cf") and not chr(code).isspace()
    ]
    return re.compile("[" + re.escape("".join(drop)) + "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def clean(value: object) -> str | None:
    """What a reader would see: NFC, no markup, no invisible characters, single spaces.

    Numbers are read as their digits; anything else that is not text, and text without any
    visible character, is None.
    """
    if isinstance(value, str):
        text = value[:MAX_CHARS]
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        text = str(value)
    else:
        return None
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        text = text.strip()
        return (_SPACES.sub(" ", text) if "  " in text else text) or None
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = _invisible().sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip() or None


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Lower case, full width and compatibility forms unified, accents of Latin, Greek and
    Cyrillic letters dropped. Marks that make another letter (が, 각, й is и) follow Unicode."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", text))
    return text.translate(_LETTERS_WITHOUT_DECOMPOSITION)


def words(text: str) -> list[str]:
    """The folded words of `text`: letters and digits; an apostrophe inside a word is dropped."""
    return _not_word().sub(" ", _APOSTROPHE.sub("", fold(text))).split()


def same_letters(left: str, right: str) -> bool:
    """The same letters and digits, whatever their case, accents, spaces and punctuation."""
    return "".join(words(left)) == "".join(words(right)) != ""
