"""Trustpilot's API: all service reviews of the owner's business unit, and the reply to one."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scrapers.api import (
    ApiSource,
    dated,
    dig,
    integer,
    line,
    moment,
    objects,
    stars,
    text_of,
)
from scrapers.errors import Blocked, LoginRequired
from scrapers.types import (
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    ReplyRecord,
    Request,
    ReviewRecord,
)

_API = "https://api.trustpilot.com/v1"
_TOKEN = f"{_API}/oauth/oauth-business-users-for-applications/refresh"
_PER_PAGE = 100


class TrustpilotApi(ApiSource):
    """Reading wants `api_key`, or the private access that replying wants: `api_secret`,
    `refresh_token` and `business_user_id`."""

    name = "Trustpilot (API)"
    hosts = ("api.trustpilot.com",)
    listing_url = re.compile(r"/business-units/(?P<id>[0-9a-f]{24})")
    capabilities = frozenset(
        {Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES, Capability.REPLY}
    )
    credentials = ("api_key", "api_secret", "refresh_token", "business_user_id")
    min_interval_s = 0.5  # 833 calls in five minutes are allowed
    quota = "833 calls in 5 minutes, 10,000 an hour"
    terms_url = "https://legal.trustpilot.com/for-businesses/terms-of-use-for-businesses"
    correct_url = "https://business.trustpilot.com/"
    weight = 0.7
    trades = ("shop", "plumber", "auto", "legal")
    same_directory_as = "trustpilot"

    def authorize(self, ref: ListingRef) -> Request | None:
        refresh = ref.account.get("refresh_token")
        if not refresh or ref.account.get("access_token"):
            return None
        pair = f"{self.credential(ref, 'api_key')}:{self.credential(ref, 'api_secret')}"
        return Request(
            _TOKEN,
            method="POST",
            headers={"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()},
            form={"grant_type": "refresh_token", "refresh_token": refresh},
        )

    def parse_authorize(self, page: Page) -> dict[str, str]:
        token = line(dig(page.json, "access_token"), 4096)
        if not token:
            raise LoginRequired("Trustpilot has ended the connection; connect it again.")
        renewed = line(dig(page.json, "refresh_token"), 4096)
        return {"access_token": token, **({"refresh_token": renewed} if renewed else {})}

    def first_page(self, ref: ListingRef) -> Request:
        unit = ref.external_id or self.recognise(ref.url)
        if unit:
            return self._get(ref, f"/business-units/{unit}")
        site = urlsplit(ref.url).path.rpartition("/review/")[2] or urlsplit(ref.url).hostname or ""
        return replace(self._get(ref, "/business-units/find"), params={"name": site})

    def _get(self, ref: ListingRef, path: str) -> Request:
        return Request(_API + path, headers={"apikey": self.credential(ref, "api_key")})

    def _reviews(self, ref: ListingRef, unit: str, number: int) -> Request | None:
        if not ref.account.get("api_key"):  # read from a saved answer
            return None
        params = {
            "page": str(number),
            "perPage": str(_PER_PAGE),
            "orderBy": "createdat.desc",
        }
        if token := ref.account.get("access_token"):
            path = f"/private/business-units/{unit}/reviews"
            return Request(_API + path, params=params, headers=_bearer(token))
        return replace(self._get(ref, f"/business-units/{unit}/reviews"), params=params)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        if "reviews" not in answer:
            listing = _place(answer)
            unit = listing.external_id
            return Extract(
                source=self.key,
                listing=listing,
                rating=listing.rating,
                replies_visible=True,
                expected_reviews=listing.rating.count if listing.rating else None,
                complete=False,
                next=self._reviews(ref, unit, 1) if unit else None,
            )
        reviews = [_review(item) for item in objects(answer["reviews"])]
        unit = ref.external_id or self.recognise(page.url)
        # A page beyond the end is empty; a full one may have another behind it.
        more = len(reviews) >= _PER_PAGE and unit
        return Extract(
            source=self.key,
            reviews=reviews,
            replies_visible=True,
            complete=not more,
            next=self._reviews(ref, str(unit), _page_number(page.url) + 1) if more else None,
        )

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        return Request(
            f"{_API}/private/reviews/{review.external_id}/reply",
            method="POST",
            headers=_bearer(self.credential(ref, "access_token")),
            json={
                "authorBusinessUserId": self.credential(ref, "business_user_id"),
                "message": text,
            },
        )

    def parse_reply(self, page: Page) -> ReplyRecord:
        if page.status not in (200, 201, 204):
            raise Blocked("Trustpilot did not take the answer.")
        return ReplyRecord(text_of(dig(page.json, "message")) or "")

    def review_request(self, ref: ListingRef, review: ReviewRecord) -> Request:
        return Request(
            f"{_API}/private/reviews/{review.external_id}",
            headers=_bearer(self.credential(ref, "access_token")),
        )

    def parse_review(self, page: Page) -> ReviewRecord:
        return _review(self.answer(page))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _page_number(url: str) -> int:
    return integer(parse_qs(urlsplit(url).query).get("page", ["1"])[0]) or 1


def _place(item: dict[str, Any]) -> ListingRecord:
    score = dig(item, "score", "trustScore") or item.get("trustScore")
    count = dig(item, "numberOfReviews", "total") or item.get("numberOfReviews")
    return ListingRecord(
        name=line(item.get("displayName")),
        website=line(item.get("websiteUrl")),
        rating=stars(score, count),
        external_id=line(item.get("id")),
    )


def _review(item: dict[str, Any]) -> ReviewRecord:
    reply = item.get("companyReply")
    text = text_of(dig(reply, "text"))
    return ReviewRecord(
        external_id=line(item.get("id")),
        author=line(dig(item, "consumer", "displayName")),
        rating=stars(item.get("stars")),
        title=line(item.get("title")),
        text=text_of(item.get("text")),
        language=line(item.get("language")),
        updated_at=moment(item.get("updatedAt")),
        reply=ReplyRecord(text, moment(dig(reply, "createdAt")), state="visible") if text else None,
        **dated(item.get("createdAt")),
    )
