"""Addresses of sites: does what a directory shows lead where the record leads?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from app.listings.nap.tables import table
from app.listings.nap.verdict import FieldVerdict, Verdict

# Parameters that count visits and change nothing of what is shown.
_TRACKING = re.compile(
    r"^(?:utm_\w+|g(?:clid|braid|ad_source)|wbraid|dclid|fbclid|msclkid|yclid|igshid?|ttclid|twclid"
    r"|mc_[ce]id|mkt_tok|_ga|_gl|_hs\w+|hsa_\w+|ref(?:_?src|errer)?|source|src|campaign(?:id)?"
    r"|cmp(?:id)?|cid|y_source|adposition|scid|lsc|rwg_token|sc_cid|vero_id|trk\w*)$",
    re.IGNORECASE,
)
_SAME_SITE_LABELS = re.compile(r"^(?:www\d?|m|mobile|amp|web|home)\.(?=[^.]+\.)")
_LANGUAGE = re.compile(r"^[a-z]{2}(?:[-_][a-z]{2})?$", re.IGNORECASE)
_INDEX = re.compile(r"^(?:index|default|home|welcome)(?:\.\w{2,5})?$", re.IGNORECASE)
_SCHEMES = re.compile(r"^(?:https?:?/{1,3})+", re.IGNORECASE)  # http://https//…
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LONGEST_HOST = 253  # RFC 1035
_HOST = re.compile(r"^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$")
_WRAPPER_PATHS = ("/url", "/biz_redir", "/l.php", "/redirect", "/out", "/link")


@cache
def _hosts(which: str) -> frozenset[str]:
    return frozenset(table("websites")[which].split())


@dataclass(frozen=True, slots=True)
class Website:
    """An address taken apart. `kind` is `site`, or what stands in its place: a telephone or
    e-mail link, a map, a short link, no address."""

    text: str
    kind: str
    host: str = ""
    path: tuple[str, ...] = ()
    query: str = ""


@lru_cache(maxsize=16_384)
def read_website(text: str) -> Website:
    """Take an address apart; scheme, www, tracking and language are not part of where it leads."""
    address = _SCHEMES.sub("http://", (text.split(maxsplit=1) or [""])[0].strip(",;|"))
    for _ in range(3):  # a wrapper in a wrapper is seen; a longer chain is somebody's game
        scheme = address.partition(":")[0].lower()
        if scheme in ("tel", "callto", "sms", "whatsapp"):
            return Website(text, "a telephone link")
        if scheme == "mailto" or _MAIL.fullmatch(address):
            return Website(text, "an e-mail link")
        try:
            parts = urlsplit(address if "://" in address else "//" + address.lstrip("/"))
            host = _host(parts.hostname or "")
        except ValueError:
            return Website(text, "no address")
        wrapped = _unwrapped(host, parts.path, parts.query)
        if not wrapped:
            return _classified(text, host, parts.path, parts.query)
        address = wrapped
    return Website(text, "no address")


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if len(host) > _LONGEST_HOST:
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return _SAME_SITE_LABELS.sub("", host)


def _unwrapped(host: str, path: str, query: str) -> str | None:
    parameter = table("websites")["wrappers"].get(host)
    if parameter is None or path not in _WRAPPER_PATHS:
        return None
    return dict(parse_qsl(query, max_num_fields=50)).get(parameter)


def _classified(text: str, host: str, path: str, query: str) -> Website:
    if not _HOST.match(host):
        return Website(text, "no address")
    segments = tuple(segment.lower() for segment in unquote(path).split("/") if segment)[:20]
    if host in _hosts("shorteners"):
        return Website(text, "a short link")
    if host in _hosts("maps") or (segments and f"{host}/{segments[0]}" in _hosts("maps")):
        return Website(text, "a map")
    if segments and _INDEX.match(segments[-1]):
        segments = segments[:-1]
    if segments and _LANGUAGE.match(segments[0]):
        segments = segments[1:]
    return Website(text, "site", host, segments, _telling_query(query))


def _telling_query(query: str) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return ""
    return urlencode(sorted(pair for pair in pairs if not _TRACKING.match(pair[0])))


def compare_websites(expected: Website, observed: Website) -> FieldVerdict:
    """`different` only where the address shown leads elsewhere."""
    verdict, why = _judge(expected, observed)
    return FieldVerdict(verdict, why, expected.text, observed.text)


def redirect(shown: str | None, arrived: Website) -> str:
    """How an address shown came to lead to another site; "" where it leads to its own."""
    written = read_website(shown or "")
    return "" if written.host == arrived.host else f"redirects to {arrived.host}"


def _judge(expected: Website, observed: Website) -> tuple[Verdict, str]:
    if expected.text == observed.text:
        return Verdict.IDENTICAL, ""
    for side, whose in ((expected, "of record"), (observed, "shown")):
        if side.kind != "site":
            return Verdict.UNREADABLE, f"what is {whose} is {side.kind}"
    if expected.host == observed.host:
        return _judge_pages(expected, observed)
    if _same_owner(expected.host, observed.host):
        return Verdict.EQUIVALENT, f"a part of the same site: {observed.host}"
    return Verdict.DIFFERENT, f"leads to {observed.host}"


def _judge_pages(expected: Website, observed: Website) -> tuple[Verdict, str]:
    if expected.path == observed.path:
        if expected.query == observed.query or not (expected.query and observed.query):
            return Verdict.EQUIVALENT, "the same page, written differently"
        return Verdict.DIFFERENT, f"leads to another page of {observed.host}"
    if _shared(expected.host):
        return Verdict.DIFFERENT, f"leads to another page of {observed.host}"
    shorter = min(len(expected.path), len(observed.path))
    if expected.path[:shorter] == observed.path[:shorter]:
        return Verdict.EQUIVALENT, "another page of the same site"
    return Verdict.DIFFERENT, f"leads to another page of {observed.host}"


def _same_owner(left: str, right: str) -> bool:
    shorter, longer = sorted((left, right), key=len)
    return longer.endswith("." + shorter) and not _shared(shorter) and not _is_suffix(shorter)


def _shared(host: str) -> bool:
    return any(host == shared or host.endswith("." + shared) for shared in _hosts("shared"))


def _is_suffix(host: str) -> bool:
    labels = host.split(".")
    return len(labels) == 2 and labels[0] in _hosts("second_levels") and len(labels[1]) == 2


def site_key(website: Website) -> str | None:
    """What stands for one owner's site: the host, with the first path segment on shared hosts."""
    if website.kind != "site":
        return None
    if _shared(website.host) and website.path:
        return f"{website.host}/{website.path[0]}"
    return None if website.host in _hosts("shared") else website.host
