import gzip
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fetching import START, Clock, a_fetcher, raw_server
from pytest_httpserver import HTTPServer
from werkzeug import Request as Received
from werkzeug import Response

from scrapers.errors import (
    Blocked,
    Gone,
    LayoutChanged,
    LoginRequired,
    RateLimited,
    Refused,
    Unreachable,
)
from scrapers.fetch import Fetcher, FetchSettings
from scrapers.fetch.wire import Wire
from scrapers.types import Page, Request


def local(httpserver: HTTPServer, clock: Clock | None = None, **settings: object) -> Fetcher:
    return a_fetcher(clock or Clock(), loopback=(httpserver.url_for("/"),), **settings)


def get(fetcher: Fetcher, httpserver: HTTPServer, path: str = "/page", **how: object) -> Page:
    return fetcher.fetch(Request(httpserver.url_for(path)), obey_robots=False, **how)


def serve(httpserver: HTTPServer, body: object = "<p>hello</p>", **how: object) -> None:
    how.setdefault("content_type", "text/html; charset=utf-8")
    httpserver.expect_request("/page").respond_with_data(body, **how)


def test_a_page_comes_with_its_text_and_what_validates_it(httpserver: HTTPServer):
    serve(httpserver, "<p>café</p>", headers={"ETag": '"v1"', "Last-Modified": "yesterday"})
    page = get(local(httpserver), httpserver)
    assert page.text == "<p>café</p>"
    assert page.headers["etag"] == '"v1"'
    assert page.headers["last-modified"] == "yesterday"
    assert page.seen_at == START


def test_we_say_who_we_are_and_where_to_complain(httpserver: HTTPServer):
    serve(httpserver)
    get(local(httpserver), httpserver)
    agent = httpserver.log[0][0].headers["User-Agent"]
    assert agent.startswith("Goodword/")
    assert agent.endswith("(+https://goodword.example/about)")


def test_a_compressed_page_in_another_alphabet_is_read(httpserver: HTTPServer):
    body = gzip.compress("<p>口コミ</p>".encode("shift_jis"))
    serve(
        httpserver,
        body,
        content_type="text/html; charset=Shift_JIS",
        headers={"Content-Encoding": "gzip"},
    )
    assert get(local(httpserver), httpserver).text == "<p>口コミ</p>"


def test_no_cookie_is_kept(httpserver: HTTPServer):
    serve(httpserver, headers={"Set-Cookie": "id=1; Path=/"})
    fetcher = local(httpserver)
    get(fetcher, httpserver)
    get(fetcher, httpserver)
    assert "Cookie" not in httpserver.log[1][0].headers


def test_the_environment_s_proxy_is_not_used(httpserver: HTTPServer, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://10.9.9.9:3128")
    serve(httpserver)
    assert get(local(httpserver), httpserver).status == 200


def test_a_form_and_its_method_are_sent_as_described(httpserver: HTTPServer):
    httpserver.expect_request(
        "/token", method="POST", data="grant_type=x&code=1"
    ).respond_with_json({"ok": True})
    request = Request(
        httpserver.url_for("/token"), method="POST", form={"grant_type": "x", "code": "1"}
    )
    assert local(httpserver).fetch(request, obey_robots=False).json == {"ok": True}


def test_parameters_are_added_to_the_address(httpserver: HTTPServer):
    httpserver.expect_request("/page", query_string="a=1&q=a+b%26").respond_with_data("found")
    request = Request(httpserver.url_for("/page?a=1"), params={"q": "a b&"})
    assert local(httpserver).fetch(request, obey_robots=False).text == "found"


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (404, Gone),
        (410, Gone),
        (401, LoginRequired),
        (403, Blocked),
        (451, Blocked),
        (429, RateLimited),
        (400, Unreachable),
        (500, Unreachable),
        (503, Unreachable),
    ],
)
def test_each_status_is_a_typed_failure_with_one_sentence(httpserver: HTTPServer, status, failure):
    serve(httpserver, "", status=status)
    with pytest.raises(failure) as raised:
        get(local(httpserver), httpserver)
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 02 Mar 2026 10:30:00 GMT", timedelta(minutes=90)),
        ("99999999", timedelta(days=1)),
        ("Mon, 02 Mar 2020 10:30:00 GMT", timedelta(0)),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_and_capped(httpserver: HTTPServer, header, waits):
    serve(httpserver, "", status=429, headers={"Retry-After": header.encode().decode("latin-1")})
    with pytest.raises(RateLimited) as raised:
        get(local(httpserver), httpserver)
    assert raised.value.retry_at == (None if waits is None else START + waits)


def test_nobody_asks_a_site_before_its_retry_after(httpserver: HTTPServer):
    serve(httpserver, "", status=429, headers={"Retry-After": "600"})
    fetcher = local(httpserver, patience_s=60)
    with pytest.raises(RateLimited):
        get(fetcher, httpserver)
    with pytest.raises(RateLimited) as raised:
        get(fetcher, httpserver)
    assert raised.value.retry_at == START + timedelta(seconds=600)
    assert len(httpserver.log) == 1


def test_requests_to_one_site_keep_their_distance(httpserver: HTTPServer):
    serve(httpserver)
    clock = Clock()
    fetcher = local(httpserver, clock, loopback_interval_s=5.0)
    for _ in range(3):
        get(fetcher, httpserver)
    assert clock.slept == [5.0, 5.0]


def test_a_failing_site_is_left_alone_longer_and_longer(httpserver: HTTPServer):
    serve(httpserver, "", status=500)
    clock = Clock()
    fetcher = local(httpserver, clock, patience_s=0)
    waits = []
    for _ in range(6):
        for _ in range(20):
            before = len(httpserver.log)
            with pytest.raises(Unreachable) as raised:
                get(fetcher, httpserver)
            if len(httpserver.log) == before:
                break
        assert raised.value.retry_at
        waits.append(raised.value.retry_at - clock.now)
        clock.now = raised.value.retry_at
    assert waits == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 80, 160)]


def test_one_owner_s_used_up_quota_does_not_keep_the_site_from_another(httpserver: HTTPServer):
    serve(httpserver, "", status=403)
    clock = Clock()
    fetcher = local(httpserver, clock, patience_s=61)
    quota = RateLimited("The quota is used up.", retry_at=START + timedelta(hours=9))
    for _ in range(5):
        with pytest.raises(RateLimited, match="quota"):
            get(fetcher, httpserver, explain=lambda page: quota)
    assert clock.slept == [60.0] * 4


def test_one_good_answer_closes_the_breaker(httpserver: HTTPServer):
    httpserver.expect_ordered_request("/page").respond_with_data("", 500)
    httpserver.expect_ordered_request("/page").respond_with_data("", 500)
    httpserver.expect_ordered_request("/page").respond_with_data("fine")
    httpserver.expect_ordered_request("/page").respond_with_data("", 500)
    clock = Clock()
    fetcher = local(httpserver, clock, patience_s=0)
    for failing in (True, True, False, True):
        if failing:
            with pytest.raises(Unreachable):
                get(fetcher, httpserver)
        else:
            get(fetcher, httpserver)
    assert fetcher.pace.claim(f"localhost:{httpserver.port}", clock.now, timedelta(1)).failures == 1


def test_redirects_are_followed_up_to_five(httpserver: HTTPServer):
    for hop in range(6):
        httpserver.expect_request(f"/{hop}").respond_with_data("", 302, {"Location": f"/{hop + 1}"})
    httpserver.expect_request("/6").respond_with_data("end")
    fetcher = local(httpserver)
    page = get(fetcher, httpserver, "/1")
    assert page.text == "end"
    assert page.url.endswith("/6")
    with pytest.raises(Unreachable, match="again and again"):
        get(fetcher, httpserver, "/0")


def test_a_key_is_not_carried_to_another_origin(httpserver: HTTPServer):
    away = httpserver.url_for("/page").replace("localhost", "127.0.0.1")
    httpserver.expect_request("/moved").respond_with_data("", 302, {"Location": away})
    httpserver.expect_request("/near").respond_with_data("", 302, {"Location": "/page"})
    serve(httpserver)
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"), away))
    for path in ("/moved", "/near"):
        request = Request(httpserver.url_for(path), headers={"Authorization": "Bearer secret"})
        fetcher.fetch(request, obey_robots=False)
    carried = [request.headers.get("Authorization") for request, _ in httpserver.log]
    assert carried == ["Bearer secret", None, "Bearer secret", "Bearer secret"]


def test_a_post_is_not_sent_on(httpserver: HTTPServer):
    httpserver.expect_request("/reply").respond_with_data("", 302, {"Location": "/page"})
    request = Request(httpserver.url_for("/reply"), method="POST", json={"text": "thanks"})
    with pytest.raises(Unreachable):
        local(httpserver).fetch(request, obey_robots=False)
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream"])
def test_what_is_not_a_page_is_refused_by_its_kind(httpserver: HTTPServer, kind):
    serve(httpserver, b"%PDF", content_type=kind)
    with pytest.raises(Refused, match=kind):
        get(local(httpserver), httpserver)


def test_json_is_parsed_and_broken_json_is_a_changed_layout(httpserver: HTTPServer):
    httpserver.expect_request("/good").respond_with_json({"name": "Café"})
    httpserver.expect_request("/bad").respond_with_data("{", content_type="application/json")
    fetcher = local(httpserver)
    assert get(fetcher, httpserver, "/good").json == {"name": "Café"}
    with pytest.raises(LayoutChanged):
        get(fetcher, httpserver, "/bad")


@pytest.mark.parametrize("deep", ["[" * 2000 + "]" * 2000, '{"a":' * 2000 + "1" + "}" * 2000])
def test_json_nested_two_thousand_deep_is_a_typed_failure(httpserver: HTTPServer, deep):
    serve(httpserver, deep, content_type="application/json")
    with pytest.raises(LayoutChanged, match="nested too deeply"):
        get(local(httpserver), httpserver)


def test_a_body_over_the_cap_is_refused(httpserver: HTTPServer):
    serve(httpserver, "<script>" + "x" * 10_000_000 + "</script>")
    with pytest.raises(Refused, match="larger than 5 MB"):
        get(local(httpserver), httpserver)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_compressed_bomb_is_stopped_at_the_cap(httpserver: HTTPServer, layers):
    bomb = b"\0" * 300_000_000
    for _ in range(layers):
        bomb = gzip.compress(bomb, 1)
    encoding = ", ".join(["gzip"] * layers)
    serve(httpserver, bomb, headers={"Content-Encoding": encoding})
    with pytest.raises(Refused, match="larger than 5 MB"):
        get(local(httpserver), httpserver)


def _endless(piece: bytes, stop: threading.Event) -> Iterator[bytes]:
    while not stop.wait(0.01):
        yield piece


def _expect_endless(httpserver: HTTPServer, piece: bytes, stop: threading.Event) -> None:
    def handle(request: Received) -> Response:
        return Response(_endless(piece, stop), content_type="text/html")

    httpserver.expect_request("/page").respond_with_handler(handle)


@pytest.fixture
def stop():
    event = threading.Event()
    yield event
    event.set()


def test_an_endless_body_is_stopped_at_the_cap(httpserver: HTTPServer, stop):
    _expect_endless(httpserver, b"x" * 500_000, stop)
    with pytest.raises(Refused, match="larger than 5 MB"):
        get(local(httpserver), httpserver)


def test_a_body_that_drips_is_stopped_at_the_deadline(httpserver: HTTPServer, stop):
    _expect_endless(httpserver, b"x", stop)
    ticks = iter(range(0, 10_000, 7))
    settings = FetchSettings("https://goodword.example", loopback=(httpserver.url_for("/"),))
    clock = Clock()
    wire = Wire(settings, monotonic=lambda: float(next(ticks)))
    fetcher = Fetcher(settings, clock=clock, sleep=clock.sleep, wire=wire)
    with pytest.raises(Unreachable, match="within 60 seconds"):
        get(fetcher, httpserver)


def test_an_answer_that_stays_away_is_cut_off_at_the_deadline(httpserver: HTTPServer, stop):
    def handle(request: Received) -> Response:
        stop.wait(30)
        return Response("late")

    httpserver.expect_request("/page").respond_with_handler(handle)
    with pytest.raises(Unreachable, match=r"within 0\.2 seconds"):
        get(local(httpserver, total_s=0.2), httpserver)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab",
        b"HTTP/1.1 200 OK\r\n" + b"X-Filler: y\r\n" * 500,
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 200_000,
        b"\x16\x03\x01 this is not http",
    ],
    ids=["nothing", "too short", "half a chunk", "many headers", "a long header", "not http"],
)
def test_a_broken_answer_is_not_half_a_page(answer):
    with raw_server([answer]) as url, pytest.raises(Unreachable):
        a_fetcher(Clock(), loopback=(url,)).fetch(Request(url), obey_robots=False)


def test_headers_that_drip_are_cut_off_at_the_deadline(stop):
    def drip() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        while not stop.wait(0.02):
            yield b"X-Drip: y\r\n"

    with (
        raw_server(drip()) as url,
        pytest.raises(Unreachable, match=r"within 0\.2 seconds"),
    ):
        a_fetcher(Clock(), loopback=(url,), total_s=0.2).fetch(Request(url), obey_robots=False)


@pytest.mark.parametrize(
    ("status", "headers", "body", "whose"),
    [
        (200, {}, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "Cloud"),
        (403, {"cf-mitigated": "challenge"}, "", "Cloudflare"),
        (
            200,
            {},
            "<script src='https://geo.captcha-delivery.com/captcha.js'></script>",
            "DataDome",
        ),
        (200, {}, "<div id='px-captcha'></div>", "HUMAN"),
        (202, {"x-amzn-waf-action": "challenge"}, "", "AWS"),
        (200, {}, "<p>Please verify you are human to go on</p>", "bot check"),
    ],
)
def test_a_challenge_page_is_called_blocked(httpserver: HTTPServer, status, headers, body, whose):
    serve(httpserver, body, status=status, headers=headers)
    with pytest.raises(Blocked, match=whose):
        get(local(httpserver), httpserver)


def test_a_page_with_a_protected_form_is_a_page(httpserver: HTTPServer):
    words = "<p>" + "Bread, cakes and coffee from half past six. " * 50 + "</p>"
    serve(httpserver, words + "<p>Please verify you are human</p><form></form>")
    assert get(local(httpserver), httpserver).status == 200


def test_not_modified_is_an_answer(httpserver: HTTPServer):
    serve(httpserver, "", status=304)
    assert get(local(httpserver), httpserver).status == 304


def test_a_host_can_be_mapped_to_a_stand_in_on_this_machine(httpserver: HTTPServer):
    def handle(request: Received) -> Response:
        return Response(f"you asked {request.host}", content_type="text/plain")

    httpserver.expect_request("/v1/x").respond_with_handler(handle)
    fetcher = a_fetcher(Clock(), host_map={"api.directory.example": httpserver.url_for("")})
    page = fetcher.fetch(Request("https://api.directory.example/v1/x"), obey_robots=False)
    assert page.text == "you asked api.directory.example"
    assert page.url == "https://api.directory.example/v1/x"
    with pytest.raises(Refused):  # nobody gets there by its own address
        get(fetcher, httpserver, "/v1/x")


def test_one_page_s_faults_leave_the_next_page_alone(httpserver: HTTPServer):
    httpserver.expect_ordered_request("/page").respond_with_data(
        gzip.compress(b"\0" * 9_000_000), headers={"Content-Encoding": "gzip"}
    )
    httpserver.expect_ordered_request("/page").respond_with_data(
        b"not gzip", headers={"Content-Encoding": "gzip"}
    )
    httpserver.expect_ordered_request("/page").respond_with_data("fine", content_type="text/html")
    fetcher = local(httpserver)
    with pytest.raises(Refused):
        get(fetcher, httpserver)
    with pytest.raises(Unreachable):
        get(fetcher, httpserver)
    assert get(fetcher, httpserver).text == "fine"
