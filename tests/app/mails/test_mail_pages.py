"""Mails in the browser where no server carries them."""

from email.message import EmailMessage

import pytest

from jobs.mail import FolderMailer


@pytest.fixture
def folder(app):
    return FolderMailer(app.extensions["goodword"].settings.mail_folder)


def write(folder, to, subject="Three reviews wait", html=None):
    message = EmailMessage()
    message["Message-ID"] = f"<{subject.replace(' ', '-')}-{to}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Fri, 20 Nov 2026 08:00:00 +0000"
    message.set_content("Good morning, Bridget.")
    if html:
        message.add_alternative(html, subtype="html")
    folder.send(message)


def key_of(owner):
    import re

    return re.search(r"/mail/([0-9a-f]{24})", owner.get("/mail").text).group(1)


def test_a_person_reads_the_mails_to_them_and_no_others(owner, folder):
    write(folder, "Bridget@example.com", "Yours")
    write(folder, "somebody@else.example", "Not yours")
    page = owner.get("/mail").text
    assert "Yours" in page
    assert "Not yours" not in page


def test_the_html_of_a_mail_can_run_and_fetch_nothing(owner, folder):
    write(folder, "bridget@example.com", html="<h1>Hello</h1><script>alert(1)</script>")
    answer = owner.get(f"/mail/{key_of(owner)}/body")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_plain_mail_is_shown_as_text(owner, folder):
    write(folder, "bridget@example.com")
    assert "Good morning, Bridget." in owner.get(f"/mail/{key_of(owner)}").text


@pytest.mark.parametrize("key", ["x" * 24, "0" * 24, "..%2F..%2Fsession", "goodword"])
def test_what_is_no_mail_of_theirs_is_404(owner, key):
    assert owner.get(f"/mail/{key}").status_code == 404


def test_an_empty_folder_says_so(owner):
    assert "No mail yet." in owner.get("/mail").text
