"""Keys: what of each part the comparison looks at, with every allowed spelling made one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.listings.nap.address import countries
from app.listings.nap.address.japan import chome_of, same_letters, town_key
from app.listings.nap.address.korea import place_keys as korea_places
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.numerals import number_words, roman_value
from app.listings.nap.address.street import kind_of
from app.listings.nap.address.text import fold, is_east_asian, squash, words
from app.listings.nap.address.words import Words, languages_of, table, words_of


@dataclass(frozen=True, slots=True)
class StreetKey:
    """A street: the name itself in one piece, its types, and what may be left out: points of the
    compass, in Kyoto the way to the corner."""

    name: str
    kinds: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()


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
    others: frozenset[str]
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
        units=unit_key(parts.unit, parts.country) if parts.unit else {},
        building=squash(parts.building) if parts.building else "",
        locality=locality,
        places=frozenset(filter(None, (locality, *map(place_key, _pieces(parts.district))))),
        others=frozenset(
            street_key(piece, parts.country).name
            for piece in (*_pieces(parts.district), *_pieces(parts.building))
        ),
        region=region or squash(parts.region or ""),
        region_known=region is not None,
        postal=postal_key(parts.postal_code, parts.country),
        box=tuple(re.findall(r"\d+", fold(parts.po_box))) if parts.po_box else (),
    )


# House numbers ----------------------------------------------------------------------------------

# Words for "number" that East Asian scripts join to it.
_JOINED_SIGNS = re.compile("番地?|[号號]|번지")
_HOUSE_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=16384)
def _house_key(text: str) -> tuple[str, ...]:
    text = _JOINED_SIGNS.sub("-", text).strip("-")
    fraction = re.search(r"(?<=\d) (\d/\d)$|([½¼¾])$", text)
    tokens = _HOUSE_TOKEN.findall(fold(text[: fraction.start()] if fraction else text))
    numbers: list[str] = []
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
    if not text:
        return ()
    if text[0].isalpha():
        tokens = [t for t in words(text) if t not in known.sign]
        value = number_words(tokens, known)
        text = str(value) if value is not None else " ".join(tokens)
    return _house_key(text)


# Units ------------------------------------------------------------------------------------------

_FLOOR_ID = re.compile(r"(\d+)/?f")
_ANY_UNIT = "unit"


# Floors, rooms and blocks as East Asian scripts write them, in the words of words.toml.
_EAST_UNITS = (
    (re.compile(r"(?:地下|지하|負|负)\s*(\d+)\s*(?:階|층|楼|樓|层|層|f\b)?"), r" floor b\1 "),
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
        _add(found, "floor", lone_floor.group(1).lstrip("0"))
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
    value = number or _FLOOR_DOOR.sub(r"\1\2", _ORDINAL.sub(r"\1", word))
    return value.lstrip("0") or value


# Streets ----------------------------------------------------------------------------------------

_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|er|re|ere|e|eme|o|a|os|as)$")
_ELISIONS = frozenset({"l", "d", "dell", "all", "nell", "sull", "dall", "s", "qu", "un"})
_ROMAN_LANGUAGES = frozenset({"fr", "es", "it", "pt", "ro", "pl", "de", "nl", "hu"})
_UMLAUT_LANGUAGES = frozenset({"de", "sv", "da", "nb", "fi"})


def _street_of(parts: AddressParts) -> StreetKey | None:
    """Where towns have no street names, as in Japan, the district is the street."""
    if parts.country == "JP" and parts.district and is_east_asian(parts.district):
        corner = {squash(parts.street)} if parts.street else ()
        return StreetKey(town_key(parts.district), details=frozenset(corner))
    if not parts.street:
        return None
    if is_east_asian(parts.street):
        return StreetKey(squash(parts.street))
    return street_key(parts.street, parts.country)


@lru_cache(maxsize=16384)
def street_key(street: str, country: str | None) -> StreetKey:
    """ "W. Union St" → name "union", kinds {"street"}, details {"west"}."""
    known = words_of(country)
    tokens = _without_crossing(_elide(words(street), country), known)
    kinds: set[str] = set()
    details: set[str] = set()
    tokens = _take_directions(tokens, known, details)
    tokens = _take_kind(tokens, known, kinds)
    tokens = _take_directions(tokens, known, details)
    name = "".join(name_tokens(tokens, known, country))
    return StreetKey(name, frozenset(kinds), frozenset(details))


# "747 9th Ave between 50th and 51st", "95 Ave A at 6th St": the way to the door, not its street.
_CROSSINGS = frozenset({"between", "btwn", "betw", "entre"})
_BESIDE = frozenset({"at", "near", "off", "opposite", "esq", "esquina"})


def _without_crossing(tokens: list[str], known: Words) -> list[str]:
    for place, token in enumerate(tokens[1:], start=1):
        beside = token in _BESIDE and not known.kind.keys().isdisjoint(tokens[:place])
        if token in _CROSSINGS or beside:
            return tokens[:place]
    return tokens


def _elide(tokens: list[str], country: str | None) -> list[str]:
    romance = not _ROMAN_LANGUAGES.isdisjoint(languages_of(country))
    whole = []
    for token in tokens:
        head, _, tail = token.partition("'")
        whole.append(tail if tail and romance and head in _ELISIONS else token.replace("'", ""))
    return whole


def _take_directions(tokens: list[str], known: Words, found: set[str]) -> list[str]:
    for place in (0, -1):
        while len(tokens) > 1 and tokens[place] in known.direction:
            rest = tokens[1:] if place == 0 else tokens[:-1]
            if len(rest) == 1 and rest[0] in known.kind:  # North Street
                break
            found.add(known.direction[tokens[place]])
            tokens = rest
    return tokens


def _take_kind(tokens: list[str], known: Words, found: set[str]) -> list[str]:
    if len(tokens) < 2:
        whole = [known.kind.get(token, token) for token in tokens if len(token) > 1] or tokens
        return _split_tail(whole, known, found)
    for place in (0, -1) if known.kind_first else (-1, 0):
        kind = known.kind.get(tokens[place])
        leading_saint = place == 0 and known.name.get(tokens[0]) == "saint"
        trailing_letter = place == -1 and len(tokens[-1]) == 1  # Avenue C
        if kind and not trailing_letter and not (leading_saint and not known.kind_first):
            found.add(kind)
            return tokens[1:] if place == 0 else tokens[:-1]
    return _split_tail(tokens, known, found)


def _split_tail(tokens: list[str], known: Words, found: set[str]) -> list[str]:
    """ "hauptstr" → "haupt", strasse."""
    if not tokens:
        return tokens
    last = tokens[-1]
    for ending, meaning in known.tail.items():
        if last.endswith(ending) and len(last) > len(ending) + (1 if len(ending) > 2 else 3):
            found.add(meaning)
            return [*tokens[:-1], last[: -len(ending)]]
    return tokens


def name_tokens(tokens: list[str], known: Words, country: str | None) -> list[str]:
    """The words of a name with numbers as digits, abbreviations long and small words gone."""
    languages = languages_of(country)
    kept = [t for t in tokens if t not in known.small and t not in known.title] or tokens
    value = number_words(kept, known)
    if value is not None:
        return [str(value)]
    named = []
    for token in kept:
        token = _ORDINAL.sub(r"\1", token)
        token = known.ordinal.get(token) or known.number.get(token) or _inner_word(token, known)
        if not _ROMAN_LANGUAGES.isdisjoint(languages):
            token = roman_value(token)
        if not _UMLAUT_LANGUAGES.isdisjoint(languages):
            token = token.replace("ae", "a").replace("oe", "o").replace("ue", "u")
        named.append(token.replace(" ", ""))
    if len(named) == 1 and named[0] in known.direction:
        named = [known.direction[named[0]]]
    return named


def _inner_word(token: str, known: Words) -> str:
    """The long form of a word inside a name. Only St stays short, which is Saint or Street."""
    kind = known.kind.get(token) if len(token) > 1 else None
    word = known.name.get(token) or kind or token
    return "st" if word in ("saint", "street") else word


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
}


@lru_cache(maxsize=16384)
def place_key(place: str | None) -> str:
    """ "City of St. Louis" → "saintlouis"; a known other name becomes the usual one."""
    if not place:
        return ""
    tokens = [t.replace("'", "") for t in words(place)]
    kept = [t for t in tokens if t not in _PLACE_NOISE] or tokens
    key = "".join(_PLACE_WORDS.get(t, t) for t in kept)
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
        return korea_places(parts)
    region = countries.region_key(parts.country, parts.region) if parts.region else None
    locality = place_key(parts.locality)
    return region, same_letters(locality) if parts.country == "JP" else locality


def bag_of(parts: AddressParts) -> tuple[str, ...]:
    """All words of the address made one, sorted: equal where only the order differs."""
    known = words_of(parts.country)
    line = " ".join(
        filter(None, (parts.house_number, parts.street, parts.unit, parts.building,
                      parts.district, parts.locality, parts.region, parts.po_box))
    )  # fmt: skip
    bag = [_bag_word(word, known) for word in words(line) if word not in known.sign]
    return tuple(sorted(bag))


def _bag_word(word: str, known: Words) -> str:
    word = _ORDINAL.sub(r"\1", word)
    return kind_of(word, known) or known.unit.get(word) or known.direction.get(word) or word
