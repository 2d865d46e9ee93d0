"""A voice is heard while one chooses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bench import site


@pytest.mark.parametrize("size", [site.PHONE, site.DESK], ids=["phone", "desk"])
def test_a_choice_is_heard_before_it_is_kept(opens, own_address, cookies, size):
    page = opens(own_address, storage_state=cookies, **size)
    page.goto("/locations/1/voice")
    heard = page.locator("#example")
    expect(heard).to_contain_text("Maeve, Lantern Street Bakery")
    page.get_by_label("Greeting").fill("Ahoy {name},")
    expect(heard).to_contain_text("Ahoy Priya,")
    page.get_by_label("Show it in").select_option("de")
    expect(heard).not_to_contain_text("Ahoy")
    expect(heard).to_contain_text(re.compile(r"Guten Tag|Hallo"))
    page.reload()
    expect(heard).not_to_contain_text("Ahoy")
    page.get_by_label("Greeting").fill("Ahoy {name},")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(heard).to_contain_text("Ahoy Priya,")


def test_without_a_script_one_asks_to_hear_it(opens, own_address, cookies):
    page = opens(own_address, storage_state=cookies, java_script_enabled=False, **site.DESK)
    page.goto("/locations/1/voice")
    page.get_by_label("Greeting").fill("Ahoy {name},")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#example")).to_contain_text("Ahoy Priya,")
