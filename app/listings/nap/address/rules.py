"""What the rules of all parts share: what a verdict on a part is, and comparing names."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import OSA

from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.text import fold
from app.listings.nap.verdict import Verdict

Judged = tuple[Verdict, str]  # the verdict on a part, and the rule it rests on


def missing(wanted: object, shown: object, what: str) -> Judged | None:
    if not wanted:
        return Verdict.UNSET, ""
    if not shown:
        return Verdict.ABSENT, f"no {what} is shown"
    return None


def is_slip(wanted: str, shown: str) -> bool:
    """One letter wrong, missing, added or swapped in a name of seven letters or more."""
    if min(len(wanted), len(shown)) < 7:
        return False
    digits = [c for c in wanted if c.isdigit()], [c for c in shown if c.isdigit()]
    return digits[0] == digits[1] and OSA.distance(wanted, shown, score_cutoff=1) <= 1


_SCRIPTS = (("\u0370", "greek"), ("\u0400", "cyrillic"), ("\u0530", "other"), ("\u3040", "east"))


def script_of(name: str) -> str:
    """The script of the first letter, coarsely: enough to see that two cannot be compared."""
    letter = next((c for c in name if c.isalpha()), "a")
    script = "latin"
    for start, label in _SCRIPTS:
        if letter >= start:
            script = label
    return script


def numbers_clash(wanted: str | None, shown: str | None) -> bool:
    """Whether each side has a number that the other lacks ("Tower 1" and "Tower 2")."""
    if not wanted or not shown or wanted == shown:
        return False
    ours, theirs = (Counter(re.findall(r"\d+", fold(text))) for text in (wanted, shown))
    return bool(ours - theirs and theirs - ours)


def other_system(expected: AddressParts, observed: AddressParts) -> bool:
    """Whether the sides count houses in two ways, as Korea's roads and lots do."""
    return bool(expected.system and observed.system and expected.system != observed.system)
