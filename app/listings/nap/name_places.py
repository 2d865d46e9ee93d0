"""The places inside names: branches (강남점, 新宿店), cities, and what is left without them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from app.listings.nap.common_words import trade_words
from app.listings.nap.tables import one_character, table
from app.listings.nap.text import fold

_ATTACHED_BRANCH = re.compile(r"^(.*[\u3040-\u30ffーA-Za-z0-9])([\u4e00-\u9fff々ヶ]{1,8}店)$")
_BRANCH_ENDING = re.compile(r".{1,12}[점店]$")
_SHOP = ("점", "店")


def without_branches(head: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part 스타벅스 강남점 and スターバックス新宿店 into the house and its branch."""
    kept, branches = [], []
    for position, word in enumerate(head):
        attached = _ATTACHED_BRANCH.match(word)
        if attached and not _is_kind_of_shop(attached[2]):
            kept.append(attached[1])
            branches.append(attached[2])
        elif position and is_shop_of_branch(word):
            branches.append(word)
        else:
            kept.append(word)
    return tuple(kept), tuple(branches)


def is_shop_of_branch(word: str) -> bool:
    """Whether `word` is the shop at a place, and no kind of shop."""
    return bool(_BRANCH_ENDING.match(word)) and not _is_kind_of_shop(word)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(one_character(fold(kind)) for kind in table("names")["not_a_branch"])


def _is_kind_of_shop(word: str) -> bool:
    return word in _kinds() or word in trade_words()


@cache
def _cities() -> frozenset[str]:
    return frozenset(one_character(fold(table("cities")["names"])).split())


def without_cities(found: tuple[str, ...]) -> tuple[str, ...]:
    """Words without those that name a large city, in one word or in two to four."""
    kept = list(found)
    for length in (4, 3, 2, 1):
        for start in range(len(kept) - length, -1, -1):
            if "".join(kept[start : start + length]) in _cities():
                del kept[start : start + length]
    return tuple(kept)


@lru_cache(maxsize=16_384)
def core(joined: str) -> str:
    """A name in a script without spaces, without the city before it and the trades and the word
    for shop behind: 北京同仁堂药店 → 同仁堂. As it is where nothing would be left."""
    for length in range(min(4, len(joined) - 2), 1, -1):
        if joined[:length] in _cities():
            joined = joined[length:]
            break
    while behind := _trade_at_end(joined):
        joined = joined[: -len(behind)]
    return joined


def _trade_at_end(joined: str) -> str:
    endings = (joined[-length:] for length in range(min(6, len(joined) - 2), 0, -1))
    return next((end for end in endings if end in trade_words() or end in _SHOP), "")


def same_branch(word: str, other: str) -> bool:
    """홍대 and 홍대점."""
    short, long = sorted((word, other), key=len)
    return len(long) == len(short) + 1 and long.startswith(short) and long.endswith(_SHOP)
