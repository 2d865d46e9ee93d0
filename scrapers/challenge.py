"""Recognises the page a bot wall shows instead of the page we asked for, also at status 200."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

# Walls are short. A longer page that holds one of the marks is a page with a form on it.
MAX_WALL_CHARS = 60_000
_MAX_WALL_WORDS_CHARS = 1_500

# What only the wall's own page carries → whose wall it is.
_HEADERS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
)
_MARKS = (
    ("_cf_chl_opt", "Cloudflare"),
    ("cf-chl-", "Cloudflare"),
    ("cf_chl_", "Cloudflare"),
    ("cf-browser-verification", "Cloudflare"),
    # Not "cf-turnstile" nor "/cdn-cgi/challenge-platform/": ordinary pages carry these as well.
    ('id="challenge-form"', "Cloudflare"),
    ("<title>just a moment...</title>", "Cloudflare"),
    ("captcha-delivery.com", "DataDome"),
    ("px-captcha", "HUMAN"),
    ("_incapsula_resource", "Imperva"),
    ("errors.edgesuite.net", "Akamai"),
    ("sec-if-cpt-container", "Akamai"),
    ("awswafcookiedomainlist", "AWS"),
    ("/149e9513-01fa-4fb0-aad4-566afd725d1b/", "Kasada"),
    ("sucuri_cloudproxy_js", "Sucuri"),
    ("ddos-guard", "DDoS-Guard"),
    ("unusual traffic from your computer network", "Google"),
    ("verify you are human", None),
    ("verifying you are human", None),
    ("are you a robot?", None),
    ("checking your browser before", None),
    ("please enable js and disable any ad blocker", None),
    ("please complete the security check", None),
    ("pardon our interruption", None),
)
_UNSEEN = ["script", "style", "noscript", "template"]


def wall(headers: Mapping[str, str], text: str) -> str | None:
    """Whose wall the answer is ("Cloudflare", "a bot check"), or None for a page like any other.

    `headers` have lower-case names. A page is a wall when it carries a wall's mark and says
    hardly anything besides.
    """
    for name, value, whose in _HEADERS:
        if name in headers and value in headers[name]:
            return whose
    if not text or len(text) > MAX_WALL_CHARS:
        return None
    lowered = text.lower()
    for mark, whose in _MARKS:
        if mark in lowered:
            return (whose or "a bot check") if _says_little(text) else None
    return None


def _says_little(html: str) -> bool:
    page = LexborHTMLParser(html)
    page.strip_tags(_UNSEEN)
    said = page.text(separator=" ") or ""
    return len(" ".join(said.split())) <= _MAX_WALL_WORDS_CHARS
