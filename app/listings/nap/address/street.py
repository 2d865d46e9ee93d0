"""Street lines: house number, street, unit, building and post office box, by the country's words.

Works on the lines that are left once postal code, locality, region and country are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.listings.nap.address.house_numbers import (
    NUMBERED_KINDS,
    leads_with_letters,
    lone_number,
    number_after_sign,
    split_number,
    unit_before,
    with_addition,
)
from app.listings.nap.address.text import fold, words
from app.listings.nap.address.units import is_unit, unit_pattern
from app.listings.nap.address.words import Words, kind_of, words_of

_BOX = re.compile(
    r"(?:(?<!\d)\d{2,3} )?\b(?:p\.? ?o\.? ?b(?:ox|\b)\.?|post office box|post box|pmb|"
    r"g\.? ?p\.? ?o\.? ?box|"
    r"locked bag|private bag|b\.? ?p\.?(?= ?\d)|boite postale|c\.? ?p\.?(?= ?\d{1,4}\b)|casilla|"
    r"apartado(?: postal| de correos)?|apdo\.?|postfach|postbus|postboks|caixa postal|"
    r"casella postale|box|tsa|pf\.?)[ :#]*(?:no\.? ?)?[\w–-]*\d[\w–-]*",
    re.IGNORECASE,
)


@dataclass
class StreetLines:
    """What the street lines of an address say; parts as written."""

    house_number: str | None = None
    street: str | None = None
    unit: list[str] = field(default_factory=list)
    building: list[str] = field(default_factory=list)
    district: list[str] = field(default_factory=list)
    po_box: str | None = None


def read_street_lines(segments: list[str], country: str | None) -> StreetLines:
    """Takes the `segments` (comma or line apart, in written order) of a street address apart."""
    known = words_of(country)
    found = StreetLines()
    rest = [left for segment in segments if (left := _take_box(segment, found))]
    main = _street_segment(rest, known)
    beside = (rest[i] for i in (main - 1, main + 1) if 0 <= i < len(rest))
    numbered = main >= 0 and any(lone_number(segment, known) for segment in beside)
    for index, segment in enumerate(rest):
        if index == main:
            _read_street(segment, known, found, numbered)
            _by_country(found, country)
        elif number := lone_number(segment, known):
            _take_lone_number(number, found, index > main)
        elif is_unit(segment, known):
            found.unit.append(segment)
        elif main < index and not any(c.isdigit() for c in segment):
            found.district.append(segment)
        else:
            found.building.append(segment)
    return found


def _take_box(segment: str, found: StreetLines) -> str:
    match = _BOX.search(segment)
    if not match or found.po_box:
        return segment
    found.po_box = match.group().strip()
    return (segment[: match.start()] + " " + segment[match.end() :]).strip(" ,")


def _take_lone_number(segment: str, found: StreetLines, after_street: bool) -> None:
    if found.house_number is None:
        found.house_number = segment
    elif after_street:
        found.unit.append(segment)
    else:
        found.building.append(found.house_number)
        found.house_number = segment


def _street_segment(segments: list[str], known: Words) -> int:
    """Index of the segment that holds the street; -1 where there is none."""
    best, best_score = -1, 0
    for index, segment in enumerate(segments):
        score = _street_score(segment, known)
        if score > best_score:
            best, best_score = index, score
    return best


def _street_score(segment: str, known: Words) -> int:
    if lone_number(segment, known) or is_unit(segment, known):
        return 0
    tokens = words(unit_pattern(known).sub(" ", fold(segment)))
    has_number = any(t[0].isdigit() for t in tokens)
    kinds = [kind for t in _kind_places(tokens, known) if (kind := kind_of(t, known))]
    weight = max((1 if kind in known.town else 3 for kind in kinds), default=0)
    return 1 + 2 * has_number + weight if tokens else 0


def _kind_places(tokens: list[str], known: Words) -> list[str]:
    """The words of a segment that could be its street type: the first where the type leads,
    else the last before numbers and points of the compass, or the first of "Avenue C"."""
    if len(tokens) < 2:
        return [t for t in tokens if t not in known.kind]
    if known.kind_first:
        return tokens[:2]
    ends = [t for t in tokens if not t[0].isdigit() and t not in known.direction]
    leading = [t for t in tokens[:1] if known.kind.get(t) in NUMBERED_KINDS and t != "st"]
    return [t for t in (*ends[-1:], *leading) if len(t) > 1]


def box_end(text: str) -> int:
    """Where a post office box in `text` ends; 0 without one."""
    match = _BOX.search(text)
    return match.end() if match else 0


# Streets ----------------------------------------------------------------------------------------


def _read_street(segment: str, known: Words, found: StreetLines, numbered: bool) -> None:
    """`numbered`: the house number stands in a line beside, what ends this one is the name."""
    line = _split_units(segment, known, found)
    head, _, last = line.rpartition(" ")
    if found.unit and fold(last).strip(".") in known.sign:  # "… number" before the unit
        line = head
    sign = number_after_sign(line, known)
    if sign and sign[1][:1].isdigit() and not known.kind_first:  # "123 Main Street number 2f"
        found.unit.append(sign[0])
        line = sign[1]
        sign = None
    if sign:
        found.house_number, line, rest = sign
        if rest and is_unit(rest, known):
            found.unit.append(rest)
        elif rest:
            line = f"{line} {rest}".strip()
    elif found.house_number is None:
        found.house_number, line = split_number(line, known, numbered)
    found.street = line.strip(" ,-–.;") or None
    if line.rstrip(" ,-–").endswith(".") and found.street:
        found.street += "."


def _by_country(found: StreetLines, country: str | None) -> None:
    """Units before the house number, and additions behind it, where a country has such."""
    if apart := unit_before(found.house_number, country):
        found.unit.insert(0, apart[0])
        found.house_number = apart[1]
    if found.street and found.house_number:
        found.street, found.house_number = with_addition(found.street, found.house_number, country)


def _split_units(segment: str, known: Words, found: StreetLines) -> str:
    """Takes units off the end (or, before a number, the start) of a street line."""
    folded = fold(segment)
    if len(folded) != len(segment):
        folded = segment.lower()
    cut = len(segment)
    for match in unit_pattern(known).finditer(folded):
        start = match.start()
        if start and folded[start - 1].isalnum():
            continue
        if start == 0:
            is_kind = known.kind.get(words(match.group())[0]) or leads_with_letters(segment, known)
            if is_kind or match.end() == len(folded):
                continue
            end = _before_house_number(segment, match.end())
            found.unit.append(segment[:end].strip(" ,"))
            return _split_units(segment[end:].strip(" ,-–/"), known, found)
        if _is_tail(folded[match.end() :], known) and _has_street_before(folded[:start], known):
            cut = start
            break
    if cut < len(segment):
        found.unit.append(segment[cut:].strip(" ,"))
    return segment[:cut].strip(" ,")


def _before_house_number(segment: str, end: int) -> int:
    """Where the leading unit ends: in "Unit 5/12 George Street", where no other number follows,
    what stands behind the slash is the house number."""
    slash = segment.find("/", 0, end)
    is_number = segment[slash + 1 : end].strip()[:1].isdigit()
    followed = segment[end:].lstrip(" ,")[:1].isalpha()
    return slash if slash > 0 and is_number and followed else end


def _is_tail(text: str, known: Words) -> bool:
    """Whether nothing but units follows, so that the cut loses no street."""
    left = unit_pattern(known).sub(" ", text)
    return len(words(left)) <= 2 and not any(kind_of(w, known) for w in words(left))


def _has_street_before(text: str, known: Words) -> bool:
    tokens = words(text)
    return len(tokens) > 1 or (len(tokens) == 1 and not tokens[0].isdigit())
