"""Reviews in a file that the owner exported: a table (CSV) or JSON, from any platform."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from scrapers.api import line, text_of
from scrapers.base import Source
from scrapers.errors import LayoutChanged
from scrapers.text import dates, numbers
from scrapers.types import (
    Access,
    Capability,
    Extract,
    ListingRef,
    Page,
    Rating,
    ReplyRecord,
    ReviewRecord,
)

MAX_ROWS = 20_000
MAX_CELLS = 100
MAX_DEPTH = 4

# What each column is called, as letters only: in Trustpilot's and Google's exports, in our own,
# and in the sheets that people keep. The first that a row holds counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "external_id": ("reviewid", "externalid", "id", "opengraphstoryid"),
    "url": ("reviewurl", "reviewlink", "url", "link"),
    "author": (
        *("author", "reviewerdisplayname", "reviewusername", "consumerdisplayname", "consumername"),
        *("reviewername", "reviewer", "username", "customername", "customer", "name", "autor"),
        *("bewerter", "nutzer", "cliente", "auteur", "작성자", "投稿者"),
    ),
    "rating": (
        *("ratingvalue", "starrating", "reviewrating", "reviewstars", "rating", "stars", "score"),
        *("bewertung", "sterne", "puntuacion", "puntuación", "note", "별점", "評価"),
    ),
    "best": ("ratingbest", "bestrating", "maxrating", "scale"),
    "recommends": ("recommendationtype", "recommends", "recommendation"),
    "title": ("reviewtitle", "title", "headline", "titel", "titulo", "título", "titre"),
    "text": (
        *("reviewcontent", "reviewtext", "reviewbody", "comment", "text", "content", "body"),
        *("review", "kommentar", "comentario", "commentaire", "내용", "コメント"),
    ),
    "language": ("reviewlanguage", "language", "lang", "sprache"),
    "published_at": (
        *("reviewcreatedutc", "publishedat", "createtime", "createdtime", "createdat"),
        *("reviewcreated", "reviewdate", "datepublished", "created", "date", "timestamp"),
        *("datum", "fecha", "작성일", "投稿日"),
    ),
    "reply": (
        *("replytext", "reviewcompanyreply", "companyreply", "companyreplytext", "ownerreply"),
        *("reviewreplycomment", "ownerresponse", "reply", "response", "antwort", "respuesta"),
    ),
    "reply_at": (
        *("replypublishedat", "companyreplydateutc", "companyreplycreatedat", "replydate"),
        *("reviewreplyupdatetime", "responsedate"),
    ),
}
_STARS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_YES_NO = {
    **dict.fromkeys(("positive", "recommends", "true", "yes", "1"), True),
    **dict.fromkeys(("negative", "doesnotrecommend", "false", "no", "0"), False),
}

Row = dict[str, Any]


class OwnExport(Source):
    """The reviews go to the listing that the owner names, and are told apart there as if they had
    been read: what a later reading of that listing meets again is not doubled. A file is never
    taken for the whole, so nothing is held to be removed because a file lacks it."""

    name = "Your own export"
    access = Access.OWNER_EXPORT
    capabilities = frozenset({Capability.REVIEWS, Capability.OWNER_REPLIES})
    weight = 0.0

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        """Reads the rows in `page.json`, else in `page.text`. Raises LayoutChanged for a file
        without rows of reviews."""
        rows = _rows(page)
        if not rows:
            raise LayoutChanged("The file holds no rows.")
        if len(rows) > MAX_ROWS:
            raise LayoutChanged(f"The file has more than {MAX_ROWS:,} rows. Split it.")
        told: Counter[str] = Counter()
        order = dates.order_told(str(_first(row, "published_at")) for row in rows)
        read = [_review(row, page.seen_at, order, told) for row in rows]
        reviews = [review for review in read if review is not None]
        if not reviews:
            raise LayoutChanged(
                "No column is known by its heading: a rating or a text is needed, best with an "
                "author and a date."
            )
        return Extract(
            source=self.key,
            reviews=reviews,
            replies_visible=any(_holds(row, "reply") for row in rows),
            complete=False,
            problems=[f"{count} of {len(rows)} rows {what}" for what, count in told.items()],
        )


def _rows(page: Page) -> list[Row]:
    if page.json is not None:
        return _objects(page.json)
    text = page.text.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        value = _json(text)
        return _objects(value) or ([_flat(value)] if isinstance(value, dict) else [])
    return list(_table(text))


def _json(text: str) -> Any:
    """One value, or one on each line."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(one) for one in text.splitlines() if one.strip()]
    except (ValueError, RecursionError):
        raise LayoutChanged("The file begins like JSON and cannot be read as such.") from None


def _objects(value: Any, depth: int = 0) -> list[Row]:
    """The longest list of objects in `value`, each made flat."""
    if isinstance(value, list):
        return [_flat(item) for item in value if isinstance(item, dict)]
    if not isinstance(value, dict) or depth >= MAX_DEPTH:
        return []
    inner = [_objects(item, depth + 1) for item in list(value.values())[:MAX_CELLS]]
    return max(inner, key=len, default=[])


def _flat(item: Mapping[str, Any], before: str = "", depth: int = 0) -> Row:
    """{"reviewer": {"displayName": …}} → {"reviewerdisplayname": …}."""
    found: Row = {}
    for name, value in list(item.items())[:MAX_CELLS]:
        path = before + _fold(str(name)[:100])
        if isinstance(value, dict) and depth < MAX_DEPTH:
            found |= _flat(value, path, depth + 1)
        elif isinstance(value, str | int | float):
            found[path] = value
    return found


def _table(text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=first.count))
    try:
        headings = [_fold(cell[:100]) for cell in next(reader, [])[:MAX_CELLS]]
        for number, cells in enumerate(reader):
            if number > MAX_ROWS:
                break
            if any(cells):
                filled = zip(headings, cells, strict=False)
                yield {name: cell.strip() for name, cell in filled if cell.strip()}
    except csv.Error as error:
        raise LayoutChanged(f"The file cannot be read as a table: {error}.") from None


def _fold(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _first(row: Row, column: str) -> Any:
    return next((row[name] for name in COLUMNS[column] if name in row), None)


def _holds(row: Row, column: str) -> bool:
    return any(name in row for name in COLUMNS[column])


def _review(
    row: Row, seen_at: datetime | None, order: str | None, told: Counter[str]
) -> ReviewRecord | None:
    rating, text, title = _rating(row), text_of(_first(row, "text")), line(_first(row, "title"))
    recommends = _YES_NO.get(_fold(str(_first(row, "recommends"))))
    if not (rating or text or title or recommends is not None):
        told["hold neither a rating nor words"] += 1
        return None
    written = _first(row, "published_at")
    published = dates.when(written, seen_at, order)
    if published is None:
        told["have no date that can be read" if written else "have no date"] += 1
    return ReviewRecord(
        external_id=line(_first(row, "external_id")),
        url=line(_first(row, "url")),
        author=line(_first(row, "author")),
        rating=rating,
        recommends=recommends,
        title=title,
        text=text,
        language=line(_first(row, "language")),
        published_at=published[0] if published else None,
        precision=published[1] if published else None,
        reply=_reply(row, seen_at, order),
    )


def _rating(row: Row) -> Rating | None:
    written = _first(row, "rating")
    value, best = numbers.rating(_STARS.get(_fold(str(written)), written))
    if value is None and isinstance(written, str) and written.count("★"):
        value = float(written.count("★"))
    if value is None:
        return None
    # A column of stars goes to five where it does not say otherwise.
    best = best or numbers.rating(_first(row, "best"))[0] or (5.0 if value <= 5 else 10.0)
    return Rating(value, best)


def _reply(row: Row, seen_at: datetime | None, order: str | None) -> ReplyRecord | None:
    text = text_of(_first(row, "reply"))
    at = dates.when(_first(row, "reply_at"), seen_at, order)
    return ReplyRecord(text, at[0] if at else None) if text else None
