"""Items of markup, whatever syntax they came in: plain dicts with canonical keys.

A key is the property's last word as schema.org spells it ("http://schema.org/streetAddress",
"schema:streetAddress" and "StreetAddress" are all "streetAddress"), other vocabularies' words are
in lower case. "@type" holds the item's types as they were written, "@id" its own name. A value is
a text, a number, a node or a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from scrapers.structured.vocabulary import PROPERTIES, Role, role_of
from scrapers.text.clean import line

Node = dict[str, Any]

MAX_DEPTH = 40
MAX_NODES = 20_000
MAX_VALUES = 2_000  # of one property

_PREFIX = re.compile(r".*[/#:]", re.DOTALL)
_PREFIXED = re.compile(r"[/#:]")
_CANONICAL = {name.lower(): name for name in PROPERTIES}


@lru_cache(maxsize=4096)
def last_word(name: str) -> str:
    """The last word of a property or type, in lower case."""
    name = name.strip()[:200]
    return (_PREFIX.sub("", name.rstrip("/#:")) or name).lower()


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """The canonical name of a property."""
    word = last_word(key)
    return _CANONICAL.get(word, word)


@lru_cache(maxsize=4096)
def _is_odd(key: str) -> bool:
    """Whether a key is another spelling of a canonical one."""
    if fold(key) == key:
        return False
    return key[:1].isupper() or key.lower() in _CANONICAL or bool(_PREFIXED.search(key))


def canonical(value: Any, depth: int = 0) -> Any:
    """`value` with canonical keys. Values of two spellings of one key are put together."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, list):
        return [canonical(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    made: Node = {}
    for key, inner in value.items():
        name, read = fold(key), canonical(inner, depth + 1)
        made[name] = [made[name], read] if name in made and made[name] != read else read
    return made


def give(node: Node, name: str, value: Any) -> None:
    """One more value of a property; the first stands alone, further ones make a list."""
    if name not in node:
        node[name] = value
    elif type(node[name]) is list:
        node[name].append(value)
    else:
        node[name] = [node[name], value]


def fold_types(value: Any) -> tuple[str, ...]:
    """The types of an item: a word, several in one string, or a list of them."""
    if isinstance(value, str):
        return _types_of(value)
    if isinstance(value, (list, tuple)):
        return tuple(last_word(word) for word in value[:20] if isinstance(word, str))
    return ()


@lru_cache(maxsize=1024)
def _types_of(text: str) -> tuple[str, ...]:
    return tuple(map(last_word, text.split()[:20]))


def types(node: Node) -> tuple[str, ...]:
    return fold_types(node.get("@type"))


def values(node: Node, *names: str) -> list[Any]:
    """Every value of the first of `names` that has one; lists within lists are opened."""
    for name in names:
        value = node.get(name)
        if value is None or value == "":
            continue
        if type(value) is not list:
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


REVIEW_PROPERTIES = frozenset({"review", "reviews"})
# Items that tell of another one, and are a page's subject only where they stand alone.
_SUPPORTING = frozenset({Role.PERSON, Role.PART, Role.UNTYPED})


class Entry(NamedTuple):
    """One item: its role, the item it stands in with the property between, and the block it came
    from."""

    node: Node
    role: str
    parent: Node | None
    via: str
    origin: int


class Graph:
    """The items of one page, in document order, by what they are to us."""

    def __init__(self) -> None:
        self.subjects: list[Entry] = []  # that may be what a page describes
        self.reviews: list[Entry] = []
        self.aggregates: list[Entry] = []  # that stand in no other item
        self.named: list[Entry] = []  # that have an @id, or are a reference to one
        self.keys: set[str] = set()  # every property that any item has
        self._by_id: dict[str, Node] | None = None
        self._origin = 0

    def add(self, value: Any) -> None:
        """Take in one block with everything inside it, up to the caps."""
        lists = (self.subjects, self.reviews, self.aggregates, self.named)
        before = [len(entries) for entries in lists]
        keys = self._walk(value)
        if any(map(_is_odd, keys)):
            for entries, length in zip(lists, before, strict=True):
                del entries[length:]
            keys = self._walk(canonical(value))
        self.keys |= keys
        self._by_id = None

    def _walk(self, value: Any) -> set[str]:
        """Enter every item of a block; returns the properties that they have."""
        self._origin += 1
        keys: set[str] = set()
        seen: set[int] = set()
        stack: list[tuple[Any, Node | None, str, int]] = [(value, None, "", 0)]
        while stack and len(seen) < MAX_NODES:
            value, parent, via, depth = stack.pop()
            if type(value) is list:
                inside = [
                    (item, parent, via, depth + 1)
                    for item in value
                    if type(item) is dict or type(item) is list
                ]
            elif type(value) is dict and id(value) not in seen:
                seen.add(id(value))
                keys.update(value)
                self._enter(value, parent, via)
                inside = [
                    (inner, None if key == "@graph" else value, key, depth + 1)
                    for key, inner in value.items()
                    if type(inner) is dict or type(inner) is list
                ]
            else:
                continue
            if inside and depth < MAX_DEPTH:
                inside.reverse()
                stack += inside
        return keys

    def _enter(self, node: Node, parent: Node | None, via: str) -> None:
        kind = node.get("@type")
        role = role_of(kind if type(kind) is str else fold_types(kind))
        named = type(node.get("@id")) is str
        supports = role in _SUPPORTING and parent is not None and via not in REVIEW_PROPERTIES
        if supports and not named and "aggregateRating" not in node:
            return
        entry = Entry(node, role, parent, via, self._origin)
        if role == Role.REVIEW or (via in REVIEW_PROPERTIES and role != Role.AGGREGATE):
            self.reviews.append(entry)
        elif role != Role.AGGREGATE:
            self.subjects.append(entry)
        elif parent is None:
            self.aggregates.append(entry)
        if named:
            self.named.append(entry)

    def resolve(self, value: Any) -> Any:
        """The item that a bare reference ({"@id": …}) leads to; any other value itself."""
        if type(value) is not dict or "@id" not in value or not is_reference(value):
            return value
        if self._by_id is None:
            self._by_id = {}
            for entry in sorted(self.named, key=lambda entry: len(entry.node)):
                self._by_id[entry.node["@id"]] = entry.node
        return self._by_id.get(value["@id"], value)

    def nodes(self, node: Node, *names: str) -> list[Node]:
        """The items among the values of the first of `names` that has one."""
        found = (self.resolve(value) for value in values(node, *names))
        return [item for item in found if isinstance(item, dict)]


def is_reference(node: Node) -> bool:
    """Whether a node only names another one."""
    return isinstance(node.get("@id"), str) and not node.keys() - {"@id", "@type"}
