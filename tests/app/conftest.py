"""The application on a real database, and three people: one owns, one sees nothing of it."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core.ports import News, PlaceChoice
from app.core.settings import Settings
from jobs.connecting import SourceConnector
from scrapers import registry
from scrapers.types import Extract

CHEAP_HASH = {"argon2__rounds": 1, "argon2__memory_cost": 64}
PASSWORD = "a harbour at dawn"


class NothingToConnect:
    """A connector whose sources take what was typed and ask no consent."""

    def asked_for(self, source_key: str) -> tuple[str, ...]:
        return registry.get(source_key).credentials

    def consent_url(
        self, source_key: str, account: dict[str, str], redirect_uri: str, state: str
    ) -> None:
        return None

    def exchange(
        self, source_key: str, account: dict[str, str], code: str, redirect_uri: str
    ) -> dict[str, str]:
        return {}

    def export(self, source_key: str, url: str, text: str, now: datetime) -> Extract:
        return SourceConnector.export(self, source_key, url, text, now)  # type: ignore[arg-type]

    def news(self, source_key: str, told: Any) -> News | None:
        return SourceConnector.news(self, source_key, told)  # type: ignore[arg-type]

    def places(self, source_key: str, account: dict[str, str]) -> list[PlaceChoice]:
        return []


class MailsKept:
    """A mailer that keeps what it was given, for a test to read."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        self.sent.append(message)


@pytest.fixture
def mails() -> MailsKept:
    return MailsKept()


@pytest.fixture
def app(database, clock, mails, tmp_path) -> Flask:
    settings = Settings(data_dir=tmp_path / "data", secret_key="for tests only", _env_file=None)
    app = create_app(settings, database, registry, mails, NothingToConnect(), clock)
    app.config.update(
        TESTING=True,
        WTF_CSRF_ENABLED=False,
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_HASH,
    )
    return app


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def owner(app: Flask) -> FlaskClient:
    """The owner of the first organization, signed in."""
    client = app.test_client()
    answer = client.post(
        "/welcome",
        data={
            "organization": "Harbour Café",
            "name": "Bridget",
            "email": "Bridget@example.com",
            "password": PASSWORD,
            "reply_to": "hello@example.com",
            "timezone": "Europe/London",
        },
    )
    assert answer.status_code == 302, answer.text
    return client
