"""What a comparison means for the owner: findings, their ends, the score of an audit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.listings.nap.accepted import ACCEPTED
from app.listings.nap.differing import Spans, differing
from app.listings.nap.verdict import Verdict

# Findings of the listing as a whole stand in these instead of a field.
PLACE = "place"
PAGE = "page"


class Closed(StrEnum):
    """Why a finding is over."""

    FIXED = "fixed"
    NOT_SHOWN = "not shown any more"
    ACCEPTED = "accepted"
    RECORD_CHANGED = "record changed"
    LISTING_REMOVED = "listing removed"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What a customer would be misled by, in one field."""

    field: str
    why: str
    expected: str | None
    observed: str | None


def discrepancies(comparison: Mapping[str, Any]) -> dict[str, Discrepancy]:
    """The findings that a comparison (as JSON) gives cause for, by field. A listing of another
    place is one finding: its fields say nothing of this one."""
    name = comparison["fields"]["name"]
    if comparison["same_place"] == "no":
        why = "this page shows another place"
        return {PLACE: Discrepancy(PLACE, why, name["expected"], name["observed"])}
    return {
        field: Discrepancy(field, cell["why"], cell["expected"], cell["observed"])
        for field, cell in comparison["fields"].items()
        if cell["verdict"] == Verdict.DIFFERENT
    }


def why_closed(field: str, expected: str | None, comparison: Mapping[str, Any]) -> Closed | None:
    """Why a finding that the comparison does not repeat is over; None while that is unknown.

    `expected` is that of the finding.
    """
    if field == PLACE:
        return None if comparison["same_place"] == "unsure" else Closed.FIXED
    if field == PAGE:
        return Closed.FIXED
    if comparison["same_place"] == "no":
        return None
    cell = comparison["fields"][field]
    if cell["verdict"] == Verdict.UNREADABLE:
        return None
    if cell["verdict"] == Verdict.UNSET or cell["expected"] not in (expected, None):
        return Closed.RECORD_CHANGED
    if cell["verdict"] == Verdict.ABSENT:
        return Closed.NOT_SHOWN
    return Closed.ACCEPTED if cell["why"].startswith(ACCEPTED) else Closed.FIXED


def audit_score(listings: Iterable[tuple[float, Mapping[str, Any]]]) -> float | None:
    """0 to 100: the mean of the listings' own scores, each weighted by how much customers rely on
    its directory. `listings` are (weight, comparison) of those that could be checked; what could
    not be is not counted against the business. None where nothing could be."""
    total = points = 0.0
    for weight, comparison in listings:
        total += weight
        points += weight * (0 if comparison["same_place"] == "no" else comparison["score"])
    return round(points / total, 1) if total else None


def coverage(read: int, stated: int | None) -> str:
    """How much of a listing's reviews is known: "read 86 of 118"."""
    if stated is None or stated <= read:
        return f"read all {read:,}" if stated is not None else f"read {read:,}"
    return f"read {read:,} of {stated:,}"


def marked(expected: str | None, observed: str | None) -> tuple[list[tuple[str, bool]], ...]:
    """Both values in pieces (text, differs), so that the letters that differ can be marked."""
    texts = (expected or "", observed or "")
    spans = differing(*texts)
    left, right = (_pieces(text, marks) for text, marks in zip(texts, spans, strict=True))
    return left, right


def _pieces(text: str, spans: Spans) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]
