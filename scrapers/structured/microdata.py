"""Microdata (itemscope, itemprop, itemref) into nodes; also what stands outside any item."""

from __future__ import annotations

from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.structured.html import content_of, element_value, join
from scrapers.structured.nodes import MAX_NODES, Node, fold, fold_types, give

MAX_CLIMB = 200


def items(tree: LexborHTMLParser, base: str) -> list[Node]:
    """The top-level items of a page. An item that names a property but stands in no item (a
    review outside its business) is top-level too."""
    scopes: dict[int, Node] = {}
    for element in tree.css("[itemscope]")[:MAX_NODES]:
        scopes[element.mem_id] = _item(element, base)
    if not scopes:
        return []
    nested: set[int] = set()
    for element in tree.css("[itemprop]")[:MAX_NODES]:
        owner = _owner(element, scopes)
        if owner is not None:
            _give(scopes[owner], element, scopes, nested, base)
    _follow_references(tree, scopes, nested, base)
    return [node for mem_id, node in scopes.items() if mem_id not in nested]


def _item(element: LexborNode, base: str) -> Node:
    attributes = element.attributes
    node: Node = {"@type": fold_types(attributes.get("itemtype"))}
    if name := attributes.get("itemid"):
        node["@id"] = join(base, name)
    return node


def _owner(element: LexborNode, scopes: dict[int, Node]) -> int | None:
    """The item that a property belongs to: the nearest one above it."""
    parent = element.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            return None
        if parent.mem_id in scopes:
            return parent.mem_id
        parent = parent.parent
    return None


def _give(
    owner: Node, element: LexborNode, scopes: dict[int, Node], nested: set[int], base: str
) -> None:
    inner = scopes.get(element.mem_id)
    if inner is owner:
        return
    if inner is not None:
        nested.add(element.mem_id)
        _fall_back_on_words(inner, element)
    attributes = element.attributes
    for name in _names(attributes.get("itemprop") or ""):
        value = element_value(element, base, name, attributes) if inner is None else inner
        give(owner, name, value)


@lru_cache(maxsize=1024)
def _names(written: str) -> tuple[str, ...]:
    return tuple(map(fold, written.split()[:20]))


def _fall_back_on_words(inner: Node, element: LexborNode) -> None:
    """An item without properties of its own still says something by its words."""
    if not inner["@type"] and element.css_first("[itemprop] [itemprop]") is None:
        inner.setdefault("@value", content_of(element) or "")


def _follow_references(
    tree: LexborHTMLParser, scopes: dict[int, Node], nested: set[int], base: str
) -> None:
    for element in tree.css("[itemscope][itemref]")[:500]:
        owner = scopes.get(element.mem_id)
        for name in (element.attributes.get("itemref") or "").split()[:50]:
            target = _by_id(tree, name)
            if owner is None or target is None:
                continue
            for property_ in _own_properties(target, scopes):
                _give(owner, property_, scopes, nested, base)


def _by_id(tree: LexborHTMLParser, name: str) -> LexborNode | None:
    quoted = name[:200].replace("\\", "\\\\").replace('"', '\\"')
    return tree.css_first(f'[id="{quoted}"]')


def _own_properties(target: LexborNode, scopes: dict[int, Node]) -> list[LexborNode]:
    """The properties in a referenced element that belong to no item inside it."""
    found = [target] if "itemprop" in target.attributes else []
    if found and target.mem_id in scopes:
        return found
    for element in target.css("[itemprop]")[:MAX_NODES]:
        if element.mem_id == target.mem_id:
            continue
        owner = _owner(element, scopes)
        if owner is None or _stands_above(owner, target):
            found.append(element)
    return found


def _stands_above(owner: int, target: LexborNode) -> bool:
    parent = target.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            return False
        if parent.mem_id == owner:
            return True
        parent = parent.parent
    return False
