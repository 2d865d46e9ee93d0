"""JSON Lines in, JSON Lines out: the loop that every engine command shares."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TextIO

# Ten times the largest page that is ever fetched: a line beyond it is a mistake, not a page.
MAX_LINE_CHARS = 50_000_000


def run_lines(
    lines: Iterable[str], out: TextIO, handle: Callable[[dict[str, Any]], dict[str, Any]]
) -> int:
    """Answer each line of `lines` with one line on `out`, in the same order, flushed at once.

    `handle` gets the line's object and returns the answer without its id. A line that cannot be
    read, or that `handle` raises on, is answered `{"id": …, "error": "…"}` and the run goes on.
    Blank lines are passed over. Returns the exit status: 0, or 1 if any line failed.
    """
    failed = False
    for line in lines:
        if not line.strip():
            continue
        given: Any = None
        try:
            given = _parse(line)
            answer = {"id": given.get("id"), **handle(given)}
        except Exception as error:  # one bad line never ends the run
            failed = True
            known_id = given.get("id") if isinstance(given, dict) else None
            answer = {"id": known_id, "error": _sentence(error)}
        text = json.dumps(answer, ensure_ascii=False)
        # JSON can hold half of a surrogate pair, which no output stream takes.
        out.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
        out.flush()
    return int(failed)


def _parse(line: str) -> dict[str, Any]:
    if len(line) > MAX_LINE_CHARS:
        raise ValueError(f"the line is longer than {MAX_LINE_CHARS:,} characters")
    try:
        given = json.loads(line)
    except RecursionError:
        raise ValueError("the line is nested too deeply to read") from None
    except ValueError as error:
        raise ValueError(f"not a line of JSON: {error}") from None
    if not isinstance(given, dict):
        raise ValueError("each line must be a JSON object")
    return given


def _sentence(error: Exception) -> str:
    if isinstance(error, ValueError) and str(error):
        return str(error)
    return f"{type(error).__name__}: {error}"
