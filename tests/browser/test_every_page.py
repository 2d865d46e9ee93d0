"""What holds for every page: no finding of axe, no sideways scrolling, a light weight."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import axe_playwright_python
import pytest

from bench import site

SIGNED_IN = [
    "/inbox",
    "/inbox?list=1",
    "/inbox?mine=1",
    "/inbox/10",
    "/reviews",
    "/listings",
    "/listings/work",
    "/listings/work?location=1",
    "/listings/5/phone",
    "/listings/1/name",
    "/insights",
    "/settings",
    "/settings/people",
    "/settings/locations",
    "/locations/1",
    "/locations/1/voice",
    "/locations/1/listings",
    "/locations/new",
    "/locations/import",
    "/locations/1/find",
    "/listings/1/reviews",
    "/listings/passports",
    "/listings/1/passport",
    "/inbox/together",
    "/settings/digest",
    "/settings/rules",
    "/settings/saved",
    "/settings/sources",
    "/settings/sources/yelp",
    "/mail",
    "/change",
    "/nothing-here",
]
SIGNED_OUT = ["/login", "/reset"]
SIZES = {"phone": site.PHONE, "desk": site.DESK}


@cache
def axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def violations(page) -> list[str]:
    page.evaluate(axe())
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"][:3]]


def sideways(page) -> int:
    """By how many pixels the page is wider than its window."""
    root = "document.scrollingElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_axe_finds_nothing(opens, address, cookies, size, scheme):
    look = {"color_scheme": scheme, "bypass_csp": True, **SIZES[size]}
    inside = opens(address, storage_state=cookies, **look)
    outside = opens(address, **look)
    found = {}
    for page, paths in ((inside, SIGNED_IN), (outside, SIGNED_OUT)):
        for path in paths:
            page.goto(path)
            if wrong := violations(page):
                found[path] = wrong
    assert found == {}


@pytest.mark.parametrize("width", [320, 640], ids=["320 px", "1280 px at 200 %"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_scrolls_sideways(opens, address, cookies, width, direction):
    look = {"viewport": {"width": width, "height": 700}}
    inside = opens(address, storage_state=cookies, **look)
    outside = opens(address, **look)
    wide = {}
    for page, paths in ((inside, SIGNED_IN), (outside, SIGNED_OUT)):
        for path in paths:
            page.goto(path)
            page.evaluate(f"document.documentElement.dir = '{direction}'")
            if too_wide := sideways(page):
                wide[path] = too_wide
    assert wide == {}


def test_headings_of_the_overview_stand_in_one_line_on_a_phone(opens, own_address, cookies):
    page = opens(own_address, storage_state=cookies, viewport={"width": 390, "height": 844})
    page.goto("/locations/new")
    page.fill("[name=name]", "Second Quay")
    page.select_option("[name=country]", "US")
    page.click("text=Next: paste your pages")
    page.goto("/listings")
    headings = page.locator(".places thead th")
    assert headings.count() > 3
    lines = """all => all.map(one => {
        const range = document.createRange(); range.selectNodeContents(one);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size })"""
    assert set(headings.evaluate_all(lines)) == {1}
    assert sideways(page) == 0


def test_pages_are_light(opens, address, cookies):
    """At most 60 kB of HTML and 150 kB in all on a first visit, as sent."""
    heavy = {}
    for path in ("/inbox", "/reviews", "/listings", "/listings/5/phone", "/insights"):
        page = opens(address, storage_state=cookies)
        sizes = {}
        page.on(
            "requestfinished",
            lambda request, sizes=sizes: sizes.update(
                {request.url: request.sizes()["responseBodySize"]}
            ),
        )
        page.goto(path, wait_until="networkidle")
        html, total = sizes[address + path], sum(sizes.values())
        if html > 60_000 or total > 150_000:
            heavy[path] = (html, total)
    assert heavy == {}


def test_what_one_taps_is_large_enough_on_a_phone(opens, address, cookies):
    """44 by 44 pixels for what stands alone; links in running text are as high as their line."""
    page = opens(address, storage_state=cookies, **site.PHONE)
    small = {}
    for path in ("/inbox", "/inbox?list=1", "/reviews", "/listings", "/listings/5/phone"):
        page.goto(path)
        found = page.evaluate(
            """() => [...document.querySelectorAll(
                 '.btn, .chip, .rooms a, summary, select, .top a, .queue-rows a, td a.m')]
               .filter(e => e.checkVisibility())
               .map(e => [e, e.getBoundingClientRect(), getComputedStyle(e, '::after')])
               .filter(([e, box, after]) => Math.min(box.height + (parseFloat(after.inset) < 0
                  ? -2 * parseFloat(after.inset) : 0), box.width + (parseFloat(after.inset) < 0
                  ? -2 * parseFloat(after.inset) : 0)) < 43.5)
               .map(([e, box]) => `${e.className} ${e.textContent.trim()} ${box.height}`)
            """
        )
        if found:
            small[path] = sorted(set(found))
    assert small == {}
