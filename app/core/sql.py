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


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """As `connection.execute(insert(table), rows)`, at two thirds of its time: what SQLAlchemy
    looks up anew for each row is looked up once. All rows name the same columns, every one that
    has a default among them."""
    if not rows:
        return
    dialect = connection.dialect
    columns = [column for column in table.c if column.name in rows[0]]
    names = [column.name for column in columns]
    statement = insert(table).inline().compile(dialect=dialect, column_keys=names)
    kinds = (column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns)
    processors = [(at, process) for at, process in enumerate(kinds) if process]
    values_of = itemgetter(*names)
    given: list[Any] = []
    for row in rows:
        values = list(values_of(row))
        for at, process in processors:
            values[at] = process(values[at])
        given.append(
            tuple(values) if statement.positional else dict(zip(names, values, strict=True))
        )
    connection.exec_driver_sql(str(statement), given)
