"""Where an address leads a visitor: its redirects followed to the page on which they end."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from scrapers.errors import Unreachable
from scrapers.fetch import answers
from scrapers.fetch.fetcher import Errand, Fetcher
from scrapers.fetch.robots import Rules
from scrapers.fetch.wire import Answer
from scrapers.text.clean import decode
from scrapers.types import Page, Request

# A page that sends its visitors on says so in its head; the rest of it is not wanted.
MAX_BYTES = 65_536
INTERVAL_S = 5.0
# A page that waits longer than this before it sends on is meant to be read.
_AT_ONCE_S = 5

_META = re.compile(r"<meta\s([^<>]{1,1000})>", re.IGNORECASE)
_IS_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
_CONTENT = re.compile(
    r"content\s*=\s*[\"']\s*(\d{1,4})[\d.]{0,9}\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'<>]{1,2000})",
    re.IGNORECASE,
)
# What a visitor with a browser of today does not get to see.
_UNSEEN = (("<!--", "-->"), ("<noscript", "</noscript"))


class LandingErrand(Errand):
    """Asks for an address only to learn where it leads. Any kind of file is an answer, of which
    no more than the beginning is read; a page that sends on by itself counts as a redirect."""

    def __init__(self, fetcher: Fetcher, request: Request) -> None:
        super().__init__(fetcher, request, INTERVAL_S, obey_robots=True, explain=None)

    @property
    def sent_to(self) -> str | None:
        """Where redirects have led so far, whether or not it was read there; None without one."""
        return self._target.url if self._hops else None

    def _check(self, rules: Rules | None) -> None:
        # Who does not even say what robots may read does not answer to customers either.
        if rules is not None and not rules.reachable:
            raise Unreachable(f"{self._who} cannot be reached, or answers with an error.")
        super()._check(rules)

    def _exchange(self) -> Answer:
        return self._fetcher.wire.exchange(self._request, self._target, MAX_BYTES)

    def _follow(self, answer: Answer) -> bool:
        onward = sends_on(_text(answer)) if 200 <= answer.status < 300 else None
        if onward is not None:
            answer = replace(answer, status=302, headers={**answer.headers, "location": onward})
        return super()._follow(answer)

    def _read(self, answer: Answer) -> Page:
        now = self._fetcher.clock()
        headers = answer.headers
        page = Page(self._target.url, _text(answer), None, now, answer.status, headers)
        if error := answers.failure(page, self._who, now):
            raise error
        return page


def _text(answer: Answer) -> str:
    kind, _, rest = answer.headers.get("content-type", "").lower().partition(";")
    if not answer.body or "html" not in kind:
        return ""
    return decode(answer.body, rest.partition("charset=")[2].strip(" \"'") or None)


def sends_on(html: str) -> str | None:
    """The address to which the markup of a page sends every visitor at once, if it does."""
    for begin, end in _UNSEEN:
        html = _without(html, begin, end)
    for meta in _META.finditer(html):
        if _IS_REFRESH.search(meta[1]) and (found := _CONTENT.search(meta[1])):
            return unescape(found[2]).strip() if int(found[1]) <= _AT_ONCE_S else None
    return None


def _without(html: str, begin: str, end: str) -> str:
    folded = html.lower()
    if len(folded) != len(html):  # a letter whose small form is longer: places do not match
        html = folded
    kept, at = [], 0
    while (start := folded.find(begin, at)) >= 0:
        kept.append(html[at:start])
        at = folded.find(end, start)
        if at < 0:
            return "".join(kept)
    return "".join((*kept, html[at:]))
