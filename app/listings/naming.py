"""What a listing's source is called on a page."""

from __future__ import annotations

from app.core.ports import SourceCatalog, SourceInfo

GENERIC = "generic"


def source_of(catalog: SourceCatalog, key: str) -> SourceInfo:
    """The source of that key; the generic reader for one that is no longer part of Goodword."""
    try:
        return catalog.get(key)
    except KeyError:
        return catalog.get(GENERIC)


def source_name(catalog: SourceCatalog, key: str, url: str | None = None) -> str:
    """ "Yelp"; with the `url` of a listing on a site without a source of its own, its host."""
    source = source_of(catalog, key)
    return source.title(url) if url else source.name
