"""How countries write their postal codes, and where the town stands: as patterns."""

from __future__ import annotations

import re

from scrapers.contact.address_words import AU_STATES, CA_PROVINCES, US_STATES


def one_of(names: dict[str, str]) -> str:
    """A pattern for the short forms as they are, and the names in any case."""
    full = "|".join(sorted((re.escape(name) for name in names.values()), key=len, reverse=True))
    short = "|".join(sorted(names, key=len, reverse=True))
    return rf"(?:{short})\b\.?|(?i:{full})\b"


# Codes that stand behind the town (group `region` where a state stands before the code) …
BEHIND_TOWN = {
    "US": re.compile(
        rf"\b(?P<region>{one_of(US_STATES)})[\s,.|-]{{0,4}}(?P<code>\d{{5}}(?:-\d{{4}})?)(?!\d)"
    ),
    "AU": re.compile(rf"\b(?P<region>{one_of(AU_STATES)})[\s,|]{{1,3}}(?P<code>\d{{4}})(?!\d)"),
    "CA": re.compile(
        rf"(?:\b(?P<region>{one_of(CA_PROVINCES)})[\s,.|-]{{0,4}})?"
        r"\b(?P<code>[A-CEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z][ -]?\d[A-CEGHJ-NPR-TV-Z]\d)\b"
    ),
    "GB": re.compile(r"\b(?P<code>(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)\s{0,2}\d[ABD-HJLNP-UW-Z]{2})\b"),
    "SG": re.compile(r"\bSingapore[\s,]{1,3}(?P<code>\d{6})\b"),
    "IN": re.compile(r"\b[A-Z][a-z]{2,20}\s?[-–]\s?(?P<code>\d{3}\s?\d{3})\b"),
    "BR": re.compile(r"\b(?:(?i:cep):?\s{0,2})?(?P<code>\d{5}-\d{3})\b"),
    "IE": re.compile(r"\b(?P<code>(?:[AC-FHKNPRTV-Y]\d{2}|D6W)\s?[0-9AC-FHKNPRTV-Y]{4})\b"),
}  # fmt: skip
# … and before it. These are too common as mere numbers to count without a street.
_TOWN = r"(?P<town>[A-ZÀ-ÝĄĆĘŁŃÓŚŹŻČŘŠŽŐŰ][^\W\d_]{1,30}(?:[ '’./-]{1,2}[^\W\d_]{1,30}){0,4})"
BEFORE_TOWN = {
    "NL": re.compile(rf"\b(?P<code>\d{{4}}\s?[A-Z]{{2}})[\s,]{{1,3}}{_TOWN}"),
    "PL": re.compile(rf"\b(?P<code>\d{{2}}-\d{{3}})[\s,]{{1,3}}{_TOWN}"),
    "PT": re.compile(rf"\b(?P<code>\d{{4}}-\d{{3}})[\s,–-]{{1,3}}{_TOWN}"),
    "SE": re.compile(rf"\b(?:SE?[- ])?(?P<code>\d{{3}}\s?\d{{2}})[\s,]{{1,3}}{_TOWN}"),
}
# Countries that write four or five digits before the town.
_DIGITS = {
    4: re.compile(rf"(?<![\d-])(?:[A-Z]{{1,2}}-)?(?P<code>\d{{4}})[\s,]{{1,3}}{_TOWN}"),
    5: re.compile(rf"(?<![\d-])(?:[A-Z]{{1,2}}-)?(?P<code>\d{{5}})[\s,]{{1,3}}{_TOWN}"),
}
for _country in ("AT", "CH", "BE", "DK", "NO", "LU", "HU"):
    BEFORE_TOWN[_country] = _DIGITS[4]
for _country in ("DE", "FR", "ES", "IT", "FI", "MX", "TR", "GR", "HR"):
    BEFORE_TOWN[_country] = _DIGITS[5]
LETTERS = {
    "D": "DE", "DE": "DE", "A": "AT", "AT": "AT", "CH": "CH", "B": "BE", "BE": "BE", "F": "FR",
    "FR": "FR", "I": "IT", "IT": "IT", "E": "ES", "ES": "ES", "NL": "NL", "S": "SE", "SE": "SE",
    "DK": "DK", "N": "NO", "NO": "NO", "FI": "FI", "FIN": "FI", "L": "LU", "LU": "LU", "PL": "PL",
    "P": "PT", "CZ": "CZ", "SK": "SK", "H": "HU", "SI": "SI", "HR": "HR", "GR": "GR",
}  # fmt: skip
LETTERED = re.compile(
    rf"\b(?P<country>[A-Z]{{1,3}})\s?[-–]\s?(?P<code>\d{{2,5}}[ -]?\d{{0,3}}(?:\s?[A-Z]{{2}}\b)?)"
    rf"[\s,]{{1,3}}{_TOWN}"
)
# Japan writes from the large to the small, behind a code of its own.
JAPAN = re.compile(
    r"〒?\s?(?P<code>\d{3}[-−ー]\d{4})\s{0,3}(?P<region>[^\s\d]{2,3}[都道府県])?"
    r"(?P<town>[^\s\d]{1,6}?[市区郡])?(?P<street>[^\n]{2,60})"
)
KOREA = re.compile(
    r"(?:\(?(?P<code>\d{5})\)?\s{0,2})?(?P<region>서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북"
    r"|전남|경북|경남|제주)(?P<more>[가-힣]{0,5})\s(?P<town>[가-힣]{1,5}[시군구](?:\s[가-힣]{1,5}구)?)\s"
    r"(?P<street>[가-힣\d]{1,20}(?:로|길|동|가)\s?\d[\d-]{0,10}[^\n]{0,30})"
)
