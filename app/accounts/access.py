"""The door of every page: closed unless it is said to be public; then the organization's scope."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.local import LocalProxy

from app.accounts.models import MemberRole, Membership
from app.accounts.queries import is_set_up, seats_of
from app.accounts.rules import may
from app.core.db import scope
from app.core.web import db

View = TypeVar("View", bound=Callable[..., Any])

# Pages of Flask-Security guard themselves; static files hold nothing of anybody's.
OPEN_BLUEPRINTS = {"security"}
OPEN_ENDPOINTS = {"static", "bootstrap.static"}

# The signed-in person's place in the organization that this request is about.
membership: Membership = LocalProxy(lambda: g.membership)  # type: ignore[assignment]


def public(view: View) -> View:
    """Let people in who have not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def needs(role: MemberRole) -> Callable[[View], View]:
    """Let only members in whose role is at least `role`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not may(membership.role, role):
                abort(403)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def may_i(role: str) -> bool:
    """For templates: whether to offer what `role` may do."""
    return "membership" in g and may(g.membership.role, MemberRole(role))


def choose(organization_id: int) -> None:
    """Make this the organization the person works in."""
    session["organization_id"] = organization_id


def init_app(app: Flask) -> None:
    """Check every request at the door."""
    app.before_request(_door)
    app.add_template_global(may_i)


def _door() -> ResponseReturnValue | None:
    if _is_open():
        return None
    if not current_user.is_authenticated:
        if not is_set_up(db):
            return redirect(url_for("accounts.welcome"))
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    found = _membership()
    if found is None:
        abort(403, "You are signed in, and no organization has given you a place yet.")
    g.membership = found
    scope(db, found.organization_id)
    return None


def _is_open() -> bool:
    if request.endpoint is None:  # no such page: 404 says nothing about anybody
        return True
    view = current_app.view_functions[request.endpoint]
    return (
        getattr(view, "is_public", False)
        or request.endpoint in OPEN_ENDPOINTS
        or request.blueprint in OPEN_BLUEPRINTS
    )


def _membership() -> Membership | None:
    mine = seats_of(db, current_user.id)
    chosen = session.get("organization_id")
    return next(
        (seat for seat in mine if seat.organization_id == chosen), mine[0] if mine else None
    )
