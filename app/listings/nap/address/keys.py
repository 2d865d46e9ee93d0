"""Keys: what of each part the comparison looks at, with every allowed spelling made one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.listings.nap.address import countries
from app.listings.nap.address.east_keys import chome_of, korean_places, same_letters, town_key
from app.listings.nap.address.house_numbers import BARE_NUMBER
from app.listings.nap.address.numerals import kanji_value, number_words
from app.listings.nap.address.street_keys import SURE_ORDINAL, StreetKey, street_key
from app.listings.nap.address.text import fold, is_east_asian, squash, words
from app.listings.nap.address.unit_keys import unit_key
from app.listings.nap.address.units import is_unit
from app.listings.nap.address.words import Words, kind_of, stem_of, table, words_of
from app.listings.nap.tables import one_character

if TYPE_CHECKING:
    from app.listings.nap.address.model import AddressParts


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one address. Empty values mean that the part is missing.

    `places` are all names that may be the locality, `others` all that may be the street, should
    a line have been taken for another part.
    """

    house: tuple[str, ...]
    street: StreetKey | None
    units: dict[str, str]
    building: str
    locality: str
    places: frozenset[str]
    others: frozenset[StreetKey]
    region: str
    region_known: bool
    postal: str
    box: tuple[str, ...]


def keys_of(parts: AddressParts) -> Keys:
    """The keys of `parts`, by the words of its country."""
    known = words_of(parts.country)
    region, locality = _place_keys(parts)
    house = house_key(parts.house_number, known)
    if parts.country == "JP":
        house = (*chome_of(parts.district or ""), *house)
    street = _street_of(parts)
    return Keys(
        house=house,
        street=street,
        units=_units_of(parts, known),
        building=squash(parts.building) if parts.building else "",
        locality=locality,
        places=frozenset(filter(None, (locality, *map(place_key, _pieces(parts.district))))),
        others=frozenset(
            street_key(piece, parts.country)
            for piece in (*_pieces(parts.district), *_pieces(parts.building))
        ),
        region=region or squash(parts.region or ""),
        region_known=region is not None,
        postal=postal_key(parts.postal_code, parts.country),
        box=tuple(re.findall(r"\d+", fold(parts.po_box))) if parts.po_box else (),
    )


def _units_of(parts: AddressParts, known: Words) -> dict[str, str]:
    """The units, and with them a building that has a letter for a name."""
    named = parts.building if parts.building and is_unit(parts.building, known) else None
    written = ", ".join(filter(None, (parts.unit, named)))
    return unit_key(written, parts.country) if written else {}


def _street_of(parts: AddressParts) -> StreetKey | None:
    """Where towns have no street names, as in Japan, the district is the street."""
    if parts.country == "JP" and parts.district and is_east_asian(parts.district):
        corner = {squash(parts.street)} if parts.street else ()
        return StreetKey(_counted(town_key(parts.district)), details=frozenset(corner))
    if not parts.street:
        return None
    if is_east_asian(parts.street):
        return StreetKey(_counted(one_character(squash(parts.street))))
    return street_key(parts.street, parts.country)


_COUNTED = re.compile("[一二三四五六七八九十]+(?=[段条條路街])")


def _counted(street: str) -> str:
    """忠孝東路四段 with its number as digits."""
    return _COUNTED.sub(lambda m: str(kanji_value(m.group())), street)


# House numbers ----------------------------------------------------------------------------------

# Words for "number" that East Asian scripts join to it.
_JOINED_SIGNS = re.compile("番地?|[号號]|번지")
_BLOCKS = frozenset({"blk", "block"})  # Singapore's houses are blocks
_OF_LETTERS = re.compile(r"(\d+) ?([a-z]) ?[-–] ?([a-z])")
_HOUSE_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=16384)
def _house_key(text: str) -> tuple[str, ...]:
    text = _JOINED_SIGNS.sub("-", text).strip("-")
    fraction = re.search(r"(?<=\d) (\d/\d)$|([½¼¾])$", text)
    tokens = _HOUSE_TOKEN.findall(fold(text[: fraction.start()] if fraction else text))
    numbers: list[str] = []
    if of_letters := _OF_LETTERS.fullmatch(text.lower()):  # 12a-c
        number, first, last = of_letters.groups()
        return number + first, number + last
    for run in tokens:
        if run.isdigit():
            numbers.append(run.lstrip("0") or "0")
        elif numbers and len(run) <= 6:
            numbers[-1] += "b" if run == "bis" else run
        else:
            numbers.append(run)
    if fraction:
        numbers.append(fold(fraction.group().strip()).replace("\u2044", "/"))
    return tuple(numbers)


def house_key(text: str | None, known: Words) -> tuple[str, ...]:
    """ "12-14" → ("12", "14"), "85/A" → ("85a",), "Nineteen oh one" → ("1901",)."""
    if not text or BARE_NUMBER.fullmatch(text):
        return ()
    if text[0].isalpha():
        tokens = [t for t in words(text) if t not in known.sign and t not in _BLOCKS]
        value = number_words(tokens, known)
        text = str(value) if value is not None else " ".join(tokens)
    return _house_key(text)


# Places, codes ----------------------------------------------------------------------------------

_PLACE_NOISE = frozenset(
    [
        "city",
        "of",
        "the",
        "town",
        "ville",
        "de",
        "la",
        "del",
        "cidade",
        "ciudad",
        "stadt",
        "gemeente",
        "comune",
        "municipality",
        "borough",
        "cedex",
        "metropolitan",
        "greater",
        "tp",
        "г",
        "город",
        "м",
        "місто",
    ]
)
_PLACE_WORDS = {
    "st": "saint",
    "ste": "sainte",
    "sankt": "saint",
    "sta": "santa",
    "ft": "fort",
    "mt": "mount",
    "hts": "heights",
    "spgs": "springs",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "q": "district",
    "quan": "district",
    "p": "ward",
    "phuong": "ward",
}


@lru_cache(maxsize=16384)
def place_key(place: str | None) -> str:
    """ "City of St. Louis" → "saintlouis"; a known other name becomes the usual one."""
    if not place:
        return ""
    tokens = [t.replace("'", "") for t in words(place)]
    kept = [t for t in tokens if t not in _PLACE_NOISE] or tokens
    key = one_character("".join(_PLACE_WORDS.get(t, t) for t in kept))
    return _other_names().get(key, key)


@lru_cache(maxsize=1)
def _other_names() -> dict[str, str]:
    return {
        squash(name): squash(usual)
        for usual, names in table("places.toml").get("other_names", {}).items()
        for name in names
    }


_DESIGNATORS = re.compile(r"^(?:cp|cep|plz|cap)(?=\d)")


@lru_cache(maxsize=16384)
def postal_key(code: str | None, country: str | None) -> str:
    """Letters and digits of the code, without designator and country letters."""
    if not code:
        return ""
    key = _DESIGNATORS.sub("", squash(code))
    for prefix in countries.postal_prefixes(country):
        if prefix and key.startswith(prefix) and key[len(prefix) :].isdigit():
            return key[len(prefix) :]
    return key


def _pieces(text: str | None) -> list[str]:
    return [piece for piece in (text or "").split(", ") if piece]


def _place_keys(parts: AddressParts) -> tuple[str | None, str]:
    """(key of the region if it is known, key of the locality)."""
    if parts.country == "KR":
        return korean_places(parts)
    region = countries.region_key(parts.country, parts.region) if parts.region else None
    locality = place_key(parts.locality)
    return region, same_letters(locality) if parts.country == "JP" else locality


def bag_of(parts: AddressParts) -> tuple[str, ...]:
    """All words of the address made one, sorted: equal where only the order differs."""
    line = " ".join(
        filter(None, (parts.house_number, parts.street, parts.unit, parts.building,
                      parts.district, parts.locality, parts.region, parts.po_box))
    )  # fmt: skip
    bag = bag_words(line, parts.country)
    code = parts.keys.postal[:5] if parts.country == "US" else parts.keys.postal
    return tuple(sorted([*bag, code] if code else bag))


def bag_words(line: str, country: str | None) -> list[str]:
    """The words of `line`, each in its usual spelling."""
    known = words_of(country)
    named = (word for word in words(line) if word not in known.sign)
    return [piece for word in named for piece in _bag_pieces(word, known)]


def _bag_pieces(word: str, known: Words) -> tuple[str, ...]:
    word = SURE_ORDINAL.sub(r"\1", word)
    if stem := stem_of(word, known):  # Bahnhofstrasse
        return stem, kind_of(word, known) or ""
    return (known.kind.get(word) or known.unit.get(word) or known.direction.get(word) or word,)
