"""The sources that are APIs: what they ask for, how they go on, what their errors mean."""

import base64
import contextlib
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from scrapers import registry
from scrapers.api import ApiSource, meant_by, week
from scrapers.errors import Blocked, Gone, LoginRequired, RateLimited, Unreachable, VisitError
from scrapers.runner import publish, visit
from scrapers.types import (
    Access,
    Address,
    Capability,
    ListingRecord,
    ListingRef,
    Outcome,
    Page,
    ReviewRecord,
)
from tests.peers.tables import serve

APIS = [source for source in registry.all_sources() if isinstance(source, ApiSource)]
FIXTURES = Path(__file__).parents[1] / "fixtures" / "sources"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEYS = {
    name: f"{name}-1"
    for source in APIS
    for name in (*source.credentials, "access_token")
    if name != "refresh_token"
}
_KEYS = st.sampled_from(
    "businesses reviews data items documents results shop response venue elements entities "
    "name title hours location address phone open periods rating id tags claims P856 error "
    "code status result opening_hours regularHours categories open_graph_story tips groups "
    "locations starRating comment reviewReply day start end places search".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=6),
    max_leaves=25,
)


@pytest.mark.parametrize("source", APIS, ids=lambda source: source.key)
class TestEveryApi:
    def test_states_by_what_right_it_reads(self, source):
        assert source.access is Access.OFFICIAL_API
        assert source.terms_url
        assert source.terms_url.startswith("https://")
        assert source.correct_url

    def test_says_how_to_reply_exactly_when_it_can(self, source):
        review = ReviewRecord(external_id="r1", text="Good.")
        ref = ListingRef("https://x.example/", external_id="accounts/1/locations/2", account=KEYS)
        if Capability.REPLY in source.capabilities:
            request = source.reply_request(ref, review, "Thank you.")
            assert request.method in ("POST", "PUT")
            assert request.url.startswith("https://")
        else:
            with pytest.raises(NotImplementedError):
                source.reply_request(ref, review, "Thank you.")

    def test_searches_exactly_when_it_can(self, source):
        place = ListingRecord(name="Mill Lane Bakery", phone="+441632960112", address=Address())
        if Capability.FIND in source.capabilities:
            assert source.find(place, KEYS).url.startswith("https://")
        else:
            with pytest.raises(NotImplementedError):
                source.find(place, KEYS)

    def test_asks_for_no_page_without_its_credentials(self, source):
        if not source.credentials:
            pytest.skip("open to everyone")
        ref = ListingRef("https://x.example/v/507f1f77bcf86cd799439011/strJ000000001", name="Mill")
        with pytest.raises((LoginRequired, Gone)):
            source.authorize(ref) or source.first_page(ref)

    def test_keeps_keys_out_of_the_address_where_the_platform_allows(self, source):
        ref = ListingRef(
            "https://x.example/business-units/507f1f77bcf86cd799439011/strJ000000001/wiki/Q1/node/5",
            external_id="accounts/1/locations/2" if "profile" in source.key else None,
            name="Mill",
            account=KEYS,
        )
        if source.key in ("tripadvisor", "hotpepper"):  # they take it there and nowhere else
            return
        request = source.first_page(ref)
        assert not any(
            secret in str((request.url, request.params))
            for secret in KEYS.values()
            if secret != "property_id-1"
        )

    @given(answer=JSON)
    @settings(max_examples=60, deadline=None)
    def test_reads_any_json_or_says_why_not(self, source, answer):
        page = Page("https://x.example/", json=answer, seen_at=NOW)
        with contextlib.suppress(VisitError):
            source.failure(page)
            source.parse(page, ListingRef("https://x.example/"))


@pytest.mark.parametrize(
    ("key", "answer", "failure"),
    [
        ("yelp", {"error": {"code": "TOO_MANY_REQUESTS_PER_SECOND"}}, RateLimited),
        ("yelp", {"error": {"code": "ACCESS_LIMIT_REACHED"}}, RateLimited),
        ("yelp", {"error": {"code": "TOKEN_INVALID"}}, LoginRequired),
        ("yelp", {"error": {"code": "R2R_BUSINESS_NOT_CLAIMED"}}, Blocked),
        ("facebook", {"error": {"code": 190}}, LoginRequired),
        ("facebook", {"error": {"code": 10}}, Blocked),
        ("facebook", {"error": {"code": 283}}, Blocked),
        ("facebook", {"error": {"code": 32}}, RateLimited),
        ("facebook", {"error": {"code": 100, "error_subcode": 33}}, Gone),
        ("google_places", {"status": "REQUEST_DENIED", "error_message": "No key"}, Blocked),
        ("google_places", {"status": "OVER_QUERY_LIMIT"}, RateLimited),
        ("google_places", {"error": {"status": "NOT_FOUND", "message": "x"}}, Gone),
        ("wikidata", {"error": {"code": "maxlag"}}, RateLimited),
        ("wikidata", {"error": {"code": "no-such-entity"}}, Gone),
        ("naver", {"errorCode": "024"}, LoginRequired),
        ("kakao", {"errorType": "NotAuthorizedError"}, Blocked),
        ("hotpepper", {"results": {"error": [{"code": 2000, "message": "key"}]}}, LoginRequired),
        ("hotpepper", {"results": {"error": [{"code": 1000, "message": "down"}]}}, Unreachable),
    ],
)
def test_a_platform_s_error_is_a_failure_in_words_for_the_owner(key, answer, failure):
    error = registry.get(key).failure(Page("", json=answer, seen_at=NOW))
    assert type(error) is failure
    assert str(error).endswith(".")


def test_yelp_s_allowance_comes_back_when_yelp_says_so():
    page = Page(
        "",
        json={"error": {"code": "ACCESS_LIMIT_REACHED"}},
        seen_at=NOW,
        headers={"ratelimit-resettime": "2026-03-03T00:00:00+00:00"},
    )
    assert registry.get("yelp").failure(page).retry_at == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_visit_to_yelp_reads_listing_and_excerpts(httpserver: HTTPServer):
    key = {"Authorization": "Bearer api_key-1"}
    business = {"id": "b1", "name": "Mill", "review_count": 42, "rating": 4}
    excerpts = {"total": 42, "reviews": [{"id": n, "rating": 5, "text": "…"} for n in "xyz"]}
    fetcher = serve(
        httpserver,
        "api.yelp.com",
        ({"uri": "/v3/businesses/mill-lane", "headers": key}, business),
        ({"uri": "/v3/businesses/b1/reviews", "headers": key}, excerpts),
    )
    ref = ListingRef("https://www.yelp.com/biz/mill-lane?osq=x", account=KEYS)
    result = visit(registry.get("yelp"), ref, fetcher)
    assert result.says is None
    assert result.listing.name == "Mill"
    assert [review.external_id for review in result.reviews] == ["x", "y", "z"]
    assert (result.expected, result.complete, result.replies_visible) == (42, False, False)


def test_a_visit_to_a_facebook_page_follows_its_cursor(httpserver: HTTPServer):
    fetcher = serve(
        httpserver,
        "graph.facebook.com",
        (
            {"uri": "/v23.0/1001/ratings", "query_string": {**_FACEBOOK, "after": "c1"}},
            {"data": [{"open_graph_story": {"id": "s2"}, "recommendation_type": "negative"}]},
        ),
        (
            {"uri": "/v23.0/1001/ratings", "query_string": _FACEBOOK},
            {
                "data": [{"open_graph_story": {"id": "s1"}, "recommendation_type": "positive"}],
                # The link itself holds the token, so it is not followed as it stands.
                "paging": {"cursors": {"after": "c1"}, "next": "https://graph.facebook.com/leak"},
            },
        ),
        ({"uri": "/v23.0/1001"}, {"id": "1001", "name": "Mill"}),
    )
    ref = ListingRef("https://www.facebook.com/1001", account=KEYS)
    result = visit(registry.get("facebook"), ref, fetcher)
    assert result.says is None
    assert [(r.external_id, r.recommends) for r in result.reviews] == [("s1", True), ("s2", False)]
    assert result.complete


_FACEBOOK = {
    "limit": "100",
    "fields": "created_time,recommendation_type,review_text,has_rating,has_review,rating,reviewer,"
    "open_graph_story{id,comments{id,from,message,created_time}}",
}


def test_a_recommendation_without_a_story_cannot_be_answered():
    source = registry.get("facebook")
    page = Page("", json={"data": [{"created_time": 1759000000}]})
    (review,) = source.parse(page, ListingRef("", external_id="1001")).reviews
    assert review.external_id
    with pytest.raises(Blocked):
        source.reply_request(ListingRef("", account=KEYS), review, "Thank you.")


def test_trustpilot_is_read_page_by_page_and_answered_with_a_fresh_token(httpserver: HTTPServer):
    unit, host = "507f1f77bcf86cd799439011", "api.trustpilot.com"
    pair = base64.b64encode(b"api_key-1:secret").decode()
    token_path = "/v1/oauth/oauth-business-users-for-applications/refresh"
    bearer = {"Authorization": "Bearer t1"}
    reviews = f"/v1/private/business-units/{unit}/reviews"
    paging = {"perPage": "100", "orderBy": "createdat.desc"}
    fetcher = serve(
        httpserver,
        host,
        (
            {
                "uri": token_path,
                "method": "POST",
                "headers": {"Authorization": f"Basic {pair}"},
                "data": "grant_type=refresh_token&refresh_token=r1",
            },
            {"access_token": "t1", "refresh_token": "r2"},
        ),
        ({"uri": f"/v1/business-units/{unit}"}, {"id": unit, "displayName": "Mill"}),
        (
            {"uri": reviews, "query_string": {"page": "1", **paging}, "headers": bearer},
            {"reviews": [{"id": f"a{n}", "stars": 4} for n in range(100)]},
        ),
        (
            {"uri": reviews, "query_string": {"page": "2", **paging}, "headers": bearer},
            {"reviews": [{"id": "b", "stars": 1}]},
        ),
        (
            {
                "uri": "/v1/private/reviews/b/reply",
                "method": "POST",
                "headers": bearer,
                "json": {"authorBusinessUserId": "u1", "message": "Thank you."},
            },
            {"message": "Thank you."},
        ),
    )
    source = registry.get("trustpilot_api")
    account = {
        "api_key": "api_key-1",
        "api_secret": "secret",
        "refresh_token": "r1",
        "business_user_id": "u1",
    }
    ref = ListingRef(f"https://{host}/v1/business-units/{unit}", account=account)
    result = visit(source, ref, fetcher)
    assert result.says is None
    assert (len(result.reviews), result.complete) == (101, True)
    assert result.account == {"access_token": "t1", "refresh_token": "r2"}
    reply = publish(source, ref, ReviewRecord(external_id="b"), "Thank you.", fetcher)
    assert reply.text == "Thank you."


def test_booking_takes_no_answer_to_a_score_without_words():
    source = registry.get("booking")
    ref = ListingRef("", account=KEYS)
    with pytest.raises(Blocked):
        source.reply_request(ref, ReviewRecord(external_id="b1"), "Thank you.")
    with pytest.raises(Blocked, match="too short"):
        source.parse_reply(Page("", json={"errors": [{"message": "too short"}]}))


def test_a_listing_on_openstreetmap_is_visited(httpserver: HTTPServer):
    found = [{"osm_type": "node", "osm_id": 5, "name": "Mill", "address": {}}]
    fetcher = serve(httpserver, "nominatim.openstreetmap.org", ({"uri": "/lookup"}, found))
    ref = ListingRef("https://www.openstreetmap.org/node/5#map=19/1/1")
    result = visit(registry.get("openstreetmap"), ref, fetcher)
    assert result.outcome is Outcome.OK
    assert result.listing.name == "Mill"
    assert httpserver.log[0][0].args["osm_ids"] == "N5"


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("https://place.map.kakao.com/26338954", "dapi.kakao.com", "모퉁이 카페"),
        ("https://www.hotpepper.jp/strJ000000001/", "webservice.recruit.co.jp", "角の食堂"),
        ("https://www.wikidata.org/wiki/Q900100", "www.wikidata.org", "Old Harbour Museum"),
        ("https://maps.google.com/?q=place_id:ChIJmillbakery00", "places.googleapis.com", None),
        ("https://map.naver.com/p/entry/place/1111", "openapi.naver.com", "모퉁이 카페 & 책방"),
    ],
)
def test_a_listing_is_visited_with_one_request(httpserver: HTTPServer, url, host, name):
    source = registry.for_url(url)
    answer = json.loads((FIXTURES / source.key / "answer.json").read_text())
    httpserver.expect_request(re.compile(".*")).respond_with_json(answer)
    fetcher = serve(httpserver, host)
    ref = ListingRef(url, source.recognise(url), name="모퉁이 카페 & 책방", account=KEYS)
    result = visit(source, ref, fetcher)
    assert result.says is None
    assert result.listing.name == (name or "Mühlenbäckerei")
    assert len(httpserver.log) == 1
    assert httpserver.log[0][0].host == host


@pytest.mark.parametrize(
    ("url", "key", "external_id"),
    [
        ("https://www.yelp.co.uk/biz/caf%C3%A9-x?hrid=1", "yelp", "caf%C3%A9-x"),
        ("https://www.facebook.com/profile.php?id=61550", "facebook", "61550"),
        ("https://www.facebook.com/millbakery/reviews", "facebook", "millbakery"),
        ("https://www.tripadvisor.ie/Restaurant_Review-g1-d88-Reviews-X.html", "tripadvisor", None),
        (
            "https://www.tripadvisor.ie/Restaurant_Review-g1-d8811-Reviews-X.html",
            "tripadvisor",
            "8811",
        ),
        (
            "https://foursquare.com/v/mill/4f1f77bcf86cd79943901155",
            "foursquare",
            "4f1f77bcf86cd79943901155",
        ),
        ("https://www.openstreetmap.org/way/123", "openstreetmap", "way/123"),
        ("https://www.wikidata.org/wiki/Q42", "wikidata", "Q42"),
        ("https://place.map.kakao.com/26338954", "kakao", "26338954"),
        ("https://map.naver.com/p/entry/place/11592650", "naver", "11592650"),
        ("https://www.hotpepper.jp/strJ001234567/", "hotpepper", "J001234567"),
        (
            "https://www.google.com/maps/place/?q=place_id:ChIJN1t_tDeuEmsR",
            "google_places",
            "ChIJN1t_tDeuEmsR",
        ),
        ("https://www.booking.com/hotel/pt/mill.html", "booking", "mill"),
    ],
)
def test_a_pasted_address_finds_its_source_and_id(url, key, external_id):
    source = registry.for_url(url)
    assert source.key == key
    assert source.recognise(url) == external_id


def record(name: str, **more) -> ListingRecord:
    return ListingRecord(name=name, **more)


def test_the_first_hit_of_a_search_is_never_taken_for_the_listing():
    places = [record("Mill"), record("Mill Café", phones=["+44 1632 960112"]), record("Quay")]
    assert meant_by(places, ListingRef("")) is None
    assert meant_by(places, ListingRef("", phone="01632 960112")) is places[1]
    assert meant_by(places, ListingRef("", name="QUAY!")) is places[2]
    assert meant_by(places[:1], ListingRef("")) is places[0]
    assert meant_by([record("Mill"), record("Mill")], ListingRef("", name="Mill")) is None


@pytest.mark.parametrize(
    ("periods", "monday", "tuesday"),
    [
        ([(0, "09:00", 0, "17:00")], [("09:00", "17:00")], []),
        ([(0, "18:00", 1, "02:00")], [("18:00", "02:00")], []),
        ([(0, "18:00", 1, "00:00")], [("18:00", "24:00")], []),
        ([(0, "18:00", 0, "02:00")], [("18:00", "02:00")], []),
        ([(0, "18:00", 0, "00:00")], [("18:00", "24:00")], []),
        ([(0, "06:00", 1, "08:00")], [("06:00", "24:00")], [("00:00", "08:00")]),
        ([(6, "20:00", 1, "02:00")], [("00:00", "24:00")], [("00:00", "02:00")]),
        (
            [(0, "13:00", 0, "17:00"), (0, "08:00", 0, "12:00")],
            [("08:00", "12:00"), ("13:00", "17:00")],
            [],
        ),
        ([(6, "00:00", None, None)], [("00:00", "24:00")], [("00:00", "24:00")]),
    ],
)
def test_periods_become_a_week(periods, monday, tuesday):
    found = week(periods)
    assert (found["mon"], found["tue"]) == (monday, tuesday)


def test_periods_that_cannot_be_read_are_no_week():
    assert week([]) is None
    assert week([(0, None, 0, "17:00"), (9, "09:00", 9, "17:00"), (0, "09:00", 0, None)]) is None


def test_retention_is_said_where_a_platform_limits_it():
    limits = {source.key: (source.keeps_text, source.retention) for source in APIS}
    assert limits["yelp"] == (True, timedelta(hours=24))
    assert limits["google_business_profile"] == (True, timedelta(days=30))
    assert not limits["google_places"][0]
    assert not limits["tripadvisor"][0]
    assert not limits["foursquare"][0]


def test_places_that_say_special_days_of_the_week_to_come():
    answer = {
        "id": "p1",
        "displayName": {"text": "Salt Mill Bakery"},
        "currentOpeningHours": {
            "specialDays": [
                {"date": {"year": 2026, "month": 12, "day": 24}},
                {"date": {"year": 2026, "month": 12, "day": 25}},
                {"date": {"year": 2026, "month": 13, "day": 25}},
            ],
            "periods": [
                {
                    "open": {"day": 4, "hour": 9, "date": {"year": 2026, "month": 12, "day": 24}},
                    "close": {"day": 4, "hour": 13, "date": {"year": 2026, "month": 12, "day": 24}},
                },
                {
                    "open": {"day": 6, "hour": 9, "date": {"year": 2026, "month": 12, "day": 26}},
                    "close": {"day": 6, "hour": 17, "date": {"year": 2026, "month": 12, "day": 26}},
                },
            ],
        },
    }
    assert _listing("google_places", answer).special_hours == {
        date(2026, 12, 24): [("09:00", "13:00")],
        date(2026, 12, 25): [],
    }


def test_yelp_says_special_days():
    answer = {
        "id": "x" * 22,
        "name": "Salt Mill Bakery",
        "special_hours": [
            {"date": "2026-12-25", "is_closed": True, "start": None, "end": None},
            {"date": "2026-12-31", "is_closed": None, "start": "1000", "end": "1400"},
            {"date": "soon", "is_closed": True},
        ],
    }
    assert _listing("yelp", answer).special_hours == {
        date(2026, 12, 25): [],
        date(2026, 12, 31): [("10:00", "14:00")],
    }


def _listing(key, answer):
    page = Page("https://api.example/places/p1", json=answer, seen_at=NOW)
    listing = registry.get(key).parse(page, ListingRef("https://maps.example/p1")).listing
    assert listing is not None
    return listing
