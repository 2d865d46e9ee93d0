"""Scripts and transliteration: does スターバックス spell what Starbucks spells?

Sounds are compared by their consonants, since borrowed words keep those and bend the vowels.
Han characters are read as in Mandarin, and must be spelt in full: in Japan they sound otherwise,
and what they do not spell is only not known to be the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from app.listings.nap.tables import table

# Consonants that borrowing confuses stand for one another; r falls silent at a syllable's end in
# Korean and Japanese, so it weighs nothing together with l.
_DIGRAPHS = [
    ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("ph", "p"), ("th", "t"), ("ts", "s"),
    ("ck", "k"), ("qu", "k"), ("gh", "g"), ("wh", "w"), ("ng", "n"), ("x", "ks"),
]  # fmt: skip
_CONSONANTS = str.maketrans("bvfgqcdzjm", "pppkkktsjn")
_SOFT_C = re.compile(r"c(?=[eiy])")
_NOT_SOUNDED = re.compile(r"[aeiouywhlr]")
_REPEATED = re.compile(r"(.)\1+")
_HAN = re.compile("[\u3400-\u9fff]")
_SURELY_A_NAME = (
    6  # letters: what begins with so many goes on with the trade, as in Haidilao Hot Pot
)
_PLURAL = re.compile(r"s$")


def script_of(text: str) -> str:
    """`latin`, `hangul`, `kana`, `han`, `cyrillic`, `greek` or another script's name, by the
    first letter; "" where there is none."""
    for letter in text:
        if letter.isascii():
            if letter.isalpha():
                return "latin"
            continue
        if letter.isalpha():
            return _script_of_letter(letter)
    return ""


@lru_cache(maxsize=8_192)
def _script_of_letter(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0].lower()
    return {"katakana": "kana", "hiragana": "kana", "cjk": "han"}.get(name, name)


@lru_cache(maxsize=16_384)
def romanize(word: str) -> str | None:
    """A folded word in Latin letters; None where a letter's sound is not known."""
    if word.isascii():
        return word
    out = []
    for letter in word:
        latin = letter if letter.isascii() else _romanize_letter(letter)
        if latin is None:
            return None
        out.append(latin)
    return "".join(out)


def _romanize_letter(letter: str) -> str | None:
    code = ord(letter)
    if 0xAC00 <= code <= 0xD7A3:
        initials, vowels, finals = _hangul()
        initial, rest = divmod(code - 0xAC00, 588)
        vowel, final = divmod(rest, 28)
        return initials[initial] + vowels[vowel] + finals[final]
    if 0x3041 <= code <= 0x3096:
        letter = chr(code + 0x60)  # hiragana to katakana
    known = _letters().get(letter)
    return known if known is not None else anyascii(letter).lower() or None


@cache
def _hangul() -> tuple[list[str], list[str], list[str]]:
    rules = table("sounds")["hangul"]
    return _sounds(rules["initials"]), _sounds(rules["vowels"]), _sounds(rules["finals"])


@cache
def _letters() -> dict[str, str]:
    rules = table("sounds")
    rows = {
        kana: consonant + vowel
        for consonant, row in rules["kana_rows"].items()
        for kana, vowel in zip(row, "aiueo", strict=True)
    }
    for script in ("kana", "cyrillic", "greek"):
        letters = rules[script]["letters"].split()
        rows |= dict(zip(letters, _sounds(rules[script]["sounds"]), strict=True))
    return rows


def _sounds(text: str) -> list[str]:
    return [sound.replace("_", "") for sound in text.split()]


@lru_cache(maxsize=16_384)
def skeleton(latin: str) -> str:
    """The consonants of a word in Latin letters, as far as borrowing keeps them."""
    sounds = _SOFT_C.sub("s", latin)
    for letters, sound in _DIGRAPHS:
        sounds = sounds.replace(letters, sound)
    return _REPEATED.sub(r"\1", _NOT_SOUNDED.sub("", sounds.translate(_CONSONANTS)))


def sounds_alike(left: str, right: str) -> bool:
    """Two folded texts in different scripts spell the same sounds.

    The consonants must agree, and the shorter they are the more of the vowels too.
    """
    latin_left, latin_right = romanize(left), romanize(right)
    if not latin_left or not latin_right:
        return False
    if _HAN.search(left + right):
        short, long = sorted((latin_left, latin_right), key=len)
        return short == long or (len(short) >= _SURELY_A_NAME and long.startswith(short))
    ours, theirs = skeleton(latin_left), skeleton(latin_right)
    if len(ours) >= 3 and _PLURAL.sub("", ours) == _PLURAL.sub("", theirs):
        return True
    vowels_too = ratio(_with_vowels(latin_left), _with_vowels(latin_right))
    return vowels_too >= (70 if ours == theirs else 80)


def _with_vowels(latin: str) -> str:
    return _REPEATED.sub(r"\1", latin.replace("eu", "").replace("l", "r").translate(_CONSONANTS))
