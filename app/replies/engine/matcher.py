"""Finding many phrases in a text at once: folding that keeps positions, and a small index.

Patterns are plain text. `wait*` also finds "waiting"; `*zimmer` also finds "Hotelzimmer". No
regular expression comes from the data here, so no text can make a search slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

P = TypeVar("P")

_SAME = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
_KEY_CHARS = 3  # a pattern is looked up by so many of its first characters
_LEAST_CHARS = 2
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


class Matcher(Generic[P]):
    """Finds patterns leftmost and longest, without overlaps.

    With `spaces` a pattern must begin and end at a word's edge (unless starred); without, as in
    Japanese and Korean, it is found anywhere.
    """

    def __init__(self, patterns: Iterable[tuple[str, P]], spaces: bool) -> None:
        self._spaces = spaces
        self._index: dict[str, list[tuple[str, bool, bool, P]]] = {}
        self._only_at_words = spaces
        for pattern, payload in patterns:
            inside, open_end = pattern.startswith("*"), pattern.endswith("*")
            needle = fold(tidy(pattern.strip("*")))
            if len(needle) < _LEAST_CHARS:
                raise ValueError(f"a pattern needs two characters or more: {pattern!r}")
            self._only_at_words &= not inside
            entry = (needle, inside or not spaces, open_end or not spaces, payload)
            self._index.setdefault(needle[:_KEY_CHARS], []).append(entry)
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, folded: str) -> list[Hit[P]]:
        """All finds in a folded text, in order."""
        hits: list[Hit[P]] = []
        index, free_from = self._index, 0
        for position in self._positions(folded):
            if position < free_from:
                continue
            for size in (_KEY_CHARS, _LEAST_CHARS):
                entries = index.get(folded[position : position + size])
                found = self._at(folded, position, entries) if entries else None
                if found is not None:
                    hits.append(found)
                    free_from = found.end
                    break
        return hits

    def _positions(self, folded: str) -> Iterable[int]:
        if self._only_at_words:
            return [match.start() for match in _WORD_START.finditer(folded)]
        return range(len(folded))

    def _at(
        self, folded: str, position: int, entries: list[tuple[str, bool, bool, P]]
    ) -> Hit[P] | None:
        for needle, inside, open_end, payload in entries:
            if not folded.startswith(needle, position):
                continue
            if not inside and position and folded[position - 1].isalnum():
                continue
            end = position + len(needle)
            at_edge = end == len(folded) or not folded[end].isalnum() or not needle[-1].isalnum()
            if at_edge:
                return Hit(position, end, payload)
            if open_end:
                return Hit(position, self._word_end(folded, end), payload)
        return None

    def _word_end(self, folded: str, end: int) -> int:
        while self._spaces and end < len(folded) and folded[end].isalnum():
            end += 1
        return end
