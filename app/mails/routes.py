"""The mails that Goodword wrote and no server carried."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.core.web import parts
from app.mails.queries import Mail, mail_to, mails_to

blueprint = Blueprint("mails", __name__, template_folder="templates")

# A mail is a stranger's page: no script, nothing fetched, styles of its own.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-popups allow-top-navigation-by-user-activation; frame-ancestors 'self'"
)


@blueprint.get("/mail")
def all_mails() -> ResponseReturnValue:
    """Every mail to the signed-in person."""
    settings = parts().settings
    mails = mails_to(settings.mail_folder, current_user.email)
    return render_template("mails/all.html", mails=mails, smtp_host=settings.smtp_host)


@blueprint.get("/mail/<key>")
def one(key: str) -> ResponseReturnValue:
    """One mail, as it would be received."""
    return render_template("mails/one.html", mail=_mail(key))


@blueprint.get("/mail/<key>/body")
def body(key: str) -> ResponseReturnValue:
    """The HTML of a mail, for the frame on its page."""
    response = Response(_mail(key).html or "", mimetype="text/html")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _mail(key: str) -> Mail:
    mail = mail_to(parts().settings.mail_folder, key, current_user.email)
    return mail or abort(404)
