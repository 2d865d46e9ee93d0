"""Choosing when the digest comes, and ending it with one click from the mail."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import public
from app.core.security import csrf
from app.core.web import db, parts
from app.digests import queries, service
from app.digests.forms import DigestForm

blueprint = Blueprint("digests", __name__, template_folder="templates")


@blueprint.route("/settings/digest", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """When the signed-in person gets the digest, and what became of the last ones."""
    subscription = queries.subscription_of(db, current_user.id)
    form = DigestForm(obj=subscription)
    if form.validate_on_submit():
        subscription = subscription or service.subscribe(db, current_user.id, parts().clock)
        chosen = (form.frequency.data, form.hour.data, form.weekday.data)
        service.change(db, subscription, *chosen, parts().clock)
        db.commit()
        flash("Saved. The next digest comes by what you chose.", "done")
        return redirect(url_for(".settings"))
    last = queries.deliveries(db, subscription.id) if subscription else []
    return render_template(
        "digests/settings.html", form=form, subscription=subscription, deliveries=last
    )


@blueprint.route("/digest/stop/<token>", methods=["GET", "POST"])
@public
@csrf.exempt
def stop(token: str) -> ResponseReturnValue:
    """A GET asks, since mail programs open links ahead of people; a POST ends it at once, also
    when a mail program sends it by itself (RFC 8058), which has no session and no CSRF token."""
    if request.method == "POST":
        service.stop(db, token)
        db.commit()
    return render_template("digests/stop.html", stopped=request.method == "POST")
