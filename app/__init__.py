"""What the business means: locations, listings, reviews, replies, digests.

Nothing happens at import, so that a job or a command can use one noun without loading the web.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.core.clock import Clock
    from app.core.db import Database
    from app.core.ports import Connector, Mailer, SourceCatalog
    from app.core.settings import Settings

# Every module of pages holds one `blueprint`.
PAGES = (
    "accounts.routes",
    "candidates.routes",
    "digests.routes",
    "inbox.routes",
    "insights.routes",
    "listings.hooks",
    "listings.room",
    "listings.routes",
    "locations.routes",
    "mails.routes",
    "passports.routes",
    "replies.routes",
    "reply_rules.routes",
    "reviews.files",
    "reviews.routes",
    "sample.routes",
    "sources.routes",
)


def create_app(
    settings: Settings,
    database: Database,
    catalog: SourceCatalog,
    mailer: Mailer,
    connector: Connector,
    clock: Clock | None = None,
) -> Flask:
    """The web application. `wsgi.py` and the tests hand in what it needs."""
    from flask import Flask

    from app.accounts import access, signin
    from app.core import security, web
    from app.core.clock import utc_now
    from app.ui import pages

    app = Flask("app", template_folder="ui/templates", static_folder="ui/static")
    app.extensions["goodword"] = web.Parts(
        settings, database, catalog, mailer, connector, clock or utc_now
    )
    web.init_app(app)
    security.init_app(app)
    pages.init_app(app)
    signin.init_app(app)
    access.init_app(app)
    for module in PAGES:
        app.register_blueprint(import_module(f"app.{module}").blueprint)
    return app
