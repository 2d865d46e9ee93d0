"""The things a page describes, each joined from all its blocks, and which one the page is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from scrapers.structured import ratings
from scrapers.structured.markup import Markup
from scrapers.structured.nodes import Entry, Node, first_word, is_reference, types, values, word
from scrapers.structured.places import listing
from scrapers.structured.vocabulary import (
    BUSINESS_TYPES,
    FOREIGN,
    Role,
)
from scrapers.types import ListingRecord, ListingRef, Rating

# How much each sign says that a thing is what the page is about.
KNOWN, ADDRESSED, MAIN, HEADING, RATED, TOWN, TOP, TRADE, FOREIGN_ROLE = (
    200,
    60,
    50,
    30,
    15,
    8,
    6,
    4,
    -25,
)
MARGIN = 3  # a lead smaller than this is chance
MAX_SUBJECTS = 500

_CONTACT = frozenset({"address", "adr", "telephone", "tel", "openingHours", "streetAddress"})
_PLACES = frozenset({Role.PLACE, Role.ORGANIZATION})
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Subject:
    """One thing: every node that describes it, and what they say together."""

    nodes: list[Node]
    record: ListingRecord
    is_place: bool
    via: str
    top: bool
    rating: Rating | None = None
    reviews_stated: int | None = None
    reviewed: bool = False
    score: int = 0
    ids: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return plain(self.record.name)


def plain(text: str | None) -> str:
    """Letters and digits only, in lower case."""
    return _NOT_LETTERS.sub("", text or "").casefold()


def subjects(markup: Markup) -> list[Subject]:
    """The places and the rated things of a page."""
    found: list[Subject] = []
    by_id: dict[str, Subject] = {}
    by_name: dict[str, list[Subject]] = {}
    for entry in markup.graph.subjects:
        if len(found) == MAX_SUBJECTS:
            break
        if not _is_subject(entry):
            continue
        new = _subject(entry, markup)
        same = next((by_id[name] for name in new.ids if name in by_id), None)
        same = same or next((old for old in by_name.get(new.name, ()) if _may_be(old, new)), None)
        if same is None:
            found.append(new)
            same = new
            by_name.setdefault(new.name, []).append(new)
        else:
            _join(same, new)
        by_id.update(dict.fromkeys(new.ids, same))
    _attach_ratings(markup, found)
    return found


def _is_subject(entry: Entry) -> bool:
    node, role = entry.node, entry.role
    if is_reference(node):
        return False
    has_contact = not _CONTACT.isdisjoint(node)
    if role == Role.PLACE:
        loose = entry.parent is None or entry.via == "location"
        return loose or types(node) != ("h-adr",)
    if role == Role.ORGANIZATION:
        return has_contact or entry.via not in FOREIGN
    if role == Role.PERSON:
        return has_contact and entry.parent is None
    if role == Role.PART:
        return "h-geo" in types(node) and entry.parent is None
    if role == Role.UNTYPED and entry.parent is None and has_contact:
        return True
    return "aggregateRating" in node or (role == Role.THING and (has_contact or "review" in node))


def _subject(entry: Entry, markup: Markup) -> Subject:
    node = entry.node
    record = listing(node, markup.graph, markup.base)
    has_contact = not _CONTACT.isdisjoint(node)
    name = node.get("@id")
    made = Subject(
        nodes=[node],
        record=record,
        is_place=has_contact or entry.role in _PLACES or "h-geo" in types(node),
        via=entry.via,
        top=entry.parent is None,
        reviewed="review" in node or "reviews" in node,
        ids={name} if isinstance(name, str) else set(),
    )
    for value in values(node, "aggregateRating"):
        rating, stated = ratings.of_thing(value, markup.graph)
        if rating is not None:
            made.rating, made.reviews_stated = rating, stated
            break
    return made


def _may_be(old: Subject, new: Subject) -> bool:
    """Whether two things of one name are one thing: nothing that both say differs."""
    if not new.name or old.is_place != new.is_place:
        return False
    one, two = old.record.address, new.record.address
    if one and two:
        for part in ("street", "postal_code", "locality"):
            first, second = plain(getattr(one, part)), plain(getattr(two, part))
            if first and second and first not in second and second not in first:
                return False
    return not (
        old.record.phone and new.record.phone and not one and not two
        and plain(old.record.phone) != plain(new.record.phone)
    )  # fmt: skip


def _join(old: Subject, new: Subject) -> None:
    """Give `old` what only `new` says."""
    gaps = {
        name: value
        for name in ListingRecord.__dataclass_fields__
        if not getattr(old.record, name) and (value := getattr(new.record, name))
    }
    one, two = old.record.address, new.record.address
    if one and two and not one.street and two.street:
        gaps["address"] = two
    more = [phone for phone in new.record.phones if phone not in old.record.phones]
    if "phones" not in gaps and more:
        gaps["phones"] = [*old.record.phones, *more]
    old.record = replace(old.record, **gaps)
    old.nodes += new.nodes
    old.ids |= new.ids
    old.top = old.top or new.top
    old.reviewed = old.reviewed or new.reviewed
    if old.via in FOREIGN and new.via not in FOREIGN:
        old.via = new.via
    if old.rating is None:
        old.rating, old.reviews_stated = new.rating, new.reviews_stated


def _attach_ratings(markup: Markup, found: list[Subject]) -> None:
    """Ratings that stand apart from what they rate, named by `itemReviewed` or alone."""
    for entry in markup.graph.aggregates:
        node = entry.node
        rating, stated = ratings.of_thing(node, markup.graph)
        if rating is None:
            continue
        target = reviewed_subject(node, markup, found)
        named = first_word(node, "itemReviewed", "name")
        if target is None and not named and found:
            target = max(found, key=lambda subject: (subject.top, subject.is_place))
        if target is None:
            target = Subject([node], ListingRecord(name=named), False, "", True)
            found.append(target)
        if target.rating is None:
            target.rating, target.reviews_stated = rating, stated


def reviewed_subject(node: Node, markup: Markup, found: list[Subject]) -> Subject | None:
    """The thing that a review or a rating names in `itemReviewed`."""
    for value in values(node, "itemReviewed"):
        name = value.get("@id") if isinstance(value, dict) else None
        for subject in found:
            if any(value is one for one in subject.nodes):
                return subject
        said = plain(word(markup.graph.resolve(value)))
        for subject in found:
            if name in subject.ids or (said and subject.name == said):
                return subject
    return None


def choose(
    found: list[Subject], markup: Markup, ref: ListingRef | None
) -> tuple[Subject | None, bool]:
    """The one of several that the page is about, and whether it was too close to call.

    Signs: what we know of the listing, the page's address, `mainEntity`, the headings, ratings
    and reviews, and the role in which the page names it. Never the order.
    """
    if len(found) < 2:
        return (found[0] if found else None), False
    main_ids, foreign_ids = _named_roles(markup)
    pages = {_page_key(address) for address in markup.addresses}
    headings = [plain(text) for text in markup.headings]
    slug = plain(unquote(urlsplit(markup.url).path)) if markup.url else ""
    for one in found:
        one.score = (
            _known(one, ref)
            + (ADDRESSED if _addresses(one) & pages else 0)
            + (MAIN if one.ids & main_ids or one.via in ("mainEntity", "about") else 0)
            + _in_headings(one, headings)
            + (RATED if one.rating or one.reviewed else 0)
            + _town_named(one, headings, slug)
            + (TOP if one.top else 0)
            + _completeness(one)
            + (FOREIGN_ROLE if one.via in FOREIGN or one.ids & foreign_ids else 0)
        )
    ranked = sorted(found, key=lambda one: one.score, reverse=True)
    if ranked[0].score - ranked[1].score < MARGIN:
        return None, True
    return ranked[0], False


def _known(one: Subject, ref: ListingRef | None) -> int:
    if ref is None:
        return 0
    digits = re.sub(r"\D", "", ref.phone or "")[-9:]
    same_phone = len(digits) > 5 and any(
        re.sub(r"\D", "", phone).endswith(digits) for phone in one.record.phones
    )
    name = plain(ref.name)
    same_name = bool(name) and one.name == name
    same_id = bool(ref.external_id) and any(
        urlsplit(address).path.rstrip("/").endswith(str(ref.external_id))
        for address in {*one.ids, one.record.url or ""}
    )
    return KNOWN * (same_phone + same_name + same_id)


def _named_roles(markup: Markup) -> tuple[set[str], set[str]]:
    """Ids of what the page calls its main entity, and of what stands in a foreign role."""
    main: set[str] = set()
    foreign: set[str] = set()
    for entry in markup.graph.named:
        name = entry.node["@id"]
        if entry.via in ("mainEntity", "about"):
            main.add(name)
        elif entry.via in FOREIGN:
            foreign.add(name)
    return main, foreign - main


def _addresses(one: Subject) -> set[str]:
    said = {*one.ids, one.record.url or ""}
    for node in one.nodes:
        for value in values(node, "mainEntityOfPage"):
            address = value.get("@id") if isinstance(value, dict) else value
            said.add(address if isinstance(address, str) else "")
    return {key for address in said if (key := _page_key(address))}


def _page_key(address: str) -> str:
    """An address without scheme, www, fragment and final slash; a bare home page has no key."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    if not path and not parts.query:
        return ""
    return f"{(parts.netloc or '').lower().removeprefix('www.')}{path}?{parts.query}"


def _in_headings(one: Subject, headings: list[str]) -> int:
    if not one.name:
        return 0
    if any(one.name == heading for heading in headings):
        return HEADING + 5
    return HEADING if any(one.name in heading for heading in headings) else 0


def _town_named(one: Subject, headings: list[str], slug: str) -> int:
    """Branches of a chain share a name; the town or street in heading or address tells them
    apart."""
    address = one.record.address
    if address is None:
        return 0
    parts = [plain(part) for part in (address.locality, address.street, address.postal_code)]
    return TOWN * sum(
        any(part in place for place in (*headings, slug)) for part in parts if len(part) > 2
    )


def _completeness(one: Subject) -> int:
    record = one.record
    trade = any(kind in BUSINESS_TYPES for node in one.nodes for kind in types(node))
    return (
        (TRADE if trade else 0)
        + (TRADE if record.address else 0)
        + bool(record.phone)
        + bool(record.hours)
    )
