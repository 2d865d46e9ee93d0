"""Connecting the owner's own access to a Source: consent, tokens, the places it covers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.core.errors import UserError
from app.core.ports import News, PlaceChoice
from app.core.settings import Settings
from scrapers import google_oauth as google
from scrapers import registry
from scrapers.api import dig, line, objects
from scrapers.errors import VisitError
from scrapers.fetch import Fetcher, FetchSettings
from scrapers.types import Extract, ListingRef, Page, Request, ReviewRecord

# The one source so far whose access comes by consent on its own page.
GOOGLE = "google_business_profile"
OWN_EXPORT = "own_export"
CONSENT_FIELDS = {GOOGLE: ("client_id", "client_secret")}
# More than any owner has; an end for an answer that pages in a circle.
MAX_PAGES = 200


class SourceConnector:
    """Implements `app.core.ports.Connector` over one fetch session."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def asked_for(self, source_key: str) -> tuple[str, ...]:
        return CONSENT_FIELDS.get(source_key, registry.get(source_key).credentials)

    def consent_url(
        self, source_key: str, account: dict[str, str], redirect_uri: str, state: str
    ) -> str | None:
        if source_key != GOOGLE:
            return None
        return google.authorization_url(account["client_id"], redirect_uri, state)

    def exchange(
        self, source_key: str, account: dict[str, str], code: str, redirect_uri: str
    ) -> dict[str, str]:
        return google.parse_token(self._ask(google.token_request(account, code, redirect_uri)))

    def places(self, source_key: str, account: dict[str, str]) -> list[PlaceChoice]:
        if source_key != GOOGLE:
            return []
        token = google.parse_token(self._ask(google.refresh_request(account)))["access_token"]
        found = []
        for page in self._pages(lambda after: google.accounts_request(token, after)):
            for item in objects(dig(page.json, "accounts")):
                if name := line(item.get("name")):
                    found += self._locations(token, name)
        return found

    def export(self, source_key: str, url: str, text: str, now: datetime) -> Extract:
        ref = ListingRef(url)
        try:  # what the platform's own API would say, as Google's Takeout does
            page = Page(url, json=json.loads(text), seen_at=now)
            found = registry.get(source_key).parse(page, ref)
            if found.reviews and all(map(_says_when, found.reviews)):
                return found
        except (ValueError, RecursionError, VisitError):
            pass
        try:
            return registry.get(OWN_EXPORT).parse(Page(url, text, seen_at=now), ref)
        except VisitError as error:
            raise UserError(str(error)) from None

    def news(self, source_key: str, told: Any) -> News | None:
        if source_key != GOOGLE:
            raise ValueError("this source sends no news")
        push = google.parse_push(told)
        return News(push.place, push.published_at) if push.place else None

    def _locations(self, token: str, account: str) -> Iterator[PlaceChoice]:
        for page in self._pages(lambda after: google.locations_request(token, account, after)):
            for item in objects(dig(page.json, "locations")):
                name = line(item.get("name"))
                if not name:
                    continue
                address = dig(item, "storefrontAddress") or {}
                lines = [*(address.get("addressLines") or ()), address.get("locality")]
                yield PlaceChoice(
                    url=f"https://business.google.com/{account}/{name}",
                    external_id=f"{account}/{name}",
                    name=line(item.get("title")) or name,
                    address=", ".join(str(part) for part in lines if part),
                    phone=line(dig(item, "phoneNumbers", "primaryPhone")),
                )

    def _pages(self, request) -> Iterator[Page]:
        after = None
        for _ in range(MAX_PAGES):
            page = self._ask(request(after))
            yield page
            after = line(dig(page.json, "nextPageToken"))
            if not after:
                return

    def _ask(self, request: Request) -> Page:
        try:
            return self._fetcher.fetch(
                request, interval_s=0.25, obey_robots=False, explain=google.failure
            )
        except VisitError as error:
            raise UserError(str(error)) from None


def _says_when(review: ReviewRecord) -> bool:
    return review.published_at is not None


def connector_for(settings: Settings) -> SourceConnector:
    """The connector of the program itself."""
    contact = settings.contact_url or settings.base_url
    return SourceConnector(
        Fetcher(
            FetchSettings(
                contact, loopback=tuple(settings.allow_origins), host_map=settings.host_map
            )
        )
    )
