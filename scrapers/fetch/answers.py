"""Reads an answer: what kind of page it is, or which typed failure its status stands for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from scrapers.challenge import wall
from scrapers.errors import (
    Blocked,
    Gone,
    LayoutChanged,
    LoginRequired,
    RateLimited,
    Refused,
    Unreachable,
    VisitError,
)
from scrapers.fetch.pace import retry_after
from scrapers.fetch.wire import Answer
from scrapers.text.clean import decode
from scrapers.types import Page

MAX_JSON_DEPTH = 100
_READABLE = ("text/", "application/xhtml", "application/xml", "application/json", "+json", "+xml")


def to_page(answer: Answer, url: str, seen_at: datetime) -> Page:
    """`answer` as a Page. Raises Refused for what is neither a page nor JSON, LayoutChanged for
    JSON that cannot be read."""
    kind, _, rest = answer.headers.get("content-type", "").lower().partition(";")
    if answer.body and kind and not any(part in kind for part in _READABLE):
        raise Refused(f"The address leads to a file ({kind.strip()[:60]}), not to a web page.")
    charset = rest.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    text = decode(answer.body, charset) if answer.body else ""
    parsed = None
    if "json" in kind and 200 <= answer.status < 300:
        parsed = parse_json(text)
    elif "json" in kind:
        parsed = _error_body(text)
    return Page(
        url, text, json=parsed, seen_at=seen_at, status=answer.status, headers=answer.headers
    )


def parse_json(text: str) -> Any:
    """The value of `text`, None for an empty one. Raises LayoutChanged for what is not JSON or
    nested deeper than any answer of an API is."""
    if not text.strip():
        return None
    try:
        value = json.loads(text)
    except RecursionError:
        raise LayoutChanged("The answer is nested too deeply to be read.") from None
    except ValueError:
        raise LayoutChanged("The answer says that it is JSON, but it cannot be read.") from None
    level = [value]
    for _ in range(MAX_JSON_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise LayoutChanged("The answer is nested too deeply to be read.")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _error_body(text: str) -> Any:
    try:
        return parse_json(text)
    except LayoutChanged:
        return None


def failure(page: Page, who: str, now: datetime) -> VisitError | None:
    """The failure that status and walls stand for, None for a page that can be read. `who`
    is what to call the site."""
    whose = wall(page.headers, page.text)
    if whose:
        return Blocked(f"{who} shows a check against robots ({whose}) instead of the page.")
    status = page.status
    if status == 304 or 200 <= status < 300:
        return None
    again = retry_after(page.headers.get("retry-after"), now)
    if status in (404, 410):
        return Gone(f"{who} says that this page is not there any more.")
    if status == 429:
        return RateLimited(f"{who} asks us to come back later.", retry_at=again)
    if status == 401:
        return LoginRequired(f"{who} wants you to sign in; connect it again.")
    if status in (403, 451):
        return Blocked(f"{who} does not let us read this page (status {status}).")
    return Unreachable(f"{who} answered with an error (status {status}).", retry_at=again)
