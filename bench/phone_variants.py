"""Telephone numbers in every spelling: false alarms and misses among generated pairs.

A false alarm is the same line judged `different`; a miss is one changed digit judged anything else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from app.listings.nap.phones import compare_phones, read_phones
from app.listings.nap.verdict import AGREEING, Verdict

COUNTRIES = (
    "US CA GB IE DE AT CH FR BE NL LU ES PT IT DK SE NO FI PL CZ SK HU RO BG GR TR RU UA IL AE SA "
    "ZA EG NG KE IN PK BD TH VN MY SG ID PH JP KR CN HK TW AU NZ BR AR CL CO MX PE"
).split()
PAIRS = 10_000

_FULL_WIDTH = str.maketrans("0123456789()-+ ", "０１２３４５６７８９（）－＋　")


def _national(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def _international(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


SPELLINGS: tuple[Callable[[PhoneNumber], str], ...] = (
    _national,
    _international,
    lambda number: phonenumbers.format_number(number, PhoneNumberFormat.E164),
    lambda number: phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
    lambda number: "00" + _international(number)[1:],
    lambda number: re.sub(r"\D", "", _national(number)),
    lambda number: re.sub(r"\D+", ".", _national(number)).strip("."),
    lambda number: re.sub(r"\D+", "-", _national(number)).strip("-"),
    lambda number: re.sub(r"\D+", " ", _national(number)).strip(),
    lambda number: _national(number).translate(_FULL_WIDTH),
    lambda number: "Tel. " + _national(number),
    lambda number: "Phone: " + _international(number),
    lambda number: f"{_international(number)} (office)",
    lambda number: "\u202a" + _international(number) + "\u202c",
    lambda number: f"call {_national(number)} now",
)


def random_number(rng: random.Random) -> tuple[PhoneNumber, str]:
    """A valid number and its country: an example of the numbering plan with other last digits."""
    while True:
        country = rng.choice(COUNTRIES)
        kind = rng.choice(
            (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
        )
        example = phonenumbers.example_number_for_type(country, kind)
        if example is None:
            continue
        national = str(example.national_number)
        tail = "".join(rng.choice("0123456789") for _ in range(5))
        example.national_number = int(national[:-5] + tail)
        if phonenumbers.is_valid_number_for_region(example, country):
            return example, country


def change_one_digit(text: str, rng: random.Random) -> str:
    """`text` with one of its digits replaced by another."""
    where = rng.choice([found.start() for found in re.finditer(r"\d", text)])
    digit = rng.choice([d for d in "0123456789" if d != str(int(text[where]))])
    return text[:where] + digit + text[where + 1 :]


def _still_dials(number: PhoneNumber, text: str, country: str) -> bool:
    """The digit stood before the number, and 09 or a bare country code lead to it as well."""
    try:
        return phonenumbers.parse(re.sub(r"[^\W\d_]+", "", text), country) == number
    except phonenumbers.NumberParseException:
        return False


def judge(ours: str, theirs: str, country: str) -> Verdict:
    sides = read_phones((ours,), country), read_phones((theirs,), country)
    return compare_phones(*sides, ours, theirs).verdict


def false_alarms(rng: random.Random, pairs: int) -> list[tuple[str, str, str, Verdict]]:
    found = []
    for _ in range(pairs):
        number, country = random_number(rng)
        ours, theirs = (spelling(number) for spelling in rng.sample(SPELLINGS, 2))
        verdict = judge(ours, theirs, country)
        if verdict not in AGREEING:
            found.append((country, ours, theirs, verdict))
    return found


def misses(rng: random.Random, pairs: int) -> list[tuple[str, str, str, Verdict]]:
    found = []
    for _ in range(pairs):
        number, country = random_number(rng)
        ours, theirs = (spelling(number) for spelling in rng.sample(SPELLINGS, 2))
        theirs = change_one_digit(theirs, rng)
        verdict = judge(ours, theirs, country)
        if verdict is not Verdict.DIFFERENT and not _still_dials(number, theirs, country):
            found.append((country, ours, theirs, verdict))
    return found


def main() -> None:
    rng = random.Random(4)
    for name, found in (
        ("same line judged otherwise", false_alarms(rng, PAIRS)),
        ("changed digit not judged different", misses(rng, PAIRS)),
    ):
        print(f"{name:36} {len(found)} of {PAIRS:,} pairs in {len(COUNTRIES)} countries")
        for country, ours, theirs, verdict in found[:10]:
            print(f"   {country} {ours} | {theirs} | {verdict}")


if __name__ == "__main__":
    main()
