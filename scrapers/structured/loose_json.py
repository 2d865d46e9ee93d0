"""What browsers' scripts allow and JSON does not, rewritten into JSON.

Comments, single quotes, keys without quotes, trailing commas, `undefined`, bad escapes and quotes
inside a text that nobody escaped. Missing ends are not invented: such a block stays unreadable.
"""

from __future__ import annotations

import json
import re

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
  | (?P<quote>["'])
  | (?P<close>[}\]])
  | (?P<mark>[{\[,:])
  | (?P<number>[-+]?\.?\d[\w.+-]*)
  | (?P<word>[^\W\d][\w$.-]*|[$@][\w$.-]*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SPECIAL = {'"': re.compile(r'[\\"]'), "'": re.compile(r"[\\']")}
# After the quote that ends a text stands the end of a value, or a comma and then a next value.
_AFTER_TEXT = re.compile(
    r"""\s{0,200}(?:[}\]:;]|\Z|//|/\*|,\s{0,200}(?:["'{}\[\]\d-]|//|/\*|true\b|false\b|null\b
    |undefined\b|[\w$@]{1,60}\s{0,9}:))""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))', re.DOTALL)
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS = {
    "true": "true", "false": "false", "null": "null",
    "undefined": "null", "NaN": "null", "Infinity": "null",
}  # fmt: skip


def to_json(text: str) -> str:
    """`text` as JSON. Raises ValueError where an object holds something that is no value."""
    out: list[str] = []
    depth = at = 0
    while found := _TOKEN.match(text, at):
        kind, piece, at = found.lastgroup, found.group(), found.end()
        if kind == "quote":
            piece, at = _text(text, at, piece)
            out.append(piece)
        elif kind == "close":
            while out and out[-1] == ",":
                out.pop()
            out.append(piece)
            depth -= 1
        elif kind == "mark":
            depth += piece in "{["
            if depth and not (piece == "," and out and out[-1] in ",{["):
                out.append(piece)
        elif kind == "number" and depth:
            out.append(piece if _JSON_NUMBER.fullmatch(piece) else json.dumps(piece))
        elif kind == "word" and depth:
            out.append(_word(piece, text, at))
        elif kind == "other" and depth and piece != ";":
            raise ValueError("something that is no value")
    return "".join(out)


def _word(piece: str, text: str, at: int) -> str:
    if text[at : at + 20].lstrip().startswith(":"):
        return json.dumps(piece)
    if piece not in _WORDS:
        raise ValueError("something that is no value")
    return _WORDS[piece]


def _text(text: str, at: int, quote: str) -> tuple[str, int]:
    """The text that starts at `at`, behind its `quote`, as JSON, and the place behind its end."""
    start = at
    while found := _SPECIAL[quote].search(text, at):
        if found.group() == "\\":
            at = found.end() + 1
        elif _AFTER_TEXT.match(text, found.end()):
            return _quoted(text[start : found.start()]), found.end()
        else:
            at = found.end()
    raise ValueError("a text in it has no end")


def _quoted(inner: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _ESCAPE.finditer(inner):
        parts += (_inside(inner[at : found.start()]), _escape(found))
        at = found.end()
    return f'"{"".join(parts)}{_inside(inner[at:])}"'


def _inside(plain: str) -> str:
    return plain.replace('"', '\\"')


def _escape(found: re.Match[str]) -> str:
    good, byte, other = found.groups()
    if good:
        return "\\" + good
    if byte:
        return f"\\u00{byte}"
    return _inside(other)
