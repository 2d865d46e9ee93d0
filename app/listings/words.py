"""What the room Listings says: marks, headlines, the titles of proofs. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.listings.judging import FORMER
from app.listings.nap.accepted import ACCEPTED
from app.listings.nap.verdict import Verdict
from app.listings.queries import Row
from app.locations.forms import DAY_NAMES
from scrapers.types import DAYS, Outcome

# Verdict → the mark's class and its word. Five marks that differ in shape and colour.
MARKS = {
    Verdict.IDENTICAL: ("same", "same"),
    Verdict.EQUIVALENT: ("alike", "written differently"),
    Verdict.DIFFERENT: ("wrong", "wrong"),
    Verdict.ABSENT: ("unshown", "not shown"),
    Verdict.UNSET: ("unshown", "not shown"),
    Verdict.UNREADABLE: ("unsure", "could not check"),
    None: ("unsure", "could not check"),
}
LEGEND = (*dict.fromkeys(MARKS.values()), ("last", "dashed: as last known, not checked now"))

# Field → its heading, what a customer meets where it is wrong, the title of that proof.
FIELDS = {
    "name": ("Name", "show another name", "Another name"),
    "address": ("Address", "send customers to another address", "Another address"),
    "phone": ("Phone", "send customers to another phone number", "Another number"),
    "website": ("Website", "lead customers to another website", "Another website"),
    "hours": ("Hours", "show other opening hours", "Other opening hours"),
    "category": ("Category", "show another category", "Another category"),
    "status": ("Status", "say that you are closed", "Not shown as open"),
    "place": ("Place", "show another place", "Another place"),
    "page": ("Page", "have lost your page", "The page is gone"),
}

TITLES = {
    Verdict.IDENTICAL: "The same",
    Verdict.EQUIVALENT: "Written differently, leads to the same",
    Verdict.ABSENT: "Not shown",
    Verdict.UNREADABLE: "Could not be compared",
    Verdict.UNSET: "Not in your own record",
    None: "Could not check",
}

OUTCOMES = {
    Outcome.GONE: "gone",
    Outcome.BLOCKED: "blocked",
    Outcome.LOGIN_REQUIRED: "not connected",
    Outcome.RATE_LIMITED: "told to wait",
    Outcome.LAYOUT_CHANGED: "looks different",
    Outcome.UNREACHABLE: "no answer",
    Outcome.REFUSED: "not read",
}


def mark(row: Row, field: str) -> tuple[str, str]:
    """The mark of a cell, as class and word: dashed where it is only what was known last."""
    verdict = row.cells[field].verdict
    if row.checked or verdict is None:
        return MARKS[verdict]
    kind, says = MARKS[verdict]
    return f"{kind} last", f"{says} when last read"


_DAY = re.compile(rf"\b(?:{'|'.join(DAYS)})\b")


def heading(field: str) -> str:
    """The heading of a field's column."""
    return FIELDS[field][0]


def reason(why: str) -> str:
    """Why a cell is judged so, with the days of hours in full."""
    return _DAY.sub(lambda found: DAY_NAMES[DAYS.index(found[0])], why)


def title(field: str, verdict: Verdict | None, why: str, is_open: bool) -> str:
    """The title of a proof: what is the matter, in a few words."""
    if verdict is Verdict.EQUIVALENT and why.startswith(ACCEPTED):
        return "Accepted as right"
    if verdict is Verdict.DIFFERENT and why == FORMER:
        return FIELDS[field][2].replace("Another", "Your old", 1)
    if verdict is Verdict.DIFFERENT or (is_open and verdict is None):
        return FIELDS[field][2]
    return TITLES[verdict]


def outcome(row: Row) -> str:
    """The word for a listing that could not be checked; "" for one that was."""
    if row.checked:
        return ""
    last = row.listing.last_outcome
    return OUTCOMES.get(Outcome(last), "not read") if last else "not read yet"


def headline(rows: Sequence[Row]) -> str:
    """The one sentence above the matrix: "2 of 14 directories send customers to another number"."""
    misleading = [row for row in rows if row.misleads]
    if not misleading:
        return all_well(len(rows), sum(row.checked for row in rows))
    wrong = {field for row in misleading for field in _wrong(row)}
    what = _all_do(next(iter(wrong)), misleading) if len(wrong) == 1 else "mislead customers"
    if closed := [row for row in misleading if says_closed(row)]:
        misleading, what = closed, FIELDS["status"][1]
    if len(misleading) == 1:
        first, _, rest = what.partition(" ")
        what = f"{_singular(first)} {rest}"
    return f"{len(misleading)} of {len(rows)} directories {what}"


def _all_do(field: str, misleading: Sequence[Row]) -> str:
    """What all these directories do to customers, where only this field is wrong."""
    what = FIELDS[field][1]
    cells = [row.cells[field] for row in misleading if field in row.cells]
    if cells and all(cell.why == FORMER for cell in cells):
        return what.replace("another", "the old", 1)
    return what


def says_closed(row: Row) -> bool:
    """Whether a page turns every customer away, which outweighs whatever else is wrong."""
    status = row.cells["status"]
    return status.finding_id is not None and "closed" in status.why


def all_well(watched: int, checked: int) -> str:
    """The sentence where nothing is to be corrected, by how many directories are watched and how
    many of them could be checked."""
    if not watched:
        return "No directory is watched yet"
    if not checked:
        return "Nothing could be checked yet"
    return "Your directories send customers to the right place"


def _wrong(row: Row) -> list[str]:
    if row.gone:
        return ["page"]
    found = [name for name, cell in row.cells.items() if cell.finding_id is not None]
    return found or ["place"]


def _singular(verb: str) -> str:
    return {"have": "has"}.get(verb, f"{verb}s")


def in_order(rows: Sequence[Row]) -> list[Row]:
    """What needs a hand first: wrong ones, then those that could not be checked."""
    return sorted(rows, key=lambda row: (not says_closed(row), not row.misleads, row.checked))
