"""Which review of ours each review on a page is. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.reviews.copies import words_key
from app.reviews.rules import Known, author_key
from scrapers.types import ReviewRecord

# Words that two people write alike on one day ("Great!") prove nothing about who wrote them.
RENAME_PROOF_CHARS = 20


class Match(NamedTuple):
    """A record, its digest, its identity, and the row we hold of it, if any."""

    record: ReviewRecord
    digest: str
    identity: str
    known: Known | None


def match(
    records: Iterable[tuple[ReviewRecord, str]], known: Sequence[Known], whole: bool
) -> list[Match]:
    """Pair each (record, digest) of one visit with what we know of the same listing.

    By the source's id; else by author and day, same-day twins by digest first and then in order.
    A record that the source has since given an id is recognised by its words, and so, after a
    `whole` scan that missed the old name, is an author who changed it. A record that stands twice
    on the page counts once.
    """
    by_id = {row.external_id: row for row in known if row.external_id}
    with_id: dict[str, tuple[ReviewRecord, str]] = {}
    without: defaultdict[str, list[tuple[ReviewRecord, str]]] = defaultdict(list)
    for record, digest in records:
        if record.external_id:
            with_id.setdefault(record.external_id, (record, digest))
        else:
            key = author_key(record.author, record.published_at, record.precision)
            without[key].append((record, digest))

    found = [
        Match(record, digest, f"id:{key}", by_id.get(key))
        for key, (record, digest) in with_id.items()
    ]
    nameless = [row for row in known if not row.external_id]
    if nameless:
        found = _given_an_id(found, nameless)
    if without:
        found += _by_author(without, nameless, {item.known.id for item in found if item.known})
    return _renamed(found, nameless) if whole and nameless else found


def _given_an_id(found: list[Match], nameless: Sequence[Known]) -> list[Match]:
    waiting = {(_key(row), row.digest): row for row in nameless}
    # A file says the same words with another scale, or without the title.
    worded = {(_key(row), row.words): row for row in nameless if row.words}
    taken: set[int] = set()
    for index, item in enumerate(found):
        if item.known is None:
            record = item.record
            key = author_key(record.author, record.published_at, record.precision)
            row = waiting.get((key, item.digest)) or worded.get((key, words_key(record.text) or ""))
            if row is not None and row.id not in taken:
                taken.add(row.id)
                found[index] = item._replace(known=row)
    return found


def _by_author(
    groups: dict[str, list[tuple[ReviewRecord, str]]], nameless: Sequence[Known], taken: set[int]
) -> list[Match]:
    held: defaultdict[str, list[Known]] = defaultdict(list)
    for row in sorted(nameless, key=lambda row: row.id):
        if row.id not in taken:
            held[row.identity.rpartition("#")[0]].append(row)
    found: list[Match] = []
    for key, group in groups.items():
        found += _twins(key, group, held.get(key, []))
    return found


def _twins(key: str, group: list[tuple[ReviewRecord, str]], rows: list[Known]) -> list[Match]:
    unmatched = list(rows)
    found: list[Match] = []
    others: list[tuple[ReviewRecord, str]] = []
    for record, digest in group:
        row = next((row for row in unmatched if row.digest == digest), None)
        if row is None:
            others.append((record, digest))
            continue
        unmatched.remove(row)
        found.append(Match(record, digest, row.identity, row))
    ordinal = 1 + max((int(row.identity.rpartition("#")[2]) for row in rows), default=-1)
    for record, digest in others:
        if unmatched:
            row = unmatched.pop(0)
            found.append(Match(record, digest, row.identity, row))
        else:
            found.append(Match(record, digest, f"{key}#{ordinal}", None))
            ordinal += 1
    return found


def _renamed(found: list[Match], nameless: Sequence[Known]) -> list[Match]:
    seen = {item.known.id for item in found if item.known}
    missing = {(row.digest, _day(_key(row))): row for row in nameless if row.id not in seen}
    for index, item in enumerate(found):
        words = item.record.text or ""
        if item.known is None and len(words) >= RENAME_PROOF_CHARS:
            key = author_key(None, item.record.published_at, item.record.precision)
            row = missing.pop((item.digest, _day(key)), None)
            if row is not None:
                found[index] = item._replace(identity=row.identity, known=row)
    return found


def _key(row: Known) -> str:
    return row.identity.rpartition("#")[0]


def _day(key: str) -> str:
    return key.split(":", 2)[1]
