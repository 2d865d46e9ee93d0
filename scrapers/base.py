"""The Source contract: one directory, review site or API is one class in `scrapers/sources/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, Literal

from scrapers import reading
from scrapers.errors import VisitError
from scrapers.structured.html import host_of
from scrapers.types import (
    Access,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    ReplyRecord,
    Request,
    ReviewRecord,
)


class Source:
    """What one source is and how its pages are read. Pure: no network, no clock, no state.

    A new source is a subclass in `scrapers/sources/<key>.py` and a fixture folder of the same
    name; most only declare attributes and inherit the reading of schema.org and microformats.
    """

    key: ClassVar[str]  # the name of its file, set here
    name: ClassVar[str]
    # Domains, each with all its subdomains; those of the API stand beside those of the pages.
    hosts: ClassVar[tuple[str, ...]] = ()
    # Finds the source's own id of a listing in its URL, in the group `id`.
    listing_url: ClassVar[re.Pattern[str] | None] = None
    capabilities: ClassVar[frozenset[Capability]] = frozenset({Capability.LISTING})
    access: ClassVar[Access] = Access.PUBLIC_PAGE
    # False where the site's terms forbid automated reading of its public pages.
    default_on: ClassVar[bool] = True
    terms_url: ClassVar[str | None] = None
    # Where an owner corrects the listing, and in which steps where that is done by hand.
    correct_url: ClassVar[str | None] = None
    by_hand: ClassVar[tuple[str, ...]] = ()
    min_interval_s: ClassVar[float] = 5.0
    credentials: ClassVar[tuple[str, ...]] = ()  # names of fields in ListingRef.account
    # Those of them that only a reply needs: without them the source is read, not answered.
    reply_credentials: ClassVar[tuple[str, ...]] = ()
    reply_limit: ClassVar[int | None] = None
    reply_limit_unit: ClassVar[Literal["bytes", "characters"]] = "characters"
    reply_rules: ClassVar[tuple[str, ...]] = ()  # "no_emoji", "once", …
    # How long text from here may be kept; None is without limit. keeps_text False: not at all.
    retention: ClassVar[timedelta | None] = None
    keeps_text: ClassVar[bool] = True
    tells_news: ClassVar[bool] = False  # it can push that a listing has something new
    weight: ClassVar[float] = 0.5  # how much a customer relies on it, 0..1, for the score
    countries: ClassVar[tuple[str, ...]] = ()  # two letters; empty is everywhere
    # Whose customers look here (restaurant, dentist, …); empty is every trade's.
    trades: ClassVar[tuple[str, ...]] = ()
    # The key of the source that shows the same directory by another way in.
    same_directory_as: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        cls.key = cls.__module__.rpartition(".")[2]

    @property
    def replies_visible(self) -> bool:
        """Whether the source shows owners' replies, so that "unanswered" can be known."""
        return Capability.OWNER_REPLIES in self.capabilities

    def covers(self, host: str) -> int:
        """Length of the longest of `hosts` that `host` is or lies under; 0 if none."""
        return max(
            (len(own) for own in self.hosts if host == own or host.endswith(f".{own}")), default=0
        )

    def recognise(self, url: str) -> str | None:
        """The source's own id of the listing that `url` leads to, or None."""
        found = self.listing_url.search(url) if self.listing_url else None
        return found["id"] if found else None

    def title(self, url: str) -> str:
        """What to call the site of the listing at `url` on a page for its owner."""
        return self.name

    def where_to_correct(self, ref: ListingRef) -> str | None:
        """The address where the owner of `ref` corrects it."""
        return self.correct_url

    def authorize(self, ref: ListingRef) -> Request | None:
        """The request for an access token that has to come before every other, if any."""
        return None

    def parse_authorize(self, page: Page) -> dict[str, str]:
        """The fields of the account that `authorize` brought. Raises LoginRequired where the
        owner has to connect again."""
        raise NotImplementedError(f"{self.name} needs no access token")

    def first_page(self, ref: ListingRef) -> Request:
        """What to fetch first. Later pages come as `Extract.next`."""
        return Request(ref.url)

    def parse(self, page: Page, ref: ListingRef) -> Extract:
        """What `page` says of the listing `ref`; here, by its markup. Raises VisitError where it
        cannot say."""
        extract = reading.read(page, ref, self.key)
        listing = extract.listing
        if listing and listing.website and self.covers(host_of(listing.website)):
            # In a directory's markup "url" is its own page, not the website of the business.
            listing = replace(listing, website=None)
        return replace(
            extract,
            listing=listing,
            replies_visible=extract.replies_visible or self.replies_visible,
        )

    def failure(self, page: Page) -> VisitError | None:
        """Why an answer that is no success failed, where its body says more than its status.

        Also asked about answers with status 200, for APIs that report their errors so.
        """
        return None

    def find(self, place: ListingRecord, account: Mapping[str, str]) -> Request:
        """The search for `place`, for sources with Capability.FIND."""
        raise NotImplementedError(f"{self.name} cannot be searched")

    def parse_find(self, page: Page) -> list[ListingRecord]:
        """The candidates of a search, best first, each with `url` or `external_id`."""
        raise NotImplementedError(f"{self.name} cannot be searched")

    def reply_request(self, ref: ListingRef, review: ReviewRecord, text: str) -> Request:
        """How to publish `text` as the owner's reply, for sources with Capability.REPLY."""
        raise NotImplementedError(f"{self.name} takes no replies from outside")

    def parse_reply(self, page: Page) -> ReplyRecord:
        """What the source says of the reply just sent. Raises VisitError where it refused."""
        raise NotImplementedError(f"{self.name} takes no replies from outside")

    def review_request(self, ref: ListingRef, review: ReviewRecord) -> Request | None:
        """How to read one review back, to see whether a reply stands; None where one cannot."""
        return None

    def parse_review(self, page: Page) -> ReviewRecord:
        """The review that `review_request` asked for."""
        raise NotImplementedError(f"{self.name} cannot show a single review")
