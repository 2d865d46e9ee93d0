"""Cleaning and folding of address text: what may differ between two spellings of one thing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# No postal address is longer; what stands beyond is a page that was taken for an address.
MAX_CHARS = 500

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]"
)
_TAGS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_UNCLEAN = re.compile("  |<").search
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s\n]*")

# Letters that do not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ʻ": "'",
        "ʼ": "'",
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "№": "no",
    }
)
_DASHES = re.compile("[‐-―−﹣－ｰ]")


def clean(text: str | None) -> str:
    """`text` in NFC with plain white space: one line break between lines, one space between
    words; invisible characters and markup gone; cut at MAX_CHARS."""
    if not text:
        return ""
    if len(text) <= MAX_CHARS and text.isascii() and text.isprintable() and not _UNCLEAN(text):
        return text.strip()
    text = text[: 4 * MAX_CHARS]
    if "<" in text:
        text = _MARKUP.sub(" ", _TAGS.sub("\n", text))
    text = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("№", "No. ")
    text = unicodedata.normalize("NFC", text)
    text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    return _LINES.sub("\n", text).strip()[:MAX_CHARS]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """`text` without what spelling may vary: case, accents, width, script forms of digits.

    Marks of Indic and other scripts that carry vowels stay; Latin, Greek, Cyrillic and Arabic
    accents go.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    kept = [_digit(c) for c in decomposed if not _is_accent(c)]
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def _is_accent(char: str) -> bool:
    return (
        "\u0300" <= char <= "\u036f"  # Latin, Greek, Cyrillic
        or "\u0591" <= char <= "\u05c7"  # Hebrew points
        or "\u0610" <= char <= "\u061a"
        or "\u064b" <= char <= "\u065f"  # Arabic points
        or char in "\u0640\u0670"
    )


def _digit(char: str) -> str:
    if char > "\x7f" and char.isdecimal():
        return str(unicodedata.decimal(char))
    return char


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|#|&", re.UNICODE)


def words(text: str) -> list[str]:
    """The folded words of `text`: letters and digits, abbreviations like P.O. drawn together."""
    return _WORD.findall(_join_initials(fold(text)))


_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")


# Italian abbreviations that keep the end of the word: P.zza, V.le, C.so, F.lli.
_KEPT_ENDS = re.compile(r"\b([bcflpsv])\.(zza|za|zzale|le|so|go|lli|tta|ta|to)\b")
# Russian ones: пр-т, б-р.
_HYPHENED_ENDS = re.compile(r"\b(пр|б|пл|наб)-(т|кт|д|р|дь|я)\b")


def _join_initials(text: str) -> str:
    if "-" in text and not text.isascii():
        text = _HYPHENED_ENDS.sub(r"\1\2", text)
    if "." not in text:
        return text
    text = _KEPT_ENDS.sub(r"\1\2", text)
    return _INITIALS.sub(lambda m: m.group().replace(".", "") + " ", text)


def plain_dashes(text: str) -> str:
    """`text` with every dash as a hyphen."""
    return _DASHES.sub("-", text)


def squash(text: str) -> str:
    """Only the letters and digits of `text`, folded."""
    return "".join(c for c in fold(text) if c.isalnum())


def trimmed(text: str) -> str:
    """`text` as the verdict "identical" sees it: NFC, without white space at its ends."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def is_east_asian(text: str) -> bool:
    """Whether `text` is written in Chinese, Japanese or Korean script: a third of its letters,
    since names of buildings and units are often Latin."""
    letters = sum(c.isalpha() for c in text)
    return not text.isascii() and 3 * len(_EAST_ASIAN.findall(text)) > letters
