import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer

from scrapers import registry
from scrapers.base import Source
from scrapers.errors import LayoutChanged, RateLimited
from scrapers.fetch import Fetcher, FetchSettings, NotYet
from scrapers.pool import Pool
from scrapers.runner import Known, Visit, visit, visit_steps
from scrapers.types import (
    Access,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Outcome,
    Page,
    Request,
    ReviewRecord,
)


class Guestbook(Source):
    """An invented site: JSON pages of `reviews`, `next` the number of the page after."""

    name = "Guestbook"
    access = Access.OFFICIAL_API
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES})

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        if not isinstance(page.json, dict):
            raise LayoutChanged("Guestbook no longer answers as it did.")
        following = page.json.get("next")
        return Extract(
            source=self.key,
            listing=ListingRecord(name="The Corner Café"),
            reviews=[ReviewRecord(external_id=key) for key in page.json["reviews"]],
            replies_visible=True,
            expected_reviews=page.json.get("stated"),
            complete=following is None,
            next=Request(f"{ref.url}?page={following}") if following else None,
        )

    def failure(self, page: Page) -> RateLimited | None:
        if isinstance(page.json, dict) and page.json.get("error") == "quota":
            return RateLimited("Guestbook's quota for today is used up.")
        return None


SOURCE = Guestbook()


@pytest.fixture
def fetcher(httpserver: HTTPServer):
    fetcher = Fetcher(
        FetchSettings("https://goodword.example", loopback=(httpserver.url_for("/"),)),
        sleep=lambda seconds: None,
    )
    yield fetcher
    fetcher.close()


@pytest.fixture
def book(httpserver: HTTPServer):
    """Lays pages out at /book: each the ids it shows; answers how visits refer to it."""

    def lay(*pages: list[str], stated: int | None = None) -> ListingRef:
        for number, ids in enumerate(pages, start=1):
            following = number + 1 if number < len(pages) else None
            query = {} if number == 1 else {"page": str(number)}
            httpserver.expect_request("/book", query_string=query).respond_with_json(
                {"reviews": ids, "next": following, "stated": stated}
            )
        return ListingRef(url=httpserver.url_for("/book"))

    return lay


def ids(result) -> list[str]:
    return [review.external_id for review in result.reviews]


def test_a_visit_reads_to_the_end(book, fetcher):
    result = visit(SOURCE, book(["a", "b"], ["c"], ["d"], stated=4), fetcher)
    assert result.outcome is Outcome.OK
    assert ids(result) == ["a", "b", "c", "d"]
    assert (result.complete, result.expected, result.pages) == (True, 4, 3)
    assert result.listing is not None
    assert result.listing.name == "The Corner Café"


def test_fewer_reviews_than_stated_is_not_complete(book, fetcher):
    result = visit(SOURCE, book(["a", "b"], stated=118), fetcher)
    assert result.outcome is Outcome.OK
    assert not result.complete


def test_none_of_many_is_a_changed_layout(book, fetcher):
    result = visit(SOURCE, book([], stated=128), fetcher)
    assert result.outcome is Outcome.LAYOUT_CHANGED
    assert "128" in (result.says or "")


@pytest.mark.parametrize(
    ("access", "outcome"),
    [(Access.PUBLIC_PAGE, Outcome.LAYOUT_CHANGED), (Access.OFFICIAL_API, Outcome.GONE)],
)
def test_an_answer_that_says_nothing_is_no_success(fetcher, httpserver, access, outcome):
    class Silent(Guestbook):
        def parse(self, page: Page, ref: ListingRef) -> Extract:
            return Extract(self.key)

    Silent.access = access
    httpserver.expect_request("/robots.txt").respond_with_data("")
    httpserver.expect_request("/book").respond_with_data("<p></p>", content_type="text/html")
    result = visit(Silent(), ListingRef(httpserver.url_for("/book")), fetcher)
    assert (result.outcome, result.complete) == (outcome, False)
    assert result.says


def test_a_review_that_slips_to_the_next_page_comes_once(book, fetcher):
    assert ids(visit(SOURCE, book(["a", "b"], ["b", "c"]), fetcher)) == ["a", "b", "c"]


def test_a_failure_on_a_later_page_keeps_what_was_read(book, fetcher, httpserver: HTTPServer):
    ref = book(["a"], ["b"])
    httpserver.clear()
    httpserver.expect_request("/book", query_string={}).respond_with_json(
        {"reviews": ["a"], "next": 2}
    )
    httpserver.expect_request("/book", query_string="page=2").respond_with_data("", 503)
    result = visit(SOURCE, ref, fetcher)
    assert result.outcome is Outcome.UNREACHABLE
    assert ids(result) == ["a"]
    assert not result.complete


def test_an_incremental_visit_stops_at_known_ground(book, fetcher):
    known = Known(review=lambda review: review.external_id in {"b", "c", "d"}, full=False)
    result = visit(SOURCE, book(["a", "b"], ["c", "d"], ["e"]), fetcher, known)
    assert ids(result) == ["a", "b", "c", "d"]
    assert result.stopped
    assert not result.complete


def test_nothing_is_left_unread_where_known_ground_is_the_last_page(book, fetcher):
    known = Known(review=lambda review: True, full=False)
    result = visit(SOURCE, book(["a", "b"], stated=2), fetcher, known)
    assert (result.complete, result.stopped) == (True, False)


def paged(reviews: list[list[str]], stated: int | None, httpserver: HTTPServer) -> ListingRef:
    """A site in markup, where each page states the number of all reviews."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    for number, texts in enumerate(reviews, start=1):
        place = {"@type": "Cafe", "name": "Heron", "review": [
            {"@type": "Review", "author": text, "reviewBody": text} for text in texts
        ]}  # fmt: skip
        if stated is not None:
            place["aggregateRating"] = {"ratingValue": 4, "reviewCount": stated}
        link = f'<link rel="next" href="?page={number + 1}">' if number < len(reviews) else ""
        html = f'{link}<script type="application/ld+json">{json.dumps(place)}</script>'
        query = {} if number == 1 else {"page": str(number)}
        httpserver.expect_request("/cafe", query_string=query).respond_with_data(
            html, content_type="text/html"
        )
    return ListingRef(httpserver.url_for("/cafe"))


@pytest.mark.parametrize(("stated", "complete"), [(5, True), (4, True), (6, False), (None, True)])
def test_pages_are_complete_together_though_none_holds_what_is_stated(
    stated, complete, fetcher, httpserver
):
    ref = paged([["a", "b"], ["c", "d"], ["e"]], stated, httpserver)
    result = visit(registry.get("generic"), ref, fetcher)
    assert (len(result.reviews), result.expected) == (5, stated)
    assert (result.outcome, result.complete) == (Outcome.OK, complete)


def test_a_full_visit_passes_known_ground(book, fetcher):
    known = Known(review=lambda review: True, full=True)
    result = visit(SOURCE, book(["a"], ["b"]), fetcher, known)
    assert ids(result) == ["a", "b"]
    assert result.complete


def test_pages_that_lead_in_a_circle_end(book, fetcher, httpserver: HTTPServer):
    httpserver.expect_request("/book").respond_with_json({"reviews": ["a"], "next": 2})
    result = visit(SOURCE, ListingRef(httpserver.url_for("/book")), fetcher)
    assert result.pages == 2
    assert not result.complete
    assert "circle" in result.problems[0]


def test_a_visit_has_a_last_page(book, fetcher):
    ref = book(*[[str(n)] for n in range(9)])
    result = visit(SOURCE, ref, fetcher, Known(max_pages=4))
    assert result.pages == 4
    assert not result.complete


def test_validators_are_sent_and_not_modified_is_a_success(fetcher, httpserver: HTTPServer):
    httpserver.expect_request(
        "/book", headers={"If-None-Match": 'W/"1"', "If-Modified-Since": "yesterday"}
    ).respond_with_data("", 304)
    known = Known(etag='W/"1"', last_modified="yesterday")
    result = visit(SOURCE, ListingRef(httpserver.url_for("/book")), fetcher, known)
    assert result.outcome is Outcome.UNCHANGED


def test_the_validators_of_the_first_page_are_kept(fetcher, httpserver: HTTPServer):
    httpserver.expect_request("/book").respond_with_json(
        {"reviews": []}, headers={"ETag": '"2"', "Last-Modified": "today"}
    )
    result = visit(SOURCE, ListingRef(httpserver.url_for("/book")), fetcher)
    assert (result.etag, result.last_modified) == ('"2"', "today")


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (429, "Guestbook asks us to come back later."),
        (403, "Guestbook does not let us read this page (status 403)."),
        (410, "Guestbook says that this page is not there any more."),
    ],
)
def test_sentences_call_a_site_by_its_name(status, says, fetcher, httpserver: HTTPServer):
    httpserver.expect_request("/book").respond_with_data("", status)
    assert visit(SOURCE, ListingRef(httpserver.url_for("/book")), fetcher).says == says


def test_a_site_that_we_were_sent_on_to_is_called_by_its_host(httpserver: HTTPServer):
    there = {"Location": "http://two.example/login"}
    httpserver.expect_request("/book").respond_with_data("", 302, there)
    httpserver.expect_request("/login").respond_with_data("", 403)
    fetcher = many_hosts(httpserver, ["one.example", "two.example"])
    result = visit(SOURCE, ListingRef("http://one.example/book"), fetcher)
    fetcher.close()
    assert result.says == "two.example does not let us read this page (status 403)."


def test_a_source_s_own_word_on_a_failure_comes_first(fetcher, httpserver: HTTPServer):
    httpserver.expect_request("/book").respond_with_json({"error": "quota"}, status=403)
    result = visit(SOURCE, ListingRef(httpserver.url_for("/book")), fetcher)
    assert result.outcome is Outcome.RATE_LIMITED
    assert result.says == "Guestbook's quota for today is used up."


def test_an_answer_of_another_kind_is_a_changed_layout(fetcher, httpserver: HTTPServer):
    httpserver.expect_request("/book").respond_with_data("<h1>New!</h1>", content_type="text/html")
    result = visit(SOURCE, ListingRef(httpserver.url_for("/book")), fetcher)
    assert result.outcome is Outcome.LAYOUT_CHANGED


def many_hosts(httpserver: HTTPServer, hosts: list[str]) -> Fetcher:
    return Fetcher(
        FetchSettings(
            "https://goodword.example",
            host_map={host: httpserver.url_for("") for host in hosts},
        )
    )


def test_the_pool_runs_every_visit_and_asks_each_site_one_thing_at_a_time(
    book, httpserver: HTTPServer
):
    book(["a"], ["b"], ["c"])
    hosts = [f"site{n}.example" for n in range(5)]
    refs = [ListingRef(f"http://{host}/book") for host in hosts for _ in range(4)]
    fetcher = many_hosts(httpserver, hosts)
    pool = Pool(fetcher.clock, threads=8)
    results = dict(pool.run(visit_steps(SOURCE, ref, fetcher) for ref in refs))
    assert sorted(results) == list(range(20))
    assert all(ids(result) == ["a", "b", "c"] for result in results.values())
    assert len(httpserver.log) == 60


def test_a_visit_that_crashes_leaves_the_others_alone(book, httpserver: HTTPServer):
    class Faulty(Guestbook):
        def parse(self, page: Page, ref: ListingRef) -> Extract:
            raise ZeroDivisionError

    book(["a"])
    fetcher = many_hosts(httpserver, ["one.example", "two.example"])
    visits = [
        visit_steps(Faulty(), ListingRef("http://one.example/book"), fetcher),
        visit_steps(SOURCE, ListingRef("http://one.example/book"), fetcher),
        visit_steps(SOURCE, ListingRef("http://two.example/book"), fetcher),
        visit_steps(SOURCE, ListingRef("file:///etc/passwd"), fetcher),
    ]
    results = dict(Pool(fetcher.clock, threads=4).run(visits))
    assert isinstance(results[0], ZeroDivisionError)
    assert ids(results[1]) == ids(results[2]) == ["a"]
    assert results[3].outcome is Outcome.REFUSED


def test_a_host_that_asks_to_wait_holds_up_nobody_else(book, httpserver: HTTPServer):
    book(["a"])
    httpserver.expect_request("/busy").respond_with_data("", 429, {"Retry-After": "3600"})
    fetcher = many_hosts(httpserver, ["one.example", "two.example"])
    refs = ["http://one.example/busy", "http://one.example/book", "http://two.example/book"]
    visits = [visit_steps(SOURCE, ListingRef(url), fetcher) for url in refs]
    results = dict(Pool(fetcher.clock, threads=2).run(visits))
    assert results[0].outcome is Outcome.RATE_LIMITED
    assert results[1].outcome is Outcome.RATE_LIMITED
    assert results[1].retry_at - fetcher.clock() > timedelta(minutes=55)
    assert results[2].outcome is Outcome.OK
    assert len(httpserver.log) == 2


def test_closing_a_run_begins_nothing_more():
    begun: list[int] = []
    gate = threading.Event()

    def steps(number: int):
        yield NotYet("one.example", datetime.now(UTC))
        begun.append(number)
        if number == 1:
            gate.wait(10)
        return Visit("guestbook")

    before = set(threading.enumerate())
    run = Pool(lambda: datetime.now(UTC), threads=1).run(steps(number) for number in range(5))
    assert next(run)[0] == 0
    run.close()
    gate.set()
    for worker in set(threading.enumerate()) - before:
        worker.join(10)
    assert begun in ([0], [0, 1])


def test_an_empty_run_ends():
    assert list(Pool(lambda: pytest.fail("nothing to time")).run([])) == []
