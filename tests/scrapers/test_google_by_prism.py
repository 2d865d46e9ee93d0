"""Our requests against Google's own description of its v4 reviews, served by Stoplight's Prism.

Prism refuses what the OpenAPI document does not allow: a missing token, an unknown field. It is
found on the PATH or by the variable PRISM (npm install @stoplight/prism-cli).
"""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests

from scrapers import registry
from scrapers.errors import LoginRequired, RateLimited
from scrapers.fetch import Fetcher, FetchSettings
from scrapers.runner import publish, read_back
from scrapers.types import ListingRef, Request, ReviewRecord

pytestmark = pytest.mark.data

SOURCE = registry.get("google_business_profile")
REF = ListingRef("", external_id="accounts/7/locations/4021", account={"access_token": "any"})
REVIEW = ReviewRecord(external_id="r1")


@pytest.fixture(scope="module")
def prism(shared_data: Path):
    program = os.environ.get("PRISM") or shutil.which("prism")
    if not program:
        pytest.skip("NOT TESTED: prism is not installed on this machine")
    document = next((shared_data / "api/google_business_profile/openapi").glob("*.json"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "mock", "-h", "127.0.0.1", "-p", str(port), str(document)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            yield address
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            requests.get(address, timeout=1)
        except requests.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


@pytest.fixture
def fetcher(prism: str):
    hosts = {"mybusiness.googleapis.com": prism}
    fetcher = Fetcher(FetchSettings("https://goodword.example", host_map=hosts))
    yield fetcher
    fetcher.close()


def fetch(fetcher: Fetcher, request: Request):
    return fetcher.fetch(request, obey_robots=False, explain=SOURCE.failure)


def reviews_request(**headers: str) -> Request:
    token = {"Authorization": "Bearer any"} if "Authorization" not in headers else {}
    return Request(
        "https://mybusiness.googleapis.com/v4/accounts/7/locations/4021/reviews",
        params={"pageSize": "50", "orderBy": "update_time desc"},
        headers={**token, **headers},
    )


def test_a_page_of_reviews_is_read(fetcher):
    extract = SOURCE.parse(fetch(fetcher, reviews_request()), REF)
    assert len(extract.reviews) == extract.expected_reviews
    assert {review.rating.value for review in extract.reviews} <= {1, 2, 3, 4, 5}
    assert extract.complete


def test_a_reply_passes_and_comes_back_pending(fetcher):
    assert publish(SOURCE, REF, REVIEW, "Thank you.", fetcher).state == "pending"
    assert read_back(SOURCE, REF, REVIEW, fetcher) is not None


def test_without_a_token_the_owner_has_to_connect(fetcher):
    with pytest.raises(LoginRequired):
        fetch(fetcher, reviews_request(Authorization=""))


def test_over_the_quota_is_rate_limited(fetcher):
    with pytest.raises(RateLimited):
        fetch(fetcher, reviews_request(Prefer="code=429"))
