"""Street lines: house number, street, unit, building and post office box, by the country's words.

Works on the lines that are left once postal code, locality, region and country are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.listings.nap.address.text import fold, words
from app.listings.nap.address.words import Words, country_facts, words_of

# A house number as written: 12, 12a, 12 bis, 12-14, 12/3, 123 1/2, 221-B, N6W23001.
NUMBER = (
    r"\d+(?:[ ]?(?:bis|ter|quater)\b|[^\W\d_](?![\w'’])|[ ][^\W\d_](?![\w'’./]))?"
    r"(?:[ ]?[-/–+&][ ]?(?:\d+[^\W\d_]?|[^\W\d_])(?![\w'’]))*(?:[ ]\d/\d(?!\w))?"
)
_STARTS = re.compile(rf"({NUMBER})(?![\w])[ ,.]*(?=\D)", re.IGNORECASE)
_ENDS = re.compile(rf"(?:^|[ ,.])({NUMBER})[ .]*$", re.IGNORECASE)
_ONLY = re.compile(rf"{NUMBER}\.?", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"s/n|s\.n\.|sn|sin número|sem número|snc", re.IGNORECASE)
_ORDINAL_START = re.compile(r"\d+(?:st|nd|rd|th|er|re|eme|º|ª)(?!\w)", re.IGNORECASE)
_BOX = re.compile(
    r"(?:(?<!\d)\d{2,3} )?\b(?:p\.? ?o\.? ?b(?:ox|\b)\.?|post office box|post box|pmb|gpo box|"
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
            _split_unit_first(found, country)
            _join_addition(found, country)
        elif number := lone_number(segment, known):
            _take_lone_number(number, found, index > main)
        elif is_unit(segment, known):
            found.unit.append(segment)
        elif main < index and not any(c.isdigit() for c in segment):
            found.district.append(segment)
        else:
            found.building.append(segment)
    return found


def lone_number(segment: str, known: Words) -> str | None:
    """The house number that `segment` consists of ("112", "д. 20", "s/n"), if it does."""
    if not any(c.isdigit() for c in segment) and not _BARE_NUMBER.fullmatch(segment):
        return None
    if _ONLY.fullmatch(segment) or _BARE_NUMBER.fullmatch(segment):
        return segment.rstrip(".")
    if segment.startswith("#") and not known.kind_first:
        return None
    signed = _number_after_sign(segment, known)
    return signed[0] if signed and not (signed[1] or signed[2]) else None


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
    tokens = words(segment)
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
    leading = [t for t in tokens[:1] if known.kind.get(t) in _NUMBERED_KINDS and t != "st"]
    return [t for t in (*ends[-1:], *leading) if len(t) > 1]


def kind_of(token: str, known: Words) -> str | None:
    """The street type that `token` is, or ends in ("hauptstr" → strasse)."""
    if token in known.kind:
        return known.kind[token]
    for ending, meaning in known.tail.items():
        if len(ending) > 2 and len(token) > len(ending) + 1 and token.endswith(ending):
            return meaning
    return None


def is_surely_street(word: str, known: Words) -> bool:
    """Whether `word` is a street type, and not one that names of towns also have."""
    kind = kind_of(word, known) if len(word) > 1 or known.kind_first else None
    return kind is not None and kind not in known.town


def box_end(text: str) -> int:
    """Where a post office box in `text` ends; 0 without one."""
    match = _BOX.search(text)
    return match.end() if match else 0


# Units ------------------------------------------------------------------------------------------

_UNIT_ID = r"(?:#\s*|no\.?\s*|nr\.?\s*|n[°º]\s*)?[a-z]{0,2}[-\s]?\d[\w/\-–]*(?:\s[a-z]\b)?|[a-z]\b"
_FLOOR = (
    r"\d+(?:st|nd|rd|th|er|eme|e|º|°|ª|\.)?\s*(?:floor|fl|flr|etage|étage|andar|piso|og|stock|"
    r"verdieping|emeletet|em|kat|sal|tr)\b\.?|\d+/f\b|\d+f\b|(?:ground|first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|top|lower|upper|main)\s+(?:floor|fl|flr|level)\b"
)
_SHORT_FLOOR = re.compile(r"l\d{1,2}|[gmu]/f|lg\d?|\d{1,2}(?:er|eme|e|o|º|°)? ?[a-z]?")
_HASH_UNIT = r"#\s*[\w\-–/]+"


def _unit_pattern(known: Words) -> re.Pattern[str]:
    spelled = "|".join(sorted((re.escape(u) for u in known.unit), key=len, reverse=True))
    glued = "|".join(u for u in known.unit if len(u) > 1 and u.isalpha()) or "ph"
    return re.compile(
        rf"(?:{_FLOOR}|(?:(?:{spelled})\b\.?\s*(?:{_UNIT_ID}))|(?:{glued})\d+|{_HASH_UNIT})",
        re.IGNORECASE,
    )


_PATTERNS: dict[int, re.Pattern[str]] = {}


def unit_pattern(known: Words) -> re.Pattern[str]:
    """Finds one unit ("Ste 101", "#2f", "3rd Floor", "Level 5") in folded text."""
    pattern = _PATTERNS.get(id(known))
    if pattern is None:
        pattern = _PATTERNS[id(known)] = _unit_pattern(known)
    return pattern


_LONE_UNITS = frozenset(
    [
        "basement",
        "penthouse",
        "front",
        "rear",
        "lower",
        "upper",
        "bajo",
        "bajos",
        "izquierda",
        "derecha",
    ]
)


def is_unit(segment: str, known: Words) -> bool:
    """Whether `segment` is nothing but units."""
    folded = fold(segment).strip(" .")
    if _SHORT_FLOOR.fullmatch(folded):
        return True
    left = unit_pattern(known).sub(" ", folded)
    if left == folded:
        return known.unit.get(folded, known.ordinal.get(folded, "")) in _LONE_UNITS | {"0"}
    return not re.sub(r"[\W_]+", "", left)


# Streets ----------------------------------------------------------------------------------------


def _read_street(segment: str, known: Words, found: StreetLines, numbered: bool) -> None:
    """`numbered`: the house number stands in a line beside, what ends this one is the name."""
    line = _split_units(segment, known, found)
    head, _, last = line.rpartition(" ")
    if found.unit and fold(last).strip(".") in known.sign:  # "… number" before the unit
        line = head
    sign = _number_after_sign(line, known)
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
        found.house_number, line = _split_number(line, known, numbered)
    found.street = line.strip(" ,-–.;") or None
    if line.endswith(".") and found.street:
        found.street += "."


_UNIT_FIRST = {
    "slash": re.compile(r"(\d+[a-z]?)\s*/\s*(\d+[a-z]?(?:-\d+)?)", re.IGNORECASE),
    "dash": re.compile(r"(\d+[a-z]?)\s*[-–]\s*(\d+[a-z]?)", re.IGNORECASE),
}
# Beyond this distance 250-1253 is room 250 at number 1253 and no row of houses.
_LONGEST_ROW = 20


def _split_unit_first(found: StreetLines, country: str | None) -> None:
    """ "5/48 Pirrama Road" (Australia), "250-1253 McGill" (Canada): the unit comes first."""
    pattern = _UNIT_FIRST.get(country_facts(country).get("unit_first", ""))
    match = pattern.fullmatch(found.house_number or "") if pattern else None
    if not match:
        return
    unit, house = match.groups()
    if "/" in match.group() or not 0 < _leading(house) - _leading(unit) <= _LONGEST_ROW:
        found.unit.insert(0, unit)
        found.house_number = house


def _join_addition(found: StreetLines, country: str | None) -> None:
    """The Dutch addition behind a space: "Kade 21 2" is 21-2."""
    if not country_facts(country).get("addition") or not (found.house_number or "").isdigit():
        return
    street, _, number = (found.street or "").rpartition(" ")
    if street and number.isdigit() and len(number) < 4:
        found.street, found.house_number = street, f"{number}-{found.house_number}"


def _leading(number: str) -> int:
    return int(re.match(r"\d+", number).group())  # type: ignore[union-attr]


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
            if known.kind.get(words(match.group())[0]) or match.end() == len(folded):
                continue
            found.unit.append(segment[: match.end()].strip(" ,"))
            return _split_units(segment[match.end() :].strip(" ,-–"), known, found)
        if _is_tail(folded[match.end() :], known) and _has_street_before(folded[:start], known):
            cut = start
            break
    if cut < len(segment):
        found.unit.append(segment[cut:].strip(" ,"))
    return segment[:cut].strip(" ,")


def _is_tail(text: str, known: Words) -> bool:
    """Whether nothing but units follows, so that the cut loses no street."""
    left = unit_pattern(known).sub(" ", text)
    return len(words(left)) <= 2 and not any(kind_of(w, known) for w in words(left))


def _has_street_before(text: str, known: Words) -> bool:
    tokens = words(text)
    return len(tokens) > 1 or (len(tokens) == 1 and not tokens[0].isdigit())


def _number_after_sign(line: str, known: Words) -> tuple[str, str, str] | None:
    """ "Calle Yucatán No. 45" → 45, and what stands before and behind. The sign is dropped."""
    match = _sign_pattern(known).search(line)
    if not match:
        return None
    before, after = line[: match.start()].strip(" ,"), line[match.end() :].strip(" ,.")
    return match.group(1), before, after


def _sign_pattern(known: Words) -> re.Pattern[str]:
    """Finds a number that a word or sign announces; one letter needs its full stop ("д. 20")."""
    pattern = _SIGN_PATTERNS.get(id(known))
    if pattern is None:
        long = "|".join(re.escape(s) for s in known.sign if len(s) > 1) or "no"
        short = "|".join(s for s in known.sign if len(s) == 1 and s.isalpha()) or "n"
        pattern = _SIGN_PATTERNS[id(known)] = re.compile(
            rf"(?:^|[ ,.])(?:(?:{long})\.?[ :]*|(?:{short})(?:\.[o°º]?|[°º])[ :]*|#[ ]?)"
            rf"({NUMBER})(?!\w)",
            re.IGNORECASE,
        )
    return pattern


_SIGN_PATTERNS: dict[int, re.Pattern[str]] = {}


def _split_number(line: str, known: Words, numbered: bool) -> tuple[str | None, str]:
    first = None if _ORDINAL_START.match(line) else _STARTS.match(line)
    last = None if numbered else _ENDS.search(line)
    if first and last and last.start(1) > 0 and _numeric_name(line, first):
        first = None
    if first and not _is_whole_name(line[first.end() :]):
        number, rest = first.group(1).strip(), line[first.end() :]
        head, _, letter = number.rpartition(" ")
        if head and letter.lower() in known.direction:  # "100 N Main St"
            return head, f"{letter} {rest}"
        return number, rest
    if last and last.start(1) > 0 and not _numbers_the_street(line[: last.start(1)], known):
        return last.group(1).strip(), line[: last.start(1)]
    return None, line


def _numeric_name(line: str, first: re.Match[str]) -> bool:
    """ "20 de Noviembre 855", "25 May Street 3": the first number belongs to the name."""
    follower = words(line[first.end() :])[:1]
    return bool(follower) and follower[0] in {"de", "di", "th", "st"}


def _is_whole_name(rest: str) -> bool:
    return not any(c.isalpha() for c in rest)


def _numbers_the_street(before: str, known: Words) -> bool:
    """Whether a number after `before` names the street ("Highway 61", "Calle 39")."""
    tokens = words(before)
    if not tokens:
        return True
    kind = known.kind.get(tokens[-1])
    if kind is None or not (known.kind_first or kind in _NUMBERED_KINDS):
        return False
    return len(tokens) == 1 or (len(tokens) == 2 and tokens[0] in _NUMBERED_BY)


_NUMBERED_BY = frozenset({"county", "state", "us", "old", "farm", "forest", "national"})
_NUMBERED_KINDS = frozenset({"highway", "route", "road", "avenue", "street", "freeway"})
