"""Open, closed or moved: what a listing says about a place's being there at all."""

from __future__ import annotations

from app.listings.nap.text import fold, words
from app.listings.nap.verdict import FieldVerdict, Verdict

# As records of ours, schema.org, Google, Yelp, Foursquare and OpenStreetMap put it.
_MEANINGS = {
    "open": "open",
    "operational": "open",
    "active": "open",
    "영업중": "open",
    "営業中": "open",
    "closed": "closed",
    "closed permanently": "closed",
    "permanently closed": "closed",
    "out of business": "closed",
    "disused": "closed",
    "abandoned": "closed",
    "폐업": "closed",
    "閉店": "closed",
    "閉業": "closed",
    "dauerhaft geschlossen": "closed",
    "fermé définitivement": "closed",
    "cerrado permanentemente": "closed",
    "temporarily closed": "temporarily_closed",
    "closed temporarily": "temporarily_closed",
    "휴업": "temporarily_closed",
    "임시휴업": "temporarily_closed",
    "休業中": "temporarily_closed",
    "臨時休業": "temporarily_closed",
    "vorübergehend geschlossen": "temporarily_closed",
    "moved": "moved",
    "relocated": "moved",
    "이전": "moved",
    "移転": "moved",
}
_BY_WORDS = {" ".join(words(said)): meaning for said, meaning in _MEANINGS.items()}
_SAYS = {
    "open": "open",
    "closed": "closed for good",
    "temporarily_closed": "closed for a time",
    "moved": "moved",
}


def read_status(text: str | None) -> str | None:
    """`open`, `closed`, `temporarily_closed` or `moved`; None where the text says none of them."""
    return _BY_WORDS.get(" ".join(words(text))) if text else None


def compare_statuses(expected: str, observed: str) -> FieldVerdict:
    """A listing that calls an open place closed loses every customer who reads it."""
    if fold(expected) == fold(observed):
        same = Verdict.IDENTICAL if expected == observed else Verdict.EQUIVALENT
        return FieldVerdict(same, "", expected, observed)
    ours, theirs = read_status(expected), read_status(observed)
    if ours is None or theirs is None:
        return FieldVerdict(Verdict.UNREADABLE, "not a status we know", expected, observed)
    if ours == theirs:
        return FieldVerdict(Verdict.EQUIVALENT, f"both say {_SAYS[ours]}", expected, observed)
    return FieldVerdict(Verdict.DIFFERENT, f"shown as {_SAYS[theirs]}", expected, observed)
