"""Booking.com's Guest Review API: a property's own reviews and the answer to one.

Booking lets the property read and answer its reviews; its pages outside must not show them.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from scrapers.api import ApiSource, dated, dig, integer, line, moment, objects, stars, text_of
from scrapers.errors import Blocked
from scrapers.types import (
    Capability,
    Extract,
    ListingRef,
    Page,
    ReplyRecord,
    Request,
    ReviewRecord,
)

_API = "https://supply-xml.booking.com/review-api/properties"
_TEN = (10.0, 1.0)


class Booking(ApiSource):
    name = "Booking.com"
    hosts = ("booking.com", "supply-xml.booking.com")
    listing_url = re.compile(r"/(?:properties/|hotel/[a-z]{2}/)(?P<id>[\w-]{1,120})")
    capabilities = frozenset({Capability.REVIEWS, Capability.OWNER_REPLIES, Capability.REPLY})
    credentials = ("machine_account", "password", "property_id")
    terms_url = "https://developers.booking.com/connectivity/docs/"
    correct_url = "https://admin.booking.com/"
    # An answer is moderated before it shows; a score without words cannot be answered.
    reply_rules = ("moderated", "needs_review_text")
    weight = 0.8
    trades = ("hotel",)

    def first_page(self, ref: ListingRef) -> Request:
        return self._request(ref, f"{self.credential(ref, 'property_id')}/reviews")

    def _request(self, ref: ListingRef, path: str, **how: Any) -> Request:
        pair = f"{self.credential(ref, 'machine_account')}:{self.credential(ref, 'password')}"
        basic = "Basic " + base64.b64encode(pair.encode()).decode()
        return Request(f"{_API}/{path}", headers={"Authorization": basic}, **how)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = self.answer(page)
        body = dig(answer, "data") or answer
        found = objects(dig(body, "reviews") if isinstance(body, dict) else body)
        stated = integer(dig(answer, "meta", "total")) or integer(dig(body, "total_count"))
        return Extract(
            source=self.key,
            reviews=[_review(item) for item in found],
            replies_visible=True,
            expected_reviews=stated,
            complete=stated is None or stated <= len(found),
        )

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        if not review.text:
            raise Blocked("Booking.com takes no answer to a score without words.")
        path = f"{self.credential(ref, 'property_id')}/reviews/{review.external_id}"
        return self._request(ref, path, method="POST", json={"reply": text})

    def parse_reply(self, page: Page) -> ReplyRecord:
        for error in objects(dig(page.json, "errors")):
            raise Blocked(f"Booking.com refused: {line(error.get('message')) or 'no reason given'}")
        return ReplyRecord("", state="pending")

    def review_request(self, ref: ListingRef, review: ReviewRecord) -> Request:
        return self._request(
            ref, f"{self.credential(ref, 'property_id')}/reviews/{review.external_id}"
        )

    def parse_review(self, page: Page) -> ReviewRecord:
        answer = self.answer(page)
        return _review(dig(answer, "data") or answer)


def _review(item: dict[str, Any]) -> ReviewRecord:
    content = item.get("content") or item
    praise, complaint = text_of(dig(content, "positive")), text_of(dig(content, "negative"))
    score = dig(item, "scoring", "review_score") or item.get("review_score") or item.get("score")
    reply = item.get("reply") or item.get("partnerReply")
    said = text_of(dig(reply, "text")) or text_of(dig(reply, "reply"))
    when = item.get("created_timestamp") or item.get("reviewedDate")
    return ReviewRecord(
        external_id=line(item.get("review_id")) or line(item.get("id")),
        url=line(item.get("url")),
        author=line(dig(item, "reviewer", "name")),
        rating=stars(score, scale=_TEN),
        title=line(dig(content, "headline")) or line(dig(content, "title")),
        text="\n".join(part for part in (praise, complaint) if part) or None,
        language=line(dig(content, "language_code")),
        reply=ReplyRecord(said, moment(dig(reply, "created_timestamp"))) if said else None,
        **dated(when),
    )
