"""Korean addresses in Hangul: by road (로, 길 and a number) or by lot (동, 리 and a number).

The two systems number the same houses differently, so `system` says which one is meant. A
metropolitan city (서울시) is the locality, its 구 the district; a province (강원도) is the region.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.listings.nap.address.east_keys import WARD, metro_or_province
from app.listings.nap.address.general import city_not_region, parse_general
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.text import is_east_asian, plain_dashes, squash
from app.listings.nap.address.words import table

_COUNTRY = re.compile(r"대한민국|(?:Republic of |South )?Korea", re.IGNORECASE)
_POSTAL = re.compile(r"(?:우편번호|우\)|\(우\))?\s*\(?(?<![\d-])(\d{5}|\d{3}-\d{3})(?![\d-])\)?")
_ROAD = re.compile(r"[\w·.]*[가-힣]\d*(?:로|길)(?:\d+(?:번|가)?길)?(?:[가나다라]길)?")
_ROAD_BRANCH = re.compile(r"\d+(?:번|가)?길")
_NUMBER = re.compile(r"(?:지하\s*|산\s*)?\d+(?:-\d+)?(?:번지)?")
_GLUED = re.compile(r"(?<=[로길동리가])(?=(?:지하|산)?\d+(?:-\d+)?(?:번지)?(?:$|[\s,(]))")
_SPACED_GA = re.compile(r"(?<=[가-힣]) (?=\d{1,2}가(?:\s|\d|$))")  # 종로 3가
_UNIT = re.compile(
    r"(?:지하|지상|B)?\s*\d+\s*(?:층|F)|(?:[\w]{1,3}동\s*)?[A-Z]?\d+(?:-\d+)?\s*호|\d+동(?=\s*\d*호?)",
)
_TOWN = re.compile(r"[가-힣]+\d*(?:·\d+)*(?:동|리|가)")
_LOCAL = re.compile(r"[가-힣]+(?:시|군)")


def parse_korea(text: str) -> AddressParts:
    """An address in Korea; one in Latin letters goes by the general rules."""
    if not is_east_asian(text):
        return city_not_region(parse_general(text, "KR"), _latin_metros())
    line = plain_dashes(unicodedata.normalize("NFKC", text)).replace("\n", " ")
    postal = _POSTAL.search(line)
    if postal and _is_postal(line, postal):
        line = line[: postal.start()] + " " + line[postal.end() :]
    else:
        postal = None
    line, notes = _take_notes(_COUNTRY.sub(" ", line))
    parts: dict[str, str | None] = {"postal_code": postal.group(1) if postal else None}
    line = _SPACED_GA.sub("", line)
    tokens = _GLUED.sub(" ", line.replace(",", " , ")).split()
    tokens = _take_places(tokens, parts)
    system, tokens = _take_street(tokens, parts)
    _take_rest(" ".join(tokens), notes, parts)
    full = sum(bool(parts.get(n)) for n in ("locality", "district", "house_number"))
    return AddressParts(
        **parts,
        country="KR",
        confidence=0.4 + 0.2 * full,
        written=text,
        system=system,
    )


def _is_postal(line: str, match: re.Match[str]) -> bool:
    """At the ends of the line, or in brackets; a number in the middle is a house."""
    before, after = line[: match.start()].strip(" ,"), line[match.end() :].strip(" ,")
    return not before or not after or match.group().strip().startswith("(") or before == "대한민국"


def _take_notes(line: str) -> tuple[str, list[str]]:
    """What stands in brackets ("(역삼동, 큰빌딩)"): the town and the building again."""
    notes = [n.strip() for found in re.findall(r"\(([^()]*)\)", line) for n in found.split(",")]
    return re.sub(r"\([^()]*\)", " ", line), [n for n in notes if n]


@lru_cache(maxsize=1)
def _latin_metros() -> frozenset[str]:
    entries = table("korea.toml").values()
    return frozenset(squash(n) for entry in entries if entry["metro"] for n in entry["names"])


def _take_places(tokens: list[str], parts: dict[str, str | None]) -> list[str]:
    tokens = [t for t in tokens if t != ","] if "," in tokens[:4] else tokens
    if tokens and (top := metro_or_province(tokens[0])):
        parts["locality" if top[1] else "region"] = tokens[0]
        tokens = tokens[1:]
    if tokens and _LOCAL.fullmatch(tokens[0]) and not _ROAD.fullmatch(tokens[0]):
        if not parts.get("locality"):
            parts["locality"] = tokens[0]
        else:
            parts["district"] = tokens[0]
        tokens = tokens[1:]
    wards = [parts["district"]] if parts.get("district") else []
    while tokens and WARD.fullmatch(tokens[0]):
        wards.append(tokens[0])
        tokens = tokens[1:]
    parts["district"] = " ".join(filter(None, wards)) or None
    return tokens


def _take_street(tokens: list[str], parts: dict[str, str | None]) -> tuple[str | None, list[str]]:
    """Street and number by road, or town and number by lot; which of the two it is."""
    for index, token in enumerate(tokens[:4]):
        if _ROAD.fullmatch(token) and not token.isdigit():
            road = [token]
            rest = tokens[index + 1 :]
            if rest and _ROAD_BRANCH.fullmatch(rest[0]):
                road.append(rest.pop(0))
            parts["street"] = " ".join(road)
            _add_district(parts, tokens[:index])
            return "road", _take_number(rest, parts)
    for index, token in enumerate(tokens[:3]):
        if _TOWN.fullmatch(token):
            end = index + 1
            while end < len(tokens) and _TOWN.fullmatch(tokens[end]):
                end += 1
            parts["street"] = " ".join(tokens[index:end])
            _add_district(parts, tokens[:index])
            rest = _take_number(tokens[end:], parts)
            return ("lot" if parts.get("house_number") else None), rest
    return None, tokens


def _add_district(parts: dict[str, str | None], tokens: list[str]) -> None:
    parts["district"] = " ".join(filter(None, (parts.get("district"), *tokens))) or None


def _take_number(tokens: list[str], parts: dict[str, str | None]) -> list[str]:
    if tokens[:1] in (["산"], ["지하"]) and len(tokens) > 1:
        tokens = [" ".join(tokens[:2]), *tokens[2:]]
    if tokens and _NUMBER.fullmatch(tokens[0]):
        parts["house_number"] = tokens[0]
        return tokens[1:]
    return tokens


def _take_rest(line: str, notes: list[str], parts: dict[str, str | None]) -> None:
    """Building, floor and room behind the number, and the notes in brackets."""
    units = [m.group().strip() for m in _UNIT.finditer(line)]
    building = re.sub(r"\s+", " ", _UNIT.sub(" ", line)).strip(" ,-")
    towns = [n for n in notes if _TOWN.fullmatch(n)]
    others = [n for n in notes if n not in towns]
    parts["unit"] = " ".join(units) or None
    parts["building"] = ", ".join(filter(None, (building, *others))) or None
    if towns and towns[0] != parts.get("street"):
        _add_district(parts, towns[:1])
