from datetime import timedelta

import pytest
from fetching import START, Clock, a_fetcher
from pytest_httpserver import HTTPServer

from scrapers.errors import Refused, Unreachable
from scrapers.fetch import robots
from scrapers.types import Request

US = "User-agent: goodword\n"

# RFC 9309: (what the file says, path asked for, allowed)
CASES = {
    "the longest match wins": (US + "Allow: /a/b\nDisallow: /a", "/a/b/c", True),
    "whatever the order": (US + "Disallow: /a/b\nAllow: /a", "/a/b/c", False),
    "equal lengths allow": (US + "Disallow: /page\nAllow: /page", "/page", True),
    "nothing matches": (US + "Disallow: /private", "/public", True),
    "an empty disallow forbids nothing": (US + "Disallow:", "/x", True),
    "an empty file forbids nothing": ("", "/x", True),
    "a rule before any group is ignored": ("Disallow: /\n" + US + "Allow: /x", "/y", True),
    "our group beats the star": ("User-agent: *\nDisallow: /\n" + US + "Allow: /", "/x", True),
    "the star serves who is not named": ("User-agent: *\nDisallow: /x", "/x", False),
    "another's group is not ours": ("User-agent: otherbot\nDisallow: /", "/x", True),
    "a name that begins like ours": ("User-agent: good\nDisallow: /", "/x", True),
    "a name that ours begins": ("User-agent: goodwordbot\nDisallow: /", "/x", True),
    "our name in any case": ("User-Agent: GoodWord\nDisallow: /", "/x", False),
    "our name with a version": ("User-agent: goodword/2.0\nDisallow: /", "/x", False),
    "fields in any case": ("USER-AGENT: *\ndisallow: /x", "/x", False),
    "two groups of one name merge": (
        US + "Disallow: /a\n\nUser-agent: b\nDisallow: /c\n\n" + US + "Disallow: /d",
        "/d",
        False,
    ),
    "the first of two merged groups holds too": (
        US + "Disallow: /a\n" + US + "Disallow: /d",
        "/a",
        False,
    ),
    "several names share a group": ("User-agent: x\n" + US + "Disallow: /a", "/a", False),
    "a blank line does not end a group": (US + "\nDisallow: /a", "/a", False),
    "an unknown record does not end a group": (
        US + "Sitemap: https://x.example/s.xml\nFoo: bar\nUser-agent: b\nDisallow: /a",
        "/a",
        False,
    ),
    "a star inside": (US + "Disallow: /*/private", "/x/y/private/z", False),
    "a star at the end changes nothing": (US + "Disallow: /fish*", "/fishing", False),
    "a dollar ends the pattern": (US + "Disallow: /*.pdf$", "/a.pdf", False),
    "and only there": (US + "Disallow: /*.pdf$", "/a.pdf?x=1", True),
    "the query takes part": (US + "Disallow: /*?page=", "/list?page=2", False),
    "paths are case-sensitive": (US + "Disallow: /Foo", "/foo", True),
    "escapes compare as octets": (US + "Disallow: /caf%C3%A9", "/café", False),
    "and the other way round": (US + "Disallow: /café", "/caf%C3%A9", False),
    "an escaped letter is the letter": (US + "Disallow: /a%62c", "/abc", False),
    "an escaped slash is not a slash": (US + "Disallow: /a%2Fb", "/a/b", True),
    "comments end a line": (US + "Disallow: /a # not /b", "/a", False),
    "a byte order mark is passed over": ("\ufeff" + US + "Disallow: /a", "/a", False),
    "line ends of an old kind": ("User-agent: *\rDisallow: /a", "/a", False),
    "no line ends but these": (US + "Disallow: /a\x0bDisallow: /b", "/b", True),
    "an unreadable line is skipped": (US + "what is this\nDisallow: /a", "/a", False),
    "an allowed index page is only that page": (
        US + "Allow: /shop/index.html\nDisallow: /shop/",
        "/shop/",
        False,
    ),
    "and it is that page": (
        US + "Allow: /shop/index.html\nDisallow: /shop/",
        "/shop/index.html",
        True,
    ),
}


@pytest.mark.parametrize(("text", "path", "allowed"), CASES.values(), ids=list(CASES))
def test_robots_txt_is_read_by_the_letter_of_the_standard(text, path, allowed):
    rules = robots.read_rules(text, START)
    assert rules.allows(f"https://site.example{path}") is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, False), (404, True), (401, True), (403, True), (410, True), (500, False), (503, False)],
)
def test_the_status_of_robots_txt_decides(status, allowed):
    rules = robots.rules_for_status(status, "User-agent: *\nDisallow: /", START, None)
    assert rules.allows("https://site.example/x") is allowed


def test_an_older_copy_serves_while_the_site_does_not_answer():
    older = robots.read_rules("User-agent: *\nDisallow: /private", START - timedelta(days=3))
    rules = robots.rules_for_status(503, "", START, older)
    assert rules.allows("https://site.example/x")
    assert not rules.allows("https://site.example/private")


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 1.5", 1.5), ("Crawl-delay: 86400", 60.0), ("Crawl-delay: soon", 0.0)],
)
def test_a_crawl_delay_is_honoured_up_to_a_cap(line, delay):
    assert robots.read_rules(f"User-agent: *\n{line}", START).delay_s == delay


def _serve(server: HTTPServer, robots_txt: str = "", status: int = 200, pages: int = 10) -> None:
    server.expect_request("/robots.txt").respond_with_data(robots_txt, status)
    server.expect_request("/page").respond_with_data("hello", content_type="text/html")


def _asked_for_robots(server: HTTPServer) -> int:
    return sum(request.path == "/robots.txt" for request, _ in server.log)


def test_a_forbidden_page_is_never_asked_for(httpserver: HTTPServer):
    _serve(httpserver, "User-agent: *\nDisallow: /page")
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    with pytest.raises(Refused, match=r"robots\.txt"):
        fetcher.fetch(Request(httpserver.url_for("/page")))
    assert [request.path for request, _ in httpserver.log] == ["/robots.txt"]


def test_robots_txt_is_kept_for_a_day(httpserver: HTTPServer):
    _serve(httpserver)
    clock = Clock()
    fetcher = a_fetcher(clock, loopback=(httpserver.url_for("/"),))
    for hours, asked in ((0, 1), (23, 1), (2, 2)):
        clock.now += timedelta(hours=hours)
        fetcher.fetch(Request(httpserver.url_for("/page")))
        assert _asked_for_robots(httpserver) == asked


def test_a_site_that_does_not_give_its_rules_is_not_read_and_tried_again_later(
    httpserver: HTTPServer,
):
    _serve(httpserver, status=503)
    clock = Clock()
    fetcher = a_fetcher(clock, loopback=(httpserver.url_for("/"),))
    for _ in range(2):
        with pytest.raises(Unreachable) as failure:
            fetcher.fetch(Request(httpserver.url_for("/page")))
    assert failure.value.retry_at == START + timedelta(hours=1)
    assert _asked_for_robots(httpserver) == 1


def test_robots_txt_may_have_moved_and_its_rules_belong_to_the_first_site(httpserver: HTTPServer):
    httpserver.expect_request("/robots.txt").respond_with_data("", 301, {"Location": "/rules"})
    httpserver.expect_request("/rules").respond_with_data("User-agent: *\nDisallow: /page")
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    with pytest.raises(Refused):
        fetcher.fetch(Request(httpserver.url_for("/page")))


def test_a_robots_txt_that_moves_for_ever_counts_as_none(httpserver: HTTPServer):
    httpserver.expect_request("/robots.txt").respond_with_data("", 302, {"Location": "/robots.txt"})
    httpserver.expect_request("/page").respond_with_data("hello", content_type="text/html")
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    assert fetcher.fetch(Request(httpserver.url_for("/page"))).text == "hello"
    assert _asked_for_robots(httpserver) == 6


def test_only_the_beginning_of_a_huge_robots_txt_is_read(httpserver: HTTPServer):
    huge = "User-agent: *\n" + "Disallow: /x\n" * 60_000 + "Disallow: /page\n"
    _serve(httpserver, huge)
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    assert fetcher.fetch(Request(httpserver.url_for("/page"))).text == "hello"


def test_an_api_that_its_owner_connected_is_not_asked_for_robots_txt(httpserver: HTTPServer):
    _serve(httpserver, "User-agent: *\nDisallow: /")
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    page = fetcher.fetch(Request(httpserver.url_for("/page")), obey_robots=False)
    assert page.text == "hello"
