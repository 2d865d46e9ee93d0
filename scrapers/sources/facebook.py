"""Facebook Page: recommendations of the owner's page; the answer is a comment under the story."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

from scrapers.api import (
    ApiSource,
    dated,
    dig,
    flag,
    four_digits,
    integer,
    joined,
    line,
    moment,
    number,
    objects,
    stars,
    text_of,
    week,
    words,
)
from scrapers.errors import Blocked, Gone, LoginRequired, RateLimited, VisitError
from scrapers.text.countries import country_code
from scrapers.types import (
    DAYS,
    Address,
    Capability,
    Extract,
    Hours,
    ListingRecord,
    ListingRef,
    Page,
    ReplyRecord,
    Request,
    ReviewRecord,
)

_GRAPH = "https://graph.facebook.com/v23.0"
_PAGE_FIELDS = (
    "id,name,location,single_line_address,phone,website,link,hours,category_list,"
    "overall_star_rating,rating_count,is_permanently_closed,temporary_status,emails"
)
_RATING_FIELDS = (
    "created_time,recommendation_type,review_text,has_rating,has_review,rating,reviewer,"
    "open_graph_story{id,comments{id,from,message,created_time}}"
)
_SYNTHETIC = "recommendation-"
_SPANS_A_DAY = 3


class Facebook(ApiSource):
    """`access_token` is the Page's own token. A recommendation has no stars, and none are made
    up for it; it has no id either, so that of its story stands in."""

    name = "Facebook"
    hosts = ("facebook.com", "fb.com")
    listing_url = re.compile(
        r"(?:facebook|fb)\.com/(?:v[\d.]+/)?(?:profile\.php\?id=)?(?P<id>[\w.-]+)"
    )
    capabilities = frozenset(
        {Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES, Capability.REPLY}
    )
    credentials = ("access_token",)
    terms_url = "https://developers.facebook.com/terms/"
    correct_url = "https://www.facebook.com/pages/?category=your_pages"
    retention = timedelta(days=30)
    reply_limit = 8000
    weight = 0.8

    def first_page(self, ref: ListingRef) -> Request:
        return self._get(ref, self._id(ref), fields=_PAGE_FIELDS)

    def _id(self, ref: ListingRef) -> str:
        return ref.external_id or self.recognise(ref.url) or "me"

    def _get(self, ref: ListingRef, path: str, **params: str) -> Request:
        # In a header, not in the address, where it would end up in logs.
        token = self.credential(ref, "access_token")
        return Request(
            f"{_GRAPH}/{path}", params=params, headers={"Authorization": f"Bearer {token}"}
        )

    def failure(self, page: Page) -> VisitError | None:
        error = dig(page.json, "error")
        code = integer(dig(error, "code"))
        if code is None:
            return None
        if code in (102, 190):
            return LoginRequired("Facebook has ended the connection; connect the page again.")
        if code == 10 or 200 <= code <= 299:
            return Blocked("Facebook refused: the connection lacks a permission for this page.")
        if code in (4, 17, 32, 613):
            return RateLimited("Facebook was asked too often; it is asked again later.")
        if code == 100 and dig(error, "error_subcode") == 33:
            return Gone("Facebook does not show this page or recommendation any more.")
        return Blocked(f"Facebook refused (error {code}).")

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        if error := self.failure(page):
            raise error
        page_id = line(dig(answer, "id")) or self._id(ref)
        if "data" not in answer:
            listing = _place(answer)
            ratings = answer.get("ratings")
            return Extract(
                source=self.key,
                listing=listing,
                rating=listing.rating,
                reviews=[_review(item, page_id) for item in objects(dig(ratings, "data"))],
                replies_visible=True,
                complete=False,
                next=self._ratings(ref, page_id, None),
            )
        after = line(dig(answer, "paging", "cursors", "after"))
        more = after if dig(answer, "paging", "next") else None
        return Extract(
            source=self.key,
            reviews=[_review(item, page_id) for item in objects(answer["data"])],
            replies_visible=True,
            complete=more is None,
            next=self._ratings(ref, page_id, more) if more else None,
        )

    def _ratings(self, ref: ListingRef, page_id: str, after: str | None) -> Request | None:
        if not ref.account.get("access_token"):  # read from a saved answer
            return None
        params = {"fields": _RATING_FIELDS, "limit": "100"}
        if after:
            params["after"] = after
        return self._get(ref, f"{page_id}/ratings", **params)

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        token = self.credential(ref, "access_token")
        return Request(
            f"{_GRAPH}/{self._story(review)}/comments",
            method="POST",
            headers={"Authorization": f"Bearer {token}"},
            form={"message": text},
        )

    def parse_reply(self, page: Page) -> ReplyRecord:
        if not line(dig(page.json, "id")):
            raise Blocked("Facebook took the answer without saying where it stands.")
        return ReplyRecord(text="")

    def _story(self, review: ReviewRecord) -> str:
        story = review.external_id
        if not story or story.startswith(_SYNTHETIC):
            raise Blocked("Facebook gives this recommendation no address; answer it on the page.")
        return story


def _place(item: dict[str, Any]) -> ListingRecord:
    phone = line(item.get("phone"))
    location = item.get("location")
    return ListingRecord(
        name=line(item.get("name")),
        phone=phone,
        phones=[phone] if phone else [],
        email=next(iter(words(item.get("emails"))), None),
        website=line(item.get("website")),
        address=_address(location, line(item.get("single_line_address"))),
        hours=_hours(item.get("hours")),
        categories=words([dig(entry, "name") for entry in objects(item.get("category_list"))]),
        status=_status(item),
        latitude=number(dig(location, "latitude")),
        longitude=number(dig(location, "longitude")),
        rating=stars(item.get("overall_star_rating"), item.get("rating_count")),
        url=line(item.get("link")),
        external_id=line(item.get("id")),
    )


def _status(item: dict[str, Any]) -> str | None:
    if str(item.get("temporary_status")).upper() == "TEMPORARILY_CLOSED":
        return "temporarily_closed"
    return flag(item.get("is_permanently_closed"), "closed", "open")


def _address(location: Any, written: str | None) -> Address | None:
    parts = [line(dig(location, key)) for key in ("street", "city", "state", "zip", "country")]
    street, city, state, postal_code, country = parts
    address = Address(
        text=written or joined([street, city, joined([state, postal_code], " ")]),
        street=street,
        locality=city,
        region=state,
        postal_code=postal_code,
        country=country_code(country),
    )
    return address if address != Address() else None


def _hours(value: Any) -> Hours | None:
    """ "mon_1_open": "09:00", "mon_1_close": "17:00", "mon_2_open": …"""

    def periods() -> Any:
        for day, name in enumerate(DAYS):
            for part in range(1, _SPANS_A_DAY + 1):
                opens = four_digits(dig(value, f"{name}_{part}_open"))
                closes = four_digits(dig(value, f"{name}_{part}_close"))
                if opens and closes:
                    yield day, opens, day, closes

    return week(periods())


def _review(item: dict[str, Any], page_id: str) -> ReviewRecord:
    story = item.get("open_graph_story")
    kind = item.get("recommendation_type")
    return ReviewRecord(
        external_id=line(dig(story, "id")) or _synthetic_id(item, page_id),
        author=line(dig(item, "reviewer", "name")),
        rating=stars(item.get("rating")),
        recommends={"positive": True, "negative": False}.get(str(kind).lower()),
        text=text_of(item.get("review_text")),
        reply=_reply(story, page_id),
        **dated(item.get("created_time")),
    )


def _synthetic_id(item: dict[str, Any], page_id: str) -> str:
    named = (page_id, line(dig(item, "reviewer", "id")), str(item.get("created_time")))
    return _SYNTHETIC + hashlib.sha256(repr(named).encode()).hexdigest()[:24]


def _reply(story: Any, page_id: str) -> ReplyRecord | None:
    for comment in objects(dig(story, "comments", "data")):
        text = text_of(comment.get("message"))
        if text and line(dig(comment, "from", "id")) == page_id:
            return ReplyRecord(text, moment(comment.get("created_time")), state="visible")
    return None
