"""What addresses in Japan and Korea are compared by, and the words that their readers share."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from app.listings.nap.address.numerals import kanji_value
from app.listings.nap.address.words import table

if TYPE_CHECKING:
    from app.listings.nap.address.model import AddressParts

KANJI = "一二三四五六七八九十百〇"
CHOME = re.compile(rf"([0-9]+|[{KANJI}]+)(丁目|丁(?=[0-9{KANJI}番]|$))")
WARD = re.compile(r"[가-힣]+(?:구|읍|면)")

_SMALL_KANA = str.maketrans({"ヶ": "が", "ケ": "が", "ヵ": "が", "ガ": "が", "ノ": "の", "之": "の",
                             "ツ": "つ", "ッ": "つ", "っ": "つ"})  # fmt: skip
_OLD_FORMS = str.maketrans(
    "澤邊邉濱廣國會櫻龍嶋檜籠齋齊萬條縣區櫛瀧眞惠祐縄曾",
    "沢辺辺浜広国会桜竜島桧篭斎斉万条県区櫛滝真恵祐縄曽",
)


def town_key(town: str) -> str:
    """A town without what is written or not: 大字, 字, 町名's kana and old forms of letters."""
    town = unicodedata.normalize("NFKC", town)
    town = re.sub(r"大字|(?<!文)字(?=.)|\s", "", CHOME.sub("", town))
    return same_letters(town)


def same_letters(name: str) -> str:
    """A name with kana that stand for each other, and old forms of letters, made one."""
    return name.translate(_SMALL_KANA).translate(_OLD_FORMS)


def chome_of(town: str) -> tuple[str, ...]:
    """The 丁目 of a town as digits: it stands at the head of the number in 3-9-20."""
    chome = "丁" in town and CHOME.search(unicodedata.normalize("NFKC", town))
    if not chome:
        return ()
    count = chome.group(1)
    return (count if count.isdigit() else str(kanji_value(count)),)


def metro_or_province(token: str) -> tuple[str, bool] | None:
    """The usual short name of a 시 or 도, and whether it is a metropolitan city."""
    for short, entry in table("korea.toml").items():
        if token in entry["names"]:
            return short, entry["metro"]
    return None


def korean_places(parts: AddressParts) -> tuple[str | None, str]:
    """(region key, locality key): 서울특별시 강남구 → ("서울", "서울강남구")."""
    top = None
    for name in filter(None, (parts.region, parts.locality)):
        top = top or metro_or_province(name.replace(" ", ""))
    region = top[0] if top else None
    town = parts.locality or ""
    if region and metro_or_province(town):
        town = region
    wards = [w for w in (parts.district or "").split() if WARD.fullmatch(w)]
    return region, town + "".join(wards)
