"""Addresses in Chinese script (China, Taiwan, Hong Kong, Macau, Singapore): from the country down
to the room, without commas.

Province (省, 自治区), city (市), district (区, 县), street (路, 街, 道) with number (号), building,
floor (楼, 层) and room (室). In the four cities that are provinces, the district is the locality.
"""

from __future__ import annotations

import re
import unicodedata

from app.listings.nap.address.general import city_not_region, parse_general
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.text import is_east_asian, plain_dashes

_COUNTRY = re.compile(
    r"^(?:中国|中國|中华人民共和国|中華民國|台灣(?=.*[市縣])|臺灣(?=.*[市縣])|香港(?:特別行政區)?|"
    r"澳門(?:特別行政區)?|新加坡共和[国國])"
)
_POSTAL = re.compile(r"(?<!\d)(\d{6}|\d{5}|\d{3})(?!\d|[号號楼樓层層室巷弄座期-])")
_REGION = re.compile(
    r"北京市?|上海市?|天津市?|重庆市?|[^\s市区县路街]{2,3}省|内蒙古自治区|广西壮族自治区|广西|"
    r"九龍|新界|西藏自治区|宁夏回族自治区|新疆维吾尔自治区|[台臺]灣省"
)
_MUNICIPALITY = ("北京", "上海", "天津", "重庆")
_LATIN_MUNICIPALITIES = frozenset({"beijing", "shanghai", "tianjin", "chongqing"})
# Cities that are named without their 市; 南京东路 is a street of Shanghai.
_CITIES = (
    "广州|深圳|武汉|成都|杭州|南京|西安|苏州|厦门|青岛|宁波|长沙|郑州|济南|大连|沈阳|昆明|福州|"
    "合肥|佛山|东莞|无锡"
)
_CITY = re.compile(
    rf"(?:{_CITIES})(?:市|(?![东西南北中]?[路街]))|"
    r"[^\s市区县區縣路街号號\d]{1,7}?(?:市|自治州|地区|縣|县)|新加坡"
)
_DISTRICT = re.compile(
    r"[^\s市路街号號道\d]{1,6}?(?:新区|区|區|县|縣|市|镇|鎮|鄉|乡)(?!大[厦廈]|中心)"
)
_STREET = re.compile(
    r"[^\d]{0,24}?(?:\d{1,2}(?=[路街]))?(?:大道|大街|[路街道巷弄里])(?:[东西南北中]?[一二三四五六七八九十\d]{0,2}段)?(?:\d+巷)?(?:\d+弄)?"
)
_NUMBER = re.compile(r"\s*(\d+[A-Za-z]?(?:[-之]\d+[A-Za-z]?)*(?:[号號](?:之\d+)?)?)")
_UNIT = re.compile(
    r"(?:[A-Za-z0-9]+|[一二三四五六七八九十]+)(?:单元|單元)|"
    r"(?:[BbＢ]|地下|负)?(?:\d+|[一二三四五六七八九十]+)(?:楼|樓|层|層|字樓)(?:[A-Z](?![A-Z])|之\d+)?|"
    r"\d{1,2}/?F(?:[-之]\d+)?(?![A-Z])|"
    r"[A-Za-z]?\d+[A-Za-z]?(?:室|房|单位|單位)|[#＃]\s*[\d/-]+",
    re.IGNORECASE,
)


def parse_chinese(text: str, country: str) -> AddressParts:
    """An address in Chinese script; one in Latin letters goes by the general rules."""
    if not is_east_asian(text):
        return city_not_region(parse_general(text, country), _LATIN_MUNICIPALITIES)
    line = re.sub(r"\s*[\n,]\s*", " ", plain_dashes(unicodedata.normalize("NFKC", text))).strip()
    parts: dict[str, str | None] = {}
    line = _COUNTRY.sub("", line).strip()
    line = _take_postal(line, parts)
    line = _take(_REGION, line, parts, "region")
    if (parts.get("region") or "").startswith(_MUNICIPALITY):
        line = _take(_DISTRICT, line, parts, "locality")
    else:
        line = _take(_CITY, line, parts, "locality")
        line = _take(_DISTRICT, line, parts, "district")
    if not parts.get("locality") and parts.get("region"):
        parts["locality"], parts["region"] = parts["region"], None
    line = _take(_STREET, line, parts, "street")
    line = _take(_NUMBER, line, parts, "house_number") if parts.get("street") else line
    _take_building(line, parts)
    full = sum(bool(parts.get(n)) for n in ("locality", "street", "house_number"))
    return AddressParts(
        **parts, country=country, confidence=round(0.4 + 0.2 * full, 2), written=text
    )


def _take(pattern: re.Pattern[str], line: str, parts: dict[str, str | None], name: str) -> str:
    match = pattern.match(line)
    if not match or not match.group().strip():
        return line
    parts[name] = match.group().strip()
    return line[match.end() :].strip()


def _take_postal(line: str, parts: dict[str, str | None]) -> str:
    """The code stands at an end, or (Taiwan, Macau) between district and street."""
    found = list(_POSTAL.finditer(line))
    if not found:
        return line
    match = max(found, key=lambda m: len(m.group()))
    if len(match.group()) < 5 and not re.match(r".*[区區市]$", line[: match.start()]):
        return line
    parts["postal_code"] = match.group()
    return line[: match.start()].strip() + line[match.end() :].strip()


def _take_building(line: str, parts: dict[str, str | None]) -> None:
    units = [m.group().strip() for m in _UNIT.finditer(line)]
    building = re.sub(r"\s+", " ", _UNIT.sub(" ", line)).strip(" ,、-")
    parts["unit"] = " ".join(units) or None
    parts["building"] = building or None
