"""`goodword extract`: its keys, its inputs and its complaints."""

import gzip
import json

from click.testing import CliRunner

from jobs.cli import main

KEYS = {
    "id", "source", "listing", "rating", "others", "reviews", "replies_visible",
    "expected_reviews", "complete", "problems",
}  # fmt: skip
LISTING_KEYS = {
    "name", "phone", "phones", "faxes", "email", "website", "address", "hours", "hours_text",
    "categories", "status", "latitude", "longitude", "rating",
}  # fmt: skip
REVIEW_KEYS = {
    "external_id", "url", "author", "rating", "recommends", "title", "text", "language",
    "published_at", "precision", "reply",
}  # fmt: skip
PAGE = """<script type="application/ld+json">{"@type": "Restaurant", "name": "Kestrel",
 "telephone": "01632 960500", "aggregateRating": {"ratingValue": "4", "reviewCount": 1},
 "review": {"author": "Ann", "reviewRating": {"ratingValue": 4, "bestRating": 5},
 "reviewBody": "Fine", "datePublished": "3 days ago", "comment": {"text": "Thanks"}}}</script>"""


def run(*lines, args=()):
    given = "".join(
        json.dumps(line) + "\n" if isinstance(line, dict) else line + "\n" for line in lines
    )
    result = CliRunner().invoke(main, ["extract", *args], input=given)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_the_answer_has_exactly_the_documented_keys():
    line = {
        "id": 7,
        "url": "https://kestrel.example/",
        "html": PAGE,
        "seen_at": "2026-11-21T12:00:00Z",
    }
    status, [answer] = run(line)
    assert status == 0
    assert answer["id"] == 7
    assert answer.keys() == KEYS
    assert answer["source"] == "generic"
    assert answer["listing"].keys() == LISTING_KEYS
    assert answer["listing"]["address"] == dict.fromkeys(
        ("text", "street", "locality", "region", "postal_code", "country")
    )
    assert answer["rating"] == {"value": 4.0, "best": None, "worst": None, "count": 1}
    [review] = answer["reviews"]
    assert review.keys() == REVIEW_KEYS
    assert review["rating"] == {"value": 4.0, "best": 5.0}
    assert review["published_at"] == "2026-11-18T12:00:00+00:00"
    assert review["precision"] == "relative"
    assert review["reply"] == {"text": "Thanks", "published_at": None}


def test_a_page_that_says_nothing_gives_nulls():
    _, [answer] = run({"id": 1, "url": "https://a.example/", "html": "<p>Hello</p>"})
    assert answer["listing"] is None
    assert answer["rating"] is None
    assert answer["reviews"] == []
    assert answer["complete"] is True


def test_pages_are_read_from_files_gzipped_or_not(tmp_path):
    plain, zipped = tmp_path / "page.html", tmp_path / "page.html.gz"
    plain.write_text(PAGE)
    zipped.write_bytes(gzip.compress(PAGE.encode()))
    lines = [
        {"id": n, "url": "https://a.example/", "path": str(p)}
        for n, p in enumerate((plain, zipped))
    ]
    _, answers = run(*lines)
    assert [answer["listing"]["name"] for answer in answers] == ["Kestrel", "Kestrel"]


def test_the_host_chooses_the_source_and_an_option_forces_it():
    line = {"id": 1, "url": "https://www.opentable.com/r/kestrel", "html": PAGE}
    assert run(line)[1][0]["source"] == "opentable"
    assert run(line, args=["--source", "generic"])[1][0]["source"] == "generic"


def test_bad_lines_are_answered_and_the_run_goes_on(tmp_path):
    good = {"id": "good", "url": "https://a.example/", "html": PAGE}
    bad = [
        {"id": 1, "url": "https://a.example/"},
        {"id": 2, "url": "https://a.example/", "path": str(tmp_path / "missing.html")},
        {"id": 3, "url": 5, "html": PAGE},
        {"id": 4, "url": "https://a.example/", "html": PAGE, "seen_at": "soon"},
        "not json",
    ]
    status, answers = run(*bad, good)
    assert status == 1
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, None, "good"]
    assert all("error" in answer for answer in answers[:5])
    assert answers[0]["error"] == "the line holds no html, path or json"


def test_an_unknown_source_is_named():
    status, [answer] = run({"id": 1, "url": "", "html": PAGE}, args=["--source", "nowhere"])
    assert status == 1
    assert answer["error"] == "there is no source 'nowhere'"


def test_a_check_against_robots_is_said_and_not_taken_for_a_page():
    html = "<title>Just a moment...</title><h1>Checking that you are a person</h1>"
    _, [answer] = run({"id": 1, "url": "https://x.example/cafe", "html": html})
    assert answer["problems"] == [
        "This is a check against robots (Cloudflare), not the page itself."
    ]
    assert (answer["listing"], answer["complete"]) == (None, False)


def test_a_date_in_the_far_future_is_said_also_of_a_page_without_a_time():
    html = PAGE.replace("3 days ago", "2099-01-01")
    _, [answer] = run({"id": 1, "url": "https://x.example/cafe", "html": html})
    assert answer["problems"] == ["1 of 1 reviews dated in the future"]
    assert answer["reviews"][0]["published_at"] is None
    assert answer["reviews"][0]["precision"] is None
