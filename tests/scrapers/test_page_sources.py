from pathlib import Path

import pytest

from scrapers import registry
from scrapers.describe import page
from scrapers.types import ListingRef, Page

FOLDER = Path(__file__).parents[2] / "docs" / "sources"


@pytest.mark.parametrize("source", registry.all_sources(), ids=lambda source: source.key)
def test_the_page_about_a_source_is_up_to_date(source):
    written = FOLDER / f"{source.key}.md"
    assert written.exists(), "write it with: goodword sources --pages docs/sources"
    assert written.read_text(encoding="utf-8") == page(source)


def test_there_is_no_page_about_a_source_that_is_gone():
    keys = {source.key for source in registry.all_sources()}
    assert {path.stem for path in FOLDER.glob("*.md")} <= keys


MARKUP = """
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Organization",
"name": "Larkspur Roofing", "review": [{"@type": "Review", "author": "Kay", "reviewBody": "Fine.",
"reviewRating": {"ratingValue": 4}%s}]}</script>
"""


@pytest.mark.parametrize(
    "key", ["angi", "opentable", "trustpilot", "bbb", "healthgrades", "zomato"]
)
@pytest.mark.parametrize(
    ("reply", "visible"), [("", False), (', "comment": {"text": "Thank you, Kay!"}', True)]
)
def test_whether_a_review_was_answered_is_not_guessed_from_markup(key, reply, visible):
    source = registry.get(key)
    url = f"https://www.{source.hosts[0]}/larkspur"
    extract = source.parse(Page(url, MARKUP % reply), ListingRef(url))
    assert len(extract.reviews) == 1
    assert extract.replies_visible is visible
