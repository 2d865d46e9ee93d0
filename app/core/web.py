"""What a request stands on: its parts, its database session, its clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy
from werkzeug.routing import IntegerConverter, Map

from app.core.clock import Clock
from app.core.db import Database
from app.core.settings import Settings

if TYPE_CHECKING:
    from app.core.ports import Connector, Mailer, SourceCatalog


@dataclass(frozen=True)
class Parts:
    """What `create_app` was given."""

    settings: Settings
    database: Database
    catalog: SourceCatalog
    mailer: Mailer
    connector: Connector
    clock: Clock


def parts() -> Parts:
    """The parts of the running application."""
    return current_app.extensions["goodword"]


def _session() -> Session:
    """This request's session: opened at first use, closed with the request.

    A GET reads; every other method takes the write lock at once (see `Database`).
    """
    if "db" not in g:
        reads = request.method in ("GET", "HEAD", "OPTIONS") if request else False
        g.db = parts().database.session(write=not reads)
    return g.db


# Routes hand this to services and commit it themselves.
db = cast(Session, LocalProxy(_session))


# The largest number a row can have (ids are 32-bit). A longer one would raise in the database.
MAX_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """`<int:…>` in an address: what no row can be numbered with is an address of nothing."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": MAX_ID, **options})


def number(given: str) -> int:
    """A whole number from a query or form, as `type` of `request.args.get`; one beyond every row's
    becomes the last, which finds nothing as well. Raises ValueError."""
    return max(0, min(int(given), MAX_ID))


def init_app(app: Flask) -> None:
    """Configure the application from its settings and close each request's session."""
    app.url_map.converters["int"] = IdConverter
    settings: Settings = app.extensions["goodword"].settings
    https = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.key("session"),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SECURE=https,
        REMEMBER_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=8 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )

    @app.teardown_appcontext
    def close_session(_error: BaseException | None = None) -> None:
        session = g.pop("db", None)
        if session is not None:
            session.close()
