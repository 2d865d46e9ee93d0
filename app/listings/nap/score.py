"""One figure for a listing, from 0 to 100, by a formula that can stand on the page.

score = 100 x (points of the fields that could be checked) / (points they could have).
A field that agrees has all its points, one the directory does not show has half, a wrong one
none. What could not be read, and what the record itself lacks, counts neither way.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.listings.nap.verdict import Verdict

# By what a wrong value costs: a customer who cannot call or come is lost, one who reads another
# category is not. A listing that calls an open business closed loses them all.
WEIGHTS = {
    "name": 20,
    "address": 25,
    "phone": 25,
    "website": 8,
    "hours": 10,
    "category": 2,
    "status": 10,
}

_SHARE = {
    Verdict.IDENTICAL: 1.0,
    Verdict.EQUIVALENT: 1.0,
    Verdict.ABSENT: 0.5,
    Verdict.DIFFERENT: 0.0,
}


def score(verdicts: Mapping[str, Verdict]) -> int:
    """The score of one listing by its verdicts per field; 0 where nothing could be checked."""
    points = possible = 0.0
    for name, verdict in verdicts.items():
        share = _SHARE.get(verdict)
        if share is not None:
            points += WEIGHTS[name] * share
            possible += WEIGHTS[name]
    return round(100 * points / possible) if possible else 0
