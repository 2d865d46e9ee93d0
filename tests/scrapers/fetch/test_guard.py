import pytest
from fetching import Clock, a_fetcher
from hostile_urls import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from scrapers.errors import Refused, Unreachable
from scrapers.fetch.guard import is_public, read_url
from scrapers.types import Request


def test_the_table_of_hostile_addresses_holds_more_than_a_hundred():
    assert len(set(HOSTILE)) >= 100


@pytest.mark.parametrize("obey_robots", [True, False])
@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_in_one_plain_sentence(url, obey_robots):
    fetcher = a_fetcher(Clock())
    with pytest.raises(Refused) as refusal:
        fetcher.fetch(Request(url), obey_robots=obey_robots)
    said = str(refusal.value)
    assert said.endswith(".")
    assert ". " not in said
    assert len(said) < 120


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/", "http://[::1]/", "file:///etc/passwd", "http://half.example"]
)
def test_a_redirect_inward_is_refused(httpserver: HTTPServer, url):
    httpserver.expect_request("/").respond_with_data("", 302, {"Location": url})
    fetcher = a_fetcher(Clock(), loopback=(httpserver.url_for("/"),))
    with pytest.raises(Refused):
        fetcher.fetch(Request(httpserver.url_for("/")), obey_robots=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::5db8:d70e", True),  # what a DNS64 network answers for 93.184.215.14
        ("64:ff9b::a00:1", False),
        ("2002:5db8:d70e::1", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("192.88.99.1", False),
    ],
)
def test_an_address_is_judged_by_where_it_leads(address, public):
    assert is_public(address) is public


def test_only_the_exact_origin_on_this_machine_is_allowed(httpserver: HTTPServer):
    httpserver.expect_request("/").respond_with_data("hello", content_type="text/html")
    port = httpserver.port
    fetcher = a_fetcher(Clock(), loopback=(f"http://127.0.0.1:{port}",))
    page = fetcher.fetch(Request(f"http://127.0.0.1:{port}/"), obey_robots=False)
    assert page.text == "hello"
    for other in (
        f"http://127.0.0.1:{port + 1}/",
        f"http://localhost:{port}/",
        f"https://127.0.0.1:{port}/",
        f"http://127.1:{port}/",
        f"http://127.0.0.1:{port}@10.0.0.1/",
    ):
        with pytest.raises(Refused):
            fetcher.fetch(Request(other), obey_robots=False)


def test_an_allowed_origin_must_really_be_on_this_machine():
    fetcher = a_fetcher(Clock(), loopback=("http://office.example:8000",))
    with pytest.raises(Refused):
        fetcher.fetch(Request("http://office.example:8000/"), obey_robots=False)


def test_an_unknown_name_is_said_to_be_unknown():
    with pytest.raises(Unreachable) as failure:
        a_fetcher(Clock()).fetch(Request("http://nowhere.example/"), obey_robots=False)
    assert "nowhere.example" in str(failure.value)


def test_a_name_that_changes_its_mind_is_checked_when_it_is_connected_to():
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    fetcher = a_fetcher(Clock(), resolver=lambda host, port: next(answers))
    assert fetcher.settings.guard.addresses(("http", "rebinding.example", 80))
    with pytest.raises(Refused):
        fetcher.fetch(Request("http://rebinding.example/"), obey_robots=False)


@given(st.text(max_size=200))
def test_any_text_is_taken_apart_or_refused(text):
    try:
        target = read_url(text)
    except Refused:
        return
    assert read_url(target.url) == target
