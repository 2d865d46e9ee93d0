"""Passports as CSV and JSON, and back. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from app.core import sheets
from app.core.errors import UserError
from app.core.sheets import whole

# As a file has them, and as a page says them.
CLAIM_STATES = {
    "unknown": "Nobody noted whether it is claimed",
    "claimed": "Claimed",
    "unclaimed": "Not claimed",
    "in progress": "Being claimed",
    "somebody else": "Claimed by somebody else",
}
MAX_ROWS = 100_000


@dataclass(frozen=True)
class Passport:
    """One row. `location` and `postal_code` name the place, `source` and `url` the listing; an
    empty `source` is the one that `url` belongs to."""

    location: str
    postal_code: str | None
    source: str
    url: str
    claim_state: str = "unknown"
    login_holder: str | None = None
    edit_url: str | None = None
    note: str | None = None
    proved_at: str | None = None  # ISO 8601
    last_read_at: str | None = None  # told only, not taken in
    next_check_at: str | None = None  # told only, not taken in


COLUMNS = tuple(field.name for field in fields(Passport))
REQUIRED = ("location", "url")


def to_json(passports: Iterable[Passport]) -> str:
    """A JSON list, one object per passport."""
    return json.dumps([asdict(one) for one in passports], ensure_ascii=False, indent=1)


def to_csv(passports: Iterable[Passport]) -> str:
    """CSV with a heading."""
    return sheets.to_csv(COLUMNS, map(asdict, passports))


def read(text: str) -> list[Passport]:
    """The inverse of both. Raises UserError that names the row and what is wrong with it."""
    rows = _from_json(text) if text.lstrip().startswith(("[", "{")) else _from_csv(text)
    if len(rows) > MAX_ROWS:
        raise UserError(f"The file has more than {MAX_ROWS:,} rows. Split it.")
    return [_passport(number, row) for number, row in enumerate(rows, 1)]


def _from_json(text: str) -> list[dict[str, Any]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError("This file is no JSON that we can read.") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UserError("The JSON must be a list of objects, one per listing.")
    return rows


def _from_csv(text: str) -> list[dict[str, Any]]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = [{key: whole(value) for key, value in row.items() if key} for row in reader]
    except csv.Error as error:
        raise UserError(f"This file cannot be read as CSV: {error}.") from None
    if missing := [name for name in REQUIRED if name not in (reader.fieldnames or ())]:
        raise UserError(f"The file has no column “{'” and “'.join(missing)}”.")
    return rows


def _passport(number: int, row: dict[str, Any]) -> Passport:
    values = {name: str(row[name]).strip() for name in COLUMNS if row.get(name) not in (None, "")}
    if missing := [name for name in REQUIRED if name not in values]:
        raise UserError(f"Row {number}: {', '.join(missing)} is missing.")
    state = values.setdefault("claim_state", "unknown")
    if state not in CLAIM_STATES:
        raise UserError(f"Row {number}: “{state}” is none of {', '.join(CLAIM_STATES)}.")
    if too_long := [name for name, value in values.items() if len(value) > 2000]:
        raise UserError(f"Row {number}: {', '.join(too_long)} is longer than 2,000 letters.")
    if proved_at := values.get("proved_at"):
        try:
            moment = datetime.fromisoformat(proved_at)
        except ValueError:
            raise UserError(f"Row {number}: “{proved_at}” is no date such as 2026-11-21.") from None
        if moment.tzinfo is None:
            values["proved_at"] = moment.isoformat() + "+00:00"
    return Passport(**{"postal_code": None, "source": "", **values})
