"""What the two databases write differently, under one name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.core.db import UTCDateTime


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
