"""What one fetch session is allowed and how it introduces itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from scrapers.errors import Refused
from scrapers.fetch.guard import Guard, Origin, Resolver, Target, read_url, resolve


@dataclass(frozen=True)
class FetchSettings:
    """Limits of a fetch session. Times in seconds, sizes in bytes after decompression.

    `loopback` are exact origins on this machine ("http://127.0.0.1:8123") that may be read
    besides the public internet. `host_map` sends the requests for a host to such an origin
    instead ("api.yelp.com" → "http://127.0.0.1:8124"), so that saved pages and stand-ins for
    an API go through the whole program; the request still names the host it was meant for.
    """

    contact_url: str
    loopback: tuple[str, ...] = ()
    host_map: Mapping[str, str] = field(default_factory=dict)
    ports: frozenset[int] = frozenset({80, 443})
    connect_s: float = 10.0
    read_s: float = 20.0
    total_s: float = 60.0
    max_bytes: int = 5_000_000
    max_redirects: int = 5
    # How long a request waits for its turn before the visit is put off.
    patience_s: float = 300.0
    # The pause on this machine's own peers, where nobody is to be spared.
    loopback_interval_s: float = 0.0
    resolver: Resolver = resolve

    @cached_property
    def user_agent(self) -> str:
        try:
            ours = version("goodword")
        except PackageNotFoundError:  # run from a checkout that was never installed
            ours = "0"
        return f"Goodword/{ours} (+{self.contact_url})"

    @cached_property
    def guard(self) -> Guard:
        named = (*self.loopback, *self.host_map.values())
        return Guard(frozenset(read_url(url).origin for url in named), self.ports, self.resolver)

    @cached_property
    def _stand_ins(self) -> frozenset[Origin]:
        """Origins that are reached by the name of the host they stand for, and not by their own."""
        own = {read_url(url).origin for url in self.loopback}
        return frozenset(read_url(url).origin for url in self.host_map.values()) - own

    def wire_origin(self, target: Target) -> Origin:
        """Where the request for `target` really goes. Raises Refused for the address of a
        stand-in itself."""
        origin = self._origin(target)
        if origin == target.origin and origin in self._stand_ins:
            raise Refused("The address leads into a private network, so it was not opened.")
        return origin

    def is_local(self, target: Target) -> bool:
        return self._origin(target) in self.guard.loopback

    def _origin(self, target: Target) -> Origin:
        mapped = self.host_map.get(target.site) or self.host_map.get(target.host)
        return read_url(mapped).origin if mapped else target.origin
