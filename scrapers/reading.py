"""A page turned into an Extract, for every source whose pages are read by their markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from scrapers.structured import ratings
from scrapers.structured.html import host_of, join
from scrapers.structured.markup import Markup
from scrapers.structured.nodes import REVIEW_PROPERTIES, Entry, is_reference, types
from scrapers.structured.places import addresses
from scrapers.structured.reviews import is_dated_beyond_sense, review
from scrapers.structured.subjects import Subject, choose, plain, reviewed_subject, subjects
from scrapers.structured.vocabulary import Role, role_of
from scrapers.text import dates
from scrapers.types import (
    Extract,
    ListingRecord,
    ListingRef,
    Page,
    Rating,
    Request,
    ReviewRecord,
)

MAX_REVIEWS = 5_000
MAX_OTHERS = 200
_NEXT = ('rel="next', "rel='next", "rel=next")
# A clock a little ahead of ours is no reason to doubt a review.
_SLACK = timedelta(days=2)


def read(page: Page, ref: ListingRef | None, source: str) -> Extract:
    """Everything the markup of `page` says; plain text is another reader's."""
    return read_markup(Markup(page.text, page.url), page, ref, source)


def read_markup(markup: Markup, page: Page, ref: ListingRef | None, source: str) -> Extract:
    found = subjects(markup)
    rated = [one for one in found if one.rating or one.reviewed]
    main, rated_unsure = choose(rated, markup, ref)
    places = [one for one in found if one.is_place and not _only_publishes(one, main, markup)]
    place, unsure = choose(places, markup, ref)
    if main is None and place is not None and place.rating:
        main = place
    problems = list(markup.problems)
    if unsure:
        problems.append(f"{len(places)} places on this page, and none is marked as its subject")
    subject_of = {id(node): one for one in found for node in one.nodes}
    about = [one for one in (place, main) if one]
    read_review = partial(
        review,
        graph=markup.graph,
        base=markup.base,
        owner=next((one.record.name for one in about), None),
        seen_at=page.seen_at,
        language=_language_of_dates(markup),
    )
    entries = [
        entry
        for entry in markup.graph.reviews[:MAX_REVIEWS]
        if _is_about(entry, subject_of, found, markup, about, rated_unsure)
    ]
    records = [(entry.origin, read_review(entry.node)) for entry in entries]
    _name_beyond_sense(entries, records, problems)
    reviews = _checked(_without_copies(records), page, problems)
    rating = _sound(main.rating if main else None, problems)
    if main and ratings.counts_below_zero(main.nodes, markup.graph):
        problems.append("a number of reviews below zero")
    expected = main.reviews_stated if main else None
    following = None
    if reviews and (expected is None or len(reviews) < expected):
        following = _next_page(markup)
    return Extract(
        source=source,
        listing=_with_sound_rating(place) if place else None,
        rating=rating,
        others=_others(places, place, markup)[:MAX_OTHERS],
        reviews=reviews,
        replies_visible=any(review_.reply for review_ in reviews),
        expected_reviews=expected,
        complete=is_complete(following, len(reviews), expected, rating),
        problems=problems,
        next=following,
    )


def _language_of_dates(markup: Markup) -> str | None:
    """Whose order of day and month the reviews of the page follow."""
    said = (entry.node.get("datePublished") for entry in markup.graph.reviews)
    slashed = [text for text in said if type(text) is str and "/" in text]
    return (dates.order_told(slashed) if slashed else None) or markup.language


def _only_publishes(one: Subject, main: Subject | None, markup: Markup) -> bool:
    """An organization of which the page says no more than that it made the page."""
    record = one.record
    if main is None or main is one or main.is_place or record.address or record.phone:
        return False
    return role_of(types(one.nodes[0])) == Role.ORGANIZATION


def _is_about(
    entry: Entry,
    subject_of: dict[int, Subject],
    found: list[Subject],
    markup: Markup,
    about: list[Subject],
    unsure: bool,
) -> bool:
    """Whether a review is of the page's own subject. One that names nothing is."""
    if is_reference(entry.node):
        return False
    subject = None
    if entry.via in REVIEW_PROPERTIES and entry.parent is not None:
        subject = subject_of.get(id(entry.parent))
    if subject is None and "itemReviewed" in entry.node:
        subject = reviewed_subject(entry.node, markup, found)
    return subject is None or subject in about or (not about and not unsure)


def _name_beyond_sense(
    entries: list[Entry], records: list[tuple[int, ReviewRecord]], problems: list[str]
) -> None:
    beyond = sum(
        record.published_at is None and is_dated_beyond_sense(entry.node)
        for entry, (_, record) in zip(entries, records, strict=True)
    )
    if beyond:
        problems.append(f"{beyond} of {len(records)} reviews dated before 1990 or after 2199")


def _without_copies(records: list[tuple[int, ReviewRecord]]) -> list[ReviewRecord]:
    """Each review once, though a page may say it in several syntaxes or blocks. Twins within
    one block are two reviews."""
    records = [pair for pair in records if _says_something(pair[1])]
    if len({origin for origin, _ in records}) < 2:
        return [record for _, record in records]
    kept: list[ReviewRecord] = []
    first_block: dict[tuple, int] = {}
    for origin, record in records:
        key = (
            plain(record.author),
            plain((record.text or record.title or "")[:80])[:40],
            record.rating.value if record.rating else None,
        )
        if first_block.setdefault(key, origin) == origin:
            kept.append(record)
    return kept


def _says_something(record: ReviewRecord) -> bool:
    return bool(record.text or record.rating or record.title or record.recommends is not None)


def _checked(records: list[ReviewRecord], page: Page, problems: list[str]) -> list[ReviewRecord]:
    """Without impossible ratings and dates; how many there were is said in `problems`."""
    rated = [n for n, one in enumerate(records) if one.rating and not in_range(one.rating)]
    for n in rated:
        records[n] = replace(records[n], rating=None)
    if rated:
        problems.append(f"{len(rated)} of {len(records)} reviews rated outside their scale")
    return dated_by(page.seen_at, records, problems) if page.seen_at else records


def dated_by(
    seen_at: datetime, records: list[ReviewRecord], problems: list[str]
) -> list[ReviewRecord]:
    """`records` without dates after `seen_at`; how many there were is said in `problems`."""
    latest = seen_at + _SLACK
    checked = [
        replace(one, published_at=None, precision=None)
        if one.published_at and one.published_at > latest
        else one
        for one in records
    ]
    dated = sum(new is not old for new, old in zip(checked, records, strict=True))
    if dated:
        problems.append(f"{dated} of {len(records)} reviews dated in the future")
    return checked


def in_range(rating: Rating) -> bool:
    """Whether the value lies on its own scale; a scale that is not stated ends at 100."""
    if rating.value is None:
        return True
    worst = rating.worst if rating.worst is not None else 0
    best = rating.best if rating.best else 100
    return worst <= rating.value <= best


def _sound(rating: Rating | None, problems: list[str]) -> Rating | None:
    if rating is None or in_range(rating):
        return rating
    problems.append(f"the rating {rating.value:g} lies outside its scale")
    return replace(rating, value=None) if rating.count is not None else None


def _with_sound_rating(one: Subject) -> ListingRecord:
    rating = one.rating if one.rating and in_range(one.rating) else None
    return replace(one.record, rating=rating)


def _shows(one: Subject) -> bool:
    record = one.record
    return bool(record.name or record.address or record.phones or record.latitude is not None)


def _others(places: list[Subject], place: Subject | None, markup: Markup) -> list[ListingRecord]:
    """The other places of the page, and further addresses of the main one as branches of it."""
    others = [_with_sound_rating(one) for one in places if one is not place and _shows(one)]
    if place is not None and any(type(node.get("address")) is list for node in place.nodes):
        said = [found for node in place.nodes for found in addresses(node, markup.graph)]
        others += [
            ListingRecord(name=place.record.name, address=address)
            for address in dict.fromkeys(said)
            if address != place.record.address
        ]
    return others


def is_complete(
    following: Request | None, seen: int, expected: int | None, rating: Rating | None
) -> bool:
    """Whether no further reviews exist, as far as one page alone lets us know: the last of
    several holds fewer than the whole, and what they hold together is for the visit to say."""
    if following is not None:
        return False
    if expected is not None:
        return seen >= expected
    return seen > 0 or not (rating and rating.count)


def _next_page(markup: Markup) -> Request | None:
    """The page after this one, where the site links it as such (`rel="next"`)."""
    if not any(word in markup.page for word in _NEXT):
        return None
    for element in markup.tree.css('link[rel~="next"][href],a[rel~="next"][href]')[:5]:
        address = join(markup.base, element.attributes.get("href") or "")
        if host_of(address) == host_of(markup.url) and address != markup.url:
            return Request(address)
    return None
