"""Sign-in, sign-out, recovery, two-factor and passkeys, by Flask-Security."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from flask import Flask
from flask_security import MailUtil, Security, SQLAlchemySessionUserDatastore

from app.accounts.models import Role, User, WebAuthn
from app.core.clock import utc_now
from app.core.settings import Settings
from app.core.web import db, parts


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
        SECURITY_SCRIPT_NONCE_KEY="nonce",
        SECURITY_TWO_FACTOR_VALIDITY_COOKIE={
            "httponly": True,
            "secure": settings.base_url.startswith("https://"),
            "samesite": "Strict",
        },
    )
    datastore = SQLAlchemySessionUserDatastore(db, User, Role, WebAuthn)  # type: ignore[arg-type]
    Security(app, datastore, mail_util_cls=OwnMailUtil)
