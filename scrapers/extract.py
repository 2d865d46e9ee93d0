"""The reader as a pure function: what `goodword extract` answers for one page."""

from __future__ import annotations

import gzip
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapers import registry
from scrapers.challenge import wall
from scrapers.reading import dated_by
from scrapers.text.clean import decode
from scrapers.types import (
    Address,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Rating,
    ReviewRecord,
)

MAX_FILE_BYTES = 20_000_000
_LISTING = (
    "name", "phone", "phones", "faxes", "email", "website", "address", "hours", "hours_text",
    "categories", "status", "latitude", "longitude", "rating",
)  # fmt: skip


def extract(given: dict[str, Any], source_key: str | None = None) -> dict[str, Any]:
    """Read the page or answer that `given` holds ("url" with "html", "path" or "json").

    `source_key` forces a source; otherwise the URL's host chooses. Raises ValueError for a line
    that holds no page.
    """
    url = given.get("url") or ""
    if not isinstance(url, str):
        raise ValueError("url must be a text")
    try:
        source = registry.get(source_key) if source_key else registry.for_url(url)
    except KeyError:
        raise ValueError(f"there is no source {source_key!r}") from None
    page = Page(
        url=url, text=_text(given), json=given.get("json"), seen_at=_moment(given.get("seen_at"))
    )
    ref = ListingRef(url=url, external_id=source.recognise(url))
    read = _unless_walled(source.parse(page, ref), page)
    if page.seen_at is None:  # whenever it was seen, it was not later than now
        problems = list(read.problems)
        reviews = dated_by(datetime.now(UTC), read.reviews, problems)
        read = replace(read, reviews=reviews, problems=problems)
    return as_json(read)


def _unless_walled(read: Extract, page: Page) -> Extract:
    """`read`, saying so where the page is a check against robots instead of what was asked for."""
    said = read.listing or read.rating or read.others or read.reviews
    whose = None if said else wall(page.headers, page.text)
    if whose is None:
        return read
    says = f"This is a check against robots ({whose}), not the page itself."
    return replace(read, complete=False, problems=[*read.problems, says])


def _text(given: dict[str, Any]) -> str:
    if isinstance(html := given.get("html"), str):
        return html
    if isinstance(path := given.get("path"), str):
        return decode(_file(Path(path)))
    if given.get("json") is not None:
        return ""
    raise ValueError("the line holds no html, path or json")


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_FILE_BYTES + 1)
        if body.startswith(b"\x1f\x8b"):
            with gzip.open(path) as file:
                body = file.read(MAX_FILE_BYTES + 1)
    except (OSError, EOFError) as error:
        raise ValueError(f"cannot read {path.name}: {error}") from None
    if len(body) > MAX_FILE_BYTES:
        raise ValueError(f"{path.name} is larger than {MAX_FILE_BYTES:,} bytes")
    return body


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("seen_at must be a time such as 2026-11-21T12:00:00Z") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def as_json(extract: Extract) -> dict[str, Any]:
    """An Extract as plain values, under the keys of the command."""
    return {
        "source": extract.source,
        "listing": _listing(extract.listing) if extract.listing else None,
        "rating": _rating(extract.rating),
        "others": [_listing(other) for other in extract.others],
        "reviews": [_review(review) for review in extract.reviews],
        "replies_visible": extract.replies_visible,
        "expected_reviews": extract.expected_reviews,
        "complete": extract.complete,
        "problems": extract.problems,
    }


def _listing(record: ListingRecord) -> dict[str, Any]:
    shown = {name: getattr(record, name) for name in _LISTING}
    shown["address"] = asdict(record.address or Address())
    shown["rating"] = _rating(record.rating)
    return shown


def _rating(rating: Rating | None) -> dict[str, Any] | None:
    return asdict(rating) if rating else None


def _review(review: ReviewRecord) -> dict[str, Any]:
    stars, reply = review.rating, review.reply
    return {
        "external_id": review.external_id,
        "url": review.url,
        "author": review.author,
        "rating": {"value": stars.value, "best": stars.best} if stars else None,
        "recommends": review.recommends,
        "title": review.title,
        "text": review.text,
        "language": review.language,
        "published_at": _iso(review.published_at),
        "precision": review.precision.value if review.precision else None,
        "reply": {"text": reply.text, "published_at": _iso(reply.published_at)} if reply else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
