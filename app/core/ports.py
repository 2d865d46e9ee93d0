"""What the nouns need of the world outside, as interfaces; `jobs` and `scrapers` bring them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from email.message import EmailMessage
from typing import Protocol

from scrapers.types import Access, Capability


class SourceInfo(Protocol):
    """What the pages say about a Source; `scrapers.base.Source` has it all."""

    key: str
    name: str
    hosts: tuple[str, ...]
    access: Access
    capabilities: Collection[Capability]
    default_on: bool
    terms_url: str | None
    weight: float
    reply_limit: int | None
    reply_limit_unit: str
    keeps_text: bool
    retention: timedelta | None


class SourceCatalog(Protocol):
    """All sources there are; `scrapers.registry` is one."""

    def get(self, key: str) -> SourceInfo: ...

    def for_url(self, url: str) -> SourceInfo:
        """The source that reads this address: the generic reader for an unknown site."""
        ...

    def all_sources(self) -> Iterable[SourceInfo]: ...


class Mailer(Protocol):
    """Hands over one finished mail, or raises."""

    def send(self, message: EmailMessage) -> None: ...
