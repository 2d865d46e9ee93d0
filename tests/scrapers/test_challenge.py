import gzip
import os
from pathlib import Path

import pytest

from scrapers.challenge import wall

DATA = Path(os.environ.get("GOODWORD_DATA", Path(__file__).parents[2].parent / "shared" / "data"))


def test_a_mark_in_a_page_that_says_something_is_no_wall():
    said = "<p>" + "We bake sourdough every morning. " * 80 + "</p>"
    assert wall({}, said + '<script src="/cdn-cgi/challenge-platform/x.js"></script>') is None
    assert wall({}, said + "<div class='cf-chl-widget'></div>") is None


def test_words_inside_scripts_do_not_make_a_wall_a_page():
    script = "<script>" + "var a = 'lots of words';" * 500 + "</script>"
    assert wall({}, script + "<h1>Are you a robot?</h1>") == "a bot check"


def test_a_form_with_a_check_on_a_page_of_few_words_is_no_wall():
    widget = '<form id="contact"><div class="cf-turnstile"></div></form>'
    script = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert wall({}, f"<title>Write to us</title><h1>Write to us</h1>{widget}{script}") is None


def test_a_long_page_is_not_searched():
    assert wall({}, "are you a robot? " + " " * 100_000) is None


@pytest.mark.data
def test_no_real_page_is_taken_for_a_wall():
    folders = [DATA / "pages" / name for name in ("contact", "ratings", "trustpilot")]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip(f"the shared pages are not at {DATA}")
    pages = [path for folder in folders for path in folder.rglob("*.*htm*")]
    assert len(pages) > 100
    walls = {}
    for path in pages:
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = gzip.decompress(body)
        if whose := wall({}, body.decode("utf-8", "replace")):
            walls[path.name] = whose
    assert walls == {}
