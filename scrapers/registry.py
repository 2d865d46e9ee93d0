"""Which sources there are: the files of `scrapers/sources`, found without registration."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from scrapers import sources
from scrapers.base import Source
from scrapers.structured.html import host_of

GENERIC = "generic"


@cache
def all_sources() -> tuple[Source, ...]:
    """One instance of every source, ordered by key."""
    names = sorted(module.name for module in pkgutil.iter_modules(sources.__path__))
    return tuple(_load(name) for name in names if not name.startswith("_"))


def _load(name: str) -> Source:
    module = importlib.import_module(f"{sources.__name__}.{name}")
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Source)
        and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} must hold exactly one Source, it holds {len(found)}")
    return found[0]()


@cache
def _by_key() -> dict[str, Source]:
    return {source.key: source for source in all_sources()}


def get(key: str) -> Source:
    """The source of that key. Raises KeyError."""
    return _by_key()[key]


def for_url(url: str) -> Source:
    """The source a pasted address belongs to; the generic reader for every unknown site.

    Where several sources share a host, the one that recognises the address wins, then the one
    with the more particular host.
    """
    host = host_of(url)
    candidates = [
        (source.recognise(url) is not None, length, source)
        for source in all_sources()
        if (length := source.covers(host))
    ]
    if not candidates:
        return get(GENERIC)
    return max(candidates, key=lambda candidate: candidate[:2])[2]
