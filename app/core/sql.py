"""What the two databases write differently, under one name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Table, insert, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from app.core.db import Tenant, UTCDateTime, scoped_to


class _DaysBetween(FunctionElement[float]):
    """Days from the first moment to the second, with their fraction."""

    name = "days_between"
    type = Float()
    inherit_cache = True


@compiles(_DaysBetween)
def _standard(element: _DaysBetween, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(EXTRACT(EPOCH FROM ({second} - {first})) / 86400 AS DOUBLE PRECISION)"


@compiles(_DaysBetween, "sqlite")
def _sqlite(element: _DaysBetween, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(part, **options) for part in element.clauses)
    return f"(julianday({second}) - julianday({first}))"


def days_since(moment: Any, now: datetime) -> ColumnElement[float]:
    """How many days before `now` the moment in a column lies."""
    return _DaysBetween(moment, literal(now, UTCDateTime()))


def add_missing(session: Session, model: type[Tenant], rows: Sequence[dict[str, Any]]) -> None:
    """Add those rows that no one has added yet, nor is adding in another transaction, by the
    unique constraints of their table."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    adding = postgresql.insert if is_postgres else sqlite.insert
    own = {"organization_id": scoped_to(session)}
    statement = adding(model).on_conflict_do_nothing()
    session.execute(statement, [row | own for row in rows])


# SQLite takes 32,766 parameters in a statement (limits.html, SQLITE_MAX_VARIABLE_NUMBER).
_MOST_PARAMETERS = 32_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Add many rows that name the same columns, among them every one that has a default.

    On SQLite hundreds go with one statement: the driver lets other threads in only between
    statements, which costs more than the insert itself where they read pages meanwhile.
    """
    dialect = connection.dialect
    if dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    columns = [column for column in table.c if column.name in rows[0]]
    names = [column.name for column in columns]
    statement = str(insert(table).inline().compile(dialect=dialect, column_keys=names))
    one = statement.rpartition(" VALUES ")[2]
    kinds = (column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns)
    processors = [(at, process) for at, process in enumerate(kinds) if process]
    values_of = itemgetter(*names)
    most = _MOST_PARAMETERS // len(names)
    for start in range(0, len(rows), most):
        some = rows[start : start + most]
        given: list[Any] = []
        for row in some:
            values = list(values_of(row))
            for at, process in processors:
                values[at] = process(values[at])
            given += values
        connection.exec_driver_sql(", ".join([statement, *[one] * (len(some) - 1)]), tuple(given))
