"""Cityvoice, the sample town's directory with a JSON API that takes replies (see `app.sample`)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from scrapers.base import Source
from scrapers.errors import LayoutChanged
from scrapers.types import (
    Access,
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Precision,
    Rating,
    ReplyRecord,
    Request,
    ReviewRecord,
)


class SampleCityvoice(Source):
    name = "Cityvoice"
    hosts = ("127.0.0.1",)
    listing_url = re.compile(r"//127\.0\.0\.1:\d+/(?P<id>cityvoice/[\w-]+)")
    access = Access.OFFICIAL_API
    capabilities = frozenset(
        {Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES, Capability.REPLY}
    )
    min_interval_s = 0.0
    reply_limit = 2000

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        answer = page.json
        if not isinstance(answer, dict) or "place" not in answer:
            raise LayoutChanged("Cityvoice answered in a form that we do not know.")
        following = answer.get("next_page")
        return Extract(
            source=self.key,
            listing=_listing(answer["place"], ref.url),
            reviews=[_review(given, ref.url) for given in answer["reviews"]],
            replies_visible=True,
            expected_reviews=answer["total"],
            complete=following is None,
            next=Request(ref.url, params={"page": str(following)}) if following else None,
        )

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        url = f"{ref.url}/reviews/{review.external_id}/reply"
        return Request(url, method="PUT", json={"text": text})

    def parse_reply(self, page: Page) -> ReplyRecord:
        return ReplyRecord(page.json["text"], state=page.json["state"])


def _listing(place: dict[str, Any], url: str) -> ListingRecord:
    address = place["address"]
    hours = place.get("hours")
    return ListingRecord(
        name=place["name"],
        phone=place["phone"],
        phones=[place["phone"]] if place["phone"] else [],
        email=place["email"],
        website=place["website"],
        address=Address(**address),
        hours={day: [(a, b) for a, b in spans] for day, spans in hours.items()} if hours else None,
        categories=place["categories"] or [],
        latitude=place["latitude"],
        longitude=place["longitude"],
        url=url,
    )


def _review(given: dict[str, Any], url: str) -> ReviewRecord:
    return ReviewRecord(
        external_id=given["id"],
        url=f"{url}#{given['id']}",
        author=given["author"],
        rating=Rating(given["stars"], best=5),
        text=given["text"],
        published_at=datetime.fromisoformat(given["written_at"]),
        precision=Precision.SECOND,
        reply=ReplyRecord(given["reply"]["text"]) if given["reply"] else None,
    )
