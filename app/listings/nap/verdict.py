"""The six verdicts on a field, and what a comparison of one field says."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """How a listing's field stands to the record."""

    IDENTICAL = "identical"  # the same after trimming and Unicode normalisation
    EQUIVALENT = "equivalent"  # written differently, leads to the same place or line
    DIFFERENT = "different"  # a customer would be misled
    ABSENT = "absent"  # the directory does not show it
    UNREADABLE = "unreadable"  # shown, but not comparable
    UNSET = "unset"  # the record itself lacks it


AGREEING = frozenset((Verdict.IDENTICAL, Verdict.EQUIVALENT))


class FieldVerdict(NamedTuple):
    """A verdict with its reason ("Ste = Suite") and both values as they were written.

    A named tuple, since an audit makes millions and frozen dataclasses take three times as long.
    """

    verdict: Verdict
    why: str = ""
    expected: str | None = None
    observed: str | None = None


UNSET = FieldVerdict(Verdict.UNSET)  # neither side says anything
