"""Naming the rule that makes two spellings one: "Ste = Suite"."""

from __future__ import annotations

import re
from functools import lru_cache

from app.listings.nap.address.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?|#")


@lru_cache(maxsize=16384)
def spelling(expected: str | None, observed: str | None) -> str:
    """The words that differ between two spellings, the listing's first ("St = Street")."""
    if not expected or not observed:
        return ""
    shown, wanted = _WORD.findall(observed), _WORD.findall(expected)
    if [fold(w).strip(".") for w in shown] == [fold(w).strip(".") for w in wanted]:
        return "capitals, accents or punctuation"
    wanted_folded, shown_folded = {fold(w) for w in wanted}, {fold(w) for w in shown}
    extra = [w for w in shown if fold(w) not in wanted_folded]
    missed = [w for w in wanted if fold(w) not in shown_folded]
    if extra and missed and len(extra) == len(missed) <= 3:
        return "; ".join(f"{a.rstrip('.')} = {b.rstrip('.')}"
                         for a, b in zip(extra, missed, strict=True))  # fmt: skip
    return f"{observed.strip()} = {expected.strip()}"
