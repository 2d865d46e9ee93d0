"""Keys of street names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.listings.nap.address.numbered_roads import numbered_road
from app.listings.nap.address.numerals import number_words, roman_value
from app.listings.nap.address.text import words
from app.listings.nap.address.words import Words, languages_of, words_of


@dataclass(frozen=True, slots=True)
class StreetKey:
    """A street: the name itself in one piece, its types, and what may be left out: points of the
    compass, in Kyoto the way to the corner. `words` are those of the name in order, where it is
    made of words."""

    name: str
    kinds: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|er|re|ere|e|eme|o|a|os|as)$")
# Without those that a letter behind a number may be: Suite 500A, 12e.
SURE_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|er|re|ere|eme|os|as)$")
_ELISIONS = frozenset({"l", "d", "dell", "all", "nell", "sull", "dall", "s", "qu", "un"})
_ROMAN_LANGUAGES = frozenset({"fr", "es", "it", "pt", "ro", "pl", "de", "nl", "hu"})
_UMLAUT_LANGUAGES = frozenset({"de", "sv", "da", "nb", "fi"})


@lru_cache(maxsize=16384)
def street_key(street: str, country: str | None) -> StreetKey:
    """ "W. Union St" → name "union", kinds {"street"}, details {"west"}."""
    known = words_of(country)
    tokens = _without_crossing(_elide(words(street), country), known)
    if corner := _corner(tokens, known, country):
        return corner
    if road := numbered_road(tokens, known, country):
        at = tokens.index(road[0]) if road[0] in tokens else len(tokens)
        compass = {
            known.direction[t] for t in (tokens[0], *tokens[at + 1 :]) if t in known.direction
        }
        return StreetKey(road[0], road[1], frozenset(compass))
    kinds: set[str] = set()
    details: set[str] = set()
    tokens = _take_directions(tokens, known, details)
    tokens = _take_kind(tokens, known, kinds)
    tokens = _take_directions(tokens, known, details)
    named = name_tokens(tokens, known, country)
    return StreetKey("".join(named), frozenset(kinds), frozenset(details), tuple(named))


_CORNER_WORDS = frozenset({"corner", "cnr", "cor", "esquina", "esq", "ecke", "angle", "angolo"})
_JOINING = frozenset({"&", "and", "y", "e", "et", "und", "con"})


def _corner(tokens: list[str], known: Words, country: str | None) -> StreetKey | None:
    """ "Cnr George & Market Sts": two streets that meet, whichever is said first."""
    named = tokens[1:] if tokens[:1] and tokens[0] in _CORNER_WORDS else tokens
    named = named[1:] if named is not tokens and named[:1] == ["of"] else named
    at = next((i for i, token in enumerate(named) if i and token in _JOINING), 0)
    sides = named[:at], named[at + 1 :]
    if not at or not sides[1]:
        return None
    plain = _ends_as_street(sides[0], known, country) or ORDINAL.match(sides[0][-1])
    if named is tokens and not (plain and _ends_as_street(sides[1], known, country)):
        return None
    keys = sorted(street_key(" ".join(side), country).name for side in sides)
    return StreetKey("+".join(keys))


def _ends_as_street(tokens: list[str], known: Words, country: str | None) -> bool:
    kind = tokens[0] if known.kind_first else tokens[-1]
    road = numbered_road(tokens, known, country) is not None
    return road or (len(tokens) > 1 and kind in known.kind)


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
    if len(tokens) == 2 and tokens[0] in known.small:  # The Parade
        tokens = tokens[1:]
    if len(tokens) < 2:
        whole = [known.kind.get(token, token) for token in tokens if len(token) > 1] or tokens
        return _split_tail(whole, known, found)
    for place in (0, -1) if known.kind_first else (-1, 0):
        kind = known.kind.get(tokens[place])
        leading_saint = place == 0 and known.name.get(tokens[0]) == "saint"
        trailing_letter = place == -1 and len(tokens[-1]) == 1  # Avenue C
        if kind and not trailing_letter and not (leading_saint and not known.kind_first):
            found.update(kind.split())
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
        token = ORDINAL.sub(r"\1", token)
        token = known.ordinal.get(token) or known.number.get(token) or _inner_word(token, known)
        if named or not _ROMAN_LANGUAGES.isdisjoint(languages):
            token = roman_value(token, alone=bool(named))
        if not _UMLAUT_LANGUAGES.isdisjoint(languages):
            token = token.replace("ae", "a").replace("oe", "o").replace("ue", "u")
        named.append(token.replace(" ", ""))
    if len(named) == 1 and named[0] in known.direction:
        named = [known.direction[named[0]]]
    return named


_SAINTS = frozenset({"saint", "sainte", "san", "santa", "santo", "sao", "sankt", "sint", "street"})


def _inner_word(token: str, known: Words) -> str:
    """The long form of a word inside a name. Only St stays short, which is Saint or Street; all
    forms of Saint are one, since S. is short for each of them."""
    kind = known.kind.get(token) if len(token) > 1 else None
    word = known.name.get(token) or kind or token
    return "st" if word in _SAINTS else word
