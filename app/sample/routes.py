"""The way into the sample town."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_security import current_user, hash_password, login_user

from app.accounts.access import choose, public
from app.accounts.models import User
from app.accounts.queries import is_set_up
from app.core.web import db, parts
from app.sample import service

blueprint = Blueprint("sample", __name__)


@blueprint.post("/sample/enter")
@public
def enter() -> ResponseReturnValue:
    """Look around with the sample business; without signing in only before anything is set up."""
    if current_user.is_authenticated:
        user = db.get_one(User, current_user.id)
    elif is_set_up(db):
        abort(403, "Sign in first; the sample town is then in the list of organizations.")
    else:
        user = service.visitor(db, hash_password(secrets.token_urlsafe(32)))
        login_user(user)
    organization = service.enter(
        db,
        user,
        origin=parts().settings.sample_origin,
        catalog=parts().catalog,
        clock=parts().clock,
    )
    choose(organization.id)
    db.commit()
    return redirect("/inbox")
