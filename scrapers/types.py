"""Plain records: what a page, an API answer or an export said, before anyone judges it.

What the page does not give is None, never "" and never a guess. Times are aware datetimes in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

# Weekly hours: "mon".."sun" → [(opens, closes), …] as "HH:MM". A day that is absent is unknown,
# an empty list is closed, ("22:00", "02:00") runs past midnight, ("00:00", "24:00") is all day.
Hours = dict[str, list[tuple[str, str]]]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Access(StrEnum):
    """By what right a source is read."""

    OFFICIAL_API = "official API"
    PUBLIC_PAGE = "public page"
    OWNER_EXPORT = "owner's export"
    BY_HAND = "by hand"


class Capability(StrEnum):
    """What a source can do for us."""

    LISTING = "listing"
    REVIEWS = "reviews"
    OWNER_REPLIES = "owner replies"  # owner replies are visible, so "unanswered" can be known
    REPLY = "reply"  # a reply can be published through its API
    FIND = "find"


class Precision(StrEnum):
    """How exactly a date was given."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    RELATIVE = "relative"  # "2 weeks ago", resolved once against the time of the visit


class Outcome(StrEnum):
    """How one visit to a listing ended."""

    OK = "ok"
    UNCHANGED = "unchanged"  # 304, or the same body as last time
    GONE = "gone"
    BLOCKED = "blocked"
    LOGIN_REQUIRED = "login required"
    RATE_LIMITED = "rate limited"
    LAYOUT_CHANGED = "layout changed"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # by ourselves: a private address, robots.txt, terms


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating on the page's own scale. `best` and `worst` are None where the page is silent."""

    value: float | None
    best: float | None = None
    worst: float | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """`street` holds house number and unit as written; `country` is two letters where known."""

    text: str | None = None
    street: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ListingRecord:
    """A place of business as one source shows it."""

    name: str | None = None
    phone: str | None = None
    phones: list[str] = field(default_factory=list)
    faxes: list[str] = field(default_factory=list)
    email: str | None = None
    website: str | None = None
    address: Address | None = None
    hours: Hours | None = None
    special_hours: dict[date, list[tuple[str, str]]] | None = None
    hours_text: str | None = None
    categories: list[str] = field(default_factory=list)
    status: str | None = None  # open, closed, temporarily_closed, moved
    latitude: float | None = None
    longitude: float | None = None
    rating: Rating | None = None
    url: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """The owner's answer as the source shows it."""

    text: str
    published_at: datetime | None = None
    state: str | None = None  # pending, visible, rejected, where the source says so
    reason: str | None = None  # why it was rejected, in the source's own words


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A customer's review as the source shows it. `external_id` is the source's own id."""

    external_id: str | None = None
    url: str | None = None
    author: str | None = None
    rating: Rating | None = None
    recommends: bool | None = None
    title: str | None = None
    text: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    precision: Precision | None = None
    updated_at: datetime | None = None
    reply: ReplyRecord | None = None
    syndicated_from: str | None = None  # the site it was copied from, where the page says so


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch next. Pure description: `scrapers.fetch` carries it out."""

    url: str
    method: str = "GET"
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    json: Any = None
    form: dict[str, str] | None = None  # a form's fields as the body, for methods that have one


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the text of a page, or the parsed answer of an API in `json`."""

    url: str
    text: str = ""
    json: Any = None
    seen_at: datetime | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything one Page holds.

    `rating` is that of the page's main item, place or not. `complete` says that, as
    far as this page alone tells, no review stands elsewhere; `next` is the request for the page
    after it. `problems` are sentences for a person.
    """

    source: str
    listing: ListingRecord | None = None
    rating: Rating | None = None
    others: list[ListingRecord] = field(default_factory=list)
    reviews: list[ReviewRecord] = field(default_factory=list)
    replies_visible: bool = False
    expected_reviews: int | None = None
    complete: bool = True
    problems: list[str] = field(default_factory=list)
    next: Request | None = None


@dataclass(frozen=True, slots=True)
class ListingRef:
    """What a source needs to know of a listing of ours to visit it."""

    url: str
    external_id: str | None = None
    name: str | None = None
    phone: str | None = None
    country: str | None = None
    account: dict[str, str] = field(default_factory=dict)  # credentials, decrypted for this visit


@dataclass(frozen=True, slots=True)
class Landing:
    """What a look at an address brought. `leads_to` is where a visitor arrives, also where that
    is the address itself; after redirects it is known even of a site that does not let us read
    it. `says` is a sentence where the outcome is neither OK nor UNCHANGED."""

    outcome: Outcome = Outcome.OK
    leads_to: str | None = None
    says: str | None = None
    retry_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
