"""Japanese addresses in Japanese script: from the prefecture down to the room, without commas.

〒 code, prefecture (都道府県), municipality (市区町村, with 郡 or ward), perhaps a Kyoto street
(通 … 上る), town (町, 大字, 字, 丁目), number (番地, 番, 号 or hyphens), building, floor and room.
The town is given as `district` with its 丁目 in Chinese numerals, as its official name has it;
the number with hyphens.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata

from app.listings.nap.address.east_keys import CHOME, KANJI
from app.listings.nap.address.general import parse_general
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.numerals import kanji_number, kanji_value
from app.listings.nap.address.text import is_east_asian

_DASHES = re.compile(r"(?<=[0-9番地])\s*[-‐‑‒–—―−ーｰ]\s*(?=[0-9])")
_COUNTRY = re.compile(r"^\s*(?:日本国?|Japan)[\s,、]+|[\s,、]+(?:日本国?|Japan)\s*$")
_POSTAL = re.compile(r"(?:〒|郵便番号)?\s*(?<!\d)(\d{3}-?\d{4})(?![\d-])")
_PREFECTURE = re.compile(r"東京都|北海道|京都府|大阪府|(?:神奈川|和歌山|鹿児島|[^\s市区町村]{2})県")

# Cities with a 市, 町, 村 or 郡 inside their names, which would end the name too early.
_ODD_CITIES = (
    "市川市|市原市|四日市市|廿日市市|野々市市|十日町市|大町市|町田市|東村山市|武蔵村山市|"
    "村山市|羽村市|村上市|田村市|郡山市|大和郡山市|郡上市|蒲郡市|小郡市|余市郡余市町|"
    "佐波郡玉村町|杵島郡大町町|高市郡[^町村]{1,4}[町村]"
)
_CITIES_WITH_WARDS = (
    "札幌|仙台|さいたま|千葉|横浜|川崎|相模原|新潟|静岡|浜松|名古屋|京都|大阪|堺|神戸|岡山|"
    "広島|北九州|福岡|熊本"
)
_MUNICIPALITY = re.compile(
    rf"(?:{_CITIES_WITH_WARDS})市[^市区]{{1,6}}区|{_ODD_CITIES}|[^\s市区町村郡0-9]{{1,5}}区|"
    r"[^\s市0-9]{1,6}市|[^\s郡0-9]{1,5}郡[^\s町村0-9]{1,7}[町村]|[^\s町村市区0-9]{1,5}[町村](?!.*市)"
)
_KYOTO_STREET = re.compile(
    r"^(.{1,20}?(?:上[るルがガ]+|下[るルがガ]+|東入[るル]?|西入[るル]?|東側|西側|角)(?:.{1,3}筋目)?)"
)
# Three short numbers behind a town without 丁目 are 丁目, 番 and 号: 新井1-16-12.
_THREE_NUMBERS = re.compile(r"([0-9]{1,2})-([0-9]{1,3}-[0-9]{1,2})(?![0-9-])")
_KANJI_NUMBER = re.compile(
    rf"(?<=[目番地号の0-9-])[{KANJI}]+(?=$|[番号の\s-])|[{KANJI}]+(?=番地|番(?![町丁])|号)"
)
# 8番17号, 8番地の17, 8-17, 8番17, 8の17
_NUMBER = re.compile(
    r"(?:第?(?:[0-9]+)(?:地割))?([0-9]+)(?:番地?[の-]?|-|の|ノ|号)?"
    r"(?:([0-9]+)(?:号|番地?)?(?![0-9階F]))?((?:[-のノ・][0-9]+|-[A-Z](?![a-zA-Z]))*)(?:号(?!室))?(?:地(?!下))?"
)
_UNIT = re.compile(
    r"((?:地下|B|Ｂ)?[0-9]+(?:階|F(?![a-z])|f(?![a-z]))|[A-Z]?-?[0-9]+[A-Z]?号室?|(?<=\D)[A-Z]?[0-9]{2,5}[A-Z]?(?=$|\s))"
)


def parse_japan(text: str) -> AddressParts:
    """An address in Japan; one in Latin letters goes by the general rules."""
    if not is_east_asian(text):
        return _latin(parse_general(text, "JP"))
    line = _DASHES.sub("-", unicodedata.normalize("NFKC", text).replace("\n", " "))
    line = _COUNTRY.sub("", line).strip()
    postal, line = _cut(_POSTAL, line, anywhere=True)
    region, line = _cut(_PREFECTURE, line.lstrip(" ,、"))
    locality, line = _cut(_MUNICIPALITY, line)
    street, line = _kyoto(line, locality)
    district, number, rest = _town_and_number(line)
    building, unit = _building(rest)
    full = sum(map(bool, (region, locality, district, number)))
    return AddressParts(
        house_number=number,
        street=street,
        unit=unit,
        building=building,
        locality=locality,
        district=district,
        region=region,
        postal_code=postal,
        country="JP",
        confidence=0.2 + 0.2 * full,
        written=text,
    )


_LATIN_TOWN = re.compile(r"(.+) (\S+-(?:shi|ku|gun|machi|mura|son))", re.IGNORECASE)


def _latin(parts: AddressParts) -> AddressParts:
    """ "Shimohonda Koyasu-cho Hachioji-shi": the municipality is the last word, the town before."""
    match = _LATIN_TOWN.fullmatch(parts.locality or "")
    if not match:
        return parts
    town = ", ".join(filter(None, (parts.district, match.group(1))))
    return dataclasses.replace(parts, locality=match.group(2), district=town)


def _cut(pattern: re.Pattern[str], line: str, anywhere: bool = False) -> tuple[str | None, str]:
    """What `pattern` finds at the start of `line` (or `anywhere`), and the line without it."""
    match = pattern.search(line) if anywhere else pattern.match(line)
    if not match:
        return None, line
    left = (line[: match.start()] + " " + line[match.end() :]).strip(" ,、")
    return match.group().strip(), left


def _kyoto(line: str, locality: str | None) -> tuple[str | None, str]:
    """Kyoto's way to name a corner: 烏丸通三条上る. The town that follows may be left out."""
    if not locality or "京都市" not in locality:
        return None, line
    return _cut(_KYOTO_STREET, line)


def _town_and_number(line: str) -> tuple[str | None, str | None, str]:
    """(town with 丁目, number with hyphens, the rest)."""
    chome = CHOME.search(line)
    town, rest = (line[: chome.start()], line[chome.end() :]) if chome else ("", line)
    rest = _KANJI_NUMBER.sub(lambda m: str(kanji_value(m.group())), rest)
    if chome:
        count = chome.group(1)
        count = kanji_number(int(count)) if count.isdigit() else count
        town = f"{town.strip()}{count}{chome.group(2)}"
        rest = rest.lstrip(" -ー")
    else:
        first = re.search(r"[0-9]|\s", rest)
        cut = first.start() if first else len(rest)
        town, rest = rest[:cut].rstrip("第 "), rest[cut:].lstrip()
        if town and (three := _THREE_NUMBERS.match(rest)) and three.group(1) != "0":
            town = f"{town}{kanji_number(int(three.group(1)))}丁目"
            rest = three.group(2) + rest[three.end() :]
    number = _NUMBER.match(rest)
    if not number:
        return town.strip() or None, None, rest
    joined = "-".join(filter(None, (number.group(1), number.group(2))))
    more = re.sub("[のノ]", "-", number.group(3))
    return town.strip() or None, joined + more, rest[number.end() :]


def _building(rest: str) -> tuple[str | None, str | None]:
    """Building name and units (floor, room) behind the number."""
    rest = rest.strip(" ,、-()")
    units = [m.group(1) for m in _UNIT.finditer(rest)]
    name = re.sub(r"\s+", " ", _UNIT.sub(" ", rest)).strip(" ,、()") if units else rest
    return name or None, " ".join(units) or None
