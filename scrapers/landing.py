"""One look at a website: where its address leads, and whether anybody answers there."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapers.errors import VisitError
from scrapers.fetch import Fetcher, NotYet
from scrapers.fetch.landing import LandingErrand
from scrapers.runner import Steps
from scrapers.types import Landing, Outcome, Request

# Where sites send those who have to say first who they are, or what they consent to.
_GATES = frozenset(
    "login signin sign-in sign_in signup auth oauth sso consent checkpoint accounts".split()
)


def landing_steps(
    url: str, fetcher: Fetcher, etag: str | None = None, last_modified: str | None = None
) -> Steps[Landing]:
    """Follow `url` as a visitor would. The validators are those of an answer at `url` itself;
    steps as in `scrapers.runner`."""
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    request = Request(url, headers={name: value for name, value in given.items() if value})
    errand = None
    try:
        errand = LandingErrand(fetcher, request)
        yield NotYet(errand.site, fetcher.clock())
        while isinstance(page := errand.attempt(), NotYet):
            yield page
    except VisitError as error:
        leads_to = errand.sent_to if errand else None
        return Landing(error.outcome, leads_to, str(error), error.retry_at)
    if is_gate(page.url) and not is_gate(url):
        host = urlsplit(page.url).hostname
        says = f"{host} asks visitors to sign in before it shows the page."
        return Landing(Outcome.LOGIN_REQUIRED, says=says)
    return Landing(
        Outcome.UNCHANGED if page.status == 304 else Outcome.OK,
        leads_to=page.url,
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
    )


def is_gate(url: str) -> bool:
    """Whether an address is that of a door to sign in at, rather than of what lies behind it."""
    parts = urlsplit(url)
    words = {(parts.hostname or "").partition(".")[0], parts.path.strip("/").partition("/")[0]}
    return any(word.lower().partition(".")[0] in _GATES for word in words)
