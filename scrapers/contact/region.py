"""The country a page speaks from, guessed from its language, its addresses and its words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

import phonenumbers

# Endings of host names that say a country; ".co", ".io", ".me" and ".tv" say nothing.
_NO_COUNTRY = frozenset({"co", "io", "me", "tv", "ai", "cc", "ly", "to", "fm", "eu"})
_CODES = {"uk": "GB"}
_HOST = re.compile(r"(?:https?://|@)[\w.-]{1,100}\.([a-z]{2})(?=[/\"'\s?:<>)]|$)", re.IGNORECASE)
_SIGNS = {
    "US": r"\b[A-Z]{2}\.?,?\s\d{5}(?:-\d{4})?\b|\bU\.?S\.?A\b|\bUnited States\b",
    "CA": r"\b[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d\b|\bCanada\b",
    "GB": r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\bUnited Kingdom\b|\bUK\b|\bEngland\b|£",
    "AU": r"\b(?:NSW|VIC|QLD|TAS)\b|\bAustralia\b|\bABN\b",
    "NZ": r"\bNew Zealand\b|\bAotearoa\b", "IE": r"\bIreland\b|\bCo\. [A-Z]|\bÉire\b",
    "DE": r"\bDeutschland\b|\bGermany\b|\bGmbH\b", "AT": r"\bÖsterreich\b|\bAustria\b",
    "CH": r"\bSchweiz\b|\bSwitzerland\b|\bSuisse\b", "FR": r"\bFrance\b|\bSIRET\b",
    "ES": r"\bEspaña\b|\bSpain\b", "IT": r"\bItalia\b|\bP\. ?IVA\b|\bItaly\b",
    "NL": r"\bNederland\b|\bNetherlands\b|\b\d{4} ?[A-Z]{2} [A-Z][a-z]",
    "SE": r"\bSverige\b|\bSweden\b",
    "DK": r"\bDanmark\b|\bDenmark\b|\bCVR\b", "NO": r"\bNorge\b|\bNorway\b",
    "PL": r"\bPolska\b|\bPoland\b|\bNIP\b", "PT": r"\bPortugal\b", "BE": r"\bBelgi(?:um|que|ë)\b",
    "BR": r"\bBrasil\b|\bBrazil\b|\bCNPJ\b", "MX": r"\bMéxico\b|\bMexico\b", "IN": r"\bIndia\b",
    "SG": r"\bSingapore\b", "HK": r"\bHong Kong\b", "ZA": r"\bSouth Africa\b",
    "JP": r"〒|[都道府県][^\s]{1,6}[市区町村]|\bJapan\b",
    "KR": r"[가-힣]{2,}(?:시|구|로|길)\s|\bKorea\b",
    "CN": r"\bChina\b|中国", "TW": r"\bTaiwan\b|台灣",
}  # fmt: skip
_COMPILED = {code: re.compile(pattern) for code, pattern in _SIGNS.items()}
# The way North America writes numbers, and nobody else.
_NANP = re.compile(r"(?<![\d+])(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{1,2}\d{3}[-. ]\d{4}(?!\d)")
_INTERNATIONAL = re.compile(r"\+\s?(\d{1,3})(?=[\s().-])")
_LANGUAGE_REGION = {
    "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "sv": "SE", "da": "DK", "nb": "NO",
    "no": "NO", "pl": "PL", "ja": "JP", "ko": "KR", "pt": "PT", "fi": "FI", "cs": "CZ", "hu": "HU",
}  # fmt: skip

DEFAULT = "US"


def guesses(text: str, page: str, url: str, language: str | None, country: str | None) -> list[str]:
    """Two letters each, the likeliest first. What is known of the listing (`country`) decides;
    else the signs are counted."""
    if country:
        return [country.upper()]
    votes: Counter[str] = Counter()
    for code, pattern in _COMPILED.items():
        votes[code] += sum(1 for _ in islice(pattern.finditer(text), 4))
    north_american = 2 * sum(1 for _ in islice(_NANP.finditer(text), 5))
    votes["CA" if votes["CA"] > votes["US"] else "US"] += north_american
    for host in (url, *_hosts(page)):
        if code := _country_of(host):
            votes[code] += 6 if host is url else 1
    for number in islice(_INTERNATIONAL.finditer(text), 10):
        votes[phonenumbers.region_code_for_country_code(int(number[1]))] += 1
    if language:
        short, _, region = language.replace("_", "-").partition("-")
        if len(region) == 2 and short.lower() + region.lower() != "enus":
            votes[region.upper()] += 4
        elif short.lower() in _LANGUAGE_REGION:
            votes[_LANGUAGE_REGION[short.lower()]] += 3
    known = {code: count for code, count in votes.items() if len(code) == 2 and code != "ZZ"}
    ranked = sorted(known, key=lambda code: (known[code], code == DEFAULT), reverse=True)
    return list(dict.fromkeys([*ranked[:3], DEFAULT, "GB"]))


def _hosts(page: str) -> list[str]:
    found = Counter(match.group() for match in _HOST.finditer(page[:300_000]))
    return [host for host, _ in found.most_common(8)]


def _country_of(address: str) -> str | None:
    found = _HOST.search(address + "/")
    if not found or found[1].lower() in _NO_COUNTRY:
        return None
    code = found[1].lower()
    code = _CODES.get(code, code.upper())
    return code if code in phonenumbers.SUPPORTED_REGIONS else None
