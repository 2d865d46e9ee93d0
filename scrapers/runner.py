"""One visit to a listing: the loop over its pages, and the typed outcome."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from scrapers.base import Source
from scrapers.errors import VisitError
from scrapers.fetch import Fetcher, NotYet
from scrapers.types import (
    Access,
    Capability,
    Extract,
    ListingRecord,
    ListingRef,
    Outcome,
    Page,
    Rating,
    ReplyRecord,
    Request,
    ReviewRecord,
)

MAX_PAGES = 500

Result = TypeVar("Result")
Steps = Generator[NotYet, None, Result]


@dataclass
class Visit:
    """What one visit brought, also where it ended early.

    `complete` says that every review the source has was seen: only such a visit can tell that a
    review is gone. `stopped` says that it left later pages unread, at known ground. `says` is the
    sentence for a person where the outcome is not OK; what was read until then is kept.
    """

    source: str
    outcome: Outcome = Outcome.OK
    says: str | None = None
    retry_at: datetime | None = None
    listing: ListingRecord | None = None
    rating: Rating | None = None
    others: list[ListingRecord] = field(default_factory=list)
    reviews: list[ReviewRecord] = field(default_factory=list)
    replies_visible: bool = False
    expected: int | None = None
    complete: bool = False
    stopped: bool = False
    problems: list[str] = field(default_factory=list)
    pages: int = 0
    seen_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    # What connecting brought (an access token, when it ends), to be kept for the next visit.
    account: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known of a listing before a visit.

    `review` says of one review whether it is stored exactly so. With `full` a visit reads to
    the end; else it asks for no page after the first on which every review is known.
    """

    etag: str | None = None
    last_modified: str | None = None
    review: Callable[[ReviewRecord], bool] = lambda review: False
    full: bool = True
    max_pages: int = MAX_PAGES


NOTHING_KNOWN = Known()


def visit(
    source: Source,
    ref: ListingRef,
    fetcher: Fetcher,
    known: Known = NOTHING_KNOWN,
) -> Visit:
    """Visit `ref`, waiting for the turn of each request. Never raises VisitError."""
    return _waiting(visit_steps(source, ref, fetcher, known), fetcher)


def publish(
    source: Source, ref: ListingRef, review: ReviewRecord, text: str, fetcher: Fetcher
) -> ReplyRecord:
    """Send `text` as the owner's reply to `review`. Raises VisitError where it is refused.

    What comes back was accepted, which is not yet visible: `read_back` tells.
    """

    def steps() -> Steps[ReplyRecord]:
        account = yield from _authorized(source, ref, fetcher)
        connected = replace(ref, account={**ref.account, **account})
        request = source.reply_request(connected, review, text)
        return source.parse_reply((yield from _page(source, request, fetcher)))

    return _waiting(steps(), fetcher)


def read_back(
    source: Source, ref: ListingRef, review: ReviewRecord, fetcher: Fetcher
) -> ReviewRecord | None:
    """`review` as it stands at the source now; None where a single one cannot be asked for.

    Raises VisitError, Gone among them for a review that was removed.
    """

    def steps() -> Steps[ReviewRecord | None]:
        account = yield from _authorized(source, ref, fetcher)
        connected = replace(ref, account={**ref.account, **account})
        request = source.review_request(connected, review)
        if request is None:
            return None
        return source.parse_review((yield from _page(source, request, fetcher)))

    return _waiting(steps(), fetcher)


def _waiting(steps: Steps[Result], fetcher: Fetcher) -> Result:
    try:
        while True:
            wait = next(steps)
            fetcher.sleep(max(0.0, (wait.at - fetcher.clock()).total_seconds()))
    except StopIteration as end:
        return end.value


def visit_steps(
    source: Source,
    ref: ListingRef,
    fetcher: Fetcher,
    known: Known = NOTHING_KNOWN,
) -> Steps[Visit]:
    """The same visit for a caller that has others to carry on with meanwhile.

    Yields, before each request and whenever it is not our turn at a site, which site the visit
    waits for and until when.
    """
    result = Visit(source.key)
    try:
        result.account = yield from _authorized(source, ref, fetcher)
        ref = replace(ref, account={**ref.account, **result.account})
        request: Request | None = _conditional(source.first_page(ref), known)
        asked: set[tuple[str, str]] = set()
        while request is not None:
            asked.add(_identity(request))
            page = yield from _page(source, request, fetcher)
            result.pages += 1
            if page.status == 304:
                result.outcome = Outcome.UNCHANGED
                break
            request = _take(result, source.parse(page, ref), page, known)
            if request is not None and _identity(request) in asked:
                result.problems.append("The pages lead in a circle; reading stopped there.")
                request, result.complete = None, False
            elif request is not None and result.pages >= known.max_pages:
                result.problems.append(f"Only the first {result.pages} pages were read.")
                request, result.complete = None, False
    except VisitError as error:
        result.outcome, result.says = error.outcome, str(error)
        result.retry_at, result.complete = error.retry_at, False
    _settle(result, source)
    return result


def _authorized(source: Source, ref: ListingRef, fetcher: Fetcher) -> Steps[dict[str, str]]:
    """The fields of the account that have to be fetched first; empty for most sources."""
    request = source.authorize(ref)
    if request is None:
        return {}
    return source.parse_authorize((yield from _page(source, request, fetcher)))


def _page(source: Source, request: Request, fetcher: Fetcher) -> Steps[Page]:
    errand = fetcher.errand(
        request,
        interval_s=source.min_interval_s,
        obey_robots=source.access is Access.PUBLIC_PAGE,
        explain=source.failure,
        called=source.title(request.url),
    )
    # Said before asking, so that a caller with many visits can order them by site.
    yield NotYet(errand.site, fetcher.clock())
    while isinstance(result := errand.attempt(), NotYet):
        yield result
    return result


def _conditional(request: Request, known: Known) -> Request:
    """`request` with both validators, as RFC 9110 asks for where both are known."""
    validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    given = {name: value for name, value in validators.items() if value}
    return replace(request, headers={**request.headers, **given}) if given else request


def _identity(request: Request) -> tuple[str, str]:
    return request.url, repr((request.method, request.params, request.json, request.form))


def _take(result: Visit, extract: Extract, page: Page, known: Known) -> Request | None:
    """Add what a page held to the visit; the request for the page after it, if it is wanted."""
    if result.pages == 1:
        result.etag = page.headers.get("etag")
        result.last_modified = page.headers.get("last-modified")
        result.seen_at = page.seen_at
    result.listing = result.listing or extract.listing
    result.rating = result.rating or extract.rating
    if extract.expected_reviews is not None:
        result.expected = extract.expected_reviews
    result.replies_visible = extract.replies_visible
    result.others.extend(extract.others)
    result.problems.extend(extract.problems)
    # Between two pages the list may move by one: the same id comes twice.
    seen = {review.external_id for review in result.reviews if review.external_id}
    fresh = [review for review in extract.reviews if review.external_id not in seen]
    result.reviews.extend(fresh)
    result.complete = extract.next is None and (extract.complete or _all_came(result))
    if known.full or extract.next is None:
        return extract.next
    if extract.reviews and all(map(known.review, extract.reviews)):
        result.stopped = True
        return None
    return extract.next


def _all_came(result: Visit) -> bool:
    """Whether the pages together hold what is stated of the whole, which the last of them alone
    cannot tell."""
    return result.pages > 1 and 0 < (result.expected or 0) <= len(result.reviews)


def _settle(result: Visit, source: Source) -> None:
    """A page that answers is not yet a page that says what it used to say."""
    if result.outcome is not Outcome.OK:
        return
    found, stated = len(result.reviews), result.expected
    if stated is not None and found < stated:
        result.complete = False
        if found == 0 and result.replies_visible:
            result.outcome = Outcome.LAYOUT_CHANGED
            result.says = f"The source states {stated} reviews, but none could be read."
    said = result.listing or result.rating or result.others or result.reviews
    if not said and Capability.LISTING in source.capabilities:
        result.complete = False
        if source.access is Access.OFFICIAL_API:
            result.outcome, result.says = Outcome.GONE, f"{source.name} shows no such place."
        else:
            result.outcome = Outcome.LAYOUT_CHANGED
            result.says = "The page answers, but it says nothing of a business."
