"""Numbers written as words, as Roman numerals, and in Chinese characters."""

from __future__ import annotations

import re

from app.listings.nap.address.text import fold
from app.listings.nap.address.words import Words

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_value(word: str, alone: bool = False) -> str:
    """ "xx" → "20"; anything that is no Roman numeral of two letters or more (`alone`: or of one,
    behind a name: "Rama I") stays."""
    if (len(word) < 2 and not (alone and word in _ROMAN_VALUES)) or not _ROMAN.fullmatch(word):
        return word
    values = [_ROMAN_VALUES[c] for c in word]
    signed = (-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))
    return str(sum(signed))


def number_words(tokens: list[str], known: Words) -> int | None:
    """The number that `tokens` spell out, or None if one of them is no number word.

    Reads "ninety sixth" (96), "nineteen oh one" (1901), "quatre vingt douze" (92) and "one
    hundred and five" (105).
    """
    values = [_word_value(t, known) for t in tokens if t not in {"and", "et", "y", "e"}]
    if not values or len(values) > 8 or None in values:
        return None
    return _spoken([v for v in values if v is not None])


def spelled_number_first(text: str, known: Words) -> str:
    """ "Nineteen oh one W El Segundo Blvd" → "1901 W El Segundo Blvd".

    A single word must be "one": Seven Sisters Road is a name.
    """
    tokens = text[:80].split(" ")
    count = 0
    while count < len(tokens) - 1 and _spelled(tokens[count], known):
        count += 1
    words = [piece for t in tokens[:count] for piece in _pieces(t)]
    value = number_words(words, known) if count else None
    if value is None or (len(words) == 1 and value != 1):
        return text
    return str(value) + text[len(" ".join(tokens[:count])) :]


def _pieces(token: str) -> list[str]:
    return fold(token).split("-")


def _spelled(token: str, known: Words) -> bool:
    return all(piece in known.number for piece in _pieces(token))


def _word_value(token: str, known: Words) -> int | None:
    text = known.number.get(token) or known.ordinal.get(token)
    return int(text) if text else None


def _spoken(values: list[int]) -> int:
    total, group = 0, 0
    for place, value in enumerate(values):
        if value in (100, 1000):
            group = max(group, 1) * value
            if value == 1000:
                total, group = total + group, 0
        elif value == 20 and group == 4:  # quatre-vingts
            group = 80
        elif place and _is_pair(group, value):
            # Said in pairs: nineteen oh one, twelve thirty-four.
            group = group * (10 if value == 0 else 100) + value
            if value == 0:
                continue
        elif place and values[place - 1] == 0:
            group = group * 10 + value
        else:
            group += value
    return total + group


def _is_pair(group: int, value: int) -> bool:
    """Whether `value` is the second half of a number said in pairs."""
    if value == 0:
        return group > 0
    return 10 <= group < 100 and value >= 10 and group not in (60, 80)  # soixante-dix


_KANJI = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_KANJI_RUN = re.compile("[〇零一二三四五六七八九壱弐参十百千]+")


def kanji_value(text: str) -> int:
    """The number of a run of Chinese numerals: 二十三 → 23, 一〇五 → 105."""
    if not any(c in "十百千" for c in text):
        return int("".join(str(_KANJI[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        unit = {"十": 10, "百": 100, "千": 1000}.get(char)
        if unit:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = _KANJI[char]
    return total + digit


def kanji_number(value: int) -> str:
    """1 to 99 in Chinese numerals: 23 → 二十三."""
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    if not 0 < value < 100:
        return str(value)
    head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
    return head + (digits[ones] if ones else "")
