"""Connecting Google with the owner's own client, against a peer on loopback."""

import pytest

from app.core.errors import UserError
from app.core.settings import Settings
from jobs.connecting import GOOGLE, connector_for

ACCOUNT = {"client_id": "me", "client_secret": "mine", "refresh_token": "r"}
HOSTS = (
    "oauth2.googleapis.com",
    "mybusinessaccountmanagement.googleapis.com",
    "mybusinessbusinessinformation.googleapis.com",
)


@pytest.fixture
def connector(httpserver, tmp_path):
    origin = httpserver.url_for("").rstrip("/")
    return connector_for(
        Settings(data_dir=tmp_path, host_map=dict.fromkeys(HOSTS, origin), _env_file=None)
    )


def test_the_owner_is_asked_for_their_client_only(connector):
    assert connector.asked_for(GOOGLE) == ("client_id", "client_secret")
    assert "api_key" in connector.asked_for("yelp")


def test_consent_is_asked_where_google_wants_it(connector):
    url = connector.consent_url(GOOGLE, ACCOUNT, "http://127.0.0.1:8000/back", "state")
    assert url.startswith("https://accounts.google.com/")
    assert "client_id=me" in url
    assert "state=state" in url
    assert connector.consent_url("yelp", {}, "", "") is None


def test_a_code_becomes_a_refresh_token(connector, httpserver):
    httpserver.expect_request("/token", method="POST").respond_with_json(
        {"access_token": "a", "refresh_token": "r", "expires_in": 3600}
    )
    gained = connector.exchange(GOOGLE, ACCOUNT, "code", "http://127.0.0.1:8000/back")
    assert gained["refresh_token"] == "r"


def test_a_refusal_is_a_sentence(connector, httpserver):
    httpserver.expect_request("/token").respond_with_json({"error": "invalid_grant"}, status=400)
    with pytest.raises(UserError, match="connect it again"):
        connector.exchange(GOOGLE, ACCOUNT, "code", "x")


def test_the_places_of_all_accounts_are_offered(connector, httpserver):
    httpserver.expect_request("/token").respond_with_json({"access_token": "a"})
    httpserver.expect_request("/v1/accounts").respond_with_json(
        {"accounts": [{"name": "accounts/1"}]}
    )
    place = {
        "name": "locations/7",
        "title": "Harbour Café",
        "storefrontAddress": {"addressLines": ["12 Quay Street"], "locality": "Portland"},
        "phoneNumbers": {"primaryPhone": "(503) 555-0118"},
    }
    httpserver.expect_request("/v1/accounts/1/locations").respond_with_json({"locations": [place]})
    (choice,) = connector.places(GOOGLE, ACCOUNT)
    assert choice.external_id == "accounts/1/locations/7"
    assert choice.address == "12 Quay Street, Portland"
    assert choice.phone == "(503) 555-0118"
