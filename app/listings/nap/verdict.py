"""The six verdicts on a field, and what a comparison of one field says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a listing's field stands to the record."""

    IDENTICAL = "identical"  # the same after trimming and Unicode normalisation
    EQUIVALENT = "equivalent"  # written differently, leads to the same place or line
    DIFFERENT = "different"  # a customer would be misled
    ABSENT = "absent"  # the directory does not show it
    UNREADABLE = "unreadable"  # shown, but not comparable
    UNSET = "unset"  # the record itself lacks it


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """A verdict with its reason ("Ste = Suite") and both values as they were written."""

    verdict: Verdict
    why: str = ""
    expected: str | None = None
    observed: str | None = None
