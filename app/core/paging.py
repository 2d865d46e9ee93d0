"""One page of many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

ROWS = 50
MAX_PAGE = 10_000

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """Rows of the page `number`, counted from 1, of `total` rows in all."""

    rows: Sequence[Row]
    total: int
    number: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number * ROWS < self.total else None


def paged(session: Session, wanted: Select[Row], number: int) -> Paged[Row]:
    """A page of the entities that `wanted` selects, in its order."""
    number = min(max(number, 1), MAX_PAGE)
    total = session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    rows = session.scalars(wanted.limit(ROWS).offset((number - 1) * ROWS)).all()
    return Paged(rows, total, number)
