"""One contract for both mailers, and what an SMTP server may do to us."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from app.core.errors import MaybeSent, NotSent
from app.core.settings import Settings
from jobs.mail import FolderMailer, SmtpMailer, mailer_for


class Inbox:
    """A real SMTP server that keeps what it takes. `answer` overrides its last word."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.answer = "250 taken"
        self.hang_up = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session, envelope):
        if self.hang_up:
            server.transport.close()
            return "421 gone"
        if self.answer.startswith("250"):
            self.mails.append(envelope.content)
        return self.answer


@pytest.fixture
def smtp():
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    inbox.port = controller.port
    yield inbox
    controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings(tmp_path, **more) -> Settings:
    return Settings(data_dir=tmp_path, _env_file=None, **more)


def smtp_settings(tmp_path, port) -> Settings:
    return settings(tmp_path, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")


def mail(to: str = "bridget@example.com") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Goodword <goodword@example.com>"
    message["To"] = to
    message["Subject"] = "최서연 wartet — ☕"
    message["Message-ID"] = "<1.2026-11-20@example.com>"
    message.set_content("찻집이 좋아요.\n.\nA line that begins with a dot above.\n" + "x" * 2000)
    return message


@pytest.fixture(params=["smtp", "folder"])
def way(request, tmp_path, smtp):
    """A mailer, and what has arrived through it."""
    if request.param == "smtp":
        return SmtpMailer(smtp_settings(tmp_path, smtp.port)), lambda: smtp.mails
    folder = tmp_path / "mail"
    return FolderMailer(folder), lambda: [path.read_bytes() for path in folder.glob("*.eml")]


def test_a_mail_arrives_once_and_whole(way):
    mailer, arrived = way
    mailer.send(mail())
    [raw] = arrived()
    got = email.message_from_bytes(raw, policy=default)
    assert got["Subject"] == mail()["Subject"]
    assert got["Message-ID"] == "<1.2026-11-20@example.com>"
    assert got.get_content().replace("\r\n", "\n") == mail().get_content()


def test_the_folder_keeps_a_message_id_once(tmp_path):
    mailer = FolderMailer(tmp_path / "mail")
    mailer.send(mail())
    mailer.send(mail())
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_server_that_refuses_leaves_the_mail_to_be_tried_again(tmp_path, smtp):
    mailer = SmtpMailer(smtp_settings(tmp_path, smtp.port))
    with pytest.raises(NotSent, match="550 no such person"):
        mailer.send(mail("nobody@example.com"))
    smtp.answer = "451 come back later"
    with pytest.raises(NotSent, match="451 come back later"):
        mailer.send(mail())
    assert smtp.mails == []


def test_a_connection_that_breaks_while_handing_over_is_uncertain(tmp_path, smtp):
    smtp.hang_up = True
    with pytest.raises(MaybeSent):
        SmtpMailer(smtp_settings(tmp_path, smtp.port)).send(mail())


def test_a_server_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotSent, match="cannot be used"):
        SmtpMailer(smtp_settings(tmp_path, _free_port())).send(mail())


def test_a_server_without_starttls_gets_no_mail_in_the_clear(tmp_path, smtp):
    plain = smtp_settings(tmp_path, smtp.port).model_copy(update={"smtp_security": "starttls"})
    with pytest.raises(NotSent, match="STARTTLS"):
        SmtpMailer(plain).send(mail())
    assert smtp.mails == []


def test_settings_choose_the_mailer(tmp_path):
    assert isinstance(mailer_for(settings(tmp_path)), FolderMailer)
    assert isinstance(mailer_for(smtp_settings(tmp_path, 25)), SmtpMailer)
