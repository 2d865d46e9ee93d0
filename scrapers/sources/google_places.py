"""Google Places API: what Google Maps shows of a place, to compare and not to keep."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from scrapers.api import (
    ApiSource,
    Span,
    clock,
    dated,
    day,
    dig,
    four_digits,
    integer,
    joined,
    line,
    number,
    objects,
    stars,
    text_of,
    week,
    words,
)
from scrapers.errors import Blocked, Gone, LoginRequired, RateLimited, VisitError
from scrapers.types import (
    Address,
    Capability,
    Extract,
    Hours,
    ListingRecord,
    ListingRef,
    Page,
    Request,
    ReviewRecord,
)

_PLACES = "https://places.googleapis.com/v1/places"
# No reviews: five chosen by Google cannot be worked with, and none may be kept.
_FIELDS = (
    "id,displayName,formattedAddress,addressComponents,nationalPhoneNumber,"
    "internationalPhoneNumber,websiteUri,googleMapsUri,types,primaryTypeDisplayName,"
    "businessStatus,regularOpeningHours,currentOpeningHours,rating,userRatingCount,location,"
    "movedPlaceId"
)
_STATUS = {
    "OPERATIONAL": "open",
    "CLOSED_TEMPORARILY": "temporarily_closed",
    "CLOSED_PERMANENTLY": "closed",
}
_REFUSALS: dict[str, type[VisitError]] = {
    "OVER_QUERY_LIMIT": RateLimited,
    "OVER_DAILY_LIMIT": RateLimited,
    "RESOURCE_EXHAUSTED": RateLimited,
    "REQUEST_DENIED": Blocked,
    "PERMISSION_DENIED": Blocked,
    "UNAUTHENTICATED": LoginRequired,
    "NOT_FOUND": Gone,
    "INVALID_REQUEST": Gone,
}
_STREET = re.compile(r'class="street-address">([^<]{1,300})<')


class GooglePlaces(ApiSource):
    name = "Google Maps"
    hosts = (
        "places.googleapis.com",
        "maps.googleapis.com",
        "maps.google.com",
        "google.com",
        "maps.app.goo.gl",
    )
    listing_url = re.compile(r"(?:place_?id[:=]|/places/)(?P<id>[\w-]{10,300})", re.IGNORECASE)
    capabilities = frozenset({Capability.LISTING, Capability.FIND})
    credentials = ("api_key",)
    terms_url = "https://cloud.google.com/maps-platform/terms"
    correct_url = "https://business.google.com/"
    # The terms forbid keeping names, addresses and reviews; the place id and our verdict stay.
    keeps_text = False
    retention = timedelta(0)
    weight = 1.0
    same_directory_as = "google_business_profile"

    def first_page(self, ref: ListingRef) -> Request:
        place_id = ref.external_id or self.recognise(ref.url)
        if not place_id:
            return self._search(joined([ref.name, ref.phone], " "), ref.account, ref)
        return Request(f"{_PLACES}/{place_id}", headers=self._headers(ref, _FIELDS))

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        address = place.address.text if place.address else None
        ref = ListingRef("", account=dict(account))
        return self._search(joined([place.name, address, place.phone], " "), account, ref)

    def _search(self, query: str | None, account: Mapping[str, str], ref: ListingRef) -> Request:
        if not query:
            raise Gone("Google Maps can only be asked with a place id, a name or a phone number.")
        fields = ",".join(f"places.{field}" for field in _FIELDS.split(","))
        return Request(
            f"{_PLACES}:searchText",
            method="POST",
            headers=self._headers(ref, fields),
            json={"textQuery": query},
        )

    def _headers(self, ref: ListingRef, fields: str) -> dict[str, str]:
        return {"X-Goog-Api-Key": self.credential(ref, "api_key"), "X-Goog-FieldMask": fields}

    def failure(self, page: Page) -> VisitError | None:
        said = dig(page.json, "status") or dig(page.json, "error", "status")
        kind = _REFUSALS.get(said) if isinstance(said, str) else None
        if kind is None:
            return None
        why = line(dig(page.json, "error_message") or dig(page.json, "error", "message"))
        return kind(f"Google Maps refused: {(why or said).rstrip('.')}.")

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        if error := self.failure(page):
            raise error
        found = self._found(answer)
        places = [_place(item) for item in found]
        reviews = [_review(item) for item in objects(dig(found[0], "reviews"))] if found else []
        return self.one_of(
            [place for place in places if place != ListingRecord()],
            ref,
            reviews=reviews if len(found) == 1 else [],
            complete=not reviews,  # five of them, chosen by relevance
        )

    def parse_find(self, page: Page) -> list[ListingRecord]:
        return [_place(item) for item in self._found(self.answer(page))]

    def _found(self, answer: Any) -> list[dict[str, Any]]:
        """The places of any of the API's answers, those of its older version among them."""
        for key in ("places", "results", "candidates", "predictions"):
            if isinstance(dig(answer, key), list):
                return objects(answer[key])
        single = dig(answer, "result") if dig(answer, "result") is not None else answer
        return objects([single])


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = (
        line(item.get("internationalPhoneNumber"))
        or line(item.get("international_phone_number"))
        or line(item.get("nationalPhoneNumber"))
        or line(item.get("formatted_phone_number"))
    )
    location = item.get("location") or dig(item, "geometry", "location")
    return ListingRecord(
        name=_name(item),
        phone=phone,
        phones=[phone] if phone else [],
        website=line(item.get("websiteUri") or item.get("website")),
        address=_address(item),
        hours=_hours(item),
        special_hours=_special_hours(dig(item, "currentOpeningHours")),
        hours_text=_hours_text(item),
        categories=_categories(item),
        status=_status(item),
        latitude=number(dig(location, "latitude") or dig(location, "lat")),
        longitude=number(dig(location, "longitude") or dig(location, "lng")),
        rating=stars(
            item.get("rating"), item.get("userRatingCount", item.get("user_ratings_total"))
        ),
        url=line(item.get("googleMapsUri") or item.get("url")),
        external_id=line(item.get("id") if "displayName" in item else item.get("place_id")),
    )


def _name(item: dict[str, Any]) -> str | None:
    if "displayName" in item:
        return line(dig(item, "displayName", "text"))
    if "structured_formatting" in item or "terms" in item:  # a completion of what was typed
        main = line(dig(item, "structured_formatting", "main_text"))
        return main or line(dig(item, "terms", 0, "value"))
    name = line(item.get("name"))
    return None if name and name.startswith("places/") else name


def _address(item: dict[str, Any]) -> Address | None:
    written = (
        line(item.get("formattedAddress"))
        or line(item.get("formatted_address"))
        or line(item.get("vicinity"))
        or line(dig(item, "structured_formatting", "secondary_text"))
    )
    parts = _components(item.get("addressComponents") or item.get("address_components"))
    street = _street(parts, written or "", item.get("adr_address"))
    address = Address(
        text=written,
        street=street,
        locality=parts.get("locality") or parts.get("postal_town"),
        region=parts.get("administrative_area_level_1:short"),
        postal_code=parts.get("postal_code"),
        country=parts.get("country:short"),
    )
    return address if address != Address() else None


def _components(value: Any) -> dict[str, str]:
    """Type → long name, "type:short" → short name."""
    parts: dict[str, str] = {}
    for item in objects(value):
        for kind in words(item.get("types")):
            for suffix, keys in (
                ("", ("longText", "long_name")),
                (":short", ("shortText", "short_name")),
            ):
                said = line(item.get(keys[0]) or item.get(keys[1]))
                if said:
                    parts.setdefault(kind + suffix, said)
    return parts


def _street(parts: dict[str, str], written: str, marked_up: Any) -> str | None:
    """House number and street in the order the country writes them."""
    house, road = parts.get("street_number"), parts.get("route")
    if not road:
        found = _STREET.search(marked_up[:2000]) if isinstance(marked_up, str) else None
        return line(html.unescape(found[1])) if found else None
    if not house:
        return road
    short = parts.get("route:short", road)
    road_first = any(f"{name} {house}" in written for name in (road, short))
    street = f"{road} {house}" if road_first else f"{house} {road}"
    unit = parts.get("subpremise") or parts.get("floor")
    for between in ("/", ", "):
        if unit and f"{unit}{between}{house}" in written:
            return f"{unit}{between}{street}"
    return street


def _hours(item: dict[str, Any]) -> Hours | None:
    periods = dig(item, "regularOpeningHours", "periods") or dig(item, "opening_hours", "periods")

    def periods_read() -> Any:
        for period in objects(periods):
            opened, closed = period.get("open"), period.get("close")
            sunday_first = integer(dig(opened, "day"))
            if sunday_first is not None:
                closing = integer(dig(closed, "day"))
                last = None if closing is None else (closing - 1) % 7
                yield (sunday_first - 1) % 7, _time(opened), last, _time(closed)

    return week(periods_read())


def _special_hours(current: Any) -> dict[date, list[Span]] | None:
    """The days of the coming week that differ; one without a period is closed."""
    found: dict[date, list[Span]] = {
        on: [] for special in objects(dig(current, "specialDays")) if (on := _date(special))
    }
    for period in objects(dig(current, "periods")):
        on = _date(period.get("open"))
        opens, closes = _time(period.get("open")), _time(period.get("close"))
        if on is not None and on in found and opens and closes:
            found[on].append((opens, closes))
    return found or None


def _date(point: Any) -> date | None:
    said = dig(point, "date")
    return day(dig(said, "year"), dig(said, "month"), dig(said, "day"))


def _time(point: Any) -> str | None:
    if not isinstance(point, dict):
        return None
    if "time" in point:
        return four_digits(point["time"])
    return clock(point.get("hour"), point.get("minute"))


def _hours_text(item: dict[str, Any]) -> str | None:
    lines = dig(item, "regularOpeningHours", "weekdayDescriptions")
    return joined(lines or words(dig(item, "opening_hours", "weekday_text")), "; ")


def _categories(item: dict[str, Any]) -> list[str]:
    main = line(dig(item, "primaryTypeDisplayName", "text"))
    return [*([main] if main else []), *words(item.get("types"))]


def _status(item: dict[str, Any]) -> str | None:
    if item.get("movedPlaceId") or item.get("movedPlace"):
        return "moved"
    said = item.get("businessStatus") or item.get("business_status")
    if isinstance(said, str) and said in _STATUS:
        return _STATUS[said]
    return "closed" if item.get("permanently_closed") is True else None


def _review(item: dict[str, Any]) -> ReviewRecord:
    original = item.get("originalText") or item.get("text")
    is_new = isinstance(original, dict)
    return ReviewRecord(
        external_id=line(item.get("name")),
        url=line(item.get("googleMapsUri")),
        author=line(dig(item, "authorAttribution", "displayName") or item.get("author_name")),
        rating=stars(item.get("rating")),
        text=text_of(dig(original, "text") if is_new else original),
        language=line(dig(original, "languageCode") if is_new else item.get("language")),
        **dated(item.get("publishTime") or item.get("time")),
    )
