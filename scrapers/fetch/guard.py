"""Where a request may go: the rules for an address, and a connection that holds to them.

A check before the request is worth little (names are resolved again, parsers disagree), so the
rule is applied to the socket: the name is resolved once, every answer is checked, and the
connection is made to one of the checked answers.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar

from requests import Response
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import EXTRA_BLOCKED_NET_RANGES
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.util import parse_url
from urllib3.util.connection import create_connection

from scrapers.errors import Refused
from scrapers.fetch.deadline import watched

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Origin = tuple[str, str, int]  # scheme, host, port
Resolver = Callable[[str, int], list[str]]

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 4096
# Control characters, blanks and the backslash: parsers disagree on where the host ends.
_MISLEADING = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
# DNS64 networks give IPv4-only sites an address in here; the IPv4 address inside decides.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart the way the connection will read it."""

    scheme: str
    host: str
    port: int
    rest: str  # path and query, starting with "/"

    @property
    def origin(self) -> Origin:
        return (self.scheme, self.host, self.port)

    @property
    def site(self) -> str:
        """Host, with its port where that is not the scheme's own: what a pace is kept for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.site}{self.rest}"


@lru_cache(maxsize=4096)
def read_url(url: str) -> Target:
    """Take a web address apart. Raises Refused, in one sentence, for what is not one."""
    if len(url) > MAX_URL_CHARS:
        raise Refused(f"The address is longer than {MAX_URL_CHARS:,} characters.")
    if _MISLEADING.search(url):
        raise Refused("The address holds characters that do not belong in a web address.")
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise Refused("The address cannot be read as a web address.") from None
    scheme = (parts.scheme or "").lower()
    if scheme not in DEFAULT_PORTS:
        raise Refused("Only addresses that begin with http:// or https:// can be read.")
    if parts.auth is not None:
        raise Refused("The address holds a user name or password; enter it without them.")
    host = (parts.host or "").strip("[]").rstrip(".").lower()
    if not host or "%" in host:
        raise Refused("The address names no host that could be asked.")
    rest = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme, host, parts.port or DEFAULT_PORTS[scheme], rest)


def is_public(address: str) -> bool:
    """Whether `address`, an IP address as text, is one of the public internet.

    An IPv4 address wrapped in an IPv6 one is judged by itself. 6to4, Teredo, site-local and the
    other special ranges are never public, whatever `is_global` of the running Python says.
    """
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip.is_site_local:
            return False
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    return ip.is_global and not special and not any(ip in net for net in EXTRA_BLOCKED_NET_RANGES)


def resolve(host: str, port: int) -> list[str]:
    """All addresses of `host`, in the order the system prefers, each once."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True)
class Guard:
    """Which addresses one fetch session may reach.

    `loopback` are exact origins on this machine (the sample town, a peer in a test) that are
    allowed besides the public internet. `ports` are those allowed there.
    """

    loopback: Collection[Origin] = ()
    ports: Collection[int] = frozenset({80, 443})
    resolver: Resolver = field(default=resolve)

    def check(self, target: Target) -> None:
        """Raises Refused where the address alone already says no."""
        if target.origin not in self.loopback and target.port not in self.ports:
            raise Refused(f"Port {target.port} is not one that web sites are read on.")

    def addresses(self, origin: Origin) -> list[str]:
        """The addresses to connect to. Raises Refused unless every one of them is allowed."""
        _, host, port = origin
        found = self.resolver(host, port)
        allowed = _is_loopback if origin in self.loopback else is_public
        if not all(allowed(address) for address in found):
            raise Refused("The address leads into a private network, so it was not opened.")
        return found


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


class _GuardedConnection(HTTPConnection):
    """Connects to a checked address only, and lets the deadline reach its socket."""

    guard: ClassVar[Guard]
    scheme: ClassVar[str]

    def _new_conn(self) -> socket.socket:
        port = self.port or DEFAULT_PORTS[self.scheme]
        try:
            addresses = self.guard.addresses((self.scheme, self.host.strip("[]").lower(), port))
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        problem: OSError | None = None
        for address in addresses:
            try:
                return create_connection(
                    (address, port), self.timeout, socket_options=self.socket_options
                )
            except OSError as error:
                problem = error
        if isinstance(problem, TimeoutError):
            raise ConnectTimeoutError(self, f"{self.host} did not answer")
        raise NewConnectionError(self, f"{self.host} cannot be reached: {problem}")

    def connect(self) -> None:
        super().connect()
        watched(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:  # kept alive from an earlier request
            watched(self.sock)
        super().request(*args, **kwargs)


class GuardedAdapter(HTTPAdapter):
    """A requests adapter all of whose connections obey `guard`."""

    def __init__(self, guard: Guard, pool_size: int = 256) -> None:
        self._guard = guard
        super().__init__(pool_connections=pool_size, pool_maxsize=4, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        # urllib3 has no argument for a connection class: it is an attribute of the pool's class.
        rules = {"guard": self._guard}
        plain = type("PlainConnection", (_GuardedConnection,), {**rules, "scheme": "http"})
        secure = type(
            "SecureConnection", (_GuardedConnection, HTTPSConnection), {**rules, "scheme": "https"}
        )
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

    def build_response(self, req: Any, resp: Any) -> Response:
        """The bare answer: no cookie is kept, and the page itself tells its encoding best."""
        answer = Response()
        answer.status_code, answer.headers, answer.raw = resp.status, resp.headers, resp
        return answer
