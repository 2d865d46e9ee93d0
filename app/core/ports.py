"""What the nouns need of the world outside, as interfaces; `jobs` and `scrapers` bring them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, ClassVar, Literal, Protocol

from scrapers.types import Access, Capability, Extract, ListingRef


class SourceInfo(Protocol):
    """What the pages say about a Source; `scrapers.base.Source` has it all."""

    key: ClassVar[str]
    name: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]
    access: ClassVar[Access]
    capabilities: ClassVar[frozenset[Capability]]
    default_on: ClassVar[bool]
    terms_url: ClassVar[str | None]
    correct_url: ClassVar[str | None]
    countries: ClassVar[tuple[str, ...]]
    trades: ClassVar[tuple[str, ...]]
    same_directory_as: ClassVar[str | None]
    by_hand: ClassVar[tuple[str, ...]]
    credentials: ClassVar[tuple[str, ...]]
    reply_credentials: ClassVar[tuple[str, ...]]
    weight: ClassVar[float]
    reply_limit: ClassVar[int | None]
    reply_limit_unit: ClassVar[Literal["bytes", "characters"]]
    keeps_text: ClassVar[bool]
    retention: ClassVar[timedelta | None]
    tells_news: ClassVar[bool]

    def title(self, url: str) -> str: ...

    def where_to_correct(self, ref: ListingRef) -> str | None: ...


class SourceCatalog(Protocol):
    """All sources there are; `scrapers.registry` is one."""

    def get(self, key: str) -> SourceInfo: ...

    def for_url(self, url: str) -> SourceInfo:
        """The source that reads this address: the generic reader for an unknown site."""
        ...

    def all_sources(self) -> Iterable[SourceInfo]: ...


@dataclass(frozen=True)
class PlaceChoice:
    """A place that the owner's access to a Source covers."""

    url: str
    external_id: str
    name: str
    address: str
    phone: str | None


@dataclass(frozen=True)
class News:
    """What a Source told of its own accord: there is something new at `place`, the Source's own
    name for it, since `at` (None: it does not say)."""

    place: str
    at: datetime | None


class Connector(Protocol):
    """Connects the owner's own access to a Source; speaks to its API. Raises UserError."""

    def asked_for(self, source_key: str) -> tuple[str, ...]:
        """Names of what the owner types; the rest, if any, comes by consent on their site."""
        ...

    def consent_url(
        self, source_key: str, account: dict[str, str], redirect_uri: str, state: str
    ) -> str | None:
        """Where the owner says yes; None where what they typed is all there is."""
        ...

    def exchange(
        self, source_key: str, account: dict[str, str], code: str, redirect_uri: str
    ) -> dict[str, str]:
        """What the code of the consent is worth, to be kept with the account."""
        ...

    def places(self, source_key: str, account: dict[str, str]) -> list[PlaceChoice]:
        """The places that the access covers; empty where a link is pasted instead."""
        ...

    def export(self, source_key: str, url: str, text: str, now: datetime) -> Extract:
        """The reviews in a file that the owner exported for the listing at `url`. Raises
        UserError for a file that holds none."""
        ...

    def news(self, source_key: str, told: Any) -> News | None:
        """What the JSON that a Source sent says; None where it says nothing of any place. Raises
        ValueError for what no Source sends."""
        ...


class Mailer(Protocol):
    """Hands over one finished mail, or raises NotSent or MaybeSent."""

    def send(self, message: EmailMessage) -> None: ...
