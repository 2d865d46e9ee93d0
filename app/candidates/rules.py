"""Which found places are worth showing, which are doubles, which sources are missing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.core.ports import SourceInfo
from scrapers.types import Capability, ListingRecord

# Below this a person would be asked about strangers.
WORTH_ASKING = 0.3
# A source that fewer customers rely on than this is not missed.
WORTH_MISSING = 0.5
# The sample town's directories are of no use to a business that exists.
SAMPLE_HOSTS = ("127.0.0.1",)


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


def missing(
    sources: Iterable[SourceInfo], country: str, listed_on: Iterable[str]
) -> list[SourceInfo]:
    """Sources on which customers of this country would look and the business does not stand as
    far as we know, the weightiest first."""
    known = set(listed_on)
    expected = [
        source
        for source in sources
        if source.key not in known
        and source.weight >= WORTH_MISSING
        and Capability.LISTING in source.capabilities
        and (not source.countries or country in source.countries)
        and source.hosts != SAMPLE_HOSTS
    ]
    return sorted(expected, key=lambda source: -source.weight)
