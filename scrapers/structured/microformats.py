"""Microformats, both generations (h-card, h-review …; vcard, hreview …), into nodes.

Properties get the schema.org names that the rest of the reader knows; those without one keep
their own.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.structured.html import content_of, join
from scrapers.structured.nodes import Node

MAX_ROOTS = 2_000
MAX_CLIMB = 200

# Root class of the first generation → the one of the second that means the same.
_OLD_ROOTS = {
    "vcard": "h-card", "adr": "h-adr", "geo": "h-geo", "hreview": "h-review", "item": "h-item",
    "hreview-aggregate": "h-review-aggregate", "hproduct": "h-product", "hrecipe": "h-recipe",
    "vevent": "h-event", "hlisting": "h-listing", "hentry": "h-entry",
}  # fmt: skip
_ROOTS = frozenset(_OLD_ROOTS.values())
_ALL_ROOTS = (_ROOTS | _OLD_ROOTS.keys()) - {"item"}
_SELECTOR = ",".join(f".{name}" for name in sorted(_ROOTS | _OLD_ROOTS.keys()))
_CLASS = re.compile(r"class=[\"']?([^\"'>]{1,300})")

_PLACE = {
    "name": "name", "org": "org", "organization-name": "org", "tel": "telephone", "email": "email",
    "url": "url", "uid": "uid", "adr": "address", "geo": "geo", "category": "category",
    "note": "description", "nickname": "alternateName", "given-name": "givenName",
    "family-name": "familyName",
}  # fmt: skip
_ADDRESS = {
    "street-address": "streetAddress", "extended-address": "extendedAddress",
    "post-office-box": "postOfficeBoxNumber", "locality": "addressLocality",
    "region": "addressRegion", "postal-code": "postalCode", "country-name": "addressCountry",
    "label": "label", "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip
_REVIEW = {
    "name": "name", "item": "itemReviewed", "author": "author", "reviewer": "author",
    "published": "datePublished", "reviewed": "datePublished", "dtreviewed": "datePublished",
    "rating": "ratingValue", "best": "bestRating", "worst": "worstRating",
    "average": "ratingValue", "count": "ratingCount", "votes": "reviewCount",
    "content": "reviewBody", "description": "reviewBody", "summary": "summary", "url": "url",
}  # fmt: skip
_THING = {"name": "name", "url": "url", "review": "review", "category": "category"}
_PROPERTIES = {
    "h-card": {**_PLACE, **_ADDRESS}, "h-adr": {**_ADDRESS, "name": "name", "geo": "geo"},
    "h-geo": {"latitude": "latitude", "longitude": "longitude", "name": "name"},
    "h-review": _REVIEW, "h-review-aggregate": _REVIEW,
    "h-event": {**_THING, "location": "location"}, "h-entry": {**_THING, "author": "author"},
}  # fmt: skip
# Where the first generation had another word than the second.
_OLD_NAMES = {
    "h-card": {"fn": "name", "photo": ""}, "h-item": {"fn": "name"}, "h-product": {"fn": "name"},
    "h-recipe": {"fn": "name"}, "h-event": {"summary": "name"}, "h-listing": {"fn": "name"},
    "h-review": {"summary": "name"},
}  # fmt: skip
_TYPES = {"h-review": ("review",), "h-review-aggregate": ("aggregaterating",)}
# Cards of those who write on the page, as blogs mark up their comments; they are no places.
_WRITERS = frozenset({"author", "p-author", "comment-author", "reviewer", "commenter"})
_LINKS = frozenset({"url", "uid", "email", "photo"})
_DATES = frozenset({"published", "reviewed", "dtreviewed"})


def items(tree: LexborHTMLParser, base: str) -> list[Node]:
    """The items of a page that stand in no other item."""
    scopes: dict[int, tuple[Node, str, bool, LexborNode]] = {}
    for element in tree.css(_SELECTOR)[:MAX_ROOTS]:
        if kind := _kind(element, scopes):
            name, old = kind
            kinds = ("person",) if _WRITERS & set(_classes(element)) else _TYPES.get(name, (name,))
            scopes[element.mem_id] = ({"@type": kinds}, name, old, element)
    nested: set[int] = set()
    for mem_id, (node, name, old, element) in scopes.items():
        for part in _parts(tree, element, old):
            _read(part, node, name, old, mem_id, scopes, nested, base)
    for node, name, _, element in scopes.values():
        _imply(node, name, element, base)
        _adopt(node, name, element, scopes, nested)
    return [node for mem_id, (node, *_) in scopes.items() if mem_id not in nested]


def may_hold(page: str) -> bool:
    """Whether the text of a page has any class that starts an item."""
    written = set(_CLASS.findall(page))
    return any(not _ALL_ROOTS.isdisjoint(text.lower().split()) for text in written)


def _classes(element: LexborNode) -> list[str]:
    written: str = element.attributes.get("class") or ""
    return written.lower().split()[:50]


def _kind(element: LexborNode, scopes: dict) -> tuple[str, bool] | None:
    """The root's name, and whether it is of the first generation."""
    classes = _classes(element)
    if new := next((name for name in classes if name in _ROOTS), None):
        return new, False
    old = next((name for name in classes if name in _OLD_ROOTS), None)
    if old is None:
        return None
    if old in ("item", "adr", "geo"):
        owner = _owner(element, scopes)
        if old == "item" and (owner is None or not _reviews_in_old_words(scopes[owner])):
            return None
        others = [name for name in classes if name in _OLD_ROOTS and name != old]
        old = others[0] if others else old
    return _OLD_ROOTS[old], True


def _reviews_in_old_words(scope: tuple[Node, str, bool, LexborNode]) -> bool:
    return scope[1].startswith("h-review") and scope[2]


def _owner(element: LexborNode, scopes: dict) -> int | None:
    parent = element.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            return None
        if parent.mem_id in scopes:
            return parent.mem_id
        parent = parent.parent
    return None


def _parts(tree: LexborHTMLParser, element: LexborNode, old: bool) -> list[LexborNode]:
    """The root itself and, in the first generation, what it includes from elsewhere."""
    parts = [element]
    if not old:
        return parts
    names = (element.attributes.get("itemref") or "").split()
    names += (element.attributes.get("headers") or "").split()
    for include in element.css("a.include,object.include")[:20]:
        names.append(
            (include.attributes.get("href") or include.attributes.get("data") or "").lstrip("#")
        )
    for name in names[:20]:
        quoted = name[:200].replace("\\", "\\\\").replace('"', '\\"')
        if quoted and (found := tree.css_first(f'[id="{quoted}"]')) is not None:
            parts.append(found)
    return parts


def _read(
    part: LexborNode, node: Node, name: str, old: bool, root: int, scopes: dict,
    nested: set[int], base: str,
) -> None:  # fmt: skip
    """Give `node` the properties in `part` that belong to it and not to an item inside."""
    known = _PROPERTIES.get(name, _THING)
    if old:
        known = {**known, **_OLD_NAMES.get(name, {})}
    for element in part.css("[class]"):
        if element.mem_id == root:
            continue
        owner = _owner(element, scopes)
        if owner != root and not (owner is None and part.mem_id != root):
            continue
        for word in _classes(element):
            plain = word if old else _unprefixed(word)
            if known.get(plain):
                inner = scopes.get(element.mem_id)
                if inner is not None:
                    nested.add(element.mem_id)
                value = inner[0] if inner is not None else _value(element, plain, base)
                node.setdefault(known[plain], []).append(value)


_PREFIX = re.compile(r"(?:p|u|dt|e)-(.+)")


def _unprefixed(word: str) -> str:
    found = _PREFIX.fullmatch(word)
    return found[1] if found else ""


def _value(element: LexborNode, name: str, base: str) -> str:
    """The value of a property: a part marked as its value, else what the element itself holds."""
    if name == "email" or name in _LINKS:
        address = element.attributes.get("href") or element.attributes.get("src")
        if address and name == "email":
            return address.removeprefix("mailto:").partition("?")[0]
        if address:
            return join(base, address)
    marked = [part for part in element.css(".value,.value-title") if part.mem_id != element.mem_id]
    if marked:
        return "".join(_plain(part) for part in marked[:10])
    if name in _DATES and (moment := element.attributes.get("datetime")):
        return moment
    return _plain(element)


def _plain(element: LexborNode) -> str:
    attributes, tag = element.attributes, element.tag
    titled = tag in ("abbr", "link") or "value-title" in _classes(element)
    if titled and (title := attributes.get("title")):
        return title
    if tag in ("data", "input") and (value := attributes.get("value")) is not None:
        return value
    if tag in ("img", "area") and (alt := attributes.get("alt")) is not None:
        return alt
    if tag == "time" and (moment := attributes.get("datetime")):
        return moment
    return content_of(element)


def _adopt(node: Node, name: str, element: LexborNode, scopes: dict, nested: set[int]) -> None:
    """Give a card the address that stands in it without being named its property."""
    owner = _owner(element, scopes) if name in ("h-adr", "h-geo") else None
    if owner is None or element.mem_id in nested or scopes[owner][1] != "h-card":
        return
    card = scopes[owner][0]
    property_ = "address" if name == "h-adr" else "geo"
    if property_ not in card:
        nested.add(element.mem_id)
        card[property_] = [node]


def _imply(node: Node, name: str, element: LexborNode, base: str) -> None:
    """What the formats let a root without properties mean: its words are its name, its link its
    address; two numbers in a geo are latitude and longitude."""
    if name == "h-geo" and "latitude" not in node:
        latitude, _, longitude = _plain(element).partition(";")
        node["latitude"], node["longitude"] = [latitude], [longitude]
    if name not in ("h-card", "h-item", "h-adr", "h-review") or "name" in node:
        return
    if "org" in node or "givenName" in node or "familyName" in node:
        own = [str(node[key][0]) for key in ("givenName", "familyName") if key in node]
        node["name"] = [" ".join(own)] if own else [node["org"][0]]
    elif not node.keys() - {"@type", "url"}:
        picture = element.css_first("img[alt]")
        node["name"] = [_plain(element) or (picture.attributes.get("alt") if picture else "")]
    link = element if element.tag == "a" else element.css_first("a[href]")
    if "url" not in node and link is not None and (address := link.attributes.get("href")):
        node["url"] = [join(base, address)]
