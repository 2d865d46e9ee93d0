"""Which found places are worth showing, and which are doubles. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from app.listings.models import Listing
from scrapers.types import ListingRecord

# Below this a person would be asked about strangers.
WORTH_ASKING = 0.3


def key_of(record: ListingRecord) -> str | None:
    """What tells a found place from others on its source."""
    return record.external_id or record.url


def one_line(record: ListingRecord) -> str | None:
    """Address and phone, for a person to recognise the place by."""
    where = record.address
    lines = [where.street, where.postal_code, where.locality] if where else []
    if where and where.text and not any(lines):
        lines = [where.text]
    return ", ".join(part for part in (*lines, record.phone) if part) or None


def doubled(source_keys_of_same_place: Iterable[str]) -> set[str]:
    """Sources on which the same business stands more than once."""
    return {key for key, count in Counter(source_keys_of_same_place).items() if count > 1}


def twice(
    listings: Iterable[Listing], directory: Callable[[Listing], str]
) -> dict[str, list[Listing]]:
    """The pages of directories, by name, on which the business stands more than once, as far as
    they were read. `directory` names that of a page: one source may read several."""
    ours: defaultdict[str, list[Listing]] = defaultdict(list)
    for row in listings:
        if (row.comparison or {}).get("same_place") == "yes":
            ours[directory(row)].append(row)
    return {name: pages for name, pages in sorted(ours.items()) if len(pages) > 1}
