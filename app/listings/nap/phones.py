"""Telephone numbers: which line does a text lead to, and do two texts lead to the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers
from phonenumbers import MatchType, PhoneNumber, PhoneNumberType

from app.listings.nap.phone_texts import WHOLE_NUMBER, as_dialled, numbers_in
from app.listings.nap.text import fold
from app.listings.nap.verdict import FieldVerdict, Verdict

MAX_NUMBERS = 20  # of one place; a text that holds more is a directory
MAX_CHARS = 120  # of one number with its label and extension
_SHORTEST_LOCAL = 4  # digits

_MASK = re.compile(r"\d[ ().-]{0,3}(?:[xX*•_#?]{2,}|[*•…]|\.{3})")
_WORD = re.compile(
    r"\(?\b(?!ext|extn|extension|доб|int|anexo|durchwahl)[^\W\d_]{3,}\b\.?\)?:?", re.I
)
_DIGIT = re.compile(r"\d")
_MEXICO = 52
_BRAZIL = 55
_SHARED_LINES = {
    PhoneNumberType.TOLL_FREE: "a toll-free number",
    PhoneNumberType.SHARED_COST: "a shared-cost number",
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
}


@dataclass(frozen=True, slots=True)
class Phone:
    """One number as written, and how it is dialled.

    `digits` are those written. `line` is E.164 without the extension, None where the text gives
    no country and the place has none. `hidden` says that digits are masked or cut off.
    """

    text: str
    digits: str
    number: PhoneNumber | None = field(default=None, compare=False)
    line: str | None = None
    extension: str | None = None
    hidden: bool = False


def read_phones(texts: tuple[str, ...], country: str | None) -> tuple[Phone, ...]:
    """Every number in `texts`, in order, each line once."""
    found: dict[tuple[str, str | None], Phone] = {}
    for text in texts:
        for part in numbers_in(text):
            phone = read_phone(part, country)
            if phone is not None and len(found) < MAX_NUMBERS:
                found.setdefault((phone.line or phone.digits, phone.extension), phone)
    return tuple(found.values())


@lru_cache(maxsize=16_384)
def read_phone(text: str, country: str | None) -> Phone | None:
    """The one number in `text`; None where it holds no digit but zero.

    `country` (two letters) is where the place is: it completes numbers written as at home.
    """
    if len(text) > MAX_CHARS:
        return None
    hidden = bool(_MASK.search(text))
    region = (country or "").upper()
    number = _parse(
        as_dialled(text, region), region if region in phonenumbers.SUPPORTED_REGIONS else None
    )
    digits = "".join(_DIGIT.findall(fold(text)))
    if not digits.strip("0"):
        return None
    if number is None:
        return Phone(text, digits, hidden=hidden)
    return Phone(text, digits, number, _line(number), number.extension or None, hidden)


def _line(number: PhoneNumber) -> str:
    national = phonenumbers.national_significant_number(number)
    if number.country_code == _MEXICO and len(national) == 11:
        national = national.removeprefix("1")  # of mobiles, until 2019
    if number.country_code == _BRAZIL and len(national) == 10 and national[2] in "6789":
        national = f"{national[:2]}9{national[2:]}"  # the ninth digit of mobiles, since 2016
    return f"+{number.country_code}{national}"


def _parse(text: str, region: str | None) -> PhoneNumber | None:
    """The best reading: without the words beside it, as written, or with 00 for +."""
    with_letters = bool(_WORD.search(text))
    bare = _parsed(_WORD.sub(" ", text), region) if with_letters else None
    number = _parsed(text, region)
    for reading in (bare, number):
        if reading and phonenumbers.is_valid_number(reading):
            return reading
    from_abroad = _parsed("+" + fold(text).lstrip(" (")[2:], None) if _dials_00(text) else None
    if from_abroad and phonenumbers.is_valid_number(from_abroad):
        return from_abroad
    return (number or bare) if _is_spelt(text) else (bare or number)


def _is_spelt(text: str) -> bool:
    """Too few digits for a number: the letters are part of it."""
    return len(_DIGIT.findall(text)) <= WHOLE_NUMBER


def _dials_00(text: str) -> bool:
    return fold(text).lstrip(" (").startswith("00")


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def compare_phones(
    expected: tuple[Phone, ...], observed: tuple[Phone, ...], recorded: str, shown: str
) -> FieldVerdict:
    """The best match among all numbers of record and all numbers shown.

    `recorded` and `shown` are the texts both were read from, for the evidence.
    """
    if not expected:
        return _verdict(Verdict.UNREADABLE, "no telephone number of record", recorded, shown)
    if not observed:
        return _verdict(Verdict.UNREADABLE, "no telephone number in it", recorded, shown)
    pairs = [(ours, theirs) for ours in expected for theirs in observed]
    judged = [(*judge_pair(ours, theirs), ours, theirs) for ours, theirs in pairs]
    verdict, why, ours, theirs = min(judged, key=lambda entry: _BEST_FIRST[entry[0]])
    if verdict is Verdict.DIFFERENT:
        return _verdict(verdict, why, recorded, shown)
    return _verdict(verdict, why, ours.text, theirs.text)


# A whole number that leads elsewhere outweighs one that cannot be read.
_BEST_FIRST = {
    Verdict.IDENTICAL: 0,
    Verdict.EQUIVALENT: 1,
    Verdict.DIFFERENT: 2,
    Verdict.UNREADABLE: 3,
}


def is_shared_line(phone: Phone) -> bool:
    """Toll-free and service numbers, which all branches of a chain may share."""
    return _shared_kind(phone) is not None


def _verdict(verdict: Verdict, why: str, expected: str, observed: str) -> FieldVerdict:
    return FieldVerdict(verdict, why, expected, observed)


def judge_pair(expected: Phone, observed: Phone) -> tuple[Verdict, str]:
    """Whether two texts lead to the same line, and why one says so."""
    if expected.text == observed.text:
        return Verdict.IDENTICAL, ""
    if expected.hidden or observed.hidden:
        return Verdict.UNREADABLE, "some digits are hidden"
    if expected.line == observed.line and expected.line is not None:
        return _judge_extensions(expected.extension, observed.extension)
    if _vanity(expected) == _vanity(observed):
        return Verdict.EQUIVALENT, "the same number; letters beyond the last digit are not dialled"
    if expected.digits == observed.digits and expected.extension == observed.extension:
        return Verdict.EQUIVALENT, "the same digits"
    if expected.line and observed.line and not _one_ends_the_other(expected.line, observed.line):
        return _judge_apart(expected, observed)
    match = _match(expected, observed)
    # With both lines known, and not the same, they differ by a zero that is dialled.
    same = match in (MatchType.EXACT_MATCH, MatchType.NSN_MATCH)
    if same and not (expected.line and observed.line):
        return Verdict.EQUIVALENT, "the same number, written differently"
    if match == MatchType.SHORT_NSN_MATCH and _one_is_local(expected, observed):
        return _judge_short(expected, observed)
    return _judge_apart(expected, observed)


def _judge_extensions(expected: str | None, observed: str | None) -> tuple[Verdict, str]:
    if expected == observed:
        return Verdict.EQUIVALENT, "the same number, written differently"
    if expected and observed:
        return Verdict.DIFFERENT, f"another extension: {observed} instead of {expected}"
    if expected:
        return Verdict.EQUIVALENT, f"the same line without extension {expected}"
    return Verdict.EQUIVALENT, f"the same line with extension {observed}"


def _one_ends_the_other(ours: str, theirs: str) -> bool:
    """Whether the shorter could be a part of the longer: its last digits are the same."""
    return ours[-_SHORTEST_LOCAL:] == theirs[-_SHORTEST_LOCAL:]


def _one_is_local(expected: Phone, observed: Phone) -> bool:
    """The shorter number cannot be dialled from elsewhere, and the longer one can: with both
    whole, a digit too many is a wrong number."""
    short, long = sorted((expected, observed), key=lambda phone: len(phone.line or phone.digits))
    if short.number is None or long.number is None:
        return True
    valid = phonenumbers.is_valid_number
    # A trunk prefix is dialled before an area code, never before a local number.
    before = short.digits.partition(str(short.number.national_number))[0]
    local = before in ("", str(short.number.country_code)) and not valid(short.number)
    return local and (valid(long.number) or long.digits.endswith(short.digits))


def _vanity(phone: Phone) -> str:
    """The line of a number spelt with more letters than are dialled: 1-800-MATTRESS."""
    if phone.number is None or not (_WORD.search(phone.text) and _is_spelt(phone.text)):
        return phone.line or phone.text
    dialled = PhoneNumber(
        country_code=phone.number.country_code, national_number=phone.number.national_number
    )
    phonenumbers.truncate_too_long_number(dialled)
    return _line(dialled)


def _match(expected: Phone, observed: Phone) -> int:
    """libphonenumber's own comparison; a number without a country takes the other's."""
    return phonenumbers.is_number_match(
        expected.number or expected.text, observed.number or observed.text
    )


def _judge_short(expected: Phone, observed: Phone) -> tuple[Verdict, str]:
    if min(len(expected.digits), len(observed.digits)) < WHOLE_NUMBER - 1:
        return Verdict.UNREADABLE, "only its last digits are shown"
    if expected.extension and observed.extension and expected.extension != observed.extension:
        return _judge_extensions(expected.extension, observed.extension)
    return Verdict.EQUIVALENT, "the same number, one without its area code"


def _judge_apart(expected: Phone, observed: Phone) -> tuple[Verdict, str]:
    if expected.number is None and ("+" in expected.text or len(expected.digits) < WHOLE_NUMBER):
        return Verdict.UNREADABLE, "the number of record is not a whole number"
    short = len(observed.digits) < WHOLE_NUMBER - 1 and not _is_spelt_out(observed)
    if short or _cut_off(expected, observed):
        return Verdict.UNREADABLE, "the number shown is cut off"
    kind = _shared_kind(observed)
    if kind:
        return Verdict.DIFFERENT, f"{kind} instead, perhaps one that counts calls"
    return Verdict.DIFFERENT, "another number"


def _is_spelt_out(phone: Phone) -> bool:
    """1-800-FLOWERS has few digits and is whole."""
    return phone.number is not None and phonenumbers.is_valid_number(phone.number)


@lru_cache(maxsize=4_096)
def _shared_kind(phone: Phone) -> str | None:
    number = phone.number
    return _SHARED_LINES.get(phonenumbers.number_type(number)) if number else None


def _cut_off(expected: Phone, observed: Phone) -> bool:
    """The observed digits are the beginning of the expected ones and no more."""
    ours = expected.line or expected.digits
    theirs = observed.line or observed.digits
    return len(theirs) < len(ours) and ours.startswith(theirs)
