"""The words of street lines by country, from data/words.toml and data/countries.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from app.listings.nap.address.text import fold

_DATA = files("app.listings.nap.address") / "data"
# Countries without languages of their own in countries.toml: the three that the world's
# directories write addresses in. Where no country is known, any of the large languages.
_GENERAL_LANGUAGES = ("en", "fr", "es")
_ANY_LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "nl")


@lru_cache(maxsize=8)
def table(name: str) -> dict[str, Any]:
    """One of the package's data files, read once."""
    return tomllib.loads((_DATA / name).read_text("utf-8"))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Spelling → meaning for each use of a word (see words.toml); `spoken` says which languages
    have a street type or a system of roads. Equal only to itself, so that what is built from it
    can be kept by it."""

    kind: dict[str, str] = field(default_factory=dict)
    tail: dict[str, str] = field(default_factory=dict)
    direction: dict[str, str] = field(default_factory=dict)
    unit: dict[str, str] = field(default_factory=dict)
    number: dict[str, str] = field(default_factory=dict)
    ordinal: dict[str, str] = field(default_factory=dict)
    name: dict[str, str] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)
    box: dict[str, str] = field(default_factory=dict)
    sign: dict[str, str] = field(default_factory=dict)
    small: dict[str, str] = field(default_factory=dict)
    town: dict[str, str] = field(default_factory=dict)
    road: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, set[str]] = field(default_factory=dict)
    kind_first: bool = False
    lettered: bool = False


# Languages that put the street type before the name.
_KIND_FIRST = frozenset(
    {"fr", "es", "it", "pt", "ro", "pl", "ru", "uk", "bg", "el", "hr", "ms", "vi", "ar", "he", "th"}
)


def country_facts(country: str | None) -> dict[str, Any]:
    """The entry of `country` in countries.toml; empty for countries without one."""
    return table("countries.toml").get(country or "", {})


@lru_cache(maxsize=300)
def languages_of(country: str | None) -> tuple[str, ...]:
    """The languages of street lines in `country`, the first being the usual one."""
    if country is None:
        return _ANY_LANGUAGES
    languages = country_facts(country).get("languages")
    if languages is None:
        groups = table("countries.toml")["language_groups"]
        languages = [name for name, members in groups.items() if country in members.split()]
        languages += [name for name in _GENERAL_LANGUAGES if name not in languages]
    return tuple(languages)


@lru_cache(maxsize=300)
def words_of(country: str | None) -> Words:
    """The words of all languages of `country`; the first language wins where they disagree."""
    languages = languages_of(country)
    merged = Words(
        kind_first=languages[0] in _KIND_FIRST,
        lettered=bool(country_facts(country).get("lettered")),
    )
    for language in languages:
        for use, meanings in table("words.toml").get(language, {}).items():
            if use == "direction" and language == "en" != languages[0]:
                continue  # where English is a guest, SW and the like are words of the hosts
            known = getattr(merged, use)
            for meaning, spellings in meanings.items():
                for spelling in fold(spellings).split():
                    known.setdefault(spelling, meaning)
                if use in ("kind", "tail", "road"):
                    for said in meaning.split():
                        merged.spoken.setdefault(said, set()).add(language)
    for ending in sorted(merged.tail, key=len, reverse=True):  # steenweg before weg
        merged.tail[ending] = merged.tail.pop(ending)
    return merged


def kind_of(token: str, known: Words) -> str | None:
    """The street type that `token` is, or ends in ("hauptstr" → strasse)."""
    ending = _ending_of(token, known)
    return known.kind.get(token) or (known.tail[ending] if ending else None)


def stem_of(token: str, known: Words) -> str:
    """What stands before a street type that is joined to it; "" where none is."""
    ending = "" if token in known.kind else _ending_of(token, known)
    return token[: -len(ending)] if ending else ""


def _ending_of(token: str, known: Words) -> str:
    for ending in known.tail:
        if len(ending) > 2 and len(token) > len(ending) + 1 and token.endswith(ending):
            return ending
    return ""


def is_surely_street(word: str, known: Words) -> bool:
    """Whether `word` is a street type, and not one that names of towns also have."""
    kind = kind_of(word, known) if len(word) > 1 or known.kind_first else None
    return kind is not None and kind not in known.town
