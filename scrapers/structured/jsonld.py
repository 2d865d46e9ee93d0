"""JSON-LD as sites really write it: every block is read alone, and repaired where it can be."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from scrapers.structured.loose_json import to_json
from scrapers.structured.nodes import Node, fold
from scrapers.text.clean import unescape_once

MAX_BLOCK_CHARS = 2_000_000
# Real pages nest a few dozen levels at most.
MAX_NESTING = 500
_BRACKET = re.compile(r"[\[\]{}]")
MAX_LOOSE_CHARS = 300_000  # what is not plain JSON is read by hand, which takes its time
MAX_BLOCKS = 200

_SCRIPT = re.compile(
    r"<script\b(?=[^<>]{0,500}?(?:ld(?:\+|&#43;|&#x2b;)json))([^<>]{0,800})>",
    re.IGNORECASE,
)
_TYPE = re.compile(
    r"\btype\s{0,9}=\s{0,9}(?:\"([^\"]{0,99})\"|'([^']{0,99})'|([^\s>]{0,99}))", re.I
)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_WANTED = "application/ld+json"


def blocks(page: str) -> list[str]:
    """The contents of every JSON-LD script of a page, in order."""
    found: list[str] = []
    at = 0
    while len(found) < MAX_BLOCKS and (opening := _SCRIPT.search(page, at)):
        at = opening.end()
        kind = _TYPE.search(opening[1])
        written = html.unescape(next(filter(None, kind.groups()), "")) if kind else ""
        if not written.strip().lower().startswith(_WANTED) or _commented_out(page, opening.start()):
            continue
        end = _SCRIPT_END.search(page, at)
        found.append(page[at : end.start() if end else len(page)])
        at = end.end() if end else len(page)
    return found


def _commented_out(page: str, at: int) -> bool:
    """Whether an HTML comment is open at `at`. One that opens inside a script is none."""
    opened = page.rfind("<!--", 0, at)
    if opened < 0 or page.find("-->", opened, at) >= 0:
        return False
    script = page.rfind("<script", 0, opened)
    return script < 0 or page.find("</script", script, opened) >= 0


def parse(block: str) -> list[Any]:
    """The values of one block. Raises ValueError, with a reason, for a block beyond repair.

    Tried in turn: as it stands, then with what surrounds the objects taken away, then with
    entities resolved, then with what JavaScript allows and JSON does not put right.
    """
    if len(block) > MAX_BLOCK_CHARS:
        raise ValueError("it is too large")
    if _nesting(block) > MAX_NESTING:
        raise ValueError("it is nested too deeply")
    reason = "it is empty"
    for attempt in (_as_it_stands, _peeled, _unescaped, _as_javascript):
        try:
            if found := attempt(block):
                return found
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        except ValueError as error:
            reason = str(error).partition(":")[0].lower()
    raise ValueError(reason)


def _nesting(block: str) -> int:
    """How deep brackets nest, those in texts included; how deep Python itself goes differs from
    version to version."""
    if block.count("{") + block.count("[") <= MAX_NESTING:
        return 0
    depth = deepest = 0
    for bracket in _BRACKET.finditer(block):
        depth += 1 if bracket.group() in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _as_it_stands(block: str) -> list[Any]:
    return [_decoder(block).decode(block)]


def _peeled(block: str) -> list[Any]:
    return _objects(_bare(block))


def _unescaped(block: str) -> list[Any]:
    if "&" not in block:
        raise ValueError("not JSON")
    return _objects(_bare(html.unescape(block)))


def _as_javascript(block: str) -> list[Any]:
    if len(block) > MAX_LOOSE_CHARS:
        raise ValueError("it is no JSON and too large to repair")
    return _objects(to_json(_bare(block)))


_DECORATION = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|//\s*<!\[CDATA\[|//\s*\]\]>|\ufeff")


def _bare(block: str) -> str:
    """Without byte order marks, HTML comments and CDATA around the objects."""
    return _DECORATION.sub(" ", block)


_START = re.compile(r"[\[{]")


def _objects(text: str) -> list[Any]:
    """Every object or list that stands in `text`, one after the other, whatever is between."""
    found: list[Any] = []
    at = 0
    decoder = _decoder(text)
    while start := _START.search(text, at):
        value, at = decoder.raw_decode(text, start.start())
        found.append(value)
    if not found:
        raise ValueError("no object in it")
    return found


def _decoder(text: str) -> json.JSONDecoder:
    special = "&" in text or "<" in text or "\\u0026" in text or "\\u003c" in text
    return _MENDING if special or "@reverse" in text else _PLAIN


def _mended(given: dict[str, Any]) -> Node:
    """An object with the entities in its values resolved, and its "@reverse" turned round."""
    node = {key: _unescaped_value(value) for key, value in given.items()}
    reverse = node.pop("@reverse", None)
    if isinstance(reverse, dict):
        # {"@reverse": {"itemReviewed": [review]}}: the review that names this item.
        for name, value in reverse.items():
            node.setdefault("review" if fold(name) == "itemReviewed" else f"^{name}", value)
    return node


def _unescaped_value(value: Any) -> Any:
    if isinstance(value, str):
        return unescape_once(value) if "&" in value or "<" in value else value
    if isinstance(value, list):
        return [_unescaped_value(item) for item in value]
    return value


_PLAIN = json.JSONDecoder(strict=False)
_MENDING = json.JSONDecoder(object_hook=_mended, strict=False)
