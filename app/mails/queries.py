"""Reading the mail folder: only what was addressed to the person who asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{24}")
MAX_SHOWN = 200


@dataclass(frozen=True)
class Mail:
    """One mail of the folder. `sent_at` is its Date header, else the file's own time."""

    key: str
    subject: str
    sent_at: datetime
    text: str
    html: str | None


def mails_to(folder: Path, address: str) -> list[Mail]:
    """The mails addressed to `address`, the newest first, at most MAX_SHOWN."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    found = (_read(path, address) for path in files)
    mails = [mail for mail in found if mail is not None][:MAX_SHOWN]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)


def mail_to(folder: Path, key: str, address: str) -> Mail | None:
    """The mail of that key, if it is there and was addressed to `address`."""
    path = folder / f"{key}.eml"
    return _read(path, address) if _KEY.fullmatch(key) and path.is_file() else None


def _read(path: Path, address: str) -> Mail | None:
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
    receivers = {to.lower() for _, to in getaddresses(message.get_all("To", []))}
    if address.lower() not in receivers:
        return None
    return Mail(
        path.stem,
        str(message["Subject"] or ""),
        _date(message, path),
        _body(message, "plain") or "",
        _body(message, "html"),
    )


def _date(message: EmailMessage, path: Path) -> datetime:
    try:
        return parsedate_to_datetime(str(message["Date"])).astimezone(UTC)
    except (TypeError, ValueError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return part.get_content() if isinstance(part, EmailMessage) else None
