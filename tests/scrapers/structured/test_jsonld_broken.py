"""JSON-LD as sites really write it: what is read, what is named as unreadable, and never a raise.

extruct is put beside the reader: on each of these pages it must not find more than we do.
"""

import json

import extruct
import pytest

from scrapers.structured import jsonld
from scrapers.structured.markup import Markup

GOOD = '{"@type": "LocalBusiness", "name": "Fern & Flint", "telephone": "01632 960001"}'
TYPED = GOOD.replace('"@type"', '"@context": "https://schema.org", "@type"')


def in_page(*blocks, kind="application/ld+json"):
    scripts = "".join(f'<script type="{kind}">{block}</script>' for block in blocks)
    return f"<!doctype html><html><head>{scripts}</head><body><p>Hello</p></body></html>"


READ = {
    "as it should be": GOOD,
    "trailing comma": GOOD[:-1] + ",}",
    "comment line before": "// made by a plugin\n" + GOOD,
    "comment inside": GOOD.replace("{", "{/* here */", 1),
    "comment behind a URL": GOOD.replace("{", '{"url": "https://a.example//b", // none\n', 1),
    "raw line break in a text": GOOD.replace("Fern &", "Fern\n&"),
    "raw tab in a text": GOOD.replace("Fern &", "Fern\t&"),
    "raw control character": GOOD.replace("Flint", "Flint\x01"),
    "semicolon behind": GOOD + ";",
    "two objects": GOOD + "\n" + GOOD,
    "assigned to a variable": f"window.data = {GOOD};",
    "undefined": GOOD[:-1] + ', "fax": undefined}',
    "HTML comment around": f"<!--\n{GOOD}\n-->",
    "CDATA around": f"<![CDATA[{GOOD}]]>",
    "CDATA in comments": f"//<![CDATA[\n{GOOD}\n//]]>",
    "single quotes": "{'@type': 'LocalBusiness', 'name': 'Fern & Flint'}",
    "keys without quotes": '{"@type": "LocalBusiness", name: "Fern & Flint"}',
    "byte order mark": "\ufeff" + GOOD,
    "escape of JavaScript": GOOD.replace("Flint", r"\x46lint"),
    "escaped single quote": GOOD.replace("Flint", r"Flint\'s").replace("Fern &", "Fern &"),
    "entities instead of quotes": GOOD.replace('"', "&quot;"),
    "quotes inside a text": GOOD.replace("Fern & Flint", 'Fern & Flint, the "best" bar'),
}
UNREADABLE = {
    "text without an end": '{"name": "Fern',
    "object without an end": '{"name": "Fern & Flint"',
    "a call": '{"name": title()}',
    "nested 2,000 deep": '{"a":' * 2_000 + "1" + "}" * 2_000,
    "lists nested 2,000 deep": "[" * 2_000 + "]" * 2_000,
    "no JSON at all": "see our website",
}


def names(page):
    markup = Markup(page, "https://fern.example/")
    return [str(entry.node.get("name")) for entry in markup.graph.subjects], markup.problems


@pytest.mark.parametrize("block", READ.values(), ids=READ)
def test_what_a_browser_would_understand_is_read(block):
    found, problems = names(in_page(block))
    assert found
    assert all("Fern" in name and "lint" in name for name in found)
    assert problems == []


@pytest.mark.parametrize("block", UNREADABLE.values(), ids=UNREADABLE)
def test_a_block_beyond_repair_costs_only_itself_and_is_named(block):
    found, problems = names(in_page(GOOD, block, GOOD.replace("Fern", "Moss")))
    assert found == ["Fern & Flint", "Moss & Flint"]
    assert len(problems) == 1
    assert problems[0].startswith("1 of 3 JSON-LD blocks unreadable: ")


def test_an_empty_script_is_no_broken_block():
    assert names(in_page("", "  \n ", GOOD)) == (["Fern & Flint"], [])


@pytest.mark.parametrize(
    "kind",
    [
        "Application/LD+JSON",
        "application/ld+json; charset=utf-8",
        " application/ld+json ",
        "application&#x2F;ld&#43;json",
    ],
)
def test_the_type_is_matched_on_its_start_in_any_case(kind):
    assert names(in_page(GOOD, kind=kind))[0] == ["Fern & Flint"]


def test_other_scripts_and_commented_ones_are_left_alone():
    page = f"<script type='text/json'>{GOOD}</script><!-- {in_page(GOOD)} -->"
    assert jsonld.blocks(page) == []


def test_a_comment_that_opens_inside_a_script_hides_nothing():
    page = f"<script>var a = '<!--';</script>{in_page(GOOD)}"
    assert len(jsonld.blocks(page)) == 1


def test_entities_in_a_value_are_resolved_once_and_never_become_markup():
    block = '{"name": "Tom &amp;amp; Jerry", "description": "&lt;b&gt;bold&lt;/b&gt;"}'
    [value] = jsonld.parse(block)
    assert value == {"name": "Tom &amp; Jerry", "description": "<b>bold</b>"}


def test_a_block_larger_than_any_page_is_refused():
    with pytest.raises(ValueError, match="too large"):
        jsonld.parse(" " * (jsonld.MAX_BLOCK_CHARS + 1))


def extruct_finds(page):
    try:
        found = extruct.extract(page, syntaxes=["json-ld"], errors="strict")["json-ld"]
    except (Exception, RecursionError):
        return 0
    return len(found)


def test_extruct_wins_on_no_broken_page():
    wins = 0
    # What nests without end we refuse on purpose, whatever the Python at hand would read.
    unreadable = (block for name, block in UNREADABLE.items() if "nested" not in name)
    for block in (*READ.values(), *unreadable):
        for page in (in_page(block), in_page(block, TYPED)):
            ours, theirs = len(names(page)[0]), extruct_finds(page)
            assert ours >= theirs, block[:80]
            wins += ours > theirs
    assert wins >= len(READ)


def test_two_spellings_of_one_property_are_put_together():
    block = {
        "@type": "LocalBusiness",
        "Telephone": "1",
        "schema:telephone": "2",
        "streetaddress": "x",
    }
    markup = Markup(in_page(json.dumps(block)), "")
    [entry] = markup.graph.subjects
    assert entry.node["telephone"] == ["1", "2"]
    assert entry.node["streetAddress"] == "x"
