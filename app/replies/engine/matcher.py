"""Finding many phrases in a text at once: folding that keeps positions, and a small index.

Patterns are plain text. `wait*` also finds "waiting"; `*zimmer` also finds "Hotelzimmer";
`charged .. twice` also finds "charged us for it twice", up to four words between. No regular
expression comes from the data here, so no text can make a search slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

P = TypeVar("P")

_SAME = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
_GAP = " .. "
_WORDS_BETWEEN = r"(?:[ ,'\"-]{1,3}[\w']{1,30}){0,4}?[ ,'\"-]{1,3}"
_LEAST_CHARS = 2
_KEYS = (6, 4, 3, _LEAST_CHARS)  # a pattern is looked up by so many of its first characters
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]|[^\w\s]")


class _FoldTable(dict[int, str]):
    """Folds one character to one character: lower case, no accents on Latin letters."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


def _fold_char(char: str) -> str:
    char = _SAME.get(char, char)
    if char.isspace() and char != "\n":
        return " "
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) == 1:
        char = compatible
    base = unicodedata.normalize("NFD", char)[0]
    if base.isascii() and base.isalpha():
        char = base
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Lower case without accents, character by character: positions stay those of `text`.

    `text` should be in NFC (see `tidy`), as a loose combining mark keeps its place.
    """
    if text.isascii() and text.isprintable() and "`" not in text:  # nearly all of our own words
        return text.lower()
    return text.translate(_TABLE)


def tidy(text: str) -> str:
    """NFC, without control and direction marks that would hide or split words."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


class Hit(NamedTuple, Generic[P]):
    """A find: positions in the text and what the pattern stands for."""

    start: int
    end: int
    payload: P


class _Gap(NamedTuple):
    """What must follow within a few words."""

    tail: str
    pattern: re.Pattern[str]


class _Entry(NamedTuple, Generic[P]):
    """A pattern ready to be looked for: `then` is what must follow after a gap."""

    needle: str
    inside: bool
    open_end: bool
    payload: P
    then: _Gap | None

    @property
    def weight(self) -> int:
        """The longest pattern at a place wins."""
        return len(self.needle) + (len(self.then.tail) if self.then else 0)


def _then(tail: str) -> _Gap | None:
    if not tail:
        return None
    edge = r"\w*" if tail.endswith("*") else r"(?![^\W_])"
    needle = fold(tidy(tail.strip("*")))
    return _Gap(needle, re.compile(f"{_WORDS_BETWEEN}({re.escape(needle)}{edge})"))


class Matcher(Generic[P]):
    """Finds patterns leftmost and longest, without overlaps.

    With `spaces` a pattern must begin and end at a word's edge (unless starred); without, as in
    Japanese and Korean, it is found anywhere.
    """

    def __init__(self, patterns: Iterable[tuple[str, P]], spaces: bool) -> None:
        self._spaces = spaces
        self._index: dict[str, list[_Entry[P]]] = {}
        self._only_at_words = spaces
        for pattern, payload in patterns:
            head, _, tail = pattern.partition(_GAP)
            inside, open_end = head.startswith("*"), head.endswith("*")
            needle = fold(tidy(head.strip("*")))
            if len(needle) < _LEAST_CHARS:
                raise ValueError(f"a pattern needs two characters or more: {pattern!r}")
            self._only_at_words &= not inside
            entry = _Entry(
                needle, inside or not spaces, open_end or not spaces, payload, _then(tail)
            )
            key = next(size for size in _KEYS if size <= len(needle))
            self._index.setdefault(needle[:key], []).append(entry)
        # Few places of a text begin a pattern: their first two characters tell, and how long a key
        # to try there.
        self._sizes: dict[str, tuple[int, ...]] = {}
        for key, entries in self._index.items():
            entries.sort(key=lambda entry: -entry.weight)
            sizes = {len(key), *self._sizes.get(key[:_LEAST_CHARS], ())}
            self._sizes[key[:_LEAST_CHARS]] = tuple(sorted(sizes, reverse=True))

    def find(self, folded: str) -> list[Hit[P]]:
        """All finds in a folded text, in order."""
        hits: list[Hit[P]] = []
        index, sizes_at, free_from, tail = self._index, self._sizes, 0, range(0)
        for position in self._positions(folded):
            sizes = sizes_at.get(folded[position : position + _LEAST_CHARS])
            if sizes is None or position < free_from or position in tail:
                continue
            for size in sizes:
                entries = index.get(folded[position : position + size])
                found = self._at(folded, position, entries) if entries else None
                if found is not None:
                    hit, tail = found[0], found[1] or tail
                    hits.append(hit)
                    free_from = hit.end
                    break
        return hits

    def _positions(self, folded: str) -> Iterable[int]:
        if self._only_at_words:
            return [match.start() for match in _WORD_START.finditer(folded)]
        return range(len(folded))

    def _at(
        self, folded: str, position: int, entries: list[_Entry[P]]
    ) -> tuple[Hit[P], range | None] | None:
        """The find at a position. One with a gap covers its two ends: what stands between is found
        for itself."""
        for needle, inside, open_end, payload, then in entries:
            if not folded.startswith(needle, position):
                continue
            if not inside and position and folded[position - 1].isalnum():
                continue
            end = position + len(needle)
            at_edge = end == len(folded) or not folded[end].isalnum() or not needle[-1].isalnum()
            if not at_edge:
                if not open_end:
                    continue
                end = self._word_end(folded, end)
            if then is None:
                return Hit(position, end, payload), None
            if match := then.pattern.match(folded, end):
                return Hit(position, end, payload), range(*match.span(1))
        return None

    def _word_end(self, folded: str, end: int) -> int:
        while self._spaces and end < len(folded) and folded[end].isalnum():
            end += 1
        return end
