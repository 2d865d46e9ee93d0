"""State that a site's scripts leave in the page: a JSON script with an id, or a variable."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_STATE_CHARS = 8_000_000

_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_PARSE_CALL = re.compile(r"\s{0,9}JSON\.parse\(\s{0,9}")


def script(page: str, name: str) -> Any:
    """The JSON of `<script id=name>`, such as `__NEXT_DATA__`; None where it is not there or
    cannot be read."""
    opening = re.search(
        rf"<script\b[^>]{{0,300}}\bid=[\"']?{re.escape(name)}\b[^>]{{0,300}}>", page
    )
    if not opening:
        return None
    end = _SCRIPT_END.search(page, opening.end())
    body = page[opening.end() : end.start() if end else len(page)]
    return _json(body) if len(body) <= MAX_STATE_CHARS else None


def variable(page: str, name: str) -> Any:
    """The value of `window.NAME = {…}` or `window.NAME = JSON.parse("…")`, or None."""
    found = re.search(rf"\b{re.escape(name)}\s{{0,9}}=(?!=)", page)
    if not found:
        return None
    rest = page[found.end() : found.end() + MAX_STATE_CHARS]
    if call := _PARSE_CALL.match(rest):
        inner = _first_value(rest[call.end() :])
        return _json(inner) if isinstance(inner, str) else None
    return _first_value(rest.lstrip())


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _first_value(text: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def dig(value: Any, *path: str | int) -> Any:
    """The value down a path of keys and positions; None where any step is missing."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value
