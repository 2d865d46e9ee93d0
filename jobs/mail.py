"""Two ways to hand over a mail: to an SMTP server, or into a folder that the browser shows."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from pathlib import Path

from app.core.errors import MaybeSent, NotSent
from app.core.ports import Mailer
from app.core.settings import Settings

TIMEOUT_S = 30


def mailer_for(settings: Settings) -> Mailer:
    """The mailer that the settings ask for."""
    return SmtpMailer(settings) if settings.smtp_host else FolderMailer(settings.mail_folder)


def mailer_to(mailer: Mailer, settings: Settings, receiver: str) -> Mailer:
    """The mailer for one receiver. Names under .localhost never leave the machine (RFC 6761):
    their mail waits to be read."""
    if parseaddr(receiver)[1].endswith(".localhost"):
        return FolderMailer(settings.mail_folder)
    return mailer


class FolderMailer:
    """Writes each mail as `.eml`. A Message-ID is written once, however often it is sent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        name = sha256(str(message["Message-ID"]).encode()).hexdigest()[:24]
        path = self.folder / f"{name}.eml"
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(message.as_bytes(policy=SMTP))
            part.rename(path)
        except OSError as error:
            raise NotSent(f"The mail could not be written to {self.folder}: {error}.") from error


class SmtpMailer:
    """Speaks to the server of the settings, one connection a mail."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, message: EmailMessage) -> None:
        sender = parseaddr(str(message["From"]))[1]
        headers = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
        receivers = [address for _, address in getaddresses(headers)]
        where = f"{self.settings.smtp_host}:{self.settings.smtp_port}"
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server {where} cannot be used: {_words(error)}.") from error
        with _closing(server):
            self._envelope(server, sender, receivers, where)
            # From here on the server may have taken the mail although we do not hear that it did.
            try:
                code, answer = server.data(message.as_bytes(policy=SMTP))
            except smtplib.SMTPDataError as error:
                raise NotSent(f"{where} did not take the mail: {_words(error)}.") from error
            except (OSError, smtplib.SMTPException) as error:
                says = f"The connection to {where} broke while the mail was handed over."
                raise MaybeSent(says) from error
            _demand_taken(where, code, answer)

    def _connect(self) -> smtplib.SMTP:
        given = self.settings
        address = (given.smtp_host, given.smtp_port)
        if given.smtp_security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(*address, timeout=TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(*address, timeout=TIMEOUT_S)
        try:
            if given.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if given.smtp_user:
                server.login(given.smtp_user, given.smtp_password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server

    def _envelope(
        self, server: smtplib.SMTP, sender: str, receivers: list[str], where: str
    ) -> None:
        try:
            server.ehlo_or_helo_if_needed()
            _demand_taken(where, *server.mail(sender))
            for receiver in receivers:
                _demand_taken(where, *server.rcpt(receiver))
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise NotSent(f"{where} did not take the mail: {_words(error)}.") from error


@contextmanager
def _closing(server: smtplib.SMTP) -> Iterator[None]:
    """Ends the session politely where the server is still there. A mail that was taken is taken,
    so nothing that goes wrong here counts."""
    try:
        yield
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _demand_taken(where: str, code: int, answer: bytes) -> None:
    if code not in (250, 251):
        raise NotSent(f"{where} did not take the mail: {code} {answer.decode(errors='replace')}.")


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
