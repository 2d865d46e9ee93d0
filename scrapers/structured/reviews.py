"""A review in markup as a ReviewRecord."""

from __future__ import annotations

import re
from datetime import datetime

from scrapers.structured import ratings
from scrapers.structured.nodes import Graph, Node, first_word, types, values, word
from scrapers.structured.places import website
from scrapers.structured.vocabulary import Role, role_of
from scrapers.text import dates
from scrapers.text.clean import line, paragraphs
from scrapers.text.translation import original
from scrapers.types import ReplyRecord, ReviewRecord

_TEXT = ("reviewBody", "description", "text", "content", "summary", "comment")
_TITLE = ("name", "headline", "title", "summary")
_TITLE_KEYS = frozenset(_TITLE)
_AUTHOR = ("author", "reviewer", "creator")
_PUBLISHED = ("datePublished", "dtreviewed", "dateCreated", "published", "date")
_UPDATED = ("dateModified",)
_RATING = ("reviewRating", "rating", "ratingValue", "aggregateRating")
_REPLIES = (
    "ownerResponse", "ownerReply", "businessResponse", "companyReply", "reviewReply", "reply",
    "response", "comment", "comments",
)  # fmt: skip
_FIRMS = frozenset({Role.PLACE, Role.ORGANIZATION})
_REPLY_KEYS = frozenset(_REPLIES)
# Who answers for a business, where markup gives a person's name.
_OWNER_WORDS = re.compile(
    r"\b(?:owner|manager|management|team|staff|response|director|proprietor|host|inhaber"
    r"|geschäftsführ\w*|propriétaire|gérante?|propietari[oa]|gerente|titolare|eigenaar)\b"
    r"|사장|점주|대표|オーナー|店長|店主|店家|业主",
    re.IGNORECASE,
)
_ORIGINS = ("publisher", "provider", "sourceOrganization", "isBasedOn")
_ORIGIN_KEYS = frozenset(_ORIGINS)
# Review sites whose reviews other sites show.
_SYNDICATORS = frozenset(
    "google yelp facebook tripadvisor trustpilot booking.com expedia hotels.com bazaarvoice"
    " yotpo foursquare opentable bbb healthgrades zomato".split()
)
_IDENTIFIERS = frozenset({"identifier", "reviewId"})
_ITEM_ID = re.compile(r"[^/#?=&]+$")


def review(
    node: Node,
    graph: Graph,
    base: str,
    *,
    owner: str | None = None,
    seen_at: datetime | None = None,
    language: str | None = None,
) -> ReviewRecord:
    """Everything `node` says as a review of the place named `owner`; `language` is the page's."""
    text, title = _texts(node)
    author = _author(node)
    rating = recommends = None
    for value in values(node, *_RATING):
        scaled = node if not isinstance(value, dict) and "ratingValue" in node else value
        rating, recommends = ratings.of_review(scaled, graph)
        break
    published = _when(node, _PUBLISHED, seen_at, language)
    updated = _when(node, _UPDATED, seen_at, language) if "dateModified" in node else None
    return ReviewRecord(
        external_id=_external_id(node),
        url=website(first_word(node, "url"), base) if "url" in node else None,
        author=author,
        rating=rating,
        recommends=recommends,
        title=title,
        text=text,
        language=first_word(node, "inLanguage"),
        published_at=published[0] if published else None,
        precision=published[1] if published else None,
        updated_at=updated[0] if updated else None,
        reply=_reply(node, graph, author, owner, seen_at, language),
        syndicated_from=_syndicated_from(node),
    )


def is_dated_beyond_sense(node: Node) -> bool:
    """Whether a review states a date of a year that no review is from."""
    said = (word(value) for value in values(node, *_PUBLISHED))
    return any(map(dates.is_out_of_range, said))


def _texts(node: Node) -> tuple[str | None, str | None]:
    text = None
    for name in _TEXT:
        if name in node:
            said = [value for value in values(node, name) if not isinstance(value, dict)]
            if said and (text := paragraphs(said[0])):
                break
    title = None if _TITLE_KEYS.isdisjoint(node) else _title(node, text)
    return (original(text) if text and "(" in text else text), title


def _title(node: Node, text: str | None) -> str | None:
    """A heading that says something else than the text itself."""
    body = line(text)
    said = (first_word(node, name) for name in _TITLE)
    return next((found for found in said if found and found != body), None)


def _author(node: Node) -> str | None:
    given = node.get("author")
    if type(given) is dict and type(given.get("name")) is str:  # as most pages write it
        return line(given["name"])
    for name in _AUTHOR:
        for value in values(node, name):
            if isinstance(value, dict):
                said = first_word(value, "name", "fn", "givenName", "alternateName", "@value")
            else:
                said = line(value)
            if said:
                return said
    return None


def _when(
    node: Node, names: tuple[str, ...], seen_at: datetime | None, language: str | None
) -> dates.Dated | None:
    for name in names:
        for value in values(node, name) if name in node else ():
            said = word(value) if isinstance(value, dict) else value
            if found := dates.when(said, seen_at, language):
                return found
    return None


def _external_id(node: Node) -> str | None:
    if not _IDENTIFIERS.isdisjoint(node) and (said := first_word(node, *_IDENTIFIERS)):
        return said
    name = node.get("@id")
    if not isinstance(name, str) or name.startswith("_:"):
        return None
    found = _ITEM_ID.search(name[:500])
    return line(found.group()) if found else None


def _reply(
    node: Node, graph: Graph, author: str | None, owner: str | None,
    seen_at: datetime | None, language: str | None,
) -> ReplyRecord | None:  # fmt: skip
    """The owner's answer. A comment by another customer is none."""
    if _REPLY_KEYS.isdisjoint(node):
        return None
    for name in _REPLIES:
        for value in values(node, name):
            value = graph.resolve(value)
            if not isinstance(value, dict):
                if name.startswith("comment") or not (text := paragraphs(value)):
                    continue
                return ReplyRecord(text)
            text = _texts(value)[0]
            if text and (not name.startswith("comment") or _by_owner(value, graph, author, owner)):
                published = _when(value, _PUBLISHED, seen_at, language)
                return ReplyRecord(text, published[0] if published else None)
    return None


def _by_owner(comment: Node, graph: Graph, author: str | None, owner: str | None) -> bool:
    said = _author(comment)
    if said is None:
        return True
    if said == author:
        return False
    if any(role_of(types(who)) in _FIRMS for who in graph.nodes(comment, *_AUTHOR)):
        return True
    if owner and (owner.casefold() in said.casefold() or said.casefold() in owner.casefold()):
        return True
    if _OWNER_WORDS.search(said):
        return True
    return not any(isinstance(value, dict) for value in values(comment, *_AUTHOR))


def _syndicated_from(node: Node) -> str | None:
    for name in _ORIGINS if not _ORIGIN_KEYS.isdisjoint(node) else ():
        said = first_word(node, name)
        if said and said.lower() in _SYNDICATORS:
            return said
    return None
