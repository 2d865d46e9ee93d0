"""Setting up, signing in, people and their roles."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import MemberRole, Membership, User
from app.accounts.rules import may
from tests.app.conftest import PASSWORD


def test_the_first_visitor_is_led_to_setting_up(visitor):
    answer = visitor.get("/", follow_redirects=True)
    assert answer.status_code in (200, 404)
    assert visitor.get("/settings/people").headers["Location"] == "/welcome"
    assert "Set up Goodword" in visitor.get("/welcome").text


def test_setting_up_makes_an_owner_and_signs_them_in(owner, database):
    assert "Bridget" in owner.get("/settings/people").text
    with database.begin() as session:
        seat = session.scalars(select(Membership), execution_options={"across_tenants": True}).one()
        assert seat.role == MemberRole.OWNER
        assert session.scalars(select(User.email)).one() == "bridget@example.com"


def test_setting_up_happens_once(owner, visitor):
    assert visitor.get("/welcome").headers["Location"].startswith("/login")


def test_wrong_entries_are_explained_where_the_person_stands(visitor):
    page = visitor.post("/welcome", data={"email": "nobody", "password": "short"}).text
    assert "At least 10 characters" in page
    assert "Invalid email address" in page


def test_signing_out_and_in_again(owner):
    owner.post("/logout")
    assert owner.get("/settings/people").headers["Location"].startswith("/login")
    owner.post("/login", data={"email": "BRIDGET@example.com", "password": PASSWORD})
    assert owner.get("/settings/people").status_code == 200


def test_a_wrong_password_is_told_in_plain_words(owner):
    owner.post("/logout")
    text = owner.post("/login", data={"email": "bridget@example.com", "password": "no"}).text
    assert "This e-mail address and password do not fit together." in text
    for foreign in ("Authentication failed", "Email Address", "Remember Me", "passcode"):
        assert foreign not in text


def test_wrong_passwords_are_slowed_down_and_right_ones_are_not(owner):
    wrong = {"email": "bridget@example.com", "password": "a guess"}
    right = {"email": "bridget@example.com", "password": PASSWORD}
    owner.post("/logout")
    for _ in range(9):
        assert owner.post("/login", data=wrong).status_code == 200
    for _ in range(3):
        assert owner.post("/login", data=right).status_code == 302
        owner.post("/logout")
    assert owner.post("/login", data=wrong).status_code == 200
    answer = owner.post("/login", data=wrong)
    assert answer.status_code == 429
    assert "Wait a minute" in answer.text


def test_an_address_elsewhere_is_not_gone_to_after_signing_in(owner):
    owner.post("/logout")
    data = {"email": "bridget@example.com", "password": PASSWORD}
    answer = owner.post("/login?next=https://evil.example/x", data=data)
    assert answer.headers["Location"] == "/"


def test_a_forgotten_password_is_set_anew_by_mail(owner, visitor, mails):
    owner.post("/logout")
    visitor.post("/reset", data={"email": "bridget@example.com"})
    body = mails.sent[-1].get_body(("plain",)).get_content()
    link = re.search(r"http://\S+(/reset/\S+)", body).group(1)
    fresh = "another long sentence"
    visitor.post(link, data={"password": fresh, "password_confirm": fresh})
    owner.post("/login", data={"email": "bridget@example.com", "password": fresh})
    assert owner.get("/settings/people").status_code == 200


def test_an_unknown_address_gets_the_same_page_and_no_mail(owner, visitor, mails):
    known = visitor.post("/reset", data={"email": "bridget@example.com"}, follow_redirects=True)
    count = len(mails.sent)
    unknown = visitor.post("/reset", data={"email": "x@example.com"}, follow_redirects=True)
    assert len(mails.sent) == count
    assert (known.status_code, unknown.status_code) == (200, 200)


def invited(owner, role, email="anton@example.com"):
    page = owner.post("/settings/people", data={"email": email, "role": role}).text
    return re.search(r"(/join/[\w-]+)", page).group(1)


def joined(app, link):
    client = app.test_client()
    data = {"name": "Anton", "password": PASSWORD, "timezone": "Asia/Seoul", "email": "x@y.zz"}
    assert client.post(link, data=data).status_code == 302
    return client


def test_an_invited_person_takes_their_seat_once(owner, app, visitor):
    link = invited(owner, "responder")
    anton = joined(app, link)
    assert anton.get("/settings/people").status_code == 403
    assert visitor.get(link).status_code == 404


def test_the_last_owner_stays(owner, database):
    answer = owner.post("/settings/people/1/remove")
    assert answer.status_code == 422
    assert "needs an owner" in answer.text


@pytest.mark.parametrize(
    ("role", "needed", "allowed"),
    [
        ("owner", MemberRole.OWNER, True),
        ("manager", MemberRole.OWNER, False),
        ("manager", MemberRole.RESPONDER, True),
        ("responder", MemberRole.MANAGER, False),
        ("viewer", MemberRole.VIEWER, True),
        ("viewer", MemberRole.RESPONDER, False),
    ],
)
def test_each_role_includes_the_lesser_ones(role, needed, allowed):
    assert may(role, needed) is allowed


def test_every_page_refuses_who_has_not_signed_in(owner, visitor, app):
    opened = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "is_public", False) or rule.endpoint.split(".")[0] == "security":
            continue
        if rule.endpoint in ("static", "bootstrap.static"):
            continue
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        path = re.sub(r"<[^>]+>", "1", path)
        method = "GET" if "GET" in rule.methods else "POST"
        answer = visitor.open(path, method=method)
        if not answer.headers.get("Location", "").startswith("/login"):
            opened.append((path, answer.status_code))
    assert opened == []


def test_a_form_without_its_token_is_refused(app, owner):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = owner.post("/settings/people", data={"email": "a@b.cc"})
    assert answer.status_code == 400
    assert "reload the page and send it once more" in answer.text
    assert "CSRF" not in answer.text


def test_every_page_carries_its_guard(visitor):
    answer = visitor.get("/welcome")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' 'nonce-" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    first, second = (visitor.get("/welcome").headers["Content-Security-Policy"] for _ in "ab")
    assert first != second


def test_settings_show_only_the_doors_a_role_may_open(owner, app):
    anton = joined(app, invited(owner, "viewer"))
    assert "/settings/people" in owner.get("/settings").text
    assert "/settings/people" not in anton.get("/settings").text


def test_an_owner_changes_the_organization_and_themselves(owner):
    owner.post("/settings/organization", data={"organization": "Quay", "reply_to": "q@example.com"})
    owner.post("/settings/me", data={"name": "Bridie", "timezone": "Asia/Tokyo"})
    page = owner.get("/settings").text
    for said in ("Quay", "q@example.com", "Bridie", "Asia/Tokyo"):
        assert said in page


def test_wrong_settings_change_nothing(owner):
    owner.post("/settings/organization", data={"organization": "", "reply_to": "nobody"})
    owner.post("/settings/me", data={"name": "B", "timezone": "Mars/Base"})
    page = owner.get("/settings").text
    assert "Harbour Café" in page
    assert "Europe/London" in page
