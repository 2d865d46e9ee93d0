"""Reads a CSV of locations: columns under many names, encodings, a sentence per bad cell. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import UserError
from app.core.sheets import whole
from app.locations import rules

MAX_ROWS = 20_000

# Column of ours → the names it goes by in other people's files, folded (see `_fold`).
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("businessname", "title", "storename", "상호", "店名"),
    "street": ("address", "addressline1", "streetaddress", "address1", "주소", "住所"),
    "locality": ("city", "town", "suburb", "도시", "市区町村"),
    "region": ("state", "province", "county", "administrativearea", "都道府県"),
    "postal_code": ("zip", "zipcode", "postcode", "postalcode", "우편번호", "郵便番号"),
    "country": ("countrycode", "countryregion", "국가", "国"),
    "phone": ("telephone", "primaryphone", "phonenumber", "전화", "電話番号"),
    "website": ("url", "site", "web", "homepage"),
    "email": ("mail", "emailaddress"),
    "categories": ("category", "primarycategory"),
    "vertical": ("trade",),
    "language": ("lang",),
    "timezone": ("tz",),
    "signature": (),
    "promise_hours": (),
    "listings": ("links", "listingurls"),
}
REQUIRED = ("name", "country")
# What tells one row's location from another's.
PLACE = ("name", "street", "locality", "postal_code", "country")
# The most letters of a column, as in the form.
LONGEST = {
    "name": 200,
    "street": 200,
    "locality": 100,
    "region": 100,
    "postal_code": 20,
    "phone": 40,
    "website": 300,
    "email": 200,
    "categories": 200,
    "signature": 120,
}


@dataclass(frozen=True)
class Row:
    """One row: what it says, and what is wrong with it (empty: in order)."""

    number: int  # as a spreadsheet counts, the heading being row 1
    values: dict[str, Any]
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """A file of locations. `ignored` are columns we have no use for."""

    rows: list[Row]
    ignored: list[str]

    @property
    def good(self) -> list[Row]:
        return [row for row in self.rows if not row.problems]


def decode(content: bytes) -> str:
    """The text of an uploaded file. Raises UserError for what is no text file."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if content.startswith(b"PK"):
        raise UserError("This is a spreadsheet file. Save it as CSV and send that.")
    if b"\0" in content:
        raise UserError("This file is no text. Save the sheet as CSV (UTF-8) and send that.")
    try:
        return _decoded(content, "utf-8-sig")
    except UserError:
        return content.decode("cp1252", "replace")  # what spreadsheets on Windows write


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UserError(
            "The letters of this file cannot be read. Save it as CSV (UTF-8)."
        ) from None


def read(text: str) -> Sheet:
    """Read the sheet. Raises UserError where the columns or the file as a whole are wrong."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), _dialect(text)))
    except csv.Error as error:
        raise UserError(f"This file cannot be read as CSV: {error}.") from None
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise UserError("The file is empty.")
    if len(lines) > MAX_ROWS + 1:
        raise UserError(f"The file has more than {MAX_ROWS:,} rows. Split it.")
    columns = [_column(heading) for heading in lines[0]]
    if missing := [name for name in REQUIRED if name not in columns]:
        raise UserError(
            f"The file has no column “{'” and “'.join(missing)}”. Its first row must name the "
            f"columns; we know {', '.join(COLUMNS)}."
        )
    ignored = [heading for heading, column in zip(lines[0], columns, strict=True) if column is None]
    rows = [_row(number, columns, line) for number, line in enumerate(lines[1:], 2)]
    _mark_repeated(rows)
    return Sheet(rows, ignored)


def _mark_repeated(rows: list[Row]) -> None:
    """A place that stands twice would be written over by its second row."""
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        place = tuple(row.values.get(column, "").casefold() for column in PLACE)
        if not row.problems and (number := first.setdefault(place, row.number)) != row.number:
            row.problems.append(f"the same location as row {number}")


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)

    class Found(csv.excel):
        pass

    Found.delimiter = delimiter
    return Found


def _fold(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _column(heading: str) -> str | None:
    folded = _fold(heading)
    return next(
        (name for name, others in COLUMNS.items() if folded in (_fold(name), *others)), None
    )


def _row(number: int, columns: list[str | None], cells: list[str]) -> Row:
    values: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None and cell.strip():
            values[column] = whole(cell.strip())
    problems = [f"{name} is missing" for name in REQUIRED if name not in values]
    if len(cells) > len(columns):
        problems.append("more cells than the heading has columns")
    try:
        country = rules.country(values["country"]) if "country" in values else ""
    except UserError as error:
        return Row(number, values, [*problems, str(error).removesuffix(".")])
    values["country"] = country
    for name, most in LONGEST.items():
        if len(values.get(name, "")) > most:
            problems.append(f"{name}: is longer than {most} characters")
    for name, check in _checks(country or "US").items():
        if name in values:
            try:
                values[name] = check(values[name])
            except UserError as error:
                problems.append(f"{name}: {str(error).removesuffix('.')}")
    return Row(number, values, problems)


def _checks(country: str) -> dict[str, Callable[[str], Any]]:
    return {
        "phone": lambda typed: rules.phone(typed, country),
        "website": rules.website,
        "categories": lambda typed: [part.strip() for part in typed.split(",") if part.strip()],
        "promise_hours": _hours,
        "listings": lambda typed: [rules.website(link) for link in typed.split()],
    }


def _hours(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed) <= 720:
        raise UserError(f"“{typed}” is no number of hours between 1 and 720.")
    return int(typed)
