"""Postal addresses in plain text, found from their postal code outwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.contact.address_words import (
    BUILDING_WORDS,
    CA_PROVINCES,
    COUNTIES,
    STREET_ENDINGS,
    STREET_TYPES,
    UNIT_WORDS,
    US_STATES,
)
from scrapers.contact.postal_codes import (
    BEFORE_TOWN,
    BEHIND_TOWN,
    JAPAN,
    KOREA,
    LETTERED,
    LETTERS,
    one_of,
)
from scrapers.types import Address

MAX_LINES = 4_000
MAX_LINE = 1_000
MAX_ADDRESSES = 200
LINES_BEFORE = 5
MAX_BARE = 10  # more codes without a street are a table of places served


@dataclass(frozen=True, slots=True)
class Found:
    """An address and the number of the line that holds its postal code."""

    address: Address
    line: int


def addresses(lines: list[str], region: str) -> list[Found]:
    """The addresses in the lines of a page, each once, in order; `region` is the country it
    speaks from, and decides which codes are looked for."""
    found: dict[str, Found] = {}
    lines = _codes_drawn_up([line[:MAX_LINE] for line in lines[:MAX_LINES]])
    for number, line in enumerate(lines):
        if len(found) == MAX_ADDRESSES:
            break
        for address in _in_line(lines, number, line, region):
            key = re.sub(r"\W", "", f"{address.postal_code}{address.street}").casefold()
            found.setdefault(key, Found(address, number))
    return _without_shadows(list(found.values()))


_ONLY_CODE = re.compile(r"\d{5}(?:-\d{4})?")
_ENDS_IN_STATE = re.compile(rf"[\s,](?:{one_of(US_STATES)})[\s,.]*\Z")


def _codes_drawn_up(lines: list[str]) -> list[str]:
    """With a code that stands alone on its line set behind the state that ends the line above."""
    lines = list(lines)
    for number in range(1, len(lines)):
        if _ONLY_CODE.fullmatch(lines[number]) and _ENDS_IN_STATE.search(lines[number - 1]):
            lines[number - 1] += f" {lines[number]}"
            lines[number] = ""
    return lines


def _without_shadows(found: list[Found]) -> list[Found]:
    """Without the bare codes, and the streets without a code, whose full address stands
    elsewhere on the page; and without bare codes that are many."""
    full = [one.address for one in found if one.address.street and one.address.postal_code]
    codes = {address.postal_code for address in full}
    streets = {address.street for address in full}
    kept = [
        one
        for one in found
        if one.address in full
        or (one.address.street and one.address.street not in streets)
        or (one.address.postal_code and one.address.postal_code not in codes)
    ]
    bare = sum(not one.address.street for one in kept)
    return [one for one in kept if one.address.street or bare <= MAX_BARE]


def _in_line(lines: list[str], number: int, line: str, region: str) -> Iterator[Address]:
    if region == "JP" and (match := JAPAN.search(line)):
        yield _asian(match, "JP")
        return
    if region == "KR" and (match := KOREA.search(line)):
        yield _asian(match, "KR")
        return
    at = 0
    matched = False
    for country in _looked_for(region):
        for match in BEHIND_TOWN[country].finditer(line):
            before = _before(lines, number, line[at : match.start()], at == 0)
            at, matched = match.end(), True
            address = _town_before(before, match, country)
            if address.street or address.locality:
                yield address
    if matched:
        return
    address = _without_code(lines, number, line, region)
    if address := address or _code_before_town(lines, number, line, region):
        yield address


def _code_before_town(lines: list[str], number: int, line: str, region: str) -> Address | None:
    """With the country's letters before the code ("B-8790") anywhere; without, at home only."""
    match = LETTERED.search(line)
    country = LETTERS.get(match["country"]) if match else None
    if country is None:
        match, country = BEFORE_TOWN[region].search(line) if region in BEFORE_TOWN else None, region
    if match is None:
        return None
    street = _street(_before(lines, number, line[: match.start()], True))
    return _address(street, match["town"].strip(), None, match["code"], country) if street else None


def _looked_for(region: str) -> list[str]:
    """The home country's codes first; British and Canadian ones are unmistakable anywhere."""
    home = [region] if region in BEHIND_TOWN else []
    return [*home, *(code for code in ("US", "CA", "GB", "AU") if code not in home)]


def _asian(match: re.Match[str], country: str) -> Address:
    parts = match.groupdict()
    region = f"{parts['region'] or ''}{parts.get('more') or ''}" or None
    return Address(
        text=match.group().strip(),
        street=(parts["street"] or "").strip() or None,
        locality=parts["town"],
        region=region,
        postal_code=parts["code"],
        country=country,
    )


_SEPARATOR = re.compile(r"\s*(?:[,|·•;\n\t]|\s[-–—]\s)\s*")
_LABEL = re.compile(
    r"^[^\d:：]{1,40}[:：]\s?"
    r"|^(?:write to us at|located at|visit us at|registered office|registered address"
    r"|©.{0,40}?\.)\s",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"@|https?:|www\.|#$|\b(?:licen[cs]e|nmls|registration|tel|phone|fax|mobile|e-?mail|call|copyright|hours|directions)\b|[:?!©]"
    r"|\d{3}[-. )]{1,3}\d{3}[-. ]\d{4}|\+\d|\d{1,2}\s?(?:am|pm)\b",
    re.IGNORECASE,
)
_TYPES = "|".join(sorted(map(re.escape, {*STREET_TYPES}), key=len, reverse=True))
_ENDINGS = "|".join(STREET_ENDINGS)
_HAS_TYPE = re.compile(rf"(?<![\w])(?:{_TYPES})\b\.?|(?:{_ENDINGS})\b", re.IGNORECASE)
_HAS_BUILDING = re.compile(rf"\b(?:{'|'.join(BUILDING_WORDS)})\b", re.IGNORECASE)
_BOX = re.compile(
    r"\bp\.?\s?o\.?\s?box\s?\d+|\bbox \d+|\bpostfach\s\d+|\bapartado\b", re.IGNORECASE
)
_UNIT = re.compile(
    rf"(?:\b(?:{'|'.join(UNIT_WORDS)})\b\.?\s?(?:no\.?|#)?\s?[\w-]{{1,8}}\b|#\s?\w{{1,6}}"
    r"|\b\d{1,2}(?:st|nd|rd|th)\s(?:floor|fl)\b\.?|\b\w{3,8}\sfloor\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:[NSEW]\d{1,5}\s)?[A-Z]?\d{1,6}[\w/&–-]{0,8}\.?\s+\S*[^\W\d_]{2}", re.IGNORECASE
)
_NUMBER_BEHIND = re.compile(r"[^\W\d_]{3,}[.,]{0,2}\s?\d{1,4}\s?[a-zA-Z]?(?:[-–/]\d{1,4})?$")
# "Calle Mayor, 5": the comma stands inside the street.
_HOUSE_NUMBER = re.compile(r"(?:n\.?[º°o]\.?\s?)?\d{1,4}\s?(?:[a-zA-Z]|bis)?", re.IGNORECASE)
_COMPASS_ONLY = re.compile(r"[NSEW]|[NS]\.?[EW]\.?")
_COMPASS = r"(?:\s(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b\.?)?"
# A street and a town that no comma parts: the street ends with its kind and what follows it.
_STREET_THEN_TOWN = re.compile(
    rf"^(?P<street>(?=\D{{0,40}}\d).*?(?<![\w])(?:{_TYPES})\b\.?{_COMPASS}(?:[\s,]+{_UNIT.pattern})*)\s+(?P<town>[A-Z].*)$",
    re.IGNORECASE,
)
_UNIT_THEN_TOWN = re.compile(
    rf"^(?P<street>(?:{_UNIT.pattern}\s?)+)\s*(?P<town>[A-Z].*)$", re.IGNORECASE
)


def _before(lines: list[str], number: int, start: str, whole: bool) -> list[str]:
    """What stands before a code, in pieces, the nearest last; not beyond a phone or a label."""
    pieces: list[str] = []
    previous = lines[max(0, number - LINES_BEFORE) : number] if whole else []
    for text in (*previous, start):
        labelled = _LABEL.search(text)
        if labelled:
            pieces, text = [], text[labelled.end() :]
        for piece in _SEPARATOR.split(text):
            piece = _cut(piece.strip(" .:|\u00a0()[]"))
            if not piece:
                continue
            if _STOP.search(piece):
                pieces = []
            elif pieces and _HOUSE_NUMBER.fullmatch(piece):
                pieces[-1] += f", {piece}"
            else:
                pieces.append(piece)
    return pieces[-8:]


def _town_before(before: list[str], match: re.Match[str], country: str) -> Address:
    pieces = list(before)
    region = match.groupdict().get("region")
    if country == "GB":
        while pieces and pieces[-1].replace(".", "").casefold() in COUNTIES:
            region = pieces.pop()
    elif country == "CA" and region is None and pieces:
        region = pieces.pop() if _is_region(pieces[-1], CA_PROVINCES) else None
    town = pieces.pop() if pieces else None
    extra = None
    if town and (split := _STREET_THEN_TOWN.match(town) or _UNIT_THEN_TOWN.match(town)):
        extra, town = split["street"].strip(" ,"), split["town"].strip(" ,")
    elif town and (_NUMBERED.match(town) or _BOX.search(town)):
        extra, town = town, None
    street = _street([*pieces, extra] if extra else pieces)
    return _address(street, _short(town), region, match["code"], country)


def _is_region(text: str, names: dict[str, str]) -> bool:
    return text.strip(".") in names or text.casefold() in {
        name.casefold() for name in names.values()
    }


def _short(town: str | None) -> str | None:
    return town if town and len(town) <= 60 and len(town.split()) <= 6 else None


def _street(pieces: list[str]) -> str | None:
    """The street in the pieces before a town, with unit and building."""
    taken: list[str] = []
    core = False
    unknown = 0
    for piece in reversed(pieces):
        kind = _kind(piece)
        if core and kind not in ("unit", "building", "box"):
            break
        if kind == "unknown" or len(piece) > 80:
            unknown += 1
            if unknown > 2 or core or len(piece) > 80:
                break
            continue
        taken.insert(0, piece)
        core = core or kind in ("street", "box")
    return ", ".join(taken) or None


def _kind(piece: str) -> str:
    if _BOX.search(piece):
        return "box"
    if _COMPASS_ONLY.fullmatch(piece):
        return "unit"
    if _NUMBERED.match(piece) or _NUMBER_BEHIND.search(piece):
        only_unit = _UNIT.match(piece) and not _HAS_TYPE.search(piece)
        return "unit" if only_unit else "street"
    if _UNIT.match(piece) and not _HAS_TYPE.search(piece):
        return "unit"
    if _HAS_TYPE.search(piece):
        return "street" if len(piece.split()) > 1 else "unknown"
    return "building" if _HAS_BUILDING.search(piece) and len(piece.split()) < 6 else "unknown"


_STREET_START = re.compile(
    r"\bP\.?\s?O\.?\s?Box\s?\d|(?<![\w-])\d{1,6}[A-Za-z]?(?:\s?[-–/]\s?\d{1,5})?\s[A-Z]"
)


_FIRM = re.compile(r"^(?:inc|llc|l\.l\.c|ltd|limited|gmbh|corp|co)\.?\s+", re.IGNORECASE)
_ENDING_STREET = re.compile(
    rf"\b[A-ZÄÖÜÅØ][\w-]{{0,30}}(?:{_ENDINGS})\s\d{{1,4}}\s?[a-zA-Z]?$", re.IGNORECASE
)


def _cut(piece: str) -> str:
    """A piece of a sentence, from where the street starts in it."""
    piece = _FIRM.sub("", piece)
    if found := _ENDING_STREET.search(piece):
        return found.group()
    if len(piece.split()) > 7 and (found := _STREET_START.search(piece)):
        return piece[found.start() :]
    return piece


_TOWN_REGION = {
    "US": re.compile(rf"(?:^|[\s,|])(?P<region>{one_of(US_STATES)})\s?(?:$|[,|.])"),
    "CA": re.compile(rf"(?:^|[\s,|])(?P<region>{one_of(CA_PROVINCES)})\s?(?:$|[,|.])"),
    "IE": re.compile(
        r"(?:^|[\s,|])(?P<region>Co\.? [A-Z][a-z]{2,12}|Dublin \d{1,2})\s?(?:$|[,|.])"
    ),
}


def _without_code(lines: list[str], number: int, line: str, region: str) -> Address | None:
    """A street with town and state but no code ("1391 Mill Road, Fenton, MO")."""
    pattern = _TOWN_REGION.get(region)
    match = pattern.search(line) if pattern and len(line) < 400 else None
    if match is None or match.start() == 0:
        return None
    pieces = _before(lines, number, line[: match.start()], True)
    town = pieces.pop() if pieces else None
    extra = None
    if town and (split := _STREET_THEN_TOWN.match(town)):
        extra, town = split["street"], split["town"]
    nearest = extra or (pieces[-1] if pieces else "")
    numbered = _NUMBERED.match(nearest) and _HAS_TYPE.search(nearest)
    if not town or not (
        numbered or _BOX.search(nearest) or (region == "IE" and _HAS_TYPE.search(nearest))
    ):
        return None
    street = _street([*pieces, extra] if extra else pieces)
    return _address(street, _short(town), match["region"], None, region) if street else None


def _address(
    street: str | None, town: str | None, region: str | None, code: str | None, country: str
) -> Address:
    region = region.strip(" .,") if region else None
    parts = [part for part in (street, town, region, code) if part]
    return Address(", ".join(parts), street, town, region, code, country)
