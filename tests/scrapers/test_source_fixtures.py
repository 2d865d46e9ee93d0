"""Every source against pages and answers of fictional businesses, written for the purpose.

In `tests/fixtures/sources/<key>/` a case is `page.html` or `answer.json` with `expected.json`
and, where the source needs it, `ref.json` (fields of a ListingRef, and `seen_at`); further cases
carry a prefix ("closed.page.html"). `expected.json` holds what must come out, under the keys of
`goodword extract`; keys that it leaves out are not looked at.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from scrapers import registry
from scrapers.extract import as_json
from scrapers.types import Access, ListingRef, Page

FOLDER = Path(__file__).parents[1] / "fixtures" / "sources"
CASES = sorted([*FOLDER.glob("*/*page.html"), *FOLDER.glob("*/*answer.json")])


def companion(case: Path, name: str) -> Path:
    prefix = case.name.removesuffix("page.html").removesuffix("answer.json")
    return case.with_name(prefix + name)


def as_page(case: Path) -> tuple[Page, ListingRef]:
    beside = companion(case, "ref.json")
    fields = json.loads(beside.read_text()) if beside.exists() else {}
    seen_at = datetime.fromisoformat(fields.pop("seen_at", "2026-11-21T12:00:00+00:00"))
    url = fields.pop("url", "https://bakery.example/contact")
    text = case.read_text()
    if case.suffix == ".json":
        page = Page(url=url, json=json.loads(text), seen_at=seen_at)
    else:
        page = Page(url=url, text=text, seen_at=seen_at)
    return page, ListingRef(url=url, **fields)


def differences(expected, found, path=""):
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from differences(value, found.get(key, "(no such key)"), f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif expected != found:
        yield f"{path}: expected {expected!r}, found {found!r}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.relative_to(FOLDER)))
def test_a_source_reads_its_fixture(case):
    source = registry.get(case.parent.name)
    answer = as_json(source.parse(*as_page(case)))
    found = json.loads(json.dumps(answer))
    expected = json.loads(companion(case, "expected.json").read_text())
    assert list(differences(expected, found)) == []


@pytest.mark.parametrize("source", registry.all_sources(), ids=lambda source: source.key)
def test_every_source_that_is_read_has_a_fixture(source):
    if source.access is Access.BY_HAND:
        assert source.by_hand, f"{source.key} does not say what to check"
        assert source.correct_url
    else:
        assert any(case.parent.name == source.key for case in CASES)
