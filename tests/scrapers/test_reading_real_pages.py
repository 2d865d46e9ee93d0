"""Measurements on real saved pages; skipped, saying so, where these are not at hand."""

import gzip
import json
import re
from collections import defaultdict

import pytest

from scrapers.extract import extract
from scrapers.structured.vocabulary import role_of
from scrapers.text import dates, numbers

pytestmark = pytest.mark.data

PAGES = (".html", ".html.gz", ".xhtml")


@pytest.fixture(scope="module")
def pages(shared_data):
    return shared_data / "pages"


def read(path, url="https://site.example/page"):
    return extract({"path": str(path), "url": url, "seen_at": "2026-11-21T12:00:00Z"})


def folded(text):
    return re.sub(r"[\W_]+", "", str(text)).casefold()


def test_no_page_raises(pages):
    found = [path for path in sorted(pages.rglob("*")) if path.name.endswith(PAGES)]
    assert len(found) > 400
    for path in found:
        json.dumps(read(path))


def test_ratings_of_thirty_sites(pages):
    right = total = 0
    for line in (pages / "ratings/expected.jsonl").read_text().splitlines():
        expected = json.loads(line)
        rating = read(pages / "ratings" / expected["page"])["rating"] or {}
        total += 1
        value, count = rating.get("value"), rating.get("count")
        right += (
            value is not None
            and abs(value - expected["ratings"]) <= 0.05
            and expected["ratings_count"] in (None, count)
        )
    print(f"ratings: {right} of {total}")  # noqa: T201
    assert right / total >= 0.95


def test_trustpilot_pages_give_what_they_show(pages):
    """`expected.json` was taken on another day than the pages: of its figures the pages hold only
    some, so names are compared with it and figures with what the page itself shows."""
    expected = json.loads((pages / "trustpilot/expected.json").read_text())
    for name, wanted in expected.items():
        path = pages / "trustpilot" / name
        answer = read(path, f"https://www.trustpilot.com/review/{name.removesuffix('.html.gz')}")
        text = gzip.decompress(path.read_bytes()).decode()
        shown = re.search(r"data-rating-typography[^>]*>([\d.]+)<", text)
        counted = re.search(r"data-reviews-count-typography[^>]*>([\d,]+)", text)
        assert answer["source"] == "trustpilot"
        assert answer["listing"]["name"].startswith(wanted["name"])
        assert answer["rating"]["value"] == float(shown[1])
        assert answer["rating"]["count"] == numbers.count(counted[1])
        assert len(answer["reviews"]) == text.count("data-service-review-card-paper")
        assert answer["replies_visible"]


def scores(pages, folder):
    """Precision, recall and F1 of phones, faxes, postal codes and streets."""
    hits = defaultdict(lambda: [0, 0, 0, 0])
    for line in (pages / "contact" / folder / "expected.jsonl").read_text().splitlines():
        marked = json.loads(line)
        answer = read(pages / "contact" / folder / f"{marked['page']}.gz", url="")
        places = [place for place in (answer["listing"], *answer["others"]) if place]
        found = {
            "TEL": {digits(phone) for place in places for phone in place["phones"]},
            "FAX": {digits(fax) for place in places for fax in place["faxes"]},
            "ZIPCODE": {folded(place["address"]["postal_code"] or "") for place in places} - {""},
            "STREET": {folded(place["address"]["street"] or "") for place in places} - {""},
        }
        for label, got in found.items():
            fold = digits if label in ("TEL", "FAX") else folded
            wanted = {fold(text) for kind, text in marked["entities"] if kind == label}
            same = SAME[label]
            hits[label][0] += sum(any(same(one, other) for other in got) for one in wanted)
            hits[label][1] += len(wanted)
            hits[label][2] += sum(any(same(one, other) for other in wanted) for one in got)
            hits[label][3] += len(got)
    result = {}
    for label, (recalled, wanted, precise, got) in hits.items():
        recall, precision = recalled / max(wanted, 1), precise / max(got, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        result[label] = (precision, recall, f1)
        print(f"{folder} {label}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")  # noqa: T201
    return result


def digits(text):
    return re.sub(r"\D", "", text) or folded(text)


def same_line(one, other):
    """The same number, with and without the code of its country."""
    ends = one.endswith(other) or other.endswith(one)
    return one == other or (min(len(one), len(other)) >= 7 and ends)


SAME = {
    "TEL": same_line,
    "FAX": same_line,
    "ZIPCODE": lambda one, other: one == other,
    "STREET": lambda one, other: one in other or other in one,
}


def test_contact_details_of_business_pages(pages):
    result = scores(pages, "business_pages")
    assert result["TEL"][2] >= 0.95
    assert result["ZIPCODE"][2] >= 0.90
    assert result["STREET"][2] >= 0.80


def test_contact_details_of_random_pages_are_recalled(pages):
    """These are marked incompletely, so only recall says anything."""
    result = scores(pages, "random_pages")
    assert result["TEL"][1] >= 0.80


PLACE_PROPERTIES = frozenset(
    "name telephone tel streetaddress street-address addresslocality locality addressregion region"
    " postalcode postal-code latitude longitude faxnumber extended-address".split()
)
OPINION_PROPERTIES = frozenset(
    "name author reviewbody description datepublished reviewed published ratingvalue bestrating"
    " content rating best ratingcount reviewcount count average votes reviewer dtreviewed".split()
)
PARTS_OF_PLACES = frozenset({"h-adr", "h-geo", "postaladdress", "geocoordinates", "address"})


def last_word(name):
    return re.sub(r".*[/#:]", "", name).lower()


def stated(node):
    """What an expected file says of places, reviews and ratings: (types, property, value)."""
    if isinstance(node, list):
        for item in node:
            yield from stated(item)
    if not isinstance(node, dict):
        return
    kinds = node.get("@type") or node.get("type") or []
    kinds = tuple(last_word(kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))
    inner = node.get("properties")
    properties = {**node, **inner} if isinstance(inner, dict) else node
    wanted = set()
    if role_of(kinds) == "place" or PARTS_OF_PLACES & {*kinds}:
        wanted = PLACE_PROPERTIES
    elif role_of(kinds) in ("review", "aggregate rating") or "rating" in kinds:
        wanted = OPINION_PROPERTIES
    for key, value in properties.items():
        if last_word(key) in wanted:
            for one in value if isinstance(value, list) else [value]:
                text = one.get("value") if isinstance(one, dict) else one
                if isinstance(text, (str, int, float)) and folded(text):
                    yield kinds, last_word(key), str(text)
        yield from stated(value)


def leaves(value):
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    elif value is not None:
        yield int(value) if isinstance(value, float) and value.is_integer() else value


def expected_beside(path):
    stem = path.name.removesuffix(".gz").removesuffix(".html")
    names = [stem + end for end in (".json", ".jsonld", ".expanded.json", ".jsonld.gz")]
    names.append(stem.removesuffix("-in") + "-out.json")
    for beside in (path.with_name(name) for name in names):
        if beside.exists():
            body = beside.read_bytes()
            yield json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)


def is_told(value, told):
    """Whether the answer tells a value, if in another form (a number, a date, a longer text)."""
    number = numbers.rating(value)[0]
    moment = dates.when(value)
    forms = {folded(value)}
    if number is not None:
        forms.add(folded(int(number) if number.is_integer() else number))
    if moment is not None:
        forms.add(folded(moment[0].isoformat()))
    return bool(forms & told) or any(folded(value) in text for text in told)


# What these folders hold beside places, reviews and ratings of the page: persons' cards without
# contact details, places of events that a script fetches, samples of how a name is implied.
NOT_OURS = (
    "misc/microformat_test",
    "h-card/impliedname",
    "includes/heventitemref",
)


@pytest.mark.parametrize("folder", ["extruct", "microformats", "brick_structured_data"])
def test_nothing_of_the_expected_files_is_missed(pages, folder):
    missed = []
    total = 0
    for path in sorted((pages / folder).rglob("*")):
        if not path.name.endswith(PAGES) or any(part in str(path) for part in NOT_OURS):
            continue
        wanted = [one for expected in expected_beside(path) for one in stated(expected)]
        if not wanted:
            continue
        told = {folded(leaf) for leaf in leaves(read(path, "http://example.com/page"))}
        total += len(wanted)
        missed += [(path.name, *one) for one in wanted if not is_told(one[2], told)]
    print(f"{folder}: {total - len(missed)} of {total} values told")  # noqa: T201
    assert total > 0
    assert missed == []
