"""The inbox in a real browser: phone and desk, with and without JavaScript, by keyboard."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from bench import demo, site
from jobs.mail import FolderMailer


@pytest.fixture
def inbox(opens, own_address, cookies):
    """Opens the inbox of a demo of its own, signed in."""

    def open_inbox(path="/inbox", **context):
        page = opens(own_address, storage_state=cookies, **context)
        page.goto(path)
        return page

    return open_inbox


def choose(page, name):
    """Open the card of somebody in the list."""
    page.goto("/inbox?list=1")
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    expect(page).to_have_url(re.compile(r"/inbox/\d+$"))
    expect(page.locator("#who b")).to_contain_text(name)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("size", [site.PHONE, site.DESK], ids=["phone", "desk"])
def test_a_reply_is_published_the_next_review_comes_and_it_can_be_taken_back(inbox, size, script):
    page = inbox(java_script_enabled=script, **size)
    choose(page, "Gideon")
    heading = page.locator("#who b")
    expect(heading).to_have_text("Gideon P.")
    page.get_by_label(re.compile("Suggested reply")).fill("Thank you, Gideon. Maeve")
    page.get_by_role("button", name="Publish on Google").click()
    expect(page.get_by_text("goes to Google in ten minutes")).to_be_visible()
    expect(heading).not_to_have_text("Gideon P.")
    page.get_by_role("status").get_by_role("button", name="Take back").click()
    expect(heading).to_have_text("Gideon P.")
    expect(page.get_by_label("Your draft")).to_have_value("Thank you, Gideon. Maeve")


def test_a_phone_shows_one_card_or_the_list(inbox):
    page = inbox(**site.PHONE)
    expect(page.locator("article.review")).to_be_visible()
    expect(page.locator(".queue")).to_be_hidden()
    page.get_by_role("link", name=re.compile(r"^1 of \d+")).click()
    expect(page.locator(".queue")).to_be_visible()
    expect(page.locator("article.review")).to_be_hidden()


def test_the_wide_button_is_in_reach_of_the_thumb(inbox):
    page = inbox(**site.PHONE)
    choose(page, "Gideon")
    box = page.get_by_role("button", name="Publish on Google").bounding_box()
    assert box["width"] > 340
    assert 600 < box["y"] + box["height"] <= 844 - 48


def test_a_row_of_the_list_swaps_the_card_and_not_the_page(inbox):
    page = inbox(**site.DESK)
    page.evaluate("window.stays = true")
    page.get_by_role("link", name=re.compile("Priya")).click()
    expect(page.locator("#who b")).to_have_text("Priya N.")
    assert re.search(r"/inbox/\d+$", page.url)
    assert page.evaluate("window.stays")
    page.go_back()
    expect(page.locator("#who b")).not_to_have_text("Priya N.")
    assert page.evaluate("window.stays")


def test_the_checker_speaks_while_one_types_and_its_wording_is_one_tap_away(inbox):
    page = inbox(**site.DESK)
    choose(page, "Gideon")
    editor = page.locator("#text")
    editor.fill("Gideon, we are sorry, but the cake was late. Unfortunately nobody called. Maeve")
    expect(page.locator("#mirror mark").first).to_be_attached()
    expect(page.locator("#notes .note").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Use this|Leave it out")).first.click()
    expect(page.get_by_label("Your draft")).not_to_have_value(
        re.compile("sorry, but.*Unfortunately")
    )


def test_what_was_typed_is_kept_when_one_looks_elsewhere(inbox):
    page = inbox(**site.DESK)
    choose(page, "Gideon")
    with page.expect_response(re.compile("/draft")):
        page.locator("#text").fill("Half a thou")
        page.get_by_role("link", name=re.compile("Priya")).click()
    expect(page.locator("#who b")).to_have_text("Priya N.")
    choose(page, "Gideon")
    expect(page.get_by_label("Your draft")).to_have_value("Half a thou")


def test_copy_and_open(inbox):
    page = inbox(permissions=["clipboard-read", "clipboard-write"], **site.DESK)
    choose(page, "Priya")
    text = page.locator("#text").input_value()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Copy and open Yelp").click()
    assert popup.value.evaluate("window.opener") is None
    assert page.evaluate("navigator.clipboard.readText()") == text
    expect(page.get_by_role("link", name="Copied: paste it on Yelp")).to_be_visible()
    page.get_by_role("button", name="Mark as posted").click()
    expect(page.get_by_text("Marked as posted.")).to_be_visible()


def test_without_a_clipboard_the_older_command_copies(inbox):
    page = inbox(**site.DESK)
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});"
        "addEventListener('copy', () => window.taken = getSelection() + '');"
    )
    choose(page, "Priya")
    text = page.locator("#text").input_value()
    page.get_by_role("link", name="Copy and open Yelp").click()
    expect(page.get_by_role("link", name="Copied: paste it on Yelp")).to_be_visible()
    assert page.evaluate("window.taken") == text


def test_where_nothing_can_be_copied_nothing_is_called_copied(inbox):
    page = inbox(**site.DESK)
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});"
        "document.execCommand = () => false;"
    )
    choose(page, "Priya")
    page.get_by_role("link", name="Copy and open Yelp").click()
    expect(page.get_by_role("link", name="Select and copy the text")).to_be_visible()


@pytest.mark.parametrize("size", [site.PHONE, site.DESK], ids=["phone", "desk"])
def test_an_accusing_reply_stays_until_it_is_published_all_the_same(inbox, size):
    page = inbox(**size)
    choose(page, "Gideon")
    page.get_by_label(re.compile("Suggested reply")).fill("You are a liar. We will sue. Maeve")
    expect(page.locator(".send #in-the-way")).to_contain_text("liar")
    page.get_by_role("button", name="Publish on Google").click()
    expect(page.get_by_text("Nothing is published yet")).to_be_visible()
    expect(page.locator("#who b")).to_have_text("Gideon P.")
    page.get_by_role("button", name="Publish all the same").click()
    expect(page.get_by_text("goes to Google in ten minutes")).to_be_visible()


def test_on_paper_the_reply_stands_whole(inbox):
    page = inbox(**site.DESK)
    choose(page, "Gideon")
    page.emulate_media(media="print")
    mirror = page.locator(".stack > .mirror")
    expect(mirror).to_be_visible()
    expect(mirror).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("#text")).to_be_hidden()


@pytest.mark.parametrize("size", [site.PHONE, site.DESK], ids=["phone", "desk"])
def test_a_mail_has_the_width_of_the_page(inbox, tmp_path, size):
    page = inbox("/settings/people", **size)
    message = EmailMessage()
    message["Message-ID"], message["Subject"] = "<1@example.com>", "Three reviews wait"
    message["To"] = demo.EMAIL
    message.set_content("Good morning.")
    message.add_alternative("<h1>Good morning.</h1>", subtype="html")
    FolderMailer(tmp_path / "mail").send(message)
    page.goto("/mail")
    page.get_by_role("link", name="Three reviews wait").click()
    box = page.locator("iframe.mail").bounding_box()
    assert box["width"] > min(340, page.viewport_size["width"] / 2)
    assert box["height"] > 500


def test_everything_by_keyboard(inbox):
    page = inbox(**site.DESK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    expect(page.locator("#text")).to_be_focused()
    first = page.locator("#who b").text_content()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "No reply needed":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("it left the inbox")).to_be_visible()
    expect(page.locator("#who b")).not_to_have_text(first)
    assert page.evaluate("document.activeElement.id") == "who"


def test_snoozing_is_two_taps(inbox):
    page = inbox(**site.PHONE)
    page.get_by_text("Snooze").click()
    page.get_by_role("button", name="Tomorrow at 9").click()
    expect(page.get_by_text("It comes back")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reply_is_kept_and_let_go_again(inbox, script):
    page = inbox(java_script_enabled=script, **site.PHONE)
    choose(page, "Gideon")
    page.get_by_label(re.compile("Suggested reply")).fill("Thank you for praising our rye. Maeve")
    page.get_by_role("button", name="Keep this reply").click()
    expect(page.get_by_text("Kept among your saved replies.")).to_be_visible()
    expect(page.get_by_label("Your draft")).to_have_value("Thank you for praising our rye. Maeve")
    page.get_by_role("button", name="Let it go").click()
    expect(page.get_by_text("Removed.")).to_be_visible()
    expect(page.locator("#who b")).to_have_text("Gideon P.")


def test_a_rejected_wording_does_not_come_back(inbox):
    page = inbox(**site.DESK)
    choose(page, "Gideon")
    editor = page.locator("#text")
    seen = [editor.input_value()]
    for _ in range(6):
        page.get_by_role("button", name="Another wording").click()
        expect(editor).not_to_have_value(seen[-1])
        assert editor.input_value() not in seen
        seen.append(editor.input_value())
        expect(page.get_by_text("Where each sentence comes from")).to_be_visible()
    page.reload()
    expect(editor).to_have_value(seen[-1])


def test_the_words_answered_follow_what_one_types(inbox):
    page = inbox(**site.PHONE)
    choose(page, "Gideon")
    expect(page.locator("#said mark").first).to_contain_text("forty minutes")
    page.locator("#text").fill("Thank you for praising our people. Maeve")
    expect(page.locator("#said mark").filter(has_text="forty minutes")).to_have_count(0)
    page.locator("#text").fill("We are sorry about the wait. Maeve")
    expect(page.locator("#said mark").first).to_contain_text("forty minutes")


def test_a_double_click_takes_one_step(inbox):
    page = inbox(**site.DESK)
    steps = []
    page.on("request", lambda request: steps.append(request.url) if request.method == "POST" else 0)
    page.get_by_role("button", name="No reply needed").dblclick()
    expect(page.get_by_text("it left the inbox").first).to_be_visible()
    assert len(steps) == 1
