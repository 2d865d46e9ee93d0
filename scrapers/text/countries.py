"""Two letters for a country, from its names in the languages of the sites we read."""

from __future__ import annotations

from functools import cache

from scrapers.text.clean import line

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "ja", "ko", "zh")
# Everyday names and three-letter codes that the tables of names do not hold.
_OTHERS = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "gbr": "GB", "can": "CA", "aus": "AU", "deu": "DE",
    "fra": "FR", "esp": "ES", "ita": "IT", "jpn": "JP", "kor": "KR", "nld": "NL", "che": "CH",
    "aut": "AT", "irl": "IE", "nzl": "NZ", "prt": "PT", "swe": "SE", "nor": "NO", "dnk": "DK",
    "pol": "PL", "bra": "BR", "mex": "MX", "ind": "IN", "chn": "CN", "korea": "KR",
    "republic of korea": "KR", "대한민국": "KR", "brd": "DE", "holland": "NL",
    "czech republic": "CZ",
}  # fmt: skip


def country_code(name: str | None) -> str | None:
    """ "Deutschland", "DE" or "DEU" → "DE"; a name that no table holds stays as it is."""
    text = line(name, 60)
    if text is None or (len(text) == 2 and text.isascii() and text.isalpha()):
        return text.upper() if text else None
    folded = text.casefold()
    return _OTHERS.get(folded) or _names().get(folded) or text


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(str(name).casefold(), code)
    return names
