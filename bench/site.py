"""The demo on a loopback address, and a browser of the machine's own to look at it."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Browser, Page, Playwright
from werkzeug.serving import make_server

from app import create_app
from app.core.db import Database
from app.core.settings import Settings
from bench import demo
from jobs.connecting import connector_for
from jobs.mail import mailer_for
from migrations import upgrade
from scrapers import registry

# The browser stays on this machine: it finds no other host, neither updates nor calls home.
ARGS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"viewport": {"width": 1280, "height": 760}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def seed(folder: Path) -> Path:
    """A database in `folder` with the demo organization in it."""
    path = folder / "demo.sqlite3"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with _app(folder, database).app_context():
        demo.seed(database, datetime.now(UTC), hash_password(demo.PASSWORD))
    database.dispose()
    return path


def _app(folder: Path, database: Database) -> Flask:
    settings = Settings(data_dir=folder, secret_key="for pictures only", _env_file=None)  # type: ignore[call-arg]
    return create_app(settings, database, registry, mailer_for(settings), connector_for(settings))


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address on loopback of a Goodword on the database at `path`."""
    database = Database(f"sqlite:///{path}")
    app = _app(path.parent, database)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        database.dispose()


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)


def sign_in(page: Page) -> None:
    """Sign the demo's owner in."""
    page.goto("/login")
    page.fill("[name=email]", demo.EMAIL)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("form[name=login_user_form] button")
    page.wait_for_url("**/inbox**")
