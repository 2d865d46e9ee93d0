"""Where customers of a trade and a country look, and a business therefore should stand. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from app.core.ports import SourceInfo
from scrapers.types import Capability

# A source that fewer customers rely on than this is not missed, unless it is of the very trade.
WORTH_MISSING = 0.5
# The sample town's directories are of no use to a business that exists.
SAMPLE_HOSTS = ("127.0.0.1",)


@dataclass(frozen=True, slots=True)
class Directory:
    """A place to stand in. `url` is where one claims or adds an entry, else its front page."""

    name: str
    url: str | None
    weight: float = WORTH_MISSING


def missing(
    sources: Iterable[SourceInfo],
    country: str,
    trade: str,
    listed: Collection[tuple[str, str | None]],
) -> list[Directory]:
    """Where customers of this trade in this country would look and the business does not stand as
    far as we know, the weightiest first. `listed` are (source key, address) of its pages."""
    all_sources = {source.key: source for source in sources}
    known = {_directory(all_sources[key]) for key, _ in listed if key in all_sources}
    hosts = [urlsplit(url).hostname or "" for _, url in listed if url]
    found = {
        _directory(source): Directory(source.name, source.correct_url, source.weight)
        # The source that gives a directory its name comes after the other ways into it.
        for source in sorted(all_sources.values(), key=lambda one: one.same_directory_as is None)
        if _directory(source) not in known and _is_expected(source, country, trade)
    }
    others = [
        Directory(row["name"], f"https://{row['host']}/")
        for row in _others()
        if country in row["countries"]
        and trade in row.get("trades", (trade,))
        and not any(_under(host, row["host"]) for host in hosts)
    ]
    return sorted((*found.values(), *others), key=lambda one: -one.weight)


def _directory(source: SourceInfo) -> str:
    return source.same_directory_as or source.key


def _is_expected(source: SourceInfo, country: str, trade: str) -> bool:
    if source.hosts == SAMPLE_HOSTS or (source.countries and country not in source.countries):
        return False
    if source.trades:
        return trade in source.trades
    return Capability.LISTING in source.capabilities and source.weight >= WORTH_MISSING


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


@cache
def _others() -> tuple[dict, ...]:
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["directory"])
