"""What a listing's source is called on a page, and where it is corrected."""

from __future__ import annotations

from app.core.ports import SourceCatalog, SourceInfo
from app.listings.models import Listing
from scrapers.types import ListingRef

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


def correct_at(catalog: SourceCatalog, listing: Listing) -> str:
    """Where a listing is corrected: as its passport says, as its source knows, else its page."""
    ref = ListingRef(listing.url, listing.external_id)
    source = source_of(catalog, listing.source_key)
    return listing.edit_url or source.where_to_correct(ref) or listing.url
