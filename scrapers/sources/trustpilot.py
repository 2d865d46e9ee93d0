"""Trustpilot's public company pages: the embedded state, then markup, then the page itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bs4 import BeautifulSoup, Tag

from scrapers.base import Source
from scrapers.reading import is_complete
from scrapers.structured.embedded import dig, script
from scrapers.structured.html import shallow
from scrapers.text import dates, numbers
from scrapers.text.clean import line, paragraphs
from scrapers.types import (
    Access,
    Address,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Rating,
    ReplyRecord,
    Request,
    ReviewRecord,
)

_BEST, _WORST = 5.0, 1.0


class Trustpilot(Source):
    name = "Trustpilot"
    hosts = ("trustpilot.com",)
    listing_url = re.compile(r"/review/(?P<id>[\w.%-]+)")
    capabilities = frozenset({Capability.LISTING, Capability.REVIEWS, Capability.OWNER_REPLIES})
    access = Access.PUBLIC_PAGE
    # Its terms of use, section 4, forbid collecting content by automated means.
    default_on = False
    terms_url = "https://corporate.trustpilot.com/legal/for-reviewers/terms-of-use-for-consumers"
    correct_url = "https://businessapp.b2b.trustpilot.com/"
    min_interval_s = 10.0
    weight = 0.7
    trades = ("shop", "plumber", "auto", "legal")
    page_size: ClassVar[int] = 20

    def first_page(self, ref: ListingRef) -> Request:
        """All languages, the newest first; the bare page shows those of its own language."""
        return Request(_with_query(ref.url, languages="all", sort="recency"))

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        props = dig(script(page.text, "__NEXT_DATA__"), "props", "pageProps")
        unit = dig(props, "businessUnit")
        if isinstance(unit, dict):
            return self._from_state(props, unit, page)
        extract = super().parse(page, ref)
        if extract.reviews or "data-service-review" not in page.text:
            # Its JSON-LD has no place for replies: one that is not there was not seen.
            seen = any(review.reply for review in extract.reviews)
            return replace(extract, replies_visible=seen)
        return self._from_page(page, extract)

    def _from_page(self, page: Page, extract: Extract) -> Extract:
        """The page itself, for the day the state is gone: its data attributes outlive its class
        names."""
        soup = BeautifulSoup(shallow(page.text), "lxml")
        reviews = [
            _card(card, page.seen_at) for card in soup.select("[data-service-review-card-paper]")
        ]
        rating = extract.rating or _stated_rating(soup)
        return replace(
            extract,
            listing=extract.listing or _stated_listing(soup, rating),
            rating=rating,
            reviews=reviews,
            complete=is_complete(extract.next, len(reviews), extract.expected_reviews, rating),
        )

    def _from_state(self, props: dict[str, Any], unit: dict[str, Any], page: Page) -> Extract:
        rating = Rating(
            numbers.rating(unit.get("trustScore"))[0],
            _BEST,
            _WORST,
            numbers.count(unit.get("numberOfReviews")),
        )
        said = props.get("reviews")
        reviews = [
            _review(item, page.seen_at)
            for item in (said if isinstance(said, list) else [])
            if isinstance(item, dict) and not item.get("pending")
        ]
        paging = dig(props, "filters", "pagination")
        expected = numbers.count(dig(paging, "totalCount"))
        following = _next(page.url, paging)
        expected = expected if expected is not None else rating.count
        return Extract(
            source=self.key,
            listing=_listing(unit, rating),
            rating=rating,
            reviews=reviews,
            replies_visible=True,
            expected_reviews=expected,
            complete=is_complete(following, len(reviews), expected, rating),
            next=following,
        )


def _listing(unit: dict[str, Any], rating: Rating) -> ListingRecord:
    given = unit.get("contactInfo")
    contact: dict[str, Any] = given if isinstance(given, dict) else {}
    parts = {
        "street": line(contact.get("address")),
        "postal_code": line(contact.get("zipCode")),
        "locality": line(contact.get("city")),
        "country": line(contact.get("country")),
    }
    said = [part for part in parts.values() if part]
    phone = line(contact.get("phone"))
    closed = "temporarily_closed" if unit.get("isTemporarilyClosed") else None
    return ListingRecord(
        name=line(unit.get("displayName")),
        phone=phone,
        phones=[phone] if phone else [],
        email=line(contact.get("email")),
        website=line(unit.get("websiteUrl")),
        address=Address(text=", ".join(said), **parts) if said else None,
        categories=[
            name
            for category in unit.get("categories") or []
            if (name := line(dig(category, "name")))
        ],
        status="closed" if unit.get("isClosed") else closed,
        rating=rating,
        external_id=line(unit.get("identifyingName")),
    )


def _review(item: dict[str, Any], seen_at: datetime | None) -> ReviewRecord:
    identifier = line(item.get("id"))
    published = dates.when(dig(item, "dates", "publishedDate"), seen_at)
    updated = dates.when(dig(item, "dates", "updatedDate"), seen_at)
    stars = numbers.rating(item.get("rating"))[0]
    answered = paragraphs(dig(item, "reply", "message"))
    answered_at = dates.when(dig(item, "reply", "publishedDate"), seen_at)
    return ReviewRecord(
        external_id=identifier,
        url=f"https://www.trustpilot.com/reviews/{identifier}" if identifier else None,
        author=line(dig(item, "consumer", "displayName")),
        rating=Rating(stars, _BEST, _WORST) if stars is not None else None,
        title=line(item.get("title")),
        text=paragraphs(item.get("text")),
        language=line(item.get("language")),
        published_at=published[0] if published else None,
        precision=published[1] if published else None,
        updated_at=updated[0] if updated else None,
        reply=ReplyRecord(answered, answered_at[0] if answered_at else None) if answered else None,
    )


def _next(url: str, paging: Any) -> Request | None:
    current, total = dig(paging, "currentPage"), dig(paging, "totalPages")
    if isinstance(current, int) and isinstance(total, int) and current < total:
        return Request(_with_query(url, page=str(current + 1)))
    return None


def _with_query(url: str, **values: str) -> str:
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **values}
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def _stated_rating(soup: BeautifulSoup) -> Rating | None:
    score, counted = (
        soup.select_one("[data-rating-typography]"),
        soup.select_one("[data-reviews-count-typography]"),
    )
    value = numbers.rating(score.get_text())[0] if score else None
    if value is None:
        return None
    return Rating(value, _BEST, _WORST, numbers.count(counted.get_text()) if counted else None)


def _stated_listing(soup: BeautifulSoup, rating: Rating | None) -> ListingRecord | None:
    heading = soup.select_one("h1 span") or soup.select_one("h1")
    if heading is None:
        return None
    phone, email = soup.select_one('a[href^="tel:"]'), soup.select_one('a[href^="mailto:"]')
    dialled = line(phone.get_text()) if phone else None
    return ListingRecord(
        name=line(heading.get_text()),
        phone=dialled,
        phones=[dialled] if dialled else [],
        email=line(email.get_text()) if email else None,
        rating=rating,
    )


def _card(card: Tag, seen_at: datetime | None) -> ReviewRecord:
    stars = card.select_one("[data-service-review-rating]")
    value = numbers.rating(str(stars["data-service-review-rating"]))[0] if stars else None
    link = card.select_one('a[href*="/reviews/"]')
    content = card.select_one("[data-review-content]")
    published = _time(card, "[data-service-review-date-time-ago]", seen_at)
    answered = _said(card, "[data-service-review-business-reply-text-typography]")
    answered_at = _time(card, "[data-service-review-business-reply-date-time-ago]", seen_at)
    url = str(link["href"]) if link else None
    return ReviewRecord(
        external_id=url.rstrip("/").rpartition("/")[2] if url else None,
        url=url,
        author=line(_said(card, "[data-consumer-name-typography]")),
        rating=Rating(value, _BEST, _WORST) if value is not None else None,
        title=line(_said(card, "[data-service-review-title-typography]")),
        text=_said(card, "[data-service-review-text-typography]"),
        language=str(content.get("lang")) if content and content.get("lang") else None,
        published_at=published[0] if published else None,
        precision=published[1] if published else None,
        reply=ReplyRecord(answered, answered_at[0] if answered_at else None) if answered else None,
    )


def _said(card: Tag, selector: str) -> str | None:
    element = card.select_one(selector)
    if element is None:
        return None
    # In the source a text is wrapped anywhere; only <br> is a line break of the author's.
    pieces = [
        "\n" if isinstance(part, Tag) and part.name == "br" else re.sub(r"\s+", " ", str(part))
        for part in element.descendants
        if not isinstance(part, Tag) or part.name == "br"
    ]
    return paragraphs("".join(pieces))


def _time(card: Tag, selector: str, seen_at: datetime | None) -> dates.Dated | None:
    element = card.select_one(selector)
    return (
        dates.when(str(element.get("datetime") or element.get_text()), seen_at) if element else None
    )
