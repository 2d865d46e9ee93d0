"""Telephone and fax numbers in plain text, by the numbering plans of phonenumbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

MAX_TEXT = 200_000
MAX_NUMBERS = 300

_FAX_BEFORE = re.compile(
    r"(?:fax|facsimile|télécopieur?|팩스|ファックス|ファクス|传真|傳真|факс)[^\d\n]{0,25}\n?[^\d\n]{0,8}\Z"
    r"|(?:^|[\s|,;/(])f\s?[:.)]?\s{0,3}\Z",
    re.IGNORECASE,
)
_PHONE_BEFORE = re.compile(
    r"(?:tel|phone|telefon|fon|call|mobile|cell|전화|電話|voice)\b[^\d\n]{0,12}\Z", re.IGNORECASE
)
_FAX_AFTER = re.compile(r"\s{0,3}[(\[]?\s?fax\b(?!\s?[:.])", re.IGNORECASE)
_BOTH = re.compile(r"(?:tel|phone|telefon)\w{0,4}\.?\s?[/&+]\s?(?:tele)?fax", re.IGNORECASE)
# Letters for digits, as on American number pads: "303.333.PAUL".
_VANITY = re.compile(
    r"(?<![\w.])(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{1,2}"
    r"(?:\d{3}[-. ][A-Z]{4}|[A-Z]{3}[-. ]?[A-Z]{4})(?!\w)"
)
# What reads like a number and is none: dates, identifiers behind a name of theirs.
_NO_PHONE_BEFORE = re.compile(
    r"(?:\bvat|\bbtw|\btva|\bmwst|\babn|\bacn|registration|reg(?:istered)?\.?|company|licen[cs]e|isbn|issn|order|item"
    r"|account|model|sku|cif|nif|siret|siren|kvk|hrb|ust-?id\w*|iban|사업자\s?등록번호|登録番号)"
    r"[^\d\n]{0,25}\n?[^\d\n]{0,5}\Z",
    re.IGNORECASE,
)


# Ranges of postal codes, dates, and models ("500/600/1200").
_NO_PHONE = re.compile(r"[^/]*/[^/]*/.*|\d{5}\s?-\s?\d{5}|[0-3]\d[./-]?[01]\d[./-]?(?:19|20)\d\d")
_EXTENSION = re.compile(r"[\s,;]{0,3}(?:x|ext\.?|extension|#)\s?\d{1,6}\Z", re.IGNORECASE)
# "0032 56 …": the way out of most countries, written for "+".
_ABROAD = re.compile(r"(?<![\d+.)/-])(?<!\d\s)00(?=[1-9]\d{1,2}[\s./(-])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, its international form, and where it stands in the text."""

    written: str
    e164: str
    is_fax: bool
    start: int


def numbers(text: str, region: str) -> list[Number]:
    """The numbers of `text`, in order; `region` is the country they are dialled in."""
    text = _ABROAD.sub(" +", text[:MAX_TEXT])
    found = [*_matched(text, region), *_vanity(text, region)]
    return sorted(found, key=lambda number: number.start)[:MAX_NUMBERS]


def _matched(text: str, region: str) -> Iterator[Number]:
    for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID, max_tries=2_000):
        before = text[max(0, match.start - 45) : match.start]
        if _NO_PHONE_BEFORE.search(before) or _NO_PHONE.fullmatch(match.raw_string):
            continue
        yield _number(match.raw_string, match.number, match.start, before, text[match.end :][:12])


def _vanity(text: str, region: str) -> Iterator[Number]:
    if region not in ("US", "CA"):
        return
    for match in _VANITY.finditer(text):
        digits = phonenumbers.convert_alpha_characters_in_number(match.group())
        try:
            parsed = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            before = text[max(0, match.start() - 45) : match.start()]
            yield _number(match.group(), parsed, match.start(), before, text[match.end() :][:12])


def _number(
    written: str, parsed: phonenumbers.PhoneNumber, start: int, before: str, after: str
) -> Number:
    is_fax = bool(_FAX_BEFORE.search(before)) and not _BOTH.search(before)
    is_fax = is_fax or (bool(_FAX_AFTER.match(after)) and not _PHONE_BEFORE.search(before))
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Number(_EXTENSION.sub("", written).strip(), e164, is_fax, start)


def unique(found: list[Number]) -> tuple[list[str], list[str]]:
    """Phones and faxes as first written, each line once; a line named as a fax anywhere on the
    page is a fax, unless it is more often a phone."""
    votes: Counter[str] = Counter()
    for number in found:
        votes[number.e164] += 1 if number.is_fax else -1
    phones: dict[str, str] = {}
    faxes: dict[str, str] = {}
    for number in found:
        (faxes if votes[number.e164] > 0 else phones).setdefault(number.e164, number.written)
    return list(phones.values()), list(faxes.values())
