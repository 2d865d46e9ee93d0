"""Run by Alembic: connects with the program's own engine and compares with its own metadata."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import types

from app.core.db import Database, UTCDateTime
from app.tables import metadata


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write revisions with plain SQLAlchemy types, so that old ones depend on nothing of ours."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, types.TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


def run() -> None:
    database = Database(context.config.get_main_option("sqlalchemy.url") or "")
    try:
        with database.engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=metadata,
                render_as_batch=connection.dialect.name == "sqlite",
                render_item=render_item,
                user_module_prefix="sa.",
            )
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
    finally:
        database.dispose()


run()
