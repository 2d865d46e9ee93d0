"""Words that make a review urgent: somebody's safety, the law, or discrimination."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Beyond this a text is searched no further: its first pages say what it is about.
SEARCHED_CHARS = 10_000


# Kana, Han, Hangul: the scripts of the stems that are not Latin.
_EAST_ASIAN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_BEGINNINGS = re.compile(r"\b\w\w\w")


def alarm(text: str) -> str | None:
    """The first of "safety", "legal", "discrimination" that `text` gives cause for, or None."""
    folded = text[:SEARCHED_CHARS].casefold()
    latin, others = _stems()
    # Nearly no word of a review begins like a stem: this look costs a tenth of trying them all.
    hits = [
        stem
        for beginning in latin.keys() & set(_BEGINNINGS.findall(folded))
        for stem in latin[beginning]
        if _at_word_start(stem.text).search(folded)
    ]
    if not folded.isascii() and _EAST_ASIAN.search(folded):
        hits += [stem for stem in others if stem.text in folded]
    return min(hits).kind if hits else None


class _Stem(NamedTuple):
    rank: int  # the more serious kind comes first
    kind: str
    text: str


@cache
def _stems() -> tuple[dict[str, list[_Stem]], list[_Stem]]:
    """Latin stems by their first three letters, and those of scripts without spaces."""
    table = tomllib.loads((Path(__file__).parent / "alarms.toml").read_text("utf-8"))
    latin: dict[str, list[_Stem]] = {}
    others: list[_Stem] = []
    for rank, (kind, languages) in enumerate(table.items()):
        for text in (text for texts in languages.values() for text in texts):
            stem = _Stem(rank, kind, text)
            if text[0] < "\u0250":
                latin.setdefault(text[:3], []).append(stem)
            else:
                others.append(stem)
    return latin, others


@cache
def _at_word_start(stem: str) -> re.Pattern[str]:
    return re.compile(r"\b" + re.escape(stem))
