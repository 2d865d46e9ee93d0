"""A reply taken apart: its greeting, the sentences of its body, what stands above the signature,
and the signature. Replies written by people come in one line or in many."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 4_000  # longer texts are no replies to learn from
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?。！？]+(?=\s|$|[^\s.!?。！？\d])|\n+|$)")
_ENDS = (".", "!", "?", "。", "！", "？")
_GREETING = re.compile(r"\s*([^,:!！、，.。\n]{1,40}(?:[,:!！、，]|[.。](?=\n)|(?=\n)))")
_GREETING_WORDS = 4
_SIGN_OFF = re.compile(r"[^\n]{2,40}[,，、]$")
_CLOSING_CHARS = 80


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of a reply as written; "" or () for what it lacks."""

    greeting: str
    sentences: tuple[str, ...]
    sign_off: str
    signature: str


def read(text: str, greets: re.Pattern[str] | None = None) -> Letter:
    """Take a reply apart. `greets` matches how a greeting begins; in a text of one line nothing
    else tells "Hello Ann, thank you" from "The soup, thank you"."""
    text = text[:MAX_CHARS].replace("\r\n", "\n").strip()
    greeting = _greeting(text, greets)
    rest = text[len(greeting) :].strip()
    found = [part.strip() for part in _SENTENCE.findall(rest)]
    found = [part for part in found if part]
    closing: list[str] = []
    while found and not found[-1].endswith(_ENDS) and len(found[-1]) <= _CLOSING_CHARS:
        if len(closing) == 2:
            break
        closing.insert(0, found.pop())
    sign_off = closing[0] if len(closing) > 1 and _SIGN_OFF.match(closing[0]) else ""
    return Letter(greeting, tuple(found), sign_off, closing[-1] if closing else "")


def _greeting(text: str, greets: re.Pattern[str] | None) -> str:
    found = _GREETING.match(text)
    if found is None or len(found.group(1).split()) > _GREETING_WORDS:
        return ""
    alone = text[found.end() :].startswith("\n")
    begins = greets is not None and greets.match(text.lstrip()) is not None
    return found.group(1).strip() if alone or begins else ""
