"""Writing CSV that a spreadsheet will show and not run, and reading such cells again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# A cell that begins so is a formula to a spreadsheet; an apostrophe makes it text, and so it is
# put before an apostrophe, too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows under a heading; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_defused(row.get(column)) for column in columns])
    return out.getvalue()


def whole(cell: str | None) -> str | None:
    """The cell as it was before it was defused."""
    if cell and cell.startswith("'") and cell[1:].startswith(_FORMULA):
        return cell[1:]
    return cell


def _defused(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
