"""Sign-in, sign-out, recovery, two-factor and passkeys, by Flask-Security."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import LoginForm, MailUtil, Security, SQLAlchemySessionUserDatastore
from flask_security.utils import validate_redirect_url
from wtforms import Field

from app.accounts.models import Role, User, WebAuthn
from app.core.clock import utc_now
from app.core.settings import Settings
from app.core.web import db, parts

# Wrong passwords from one address. Counted per process: slow enough for either purpose.
WRONG_PASSWORDS = "10 per minute"

# What Flask-Security says in words of its own.
SAYS = {
    "GENERIC_AUTHN_FAILED": "This e-mail address and password do not fit together.",
    "GENERIC_RECOVERY": "If somebody here has this address, a mail with a link is on its way.",
    "LOGIN": "Sign in to see this page.",
    "UNAUTHENTICATED": "Sign in to see this page.",
    "EMAIL_NOT_PROVIDED": "Write your e-mail address.",
    "PASSWORD_NOT_PROVIDED": "Write your password.",
    "INVALID_EMAIL_ADDRESS": "This is no e-mail address.",
    "PASSWORD_INVALID_LENGTH": "At least %(length)s characters, please.",
    "PASSWORD_IS_THE_SAME": "This is the password you have already.",
    "RETYPE_PASSWORD_MISMATCH": "The two passwords are not the same.",
    "INVALID_RESET_PASSWORD_TOKEN": "This link is not whole. Ask for a new one.",
    "PASSWORD_RESET_EXPIRED": "This link was good for %(within)s. Ask for a new one.",
    "PASSWORD_RESET_NO_LOGIN": "The new password holds. Sign in with it.",
    "PASSWORD_CHANGE": "The new password holds.",
}


class SignInForm(LoginForm):
    """The sign-in page in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text = "E-mail address"
        self.remember.label.text = "Keep me signed in here"

    def validate_next(self, field: Field) -> None:
        """An address that is not ours is dropped: the person arrives in the inbox instead."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""


class OwnMailUtil(MailUtil):
    """Sends the sign-in mails through the same mailer as the digests."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        message = EmailMessage()
        message["Subject"] = subject
        message["From"] = parts().settings.mail_from
        message["To"] = str(recipient)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body or subject)
        if html:
            message.add_alternative(html, subtype="html")
        parts().mailer.send(message)


def init_app(app: Flask) -> None:
    """Mount Flask-Security on our tables and look."""
    settings: Settings = app.extensions["goodword"].settings
    app.config.update(
        SECURITY_PASSWORD_SALT=settings.key("passwords"),
        SECURITY_PASSWORD_LENGTH_MIN=10,
        SECURITY_RECOVERABLE=True,
        SECURITY_CHANGEABLE=True,
        SECURITY_TRACKABLE=True,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False, "test_environment": True},
        SECURITY_DATETIME_FACTORY=utc_now,
        SECURITY_EMAIL_SENDER=settings.mail_from,
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/login",
        **{f"SECURITY_MSG_{name}": (says, "caution") for name, says in SAYS.items()},
        SECURITY_SCRIPT_NONCE_KEY="nonce",
        SECURITY_TWO_FACTOR_VALIDITY_COOKIE={
            "httponly": True,
            "secure": settings.base_url.startswith("https://"),
            "samesite": "Strict",
        },
    )
    datastore = SQLAlchemySessionUserDatastore(db, User, Role, WebAuthn)  # type: ignore[arg-type]
    Security(app, datastore, mail_util_cls=OwnMailUtil, login_form=SignInForm)
    _slow_down(app)


def _slow_down(app: Flask) -> None:
    """Let wrong passwords be tried so often only; a right one counts for nothing."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    limit = limiter.limit(
        WRONG_PASSWORDS,
        methods=["POST"],
        deduct_when=lambda response: response.status_code != 302,
    )
    guarded = limit(app.view_functions["security.login"])
    app.view_functions["security.login"] = guarded  # type: ignore[assignment]
