"""Reading pasted listing links: which source each belongs to, or why it cannot be read. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from app.core.errors import UserError
from app.core.ports import SourceCatalog, SourceInfo
from app.locations.rules import website

MAX_LINKS = 200
# An address that ends within its host name.
_CUT = re.compile(r"https?://[^./]*", re.IGNORECASE)
# Names that lead into somebody's own network; the fetcher checks every address again at the socket.
PRIVATE_SUFFIXES = ("localhost", ".local", ".internal", ".lan", ".home.arpa", ".localdomain")


@dataclass(frozen=True)
class Link:
    """One pasted link: its source, or the sentence that says why not."""

    typed: str
    url: str | None = None
    source: SourceInfo | None = None
    problem: str | None = None


def read_links(
    text: str, catalog: SourceCatalog, allowed: frozenset[str] = frozenset()
) -> list[Link]:
    """One Link per word of `text`, each address once. `allowed` are private origins that may be
    read all the same (the sample town). Raises UserError for more than MAX_LINKS."""
    words = list(dict.fromkeys(word for line in text.splitlines() for word in _words(line)))
    if len(words) > MAX_LINKS:
        raise UserError(f"That are more than {MAX_LINKS} links. Paste them in parts.")
    return [_read(word, catalog, allowed) for word in words]


def _words(line: str) -> list[str]:
    """The words of a line; what follows a blank inside a host name belongs to that address."""
    words: list[str] = []
    for word in line.split():
        if words and _CUT.fullmatch(words[-1]) and "://" not in word:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _read(typed: str, catalog: SourceCatalog, allowed: frozenset[str]) -> Link:
    if any(typed.startswith(origin + "/") for origin in allowed):
        return Link(typed, typed, catalog.for_url(typed))
    try:
        address = website(typed)
        _refuse_private(urlsplit(address).hostname or "")
    except UserError as error:
        return Link(typed, problem=str(error))
    parts = urlsplit(address)
    url = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query, ""))
    return Link(typed, url, catalog.for_url(url))


def _refuse_private(host: str) -> None:
    private = host.endswith(PRIVATE_SUFFIXES)
    try:
        private = private or not ip_address(host).is_global
    except ValueError:
        # What looks like a number but is no address is an address written to deceive (0x7f.1).
        private = private or host.replace(".", "").isdecimal() or host.startswith("0x")
    if private:
        raise UserError(f"“{host}” lies in a private network. Goodword reads public pages only.")
