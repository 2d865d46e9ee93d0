"""Words that make a review urgent: somebody's safety, the law, or discrimination."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

# Beyond this a text is searched no further: its first pages say what it is about.
SEARCHED_CHARS = 10_000


# Kana, Han, Hangul: the scripts of the stems that are not Latin.
_EAST_ASIAN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def alarm(text: str) -> str | None:
    """The first of "safety", "legal", "discrimination" that `text` gives cause for, or None."""
    folded = " " + text[:SEARCHED_CHARS].casefold()
    any_latin, kinds = _stems()
    # Nearly no review gives cause: one look for all Latin stems, at the beginnings of words.
    east_asian = not folded.isascii() and _EAST_ASIAN.search(folded)
    if not east_asian and not any_latin.search(folded):
        return None
    return next((kind.name for kind in kinds if kind.is_in(folded)), None)


class _Kind(NamedTuple):
    name: str
    latin: re.Pattern[str]
    others: list[str]  # stems of scripts without spaces

    def is_in(self, folded: str) -> bool:
        return bool(self.latin.search(folded)) or any(stem in folded for stem in self.others)


@cache
def _stems() -> tuple[re.Pattern[str], list[_Kind]]:
    """All Latin stems, and the kinds, the more serious first."""
    table = tomllib.loads((Path(__file__).parent / "alarms.toml").read_text("utf-8"))
    everything: list[str] = []
    kinds: list[_Kind] = []
    for name, languages in table.items():
        stems = [stem for own in languages.values() for stem in own]
        latin = [stem for stem in stems if stem[0] < "\u0250"]
        kinds.append(_Kind(name, _at_word_start(latin), [s for s in stems if s not in latin]))
        everything += latin
    return _at_word_start(everything), kinds


def _at_word_start(stems: Iterable[str]) -> re.Pattern[str]:
    """Any of `stems` at the beginning of a word that is not the first character of all; by first
    letters, so that few are tried at a word."""
    by_letter = groupby(sorted(stems), key=lambda stem: stem[0])
    branches = (
        f"{letter}(?:{'|'.join(re.escape(stem[1:]) for stem in some)})"
        for letter, some in by_letter
    )
    return re.compile(rf"\W(?:{'|'.join(branches)})")
