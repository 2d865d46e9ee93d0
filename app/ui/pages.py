"""What every page shares: Bootstrap, languages, error pages, and a few words for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale, get_timezone
from flask_bootstrap import Bootstrap5
from flask_limiter import RateLimitExceeded
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.core.errors import NotFound, UserError
from app.core.web import parts
from app.ui import assets, words

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
    """Register Bootstrap, Babel, the error pages, and the globals and filters of templates."""
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    Babel(app, locale_selector=_locale, timezone_selector=_timezone)
    assets.init_app(app)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(UserError, _user_error)
    app.add_template_global(get_locale)
    app.add_template_global(rooms)
    app.add_template_global(words.count, "count")
    for name, word in FILTERS.items():
        app.add_template_filter(word, name)
    app.add_template_test(is_web_address, "web_address")
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
    is_ours = not isinstance(error, (CSRFError, RateLimitExceeded))
    is_ours = is_ours and error.description != type(error).description
    own_words = error.description if is_ours else None
    says = own_words or SAYS.get(error.code, error.name)
    return render_template("error.html", code=error.code, says=says), error.code


def _user_error(error: UserError) -> ResponseReturnValue:
    code = 404 if isinstance(error, NotFound) else 422
    return render_template("error.html", code=code, says=str(error)), code


def flash_undo(says: str, action: str, label: str = "Take back") -> None:
    """Say what was done, beside a button that posts to `action` and undoes it."""
    flash({"says": says, "action": action, "label": label}, "done")  # type: ignore[arg-type]


def is_web_address(url: object) -> bool:
    """Whether an address from outside may become a link: http and https only."""
    return isinstance(url, str) and url.lower().startswith(("http://", "https://"))


def zone() -> tzinfo:
    """The time zone of the person who looks."""
    # Not Flask-Babel's own object: pytz zones cannot be put into a datetime.
    return ZoneInfo(str(get_timezone() or "UTC"))


def _wait(due_at: datetime) -> words.Wait:
    return words.wait(due_at, parts().clock(), zone(), str(get_locale()))


def _when(moment: datetime, precision: str | None = None) -> str:
    return words.when(moment, parts().clock(), zone(), str(get_locale()), precision)


def _day(moment: datetime) -> str:
    return words.day(moment.astimezone(zone()), parts().clock(), str(get_locale()))


def _ago(moment: datetime) -> str:
    return words.ago(moment, parts().clock(), str(get_locale()))


def _language_name(code: str | None) -> str:
    """The name of a language, such as "ko", in the reader's own."""
    names = (get_locale() or Locale("en")).languages
    return names.get(code or "", code or "")


# `review.due_at|wait`, `review.published_at|when(review.precision)`, `finding.opened_at|day`, …
FILTERS = {
    "wait": _wait,
    "when": _when,
    "day": _day,
    "ago": _ago,
    "language_name": _language_name,
    "every": words.every,
    "span": words.span,
    "ordinal": words.ordinal,
}


@dataclass(frozen=True)
class Room:
    """A place in the navigation. `short` is its word on a phone where that is another one."""

    name: str
    href: str
    here: bool
    short: str | None = None


# Name, its word on a phone, and the beginnings of the addresses inside; the first is its door.
ROOMS = (
    ("Inbox", None, ("/inbox",)),
    ("Reviews", None, ("/reviews",)),
    ("Listings", None, ("/listings",)),
    ("Insights", None, ("/insights",)),
    ("Settings", "More", ("/settings", "/locations", "/mail", "/change")),
)


# What one does about a location's listings, though its address begins with the location's.
IN_LISTINGS = frozenset({"candidates.found", "candidates.search", "listings.links"})


def rooms() -> list[Room]:
    """The rooms of the navigation, and which of them the person stands in."""
    path = "/listings" if request.endpoint in IN_LISTINGS else request.path
    return [Room(name, inside[0], path.startswith(inside), short) for name, short, inside in ROOMS]
