"""The room Listings in a real browser, with sixty directories more than fit on a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bench import site

# Whether each mark stands below the middle of its heading, and how wide the page is.
LAYOUT = """() => {
    const middle = one => { const box = one.getBoundingClientRect(); return box.x + box.width / 2 };
    const heads = [...document.querySelectorAll(".matrix thead th")].slice(1);
    const range = document.createRange();
    const texts = heads.map(one => { range.selectNodeContents(one); return middle(range) });
    const rows = [...document.querySelectorAll(".matrix tbody tr")];
    const astray = rows.filter(row => [...row.querySelectorAll("a.m")].some(
        (mark, column) => Math.abs(middle(mark) - texts[column]) > 20));
    return {rows: rows.length, heads: heads.length, astray: astray.length,
            sideways: document.documentElement.scrollWidth - innerWidth,
            top: heads[0].getBoundingClientRect().top, mark: rows[0].querySelectorAll("a.m").length}
}"""


@pytest.mark.parametrize("size", [site.PHONE, site.DESK], ids=["phone", "desk"])
def test_sixty_directories_and_seven_fields_stay_readable(opens, own_address, cookies, size):
    page = opens(own_address, storage_state=cookies, **size)
    page.goto("/locations/1/listings")
    links = "\n".join(f"https://directory-{number:02}.example/us" for number in range(60))
    page.fill("[name=links]", links)
    page.locator("main form button").first.click()
    page.goto("/listings")
    seen = page.evaluate(LAYOUT)
    assert seen["rows"] >= 60
    assert (seen["heads"], seen["mark"]) == (7, 7)
    assert (seen["astray"], seen["sideways"]) == (0, 0)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    # The headings stay in sight above whichever row one has come to.
    assert 0 <= page.evaluate(LAYOUT)["top"] < 40
    page.locator(".matrix tbody tr").nth(40).locator("a.m").nth(2).click()
    expect(page).to_have_url(re.compile(r"/listings/\d+/phone$"))
    expect(page.locator("#proof-title")).to_be_visible()


def test_a_phone_shows_what_is_to_be_corrected_beside_each_location(opens, own_address, cookies):
    page = opens(own_address, storage_state=cookies, **site.PHONE)
    page.goto("/locations/new")
    page.fill("[name=name]", "Lantern Street Bakery on the Old Quay")
    page.fill("[name=locality]", "Cape Elizabeth")
    page.select_option("[name=country]", "US")
    page.click("text=Next: paste your pages")
    page.goto("/listings")
    heading = page.locator(".places thead th", has_text="To correct").bounding_box()
    assert heading
    assert heading["x"] + heading["width"] <= page.viewport_size["width"]
