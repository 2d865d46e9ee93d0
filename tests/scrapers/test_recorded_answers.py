"""Real recorded answers of the APIs: every place and review in them comes out, field for field.

What is expected is worked out here from the raw JSON, by other code than the sources'.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scrapers import registry
from scrapers.extract import as_json
from scrapers.types import ListingRef, Page

pytestmark = pytest.mark.data

STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}


def read(path: Path) -> Any:
    body = path.read_bytes()
    return json.loads(gzip.decompress(body) if path.suffix == ".gz" else body)


def extracted(key: str, answer: Any) -> tuple[list[dict], list[dict]]:
    extract = as_json(registry.get(key).parse(Page(url="", json=answer), ListingRef("")))
    places = [place for place in (extract["listing"], *extract["others"]) if place]
    return places, extract["reviews"]


def inside(value: Any) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from inside(item)


def digits(phone: str | None) -> str:
    return re.sub(r"\D", "", phone or "")[-9:]


def named(places: list[dict], name: str, number: int) -> dict:
    """The place of that name at that position among its namesakes."""
    return [place for place in places if place["name"] == " ".join(name.split())][number]


def test_yelp(shared_data: Path):
    for path in (shared_data / "api" / "yelp_v3").iterdir():
        answer = read(path)
        places, _ = extracted("yelp", answer)
        raw = answer.get("businesses", [answer])
        assert len(places) == len(raw)
        for given, place in zip(raw, places, strict=True):
            address, location = place["address"], given["location"]
            assert place["name"] == given["name"]
            assert digits(place["phone"]) == digits(given["phone"])
            assert (location["address1"] or "") in (address["street"] or "")
            assert (address["locality"], address["region"], address["postal_code"]) == (
                location["city"], location["state"], location["zip_code"],
            )  # fmt: skip
            assert address["country"] == location["country"]
            assert place["rating"]["value"] == given["rating"]
            assert place["rating"]["count"] == given["review_count"]
            assert place["categories"] == [kind["title"] for kind in given["categories"]]
            assert place["latitude"] == given["coordinates"]["latitude"]


def google_files(data: Path) -> list[Path]:
    api = data / "api"
    found = [*(api / "google_maps_services").glob("*[Pp]lace*")]
    found += [*(api / "google_maps_services").glob("*Search*")]
    return [*found, *(api / "geocoder_providers").glob("google_places_*")]


def test_google_places(shared_data: Path):
    seen = 0
    for path in google_files(shared_data):
        answer = read(path)
        if answer.get("status") not in (None, "OK"):
            continue
        places, reviews = extracted("google_places", answer)
        counts: dict[str, int] = {}
        for given in inside(answer):
            if "name" not in given or "geometry" not in given:
                continue
            number = counts.get(given["name"], 0)
            counts[given["name"]] = number + 1
            place = named(places, given["name"], number)
            phone = given.get("international_phone_number", given.get("formatted_phone_number"))
            assert digits(place["phone"]) == digits(phone)
            assert place["website"] == given.get("website")
            assert (place["rating"] or {}).get("value") == given.get("rating")
            assert (place["rating"] or {}).get("count") == given.get("user_ratings_total")
            assert place["latitude"] == given["geometry"]["location"]["lat"]
            parts = {
                kind: part["long_name"]
                for part in given.get("address_components", [])
                for kind in part["types"]
            }
            assert place["address"]["postal_code"] == parts.get("postal_code")
            assert place["address"]["locality"] == parts.get("locality")
            assert parts.get("route", "") in (place["address"]["street"] or "")
            assert parts.get("street_number", "") in (place["address"]["street"] or "")
            seen += 1
        raw = [given for given in inside(answer) if "author_name" in given]
        assert [(r["author"], r["rating"]["value"]) for r in reviews] == [
            (given["author_name"], given["rating"]) for given in raw
        ]
    assert seen > 80


def test_foursquare(shared_data: Path):
    for path in (shared_data / "api" / "foursquare_v2").glob("*/*.json"):
        answer = read(path)
        places, reviews = extracted("foursquare", answer)
        found = {(place["name"], place["latitude"]) for place in places}
        for given in inside(answer):
            if "name" in given and "location" in given:
                name = " ".join(given["name"].split())
                assert (name, given["location"].get("lat")) in found, path.name
        texts = {review["external_id"] for review in reviews}
        for given in inside(answer):
            if "text" in given and "createdAt" in given:
                assert given["id"] in texts, path.name


def test_nominatim(shared_data: Path):
    for path in (shared_data / "api" / "nominatim").glob("*_[cm]*.json"):
        (given,) = read(path)
        ((place,), _) = extracted("openstreetmap", [given])
        assert place["name"] == given["display_name"].partition(",")[0]
        assert place["address"]["postal_code"] == given["address"]["postcode"]
        assert place["address"]["country"] == given["address"]["country_code"].upper()
        assert place["latitude"] == float(given["lat"])


def test_google_business_profile(shared_data: Path):
    for path in (shared_data / "api" / "google_business_profile" / "scenarios").iterdir():
        scenario = read(path)
        for account in (scenario.get("locations") or {}).values():
            places, _ = extracted("google_business_profile", {"locations": account})
            for given, place in zip(account, places, strict=True):
                street = (given.get("storefrontAddress") or {}).get("addressLines")
                assert place["name"] == given["title"]
                assert place["phone"] == given["phoneNumbers"]["primaryPhone"]
                assert place["address"]["street"] == (", ".join(street) if street else None)
                assert place["website"] == given.get("websiteUri")
        for raw in (scenario.get("reviews") or {}).values():
            _, reviews = extracted("google_business_profile", {"reviews": raw})
            for given, review in zip(raw, reviews, strict=True):
                assert review["external_id"] == given["reviewId"]
                assert review["rating"]["value"] == STARS[given["starRating"]]
                assert review["author"] == given["reviewer"].get("displayName")
                answered = given.get("reviewReply")
                assert (review["reply"] or {}).get("text") == (answered or {}).get("comment")
