"""Settings: environment variables beginning with GOODWORD_, or a `.env` file beside the program."""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything an operator can set; every setting has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="GOODWORD_", env_file=".env", extra="ignore")

    data_dir: Path = Field(
        default=Path("var"), description="Database, keys and mails that wait to be read"
    )
    database_url: str = Field(
        default="", description="SQLAlchemy address; empty: SQLite in the data folder"
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000", description="Address people reach Goodword at"
    )
    secret_key: SecretStr | None = Field(
        default=None, description="Empty: made once, kept in data_dir"
    )

    smtp_host: str = Field(
        default="", description="Empty: mails are written as .eml and shown at /mail"
    )
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: str = Field(default="starttls", pattern="^(starttls|tls|none)$")
    mail_from: str = Field(
        default="goodword@localhost", description="Sender of digests and sign-in mails"
    )

    model_url: str = Field(
        default="",
        description="OpenAI-compatible address of a model that writes suggestions, such as "
        "http://127.0.0.1:11434/v1; empty: the built-in writer, which needs none",
    )
    model_name: str = "llama3.2"
    model_key: SecretStr = SecretStr("")
    model_timeout_s: float = 30.0

    contact_url: str = Field(default="", description="Shown in the User-Agent; empty: base_url")
    host_map: dict[str, str] = Field(
        default_factory=dict, description="A source's host → origin that stands in for it (tests)"
    )
    allow_origins: list[str] = Field(
        default_factory=list, description="Exact private origins that may be fetched (tests)"
    )
    sample_port: int = Field(
        default=8010, description="Where the sample town is served on loopback"
    )

    @property
    def mail_folder(self) -> Path:
        """Where mails wait to be read in the browser while there is no SMTP server."""
        return self.data_dir / "mail"

    @property
    def url(self) -> str:
        """Address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'goodword.sqlite3'}"

    @property
    def sample_origin(self) -> str:
        """Where the sample town is served; its organization alone may read it."""
        return f"http://127.0.0.1:{self.sample_port}"

    def key(self, purpose: str) -> str:
        """A secret for `purpose`, 43 characters: derived from secret_key, or made once and kept in
        the data folder, readable by its owner only."""
        if self.secret_key is not None:
            secret = self.secret_key.get_secret_value().encode()
            digest = hmac.digest(secret, purpose.encode(), "sha256")
            return urlsafe_b64encode(digest).decode().rstrip("=")
        return _kept_key(self.data_dir / f"{purpose}.key")


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(32)
        file.write(key)
    return key
