"""Pictures of every room on a phone and a desk, by day and by night: `make screens`.

Seeds the demo organization into a database of its own, serves it on loopback, looks at it with the
machine's Chromium, and writes the pictures to the folder named on the command line.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.core.db import Database
from app.core.settings import Settings
from bench import demo
from jobs.connecting import connector_for
from jobs.mail import mailer_for
from migrations import upgrade
from scrapers import registry

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"viewport": {"width": 1440, "height": 860}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SIZES = {"desk": DESK, "phone": PHONE}
PAGES = {
    "inbox": "/inbox",
    "list": "/inbox?list=1",
    "reviews": "/reviews",
    "listings": "/listings",
    "proof": "/listings/5/phone",
    "insights": "/insights",
}


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Database]]:
    """The demo on a loopback address, with its database."""
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    upgrade(url)
    database = Database(url)
    settings = Settings(data_dir=folder, secret_key="for pictures only", _env_file=None)  # type: ignore[call-arg]
    app = create_app(settings, database, registry, mailer_for(settings), connector_for(settings))
    with app.app_context():
        from flask_security import hash_password

        demo.seed(database, datetime.now(UTC), hash_password(demo.PASSWORD))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", database
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        database.dispose()


def sign_in(browser: Browser, address: str, **context):
    """A page of a signed-in person."""
    page = browser.new_context(
        base_url=address, timezone_id="America/New_York", **context
    ).new_page()
    page.goto("/login")
    page.fill("[name=email]", demo.EMAIL)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("text=Sign in >> nth=-1")
    page.wait_for_url("**/inbox**")
    return page


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(Path(scratch)) as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for size, context in SIZES.items():
            for scheme in ("light", "dark"):
                page = sign_in(browser, address, color_scheme=scheme, **context)
                for name, path in PAGES.items():
                    if wanted and name not in wanted:
                        continue
                    page.goto(path)
                    page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                    print(f"{name}-{size}-{scheme}.png")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
