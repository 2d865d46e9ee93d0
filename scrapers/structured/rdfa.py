"""RDFa Lite, and of RDFa 1.1 what sites use: `typeof`, `property`, `rel`, `resource`, prefixes.

Names keep only their last word, so that schema.org, data-vocabulary.org and vCard names meet.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.structured.html import element_value, join
from scrapers.structured.nodes import MAX_NODES, Node, fold, fold_types, give

MAX_CLIMB = 200
_SUBJECTS = ("about", "resource")
_SUBJECTS_OF_TYPED = (*_SUBJECTS, "href", "src")


def items(tree: LexborHTMLParser, base: str) -> list[Node]:
    """The items of a page that stand in no other item. Statements about one subject in several
    places of the page are one item."""
    if tree.css_first("[typeof]") is None:
        return []
    scopes: dict[int, Node] = {}
    by_subject: dict[str, Node] = {}
    for element in tree.css("[typeof],[about]")[:MAX_NODES]:
        node = _item(element, base)
        known = by_subject.setdefault(node["@id"], node) if "@id" in node else node
        if known is not node:
            known["@type"] += node["@type"]
        scopes[element.mem_id] = known
    nested: set[int] = set()
    for element in tree.css("[property],[rel],[rev]")[:MAX_NODES]:
        owner = _owner(element, scopes)
        if owner is not None:
            _give(owner, element, scopes, nested, base)
    top = {id(node): node for mem_id, node in scopes.items() if mem_id not in nested}
    return list(top.values())


def _item(element: LexborNode, base: str) -> Node:
    attributes = element.attributes
    node: Node = {"@type": fold_types(attributes.get("typeof"))}
    for name in _SUBJECTS_OF_TYPED if "typeof" in attributes else _SUBJECTS:
        if subject := attributes.get(name):
            node["@id"] = join(base, subject.strip("[]"))
            break
    return node


def _owner(element: LexborNode, scopes: dict[int, Node]) -> Node | None:
    """The item that a property of `element` belongs to: the nearest typed element above it."""
    parent = element.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            return None
        if parent.mem_id in scopes:
            return scopes[parent.mem_id]
        parent = parent.parent
    return None


def _give(
    owner: Node, element: LexborNode, scopes: dict[int, Node], nested: set[int], base: str
) -> None:
    attributes = element.attributes
    inner = scopes.get(element.mem_id)
    names = (attributes.get("property") or "").split()[:20]
    relations = (attributes.get("rel") or attributes.get("rev") or "").split()[:20]
    if inner is None and relations:
        inner, below = _related(element, scopes)
        if inner is not None and below is not None:
            nested.add(below)
    elif inner is not None and (names or relations):
        nested.add(element.mem_id)
    if inner is owner:
        return
    for name in map(fold, names + (relations if inner is not None else [])):
        value = element_value(element, base, name) if inner is None else inner
        give(owner, name, value)


def _related(element: LexborNode, scopes: dict[int, Node]) -> tuple[Node | None, int | None]:
    """The item right below an element that only says how it is related (`rel="v:rating"`)."""
    below = element.css_first("[typeof]")
    if below is None or below.mem_id not in scopes:
        return None, None
    return scopes[below.mem_id], below.mem_id
