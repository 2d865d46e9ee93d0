"""What every page shares: Bootstrap, languages, error pages, and a few words for templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale
from flask_bootstrap import Bootstrap5
from flask_security import current_user
from werkzeug.exceptions import HTTPException

from app.core.errors import NotFound, UserError

# What to say where the exception's own words are the framework's.
SAYS = {
    400: "The form could not be read. Go back, reload the page and send it once more.",
    403: "Your role here does not include this. An owner of the organization can change that.",
    404: "There is nothing at this address.",
    405: "This address takes another kind of request.",
    413: "That is larger than 8 MB. Split it and send the parts one after another.",
    429: "That was tried often in a short time. Wait a minute, then try again.",
    500: "Something broke on our side. What was stored before is kept; the log says what happened.",
}


def init_app(app: Flask) -> None:
    """Register Bootstrap, Babel, the error pages and the template globals."""
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    Babel(app, locale_selector=_locale, timezone_selector=_timezone)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(UserError, _user_error)
    app.add_template_global(get_locale)
    app.add_template_global(rooms)
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    names = ("nonce", "membership")
    return {name: g.get(name) for name in names if name in g}


def _locale() -> str:
    if current_user and current_user.is_authenticated:
        return current_user.language
    return request.accept_languages.best_match(["en"]) or "en"


def _timezone() -> str:
    return current_user.timezone if current_user and current_user.is_authenticated else "UTC"


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    own_words = error.description if error.description != type(error).description else None
    says = own_words or SAYS.get(error.code, error.name)
    return render_template("error.html", code=error.code, says=says), error.code


def _user_error(error: UserError) -> ResponseReturnValue:
    code = 404 if isinstance(error, NotFound) else 422
    return render_template("error.html", code=code, says=str(error)), code


@dataclass(frozen=True)
class Room:
    """A place in the navigation; `count` stands beside it where it is not None."""

    name: str
    href: str
    here: bool
    count: int | None = None


ROOMS = (
    ("Inbox", "inbox"),
    ("Reviews", "reviews"),
    ("Listings", "listings"),
    ("Insights", "insights"),
    ("Settings", "settings"),
)


def rooms() -> list[Room]:
    """The rooms of the navigation that exist, and which of them the person stands in."""
    return [
        Room(name, f"/{path}", here=request.path.startswith(f"/{path}")) for name, path in ROOMS
    ]
