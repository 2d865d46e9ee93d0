"""Sealing what must not lie open in the database: the owner's keys and tokens."""

from __future__ import annotations

import json

from cryptography.fernet import Fernet, InvalidToken

from app.core.errors import UserError


class Vault:
    """Seals small dictionaries with one key (43 URL-safe characters, see `Settings.key`)."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(f"{key}=")

    def seal(self, values: dict[str, str]) -> str:
        return self._fernet.encrypt(json.dumps(values).encode()).decode()

    def open(self, sealed: str) -> dict[str, str]:
        """Raises UserError where the key is not the one that sealed it."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken:
            raise UserError(
                "The stored access cannot be opened with this installation's key. Connect again."
            ) from None
