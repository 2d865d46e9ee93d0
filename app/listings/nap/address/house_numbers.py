"""House numbers in street lines: where they stand, and what belongs to them."""

from __future__ import annotations

import re
from functools import lru_cache

from app.listings.nap.address.numbered_roads import is_road
from app.listings.nap.address.text import words
from app.listings.nap.address.words import Words, country_facts

# A house number as written: 12, 12a, 12 bis, 12-14, 12/3, 123 1/2, 221-B, N6W23001.
NUMBER = (
    r"\d+(?:[ ]?(?:bis|ter|quater)\b|[^\W\d_](?![\w'’])|[ ][^\W\d_](?![\w'’./:]))?"
    r"(?:[ ]?[-/–+&][ ]?(?:\d+[^\W\d_]?|[^\W\d_])(?![\w'’]))*(?:[ ]\d/\d(?!\w))?"
)
_STARTS = re.compile(rf"({NUMBER})(?![\w])[ ,.]*(?=\D)", re.IGNORECASE)
_ENDS = re.compile(rf"(?:^|[ ,.])({NUMBER})[ .]*$", re.IGNORECASE)
_ONLY = re.compile(rf"{NUMBER}\.?", re.IGNORECASE)
_LONE_FLOOR = re.compile(r"\d{1,2}/?F", re.IGNORECASE)
BARE_NUMBER = re.compile(r"s/n|s\.n\.|sn|sin número|sem número|snc", re.IGNORECASE)
_LETTERED = r"(?:blk|block|(?!no)[A-Z]{1,2})(?:\.?[-/ ])?\d+(?:[-/]\d+)?[A-Z]?"
_LETTERED_ONLY = re.compile(_LETTERED, re.IGNORECASE)
_LETTERED_FIRST = re.compile(rf"({_LETTERED})[ ,]+(?=[^\W\d])", re.IGNORECASE)
_LETTERED_LAST = re.compile(rf"(?<=\w)[ ,]({_LETTERED})$", re.IGNORECASE)
_DUTCH_ORDINAL = re.compile(r"\d+e ")
_LONE_ORDINAL = re.compile(r"\d{1,2}\.?[º°ª]\.?")
_ORDINAL_START = re.compile(r"\d+(?:st|nd|rd|th|er|re|eme|º|ª|ste|de)(?!\w)", re.IGNORECASE)


def lone_number(segment: str, known: Words) -> str | None:
    """The house number that `segment` consists of ("112", "д. 20", "s/n"), if it does."""
    if _LONE_FLOOR.fullmatch(segment) or _LONE_ORDINAL.fullmatch(segment):
        return None
    if known.lettered and _LETTERED_ONLY.fullmatch(segment):
        return segment
    if not any(c.isdigit() for c in segment) and not BARE_NUMBER.fullmatch(segment):
        return None
    if _ONLY.fullmatch(segment) or BARE_NUMBER.fullmatch(segment):
        return segment.rstrip(".")
    if segment.startswith("#") and not known.kind_first:
        return None
    signed = number_after_sign(segment, known)
    return signed[0] if signed and not (signed[1] or signed[2]) else None


def number_after_sign(line: str, known: Words) -> tuple[str, str, str] | None:
    """ "Calle Yucatán No. 45" → 45, and what stands before and behind. The sign is dropped."""
    match = _sign_pattern(known).search(line)
    if not match:
        return None
    before, after = line[: match.start()].strip(" ,"), line[match.end() :].strip(" ,.")
    return match.group(1), before, after


@lru_cache(maxsize=300)
def _sign_pattern(known: Words) -> re.Pattern[str]:
    """Finds a number that a word or sign announces; one letter needs its full stop ("д. 20")."""
    long = "|".join(re.escape(s) for s in known.sign if len(s) > 1) or "no"
    short = "|".join(s for s in known.sign if len(s) == 1 and s.isalpha()) or "n"
    return re.compile(
        rf"(?:^|[ ,.])(?:(?:{long})\.?[ :]*|(?:{short})(?:\.[o°º]?|[°º])[ :]*|#[ ]?)"
        rf"({NUMBER})(?!\w)",
        re.IGNORECASE,
    )


def split_number(line: str, known: Words, numbered: bool) -> tuple[str | None, str]:
    """(house number, the rest) of a street line; `numbered`: no number at its end is one."""
    if known.lettered and not numbered and (lettered := _split_lettered(line, known)):
        return lettered
    first = None if _starts_with_ordinal(line, known) else _STARTS.match(line)
    last = None if numbered else _ENDS.search(line)
    if first and last and last.start(1) > 0 and _numeric_name(line, first, known):
        first = None
    if first and not _is_whole_name(line[first.end() :]):
        number, rest = first.group(1).strip(), line[first.end() :]
        head, _, letter = number.rpartition(" ")
        if head and (letter.lower() in known.direction or letter in known.kind):  # "100 N Main St"
            return head, f"{letter} {rest}"
        return number, rest
    if last and last.start(1) > 0 and not _numbers_the_street(line[: last.start(1)], known):
        return last.group(1).strip(), line[: last.start(1)]
    return None, line


def _starts_with_ordinal(line: str, known: Words) -> bool:
    """ "1e Helmersstraat" where "1e" is a word; elsewhere 1e is a house number."""
    match = _ORDINAL_START.match(line) or ("1e" in known.ordinal and _DUTCH_ORDINAL.match(line))
    return bool(match)


def _split_lettered(line: str, known: Words) -> tuple[str, str] | None:
    """ "A-12 Connaught Place", "Avenida Amazonas N23-45", "Blk 123 Bedok North Street 2"."""
    if first := _LETTERED_FIRST.match(line):
        return first[1], line[first.end() :]
    last = _LETTERED_LAST.search(line) if known.kind_first else None
    return (last[1], line[: last.start()]) if last else None


def leads_with_letters(line: str, known: Words) -> bool:
    """Whether `line` begins with such a number, which is then no unit."""
    return known.lettered and bool(_LETTERED_FIRST.match(line))


def _numeric_name(line: str, first: re.Match[str], known: Words) -> bool:
    """ "20 de Noviembre 855", "3 Maja 12": the first number belongs to the name. Where the type
    comes first, none stands between a house number and the name."""
    follower = words(line[first.end() :])[:1]
    if not follower:
        return False
    nameless = known.kind_first and follower[0] not in known.kind
    return nameless or follower[0] in {"de", "di", "th", "st"}


def _is_whole_name(rest: str) -> bool:
    return not any(c.isalpha() for c in rest)


def _numbers_the_street(before: str, known: Words) -> bool:
    """Whether a number after `before` names the street ("Highway 61", "Calle 39")."""
    tokens = words(before)
    if not tokens or is_road(tokens, known):
        return True
    kind = known.kind.get(tokens[-1])
    if kind is None or not (known.kind_first or kind in NUMBERED_KINDS):
        return False
    return len(tokens) == 1 or (len(tokens) == 2 and tokens[0] in _NUMBERED_BY)


_NUMBERED_BY = frozenset({"county", "state", "us", "old", "farm", "forest", "national"})
NUMBERED_KINDS = frozenset({"highway", "route", "road", "avenue", "street", "freeway"})


_UNIT_FIRST = {
    "slash": re.compile(r"(\d+[a-z]?)\s*/\s*(\d+[a-z]?(?:-\d+)?)", re.IGNORECASE),
    "dash": re.compile(r"(\d+[a-z]?)\s*[-–]\s*(\d+[a-z]?)", re.IGNORECASE),
}
# Beyond this distance 250-1253 is room 250 at number 1253 and no row of houses.
_LONGEST_ROW = 20


def unit_before(house: str | None, country: str | None) -> tuple[str, str] | None:
    """(unit, house) of "5/48 Pirrama Road" (Australia) and "250-1253 McGill" (Canada)."""
    pattern = _UNIT_FIRST.get(country_facts(country).get("unit_first", ""))
    match = pattern.fullmatch(house or "") if pattern else None
    if not match:
        return None
    unit, number = match.groups()
    row = "/" not in match.group() and 0 < _leading(number) - _leading(unit) <= _LONGEST_ROW
    return None if row else (unit, number)


def with_addition(street: str, house: str, country: str | None) -> tuple[str, str]:
    """(street, house) with the Dutch addition behind a space: "Kade 21" and "2" are 21-2."""
    name, _, number = street.rpartition(" ")
    addition = country_facts(country).get("addition") and house.isdigit()
    if addition and name and number.isdigit() and len(number) < 4:
        return name, f"{number}-{house}"
    return street, house


def _leading(number: str) -> int:
    return int(re.match(r"\d+", number).group())  # type: ignore[union-attr]
