"""Following an address to where it leads, over real HTTP."""

import pytest
from fetching import Clock, a_fetcher
from pytest_httpserver import HTTPServer
from werkzeug import Response

from scrapers.fetch import Fetcher
from scrapers.fetch.landing import MAX_BYTES, sends_on
from scrapers.landing import is_gate, landing_steps
from scrapers.types import Landing, Outcome


@pytest.fixture
def fetcher(httpserver: HTTPServer) -> Fetcher:
    httpserver.expect_request("/robots.txt").respond_with_data(
        "User-agent: *\nDisallow: /private", content_type="text/plain"
    )
    return a_fetcher(Clock(), loopback=(httpserver.url_for("/"),), total_s=5.0)


def land(fetcher: Fetcher, url: str, **validators: str) -> Landing:
    steps = landing_steps(url, fetcher, **validators)
    while True:
        try:
            wait = next(steps)
        except StopIteration as end:
            return end.value
        fetcher.sleep(max(0.0, (wait.at - fetcher.clock()).total_seconds()))


def redirect(httpserver: HTTPServer, path: str, to: str, status: int = 301) -> None:
    httpserver.expect_request(path).respond_with_data("", status, headers={"Location": to})


def page(httpserver: HTTPServer, path: str, html: str = "<h1>Hi</h1>", **how: object) -> None:
    httpserver.expect_request(path).respond_with_data(html, content_type="text/html", **how)


def test_redirects_are_followed_to_the_page_on_which_they_end(fetcher, httpserver):
    redirect(httpserver, "/short", "/older")
    redirect(httpserver, "/older", "/home", 302)
    page(httpserver, "/home", headers={"ETag": '"a"'})
    found = land(fetcher, httpserver.url_for("/short"))
    assert found == Landing(leads_to=httpserver.url_for("/home"), etag='"a"')


def test_a_page_that_sends_on_by_itself_is_a_redirect(fetcher, httpserver):
    page(httpserver, "/old", '<meta http-equiv="refresh" content="0; url=/new">')
    page(httpserver, "/new")
    assert land(fetcher, httpserver.url_for("/old")).leads_to == httpserver.url_for("/new")


def test_a_file_is_an_answer_and_only_the_beginning_of_a_long_page_is_read(fetcher, httpserver):
    httpserver.expect_request("/menu.pdf").respond_with_data(
        b"%PDF" * MAX_BYTES * 30, content_type="application/pdf"
    )
    found = land(fetcher, httpserver.url_for("/menu.pdf"))
    assert (found.outcome, found.leads_to) == (Outcome.OK, httpserver.url_for("/menu.pdf"))


def test_what_has_not_changed_is_not_sent_again(fetcher, httpserver):
    def answer(request):
        fresh = request.headers.get("If-None-Match") == '"a"'
        return Response(status=304 if fresh else 200)

    httpserver.expect_request("/home").respond_with_handler(answer)
    found = land(fetcher, httpserver.url_for("/home"), etag='"a"')
    assert (found.outcome, found.leads_to) == (Outcome.UNCHANGED, httpserver.url_for("/home"))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, Outcome.GONE), (410, Outcome.GONE), (403, Outcome.BLOCKED), (500, Outcome.UNREACHABLE)],
)
def test_a_site_that_does_not_answer_is_said(fetcher, httpserver, status, outcome):
    page(httpserver, "/home", status=status)
    found = land(fetcher, httpserver.url_for("/home"))
    assert (found.outcome, found.leads_to) == (outcome, None)
    assert found.says


def test_where_a_redirect_leads_is_known_though_the_site_there_does_not_let_us_read(
    fetcher, httpserver
):
    redirect(httpserver, "/short", "/private/home")
    found = land(fetcher, httpserver.url_for("/short"))
    assert found.outcome is Outcome.REFUSED
    assert found.leads_to == httpserver.url_for("/private/home")
    assert [request.path for request, _ in httpserver.log] == ["/robots.txt", "/short"]


def test_a_door_to_sign_in_at_is_not_where_an_address_leads(fetcher, httpserver):
    redirect(httpserver, "/cafe", "/login?next=/cafe")
    page(httpserver, "/login")
    found = land(fetcher, httpserver.url_for("/cafe"))
    assert (found.outcome, found.leads_to) == (Outcome.LOGIN_REQUIRED, None)


def test_a_site_that_does_not_even_say_what_robots_may_read_does_not_answer(httpserver):
    httpserver.expect_request("/robots.txt").respond_with_data("", status=503)
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    for _ in range(2):
        found = land(fetcher, httpserver.url_for("/home"))
        assert found.outcome is Outcome.UNREACHABLE
        assert found.says == "localhost cannot be reached, or answers with an error."


def test_an_address_of_a_private_network_is_not_opened(fetcher):
    assert land(fetcher, "http://127.0.0.1:1/").outcome is Outcome.REFUSED
    assert land(fetcher, "ftp://x").outcome is Outcome.REFUSED


def test_a_circle_comes_to_an_end(fetcher, httpserver):
    redirect(httpserver, "/a", "/b")
    redirect(httpserver, "/b", "/a")
    assert land(fetcher, httpserver.url_for("/a")).outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    ("html", "address"),
    [
        (
            '<meta http-equiv="refresh" content="0;url=https://new.example/">',
            "https://new.example/",
        ),
        ("<META content='2; URL=\"/a?b=1&amp;c=2\"' HTTP-EQUIV=Refresh>", "/a?b=1&c=2"),
        ('<meta http-equiv="refresh" content="0; https://new.example/">', "https://new.example/"),
        ('<meta http-equiv="refresh" content="30; url=/later">', None),
        ('<meta http-equiv="refresh" content="5">', None),
        ('<noscript><meta http-equiv="refresh" content="0;url=/plain"></noscript>', None),
        ('<!-- <meta http-equiv="refresh" content="0;url=/old"> -->', None),
        ('<meta name="description" content="0;url=/x">', None),
    ],
)
def test_a_page_says_in_its_head_where_it_sends_visitors(html, address):
    assert sends_on(html) == address


@pytest.mark.parametrize("text", ["<!--", "<noscript", "<meta ", "<meta http-equiv=refresh "])
def test_a_hostile_page_is_read_in_bounded_time(text):
    assert sends_on(text * 20_000) is None


@pytest.mark.parametrize(
    ("url", "gate"),
    [
        ("https://www.example.com/login.php?next=x", True),
        ("https://accounts.example.com/x", True),
        ("https://example.com/loginsky", False),
        ("https://example.com/", False),
    ],
)
def test_doors_to_sign_in_at_are_told_by_their_address(url, gate):
    assert is_gate(url) is gate
