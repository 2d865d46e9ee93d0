import base64
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_httpserver import HTTPServer

from scrapers import google_oauth as oauth
from scrapers import registry
from scrapers.errors import Blocked, LoginRequired
from scrapers.fetch import Fetcher, FetchSettings
from scrapers.runner import publish, read_back, visit
from scrapers.types import ListingRef, Outcome, Page, ReviewRecord
from tests.peers.google import ACCOUNT, LOCATION, Google, reviews

SOURCE = registry.get("google_business_profile")
REF = ListingRef(
    "https://business.google.com/n/4021",
    external_id=f"{ACCOUNT}/{LOCATION}",
    account={"client_id": "id", "client_secret": "secret", "refresh_token": "refresh-1"},
)
REVIEW = ReviewRecord(external_id="r1")


@pytest.fixture
def connect(httpserver: HTTPServer):
    def connected(peer: Google) -> Fetcher:
        hosts = peer.serve(httpserver)
        return Fetcher(
            FetchSettings("https://goodword.example", host_map=hosts),
            sleep=lambda seconds: None,
        )

    return connected


def test_a_visit_connects_and_reads_listing_and_all_pages_of_reviews(connect):
    peer = Google(reviews=reviews(150))
    result = visit(SOURCE, REF, connect(peer))
    assert result.says is None
    assert result.listing.name == "Mill Lane Bakery"
    assert [review.external_id for review in result.reviews] == [f"r{n}" for n in range(150)]
    assert (result.complete, result.expected, result.rating.count) == (True, 150, 150)
    assert result.account["access_token"] == "access-1"
    assert peer.calls == ["token", "GET 4021", "GET reviews", "GET reviews", "GET reviews"]


def test_a_location_without_reviews_is_read_completely(connect):
    result = visit(SOURCE, REF, connect(Google()))
    assert (result.outcome, result.reviews, result.complete) == (Outcome.OK, [], True)


@pytest.mark.parametrize(
    ("peer", "outcome", "says"),
    [
        (Google(revoked=True), Outcome.LOGIN_REQUIRED, "connect it again"),
        (Google(refuse="RESOURCE_EXHAUSTED"), Outcome.RATE_LIMITED, "used up"),
        (Google(refuse="RESOURCE_EXHAUSTED", quota="0"), Outcome.BLOCKED, "not approved"),
        (Google(refuse="PERMISSION_DENIED"), Outcome.BLOCKED, "not verified"),
    ],
    ids=["revoked", "over the quota", "no quota", "no permission"],
)
def test_each_refusal_says_what_the_owner_can_do(connect, peer, outcome, says):
    result = visit(SOURCE, REF, connect(peer))
    assert result.outcome is outcome
    assert says in (result.says or "")


def test_an_account_not_connected_is_said_so_without_a_request(connect):
    peer = Google()
    result = visit(SOURCE, ListingRef(REF.url, external_id=REF.external_id), connect(peer))
    assert result.outcome is Outcome.LOGIN_REQUIRED
    assert peer.calls == []


def test_a_reply_is_accepted_then_pending_when_read_back(connect):
    peer = Google(reviews=reviews(3))
    fetcher = connect(peer)
    accepted = publish(SOURCE, REF, REVIEW, "Thank you, 손님!", fetcher)
    assert (accepted.text, accepted.state) == ("Thank you, 손님!", "pending")
    assert read_back(SOURCE, REF, REVIEW, fetcher).reply == accepted
    peer.reviews[1]["reviewReply"] |= {"reviewReplyState": "REJECTED", "policyViolation": "NEW_ONE"}
    seen = read_back(SOURCE, REF, REVIEW, fetcher).reply
    assert (seen.state, seen.reason) == ("rejected", "NEW_ONE")


def test_a_reply_that_google_took_but_did_not_keep_is_not_called_sent(connect):
    peer = Google(reviews=reviews(3), keeps_replies=False)
    with pytest.raises(Blocked):
        publish(SOURCE, REF, REVIEW, "Thank you!", connect(peer))


def test_the_owner_is_sent_to_google_for_offline_access():
    url = urlsplit(oauth.authorization_url("id", "https://shop.example/back", "s1"))
    asked = parse_qs(url.query)
    assert url.hostname == "accounts.google.com"
    assert asked["access_type"] == ["offline"]
    assert asked["state"] == ["s1"]
    assert asked["scope"] == [oauth.SCOPE]


def test_the_code_is_exchanged_and_the_tokens_read():
    account = {"client_id": "id", "client_secret": "secret"}
    request = oauth.token_request(account, "code-1", "https://shop.example/back")
    assert request.form["grant_type"] == "authorization_code"
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    page = Page(
        "", json={"access_token": "a", "refresh_token": "r", "expires_in": 3600}, seen_at=now
    )
    assert oauth.parse_token(page) == {
        "access_token": "a",
        "refresh_token": "r",
        "expires_at": "2026-03-02T10:00:00+00:00",
    }
    with pytest.raises(LoginRequired):
        oauth.parse_token(Page("", json={}))


def envelope(inner: object, **message: object) -> dict:
    data = base64.b64encode(json.dumps(inner).encode()).decode()
    return {"message": {"data": data, "messageId": "m1", **message}, "subscription": "s"}


@pytest.mark.parametrize(
    "inner",
    [
        {"notificationType": "NEW_REVIEW", "locationName": "l", "reviewName": "r"},
        {"type": "NEW_REVIEW", "location": "l", "review": "r"},
        {"notification_type": "NEW_REVIEW", "location_name": "l", "review_name": "r"},
    ],
)
def test_a_push_is_read_whichever_keys_it_uses(inner):
    assert oauth.parse_push(envelope(inner)) == oauth.Push("m1", "NEW_REVIEW", "l", "r")


@pytest.mark.parametrize(
    "not_one", [None, [], {}, {"message": {}}, envelope({}, data="%%%"), envelope({}, data="aGk=")]
)
def test_what_is_no_push_is_refused(not_one):
    with pytest.raises(ValueError, match=r"Pub/Sub|base64"):
        oauth.parse_push(not_one)
