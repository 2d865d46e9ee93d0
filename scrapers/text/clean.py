"""White space, control characters, wrong encodings: foreign text made plain."""

from __future__ import annotations

import html
import re
from typing import Any

MAX_LINE = 500
MAX_TEXT = 20_000

# Values that templates print when they have nothing to print.
_NOTHING = frozenset({"null", "undefined", "nan", "none", "[object object]"})

# Zero-width characters and direction marks carry no words. Emoji are joined by U+200D: it stays.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060"
    "\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_BREAK_TAG = re.compile(r"<br\s{0,3}/?>\n?|</?p(?:\s[^<>]{0,200})?>", re.IGNORECASE)


def line(value: Any, limit: int = MAX_LINE) -> str | None:
    """`value` as one trimmed line of at most `limit` characters; None where it says nothing."""
    text = _as_text(value, 4 * limit)
    if not (text.isascii() and text.isprintable()):
        text = _visible(text, " " if "\x1f" in text else "")
    return _said(" ".join(text.split())[:limit].rstrip())


def paragraphs(value: Any, limit: int = MAX_TEXT) -> str | None:
    """`value` as text whose line breaks are kept, otherwise like `line`."""
    text = _as_text(value, 2 * limit)
    if text.isascii() and text.isprintable():
        return _said((" ".join(text.split()) if "  " in text else text.strip())[:limit].rstrip())
    text = _visible(text).replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACE_IN_LINE.sub(" ", text)
    if "\n" in text:
        text = _MANY_BREAKS.sub("\n\n", _BLANK_LINES.sub("\n", text))
    return _said(text.strip()[:limit].rstrip())


def _visible(text: str, instead: str = "") -> str:
    """`text` repaired and without what cannot be seen. What stood apart before may be mojibake
    once it stands together."""
    for _ in range(4):
        repaired = repair(text)
        text = _INVISIBLE.sub(instead, repaired)
        if len(text) == len(repaired):
            break
    return text


def _as_text(value: Any, limit: int) -> str:
    if type(value) is str:
        return value if len(value) <= limit else value[:limit]
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)[:limit]
    return ""


def _said(text: str) -> str | None:
    return None if not text or (len(text) < 16 and text.lower() in _NOTHING) else text


def unescape_once(text: str) -> str:
    """Entities inside a value of JSON-LD, resolved once; what comes out is text, never markup.

    Sites also put paragraph and line-break tags into such values: they become line breaks.
    """
    if "<" in text:
        text = _BREAK_TAG.sub("\n", text)
    return html.unescape(text) if "&" in text else text


# UTF-8 that somebody read as Windows-1252: a lead byte's letter and its continuation letters.
_CONTINUATION = "".join(
    chr(byte) + bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0)
)
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df][{_CONTINUATION}]"
    f"|[\u00e0-\u00ef][{_CONTINUATION}]{{2}}"
    f"|[\u00f0-\u00f4][{_CONTINUATION}]{{3}}"
)


def repair(text: str) -> str:
    """`text` with UTF-8 that was read as Windows-1252 put right ("CafÃ©" → "Café").

    Only sequences that are valid UTF-8 and give a printable character are touched; text that was
    spoilt twice is put right twice.
    """
    for _ in range(2):
        if not _MOJIBAKE.search(text):
            break
        text = _MOJIBAKE.sub(_right_one, text)
    return text


def _right_one(found: re.Match[str]) -> str:
    spoilt = found.group()
    try:
        right = b"".join(map(_byte, spoilt)).decode("utf-8")
    except UnicodeError:
        return spoilt
    return right if right.isprintable() or right == "\u00a0" else spoilt


def _byte(letter: str) -> bytes:
    return bytes([ord(letter)]) if ord(letter) < 0x100 else letter.encode("cp1252")


_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{2,30})", re.I
)


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of a page: by its byte order mark, the header's `charset`, its own meta element,
    UTF-8, and Windows-1252 for the rest, in that order."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    declared = _META_CHARSET.search(body, 0, 4096)
    for encoding in (charset, declared and declared[1].decode("ascii"), "utf-8"):
        if encoding:
            try:
                return body.decode("cp1252" if encoding.lower() == "iso-8859-1" else encoding)
            except (UnicodeError, LookupError):
                continue
    return body.decode("cp1252", "replace")
