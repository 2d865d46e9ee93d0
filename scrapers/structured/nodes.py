"""Items of markup, whatever syntax they came in: plain dicts with folded keys.

A key is the property's last word in lower case ("http://schema.org/streetAddress",
"schema:streetAddress" and "StreetAddress" are all "streetaddress"). "@type" holds a list of such
words, "@id" the item's own name. A value is a text, a number, a node or a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scrapers.text.clean import line

Node = dict[str, Any]

MAX_DEPTH = 40
MAX_NODES = 20_000
MAX_VALUES = 2_000  # of one property

_PREFIX = re.compile(r".*[/#:]", re.DOTALL)


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """The last word of a property or type, in lower case."""
    key = key.strip()
    return (_PREFIX.sub("", key[:200].rstrip("/#:")) or key[:200]).lower()


def fold_types(value: Any) -> list[str]:
    """The types of an item: a word, several in one string, or a list of them."""
    if isinstance(value, str):
        return [fold(word) for word in value.split()[:20]]
    if isinstance(value, list):
        return [fold(word) for word in value[:20] if isinstance(word, str)]
    return []


def types(node: Node) -> list[str]:
    return node.get("@type") or []


def values(node: Node, *names: str) -> list[Any]:
    """Every value of the first of `names` that has one; lists within lists are opened."""
    for name in names:
        value = node.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, list):
            return [value]
        if found := [item for item in _flat(value, 0) if item not in (None, "")]:
            return found
    return []


def _flat(items: list[Any], depth: int) -> Iterator[Any]:
    for item in items[:MAX_VALUES]:
        if isinstance(item, list):
            if depth < MAX_DEPTH:
                yield from _flat(item, depth + 1)
        else:
            yield item


def word(value: Any) -> str | None:
    """The words a value stands for: itself, or the name of the item it is."""
    if isinstance(value, dict):
        inner = values(value, "@value", "name", "fn", "value", "text")
        return line(inner[0]) if inner and not isinstance(inner[0], dict) else None
    return line(value)


def first_word(node: Node, *names: str) -> str | None:
    """The first value of any of `names` that says something."""
    for name in names:
        for value in values(node, name):
            if said := word(value):
                return said
    return None


def words(node: Node, *names: str) -> list[str]:
    """Every value of the first of `names` that has one, as words, each once."""
    said = (word(value) for value in values(node, *names))
    return list(dict.fromkeys(text for text in said if text))


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: the item it stands in with the property between, and the block it came from."""

    node: Node
    parent: Node | None
    via: str
    origin: int


class Graph:
    """The items of one page, in document order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._by_id: dict[str, Node] = {}
        self._seen: set[int] = set()
        self._origin = 0

    def add(self, value: Any) -> None:
        """Take in one block with everything inside it, up to the caps."""
        self._origin += 1
        stack: list[tuple[Any, Node | None, str, int]] = [(value, None, "", 0)]
        while stack and len(self.entries) < MAX_NODES:
            value, parent, via, depth = stack.pop()
            if isinstance(value, list):
                if depth < MAX_DEPTH:
                    stack += [(item, parent, via, depth + 1) for item in reversed(value)]
            elif isinstance(value, dict) and id(value) not in self._seen:
                self._seen.add(id(value))
                self._enter(value, parent, via)
                if depth < MAX_DEPTH:
                    stack += [
                        (inner, None if key == "@graph" else value, key, depth + 1)
                        for key, inner in reversed(value.items())
                        if isinstance(inner, (dict, list))
                    ]

    def _enter(self, node: Node, parent: Node | None, via: str) -> None:
        self.entries.append(Entry(node, parent, via, self._origin))
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(self._by_id.get(name, ())):
            self._by_id[name] = node

    def resolve(self, value: Any) -> Any:
        """The item that a bare reference ({"@id": …}) leads to; any other value itself."""
        if isinstance(value, dict) and is_reference(value):
            return self._by_id.get(value["@id"], value)
        return value

    def nodes(self, node: Node, *names: str) -> list[Node]:
        """The items among the values of the first of `names` that has one."""
        found = (self.resolve(value) for value in values(node, *names))
        return [item for item in found if isinstance(item, dict)]


def is_reference(node: Node) -> bool:
    """Whether a node only names another one."""
    return isinstance(node.get("@id"), str) and not node.keys() - {"@id", "@type"}
