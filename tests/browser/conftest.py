"""A Goodword on loopback with the demo in it, and the machine's own Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench import site
from tests.conftest import missing

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if shutil.which("chromium") is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = site.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.seed(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def address(demo_file: Path) -> Iterator[str]:
    """A demo that tests only look at."""
    with site.served(demo_file) as address:
        yield address


@pytest.fixture(scope="session")
def cookies(browser: Browser, address: str) -> dict:
    """The state of a browser whose person has signed in."""
    page = browser.new_context(base_url=address).new_page()
    site.sign_in(page)
    state = page.context.storage_state()
    page.context.close()
    return state


@pytest.fixture
def own_address(demo_file: Path, tmp_path: Path) -> Iterator[str]:
    """A demo of the test's own, to be changed. Whoever signed in to the other is known here."""
    with site.served(Path(shutil.copy(demo_file, tmp_path))) as address:
        yield address


Opens = Callable[..., Page]


@pytest.fixture
def opens(browser: Browser) -> Iterator[Opens]:
    """Opens a page; at the end its contexts are closed and nothing may have gone wrong in them."""
    contexts, problems = [], []

    def note(message) -> None:
        # A 422 that a form answers with is an answer, and a page left while it loads says so:
        # neither is a problem of the page.
        expected = "status of 4" in message.text or "net::ERR_" in message.text
        if message.type in ("error", "warning") and not expected:
            problems.append(message.text)

    def open_page(address: str, **context) -> Page:
        opened = browser.new_context(base_url=address, **context)
        contexts.append(opened)
        page = opened.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []
