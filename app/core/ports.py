"""What the nouns need of the world outside, as interfaces; `jobs` and `scrapers` bring them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage
from typing import ClassVar, Literal, Protocol

from scrapers.types import Access, Capability


class SourceInfo(Protocol):
    """What the pages say about a Source; `scrapers.base.Source` has it all."""

    key: ClassVar[str]
    name: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]
    access: ClassVar[Access]
    capabilities: ClassVar[frozenset[Capability]]
    default_on: ClassVar[bool]
    terms_url: ClassVar[str | None]
    credentials: ClassVar[tuple[str, ...]]
    weight: ClassVar[float]
    reply_limit: ClassVar[int | None]
    reply_limit_unit: ClassVar[Literal["bytes", "characters"]]
    keeps_text: ClassVar[bool]
    retention: ClassVar[timedelta | None]

    def title(self, url: str) -> str: ...


class SourceCatalog(Protocol):
    """All sources there are; `scrapers.registry` is one."""

    def get(self, key: str) -> SourceInfo: ...

    def for_url(self, url: str) -> SourceInfo:
        """The source that reads this address: the generic reader for an unknown site."""
        ...

    def all_sources(self) -> Iterable[SourceInfo]: ...


class Mailer(Protocol):
    """Hands over one finished mail, or raises NotSent or MaybeSent."""

    def send(self, message: EmailMessage) -> None: ...
