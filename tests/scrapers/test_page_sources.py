from pathlib import Path

import pytest

from scrapers import registry
from scrapers.describe import page

FOLDER = Path(__file__).parents[2] / "docs" / "sources"


@pytest.mark.parametrize("source", registry.all_sources(), ids=lambda source: source.key)
def test_the_page_about_a_source_is_up_to_date(source):
    written = FOLDER / f"{source.key}.md"
    assert written.exists(), "write it with: goodword sources --pages docs/sources"
    assert written.read_text(encoding="utf-8") == page(source)


def test_there_is_no_page_about_a_source_that_is_gone():
    keys = {source.key for source in registry.all_sources()}
    assert {path.stem for path in FOLDER.glob("*.md")} <= keys
