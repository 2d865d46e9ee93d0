"""The database: base classes, the UTC type, sessions, and the scope that keeps tenants apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Table,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime in, an aware datetime in UTC out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Any) -> Any:
        # One function instead of SQLAlchemy's three: half of all columns written are times.
        return _to_text if dialect.name == "sqlite" else _to_utc

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        return _from_text if dialect.name == "sqlite" else _to_utc

    def process_literal_param(self, value: datetime | None, dialect: Any) -> Any:
        return _to_text(value) if dialect.name == "sqlite" else _to_utc(value)


def _to_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return value.astimezone(UTC)


# One batch writes the same few times into thousands of columns.
@lru_cache(maxsize=1024)
def _to_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes times to SQLite: "2026-11-21 09:00:00.000000", in UTC."""
    utc = _to_utc(value)
    return None if utc is None else utc.replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=1024)
def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every table. Columns typed `datetime` are UTC; dict and list columns are JSON."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: UTCDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class Tenant:
    """A row that belongs to one Organization. Queries see only the session's own (see `scope`)."""

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def organization_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))


def tenant_table(*items: Any, references: dict[str, str] | None = None) -> tuple[Any, ...]:
    """`__table_args__` of a Tenant: its composite key, and composite references to other tenants'
    tables (column → table), so that a row can only point at rows of its own Organization."""
    keys = [
        ForeignKeyConstraint(
            ["organization_id", column],
            [f"{table}.organization_id", f"{table}.id"],
            ondelete="CASCADE",
        )
        for column, table in (references or {}).items()
    ]
    return (UniqueConstraint("organization_id", "id"), *keys, *items)


class ScopeMissing(RuntimeError):
    """A tenant's table was asked for without saying whose rows are meant."""


def scope(session: Session, organization_id: int) -> Session:
    """Let `session` see and write this Organization's rows only, from now on."""
    session.info["organization_id"] = organization_id
    return session


def scoped_to(session: Session) -> int:
    """The Organization that `session` works for. Raises ScopeMissing."""
    try:
        return session.info["organization_id"]
    except KeyError:
        raise ScopeMissing("the session has no organization") from None


@event.listens_for(Session, "do_orm_execute")
def _only_own_rows(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_column_load or state.execution_options.get("across_tenants"):
        return
    if "organization_id" not in state.session.info and not _touches_tenants(state.statement):
        return
    organization_id = scoped_to(state.session)
    state.statement = state.statement.options(
        with_loader_criteria(
            Tenant, lambda cls: cls.organization_id == organization_id, include_aliases=True
        )
    )


def _touches_tenants(statement: Any) -> bool:
    return any(
        isinstance(part, Table) and "organization_id" in part.columns
        for part in visitors.iterate(statement)
    )


@event.listens_for(Session, "before_flush")
def _stamp_new_rows(session: Session, *_: Any) -> None:
    for row in session.new:
        if not isinstance(row, Tenant):
            continue
        own = session.info.get("organization_id")
        if row.organization_id is None:
            row.organization_id = scoped_to(session)
        elif own is not None and row.organization_id != own:
            raise ScopeMissing(f"{type(row).__name__} belongs to another organization")


class Database:
    """One engine and its two kinds of session.

    On SQLite a session that writes takes the write lock at its start (BEGIN IMMEDIATE): it then
    waits for its turn instead of failing when a read transaction turns into a write.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._read = sessionmaker(self.engine, expire_on_commit=False)
        writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._write = sessionmaker(writing, expire_on_commit=False)

    def session(self, *, write: bool = True) -> Session:
        """A new session; the caller commits and closes it."""
        return self._write() if write else self._read()

    @contextmanager
    def begin(self, organization_id: int | None = None) -> Iterator[Session]:
        """A writing session in one transaction: committed at the end, rolled back on an error."""
        with self._write.begin() as session:
            if organization_id is not None:
                scope(session, organization_id)
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    # Eight seconds is longer than any write transaction here, shorter than a browser's patience.
    engine = create_engine(parsed, connect_args={"timeout": 8})
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Any) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
