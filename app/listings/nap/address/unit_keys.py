"""Keys of units: what kind, and which."""

from __future__ import annotations

import re
from functools import lru_cache

from app.listings.nap.address.street_keys import ORDINAL, SURE_ORDINAL
from app.listings.nap.address.text import fold, words
from app.listings.nap.address.words import Words, words_of

_FLOOR_ID = re.compile(r"(?=\d+/?f|l\d)l?0*(\d+)/?f?")
_ANY_UNIT = "unit"


# Floors, rooms and blocks as East Asian scripts write them, in the words of words.toml.
_EAST_UNITS = (
    (re.compile(r"(?:地下|지하|負|负)\s*(\d+)\s*(?:階|층|楼|樓|层|層|f\b)?"), r" floor b\1 "),
    (re.compile(r"(\d+)\s*[樓楼层層階]之(\d+)"), r" floor \1 room \2 "),
    (re.compile(r"([a-z]?\d+)\s*(?:階|층|字樓|楼|樓|层|層|f\b)"), r" floor \1 "),
    (re.compile(r"([a-z]?-?\d+[a-z]?)\s*(?:号室?|號室?|호|室|房|单位|單位)"), r" room \1 "),
    (re.compile(r"(\w+)\s*(?:동|棟|座|单元|單元)"), r" block \1 "),
)


@lru_cache(maxsize=16384)
def unit_key(text: str, country: str | None) -> dict[str, str]:
    """ "3rd Floor, Apt 5-A" → {"floor": "3", "apartment": "5a"}; "#2f" → {"unit": "2f"}."""
    known = words_of(country)
    folded = fold(text)
    if not folded.isascii():
        for pattern, words_for in _EAST_UNITS:
            folded = pattern.sub(words_for, folded)
    found: dict[str, str] = {}
    for piece in re.split(r"[,;]", folded):
        _read_unit(piece, known, found)
    return found


def _read_unit(piece: str, known: Words, found: dict[str, str]) -> None:
    lone_floor = _FLOOR_ID.fullmatch(piece.strip())
    if lone_floor:
        _add(found, "floor", lone_floor.group(1))
        return
    kind, value = "", ""
    for word in _unit_words(piece, known):
        meaning = known.unit.get(word)
        if word == "#" or word in known.sign:
            if kind and value:
                _add(found, kind, value)
                kind, value = "", ""
        elif meaning == "floor" and value and not kind:
            _add(found, "floor", value)
            value = ""
        elif meaning:
            if kind or value:
                _add(found, kind or _ANY_UNIT, value)
            kind, value = meaning, ""
        elif value and len(word) > 2 and word.isalpha():
            break  # "#16-00 Gateway East": what follows names the building
        else:
            value += _unit_value(word, known)
    if kind or value:
        _add(found, kind or _ANY_UNIT, value)


_GLUED_UNIT = re.compile(r"([a-z]{2,})(\d+)")


def _unit_words(piece: str, known: Words) -> list[str]:
    """The words of a unit, with "ph1" as two."""
    apart: list[str] = []
    for word in words(piece.replace("sub basement", "subbasement")):
        glued = _GLUED_UNIT.fullmatch(word)
        apart += glued.groups() if glued and glued.group(1) in known.unit else [word]
    return apart


def _add(found: dict[str, str], kind: str, value: str) -> None:
    found[kind] = found.get(kind, "") + value


_FLOOR_DOOR = re.compile(r"^(\d+)[oa]([a-z])$")  # 3ºB


def _unit_value(word: str, known: Words) -> str:
    number = known.ordinal.get(word) or known.number.get(word)
    ordinal = ORDINAL if known.kind_first else SURE_ORDINAL
    value = number or _FLOOR_DOOR.sub(r"\1\2", ordinal.sub(r"\1", word))
    return value.lstrip("0") or value
