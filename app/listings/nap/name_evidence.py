"""What two names say about being one place: rare words that both have, and words only one has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from app.listings.nap.common_words import has_chain, rarity, trade_words
from app.listings.nap.compare_names import Places, names_branch
from app.listings.nap.names import Name, is_department, is_umbrella
from app.listings.nap.word_matching import left_over

OTHER_NAME = -4.0  # one listing in fifty stands under a name without a word of the record's
OTHER_BRANCH = -3.5  # the house is the same, and each side says which of its branches it means
TWO_TRADES = -6.0  # one name, two trades: the café and the dining room of one hotel
CHAIN = 2.2  # a name with hundreds of branches: it says which house, not which door
RARE_NAME = 5.0
COMMON_WORD = 0.5

_NEAR = 84  # per cent of letters in common: a slip, not another word
_NEAR_COUNTS = 0.7
_TRADE_COUNTS = 0.3  # of its rarity, where a word tells the trade only


def is_former(ours: Name, theirs: Name) -> bool:
    """Whether one side bears the name that the other says it gave up."""
    return "".join(theirs.telling) in ours.former or "".join(ours.telling) in theirs.former


def adds_department(ours: Name, theirs: Name) -> bool:
    """Kroger and Kroger Pharmacy: one name is the other with a department of it."""
    only_ours, only_theirs = left_over(ours.telling, theirs.telling)
    return bool(only_ours) != bool(only_theirs) and any(map(is_department, only_ours + only_theirs))


@dataclass(frozen=True, slots=True)
class _Overlap:
    shared: tuple[str, ...]
    near: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@lru_cache(maxsize=16_384)
def name_evidence(ours: Name, theirs: Name, places: Places) -> float:
    """The logarithm of the likelihood ratio of two names, from -6 to 5, whichever comes first.

    Littletown is a rarer word than Little and Town: the rarer writing says how rare the name is.
    """
    return max(_evidence(ours, theirs, places), _evidence(theirs, ours, places))


def _evidence(ours: Name, theirs: Name, places: Places) -> float:
    overlap = _overlap(ours.telling, theirs.telling)
    if not any(len(word) > 1 or not word.isascii() for word in overlap.shared + overlap.near):
        return OTHER_NAME  # an initial in common is nothing in common
    agreeing = _agreement(overlap)
    if overlap.ours and overlap.theirs:
        special = _told_apart(ours, theirs, overlap, places)
        if special is not None:
            return special
    only_ours = _load(overlap.ours, ours, places)
    only_theirs = _load(overlap.theirs, theirs, places)
    common = _load(overlap.shared, ours, places) + _NEAR_COUNTS * _load(overlap.near, ours, places)
    common = max(common, 1.0)
    both, one = min(only_ours, only_theirs), max(only_ours, only_theirs)
    kept = agreeing * (1 - 0.35 * one / (common + one))
    return max(OTHER_NAME, kept + OTHER_NAME * both / (common + both))


def _overlap(ours: tuple[str, ...], theirs: tuple[str, ...]) -> _Overlap:
    only_ours, only_theirs = left_over(ours, theirs)
    shared = tuple(word for word in ours if word not in only_ours)
    near: list[str] = []
    rest_ours, rest_theirs = list(only_ours), list(only_theirs)
    for word in only_ours:
        match = next((other for other in rest_theirs if _near(word, other)), None)
        if match:
            near.append(word)
            rest_ours.remove(word)
            rest_theirs.remove(match)
    return _Overlap(shared, tuple(near), tuple(rest_ours), tuple(rest_theirs))


def _near(word: str, other: str) -> bool:
    """A slip of the pen, or one is cut short: comm for community."""
    short, long = sorted((word, other), key=len)
    if len(short) >= 3 and long.startswith(short) and (len(short) >= 5 or long in trade_words()):
        return True
    return len(short) >= 5 and ratio(word, other, score_cutoff=_NEAR) > 0


def _agreement(overlap: _Overlap) -> float:
    """COMMON_WORD for one word of a trade, up to RARE_NAME for a rare name."""
    if has_chain(overlap.shared):
        return CHAIN
    weights = [rarity(word) for word in overlap.shared]
    weights += [_NEAR_COUNTS * rarity(word) for word in overlap.near]
    weights.sort(reverse=True)
    told = weights[0] + 0.35 * sum(weights[1:])
    return max(COMMON_WORD, min(RARE_NAME, 0.62 * told - 1.8))


def _told_apart(ours: Name, theirs: Name, overlap: _Overlap, places: Places) -> float | None:
    """Both sides say more than the common name: which branch, or which of two trades."""
    if all(names_branch(word, ours, places) for word in overlap.ours) and all(
        names_branch(word, theirs, places) for word in overlap.theirs
    ):
        return OTHER_BRANCH
    trades = [
        set(filter(trade_words().__contains__, side)) for side in (overlap.ours, overlap.theirs)
    ]
    if len(trades[0]) < len(overlap.ours) or len(trades[1]) < len(overlap.theirs):
        return None
    # A restaurant may be called a diner; but a house known for many outlets has both.
    if any(all(map(is_umbrella, side)) for side in trades) and not has_chain(overlap.shared):
        return None
    return TWO_TRADES


def _load(words: tuple[str, ...], side: Name, places: Places) -> float:
    """How much of a name these words are: branches and trades little."""
    light = {w for w in words if w in trade_words() or names_branch(w, side, places)}
    return sum(rarity(word) * (_TRADE_COUNTS if word in light else 1) for word in words)
