"""What the two databases write differently, under one name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, literal
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
    insert = postgresql.insert if is_postgres else sqlite.insert
    own = {"organization_id": scoped_to(session)}
    statement = insert(model).on_conflict_do_nothing()
    session.execute(statement, [row | own for row in rows])
