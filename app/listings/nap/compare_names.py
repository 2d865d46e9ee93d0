"""Is one name another way to write the other, a branch, a stuffed one, or somebody else's?"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from app.listings.nap.common_words import trade_words
from app.listings.nap.names import (
    Name,
    is_branch_word,
    is_promotional,
    two_meanings,
    without_cities,
)
from app.listings.nap.scripts import script_of, sounds_alike
from app.listings.nap.verdict import FieldVerdict, Verdict

Places = tuple[frozenset[str], ...]  # words that name places: one set per address

MOST_DESCRIBING_WORDS = 2  # "Restaurant", "Hair Salon"; a third is there for search engines
_CUT_OFF = ("...", "…")


def compare_names(expected: Name, observed: Name, places: Places = ()) -> FieldVerdict:
    """Judge a name. `places` are folded words of both addresses: a city's name beside the
    business's is a suffix, not another business."""
    verdict, why = judge_names(expected, observed, places)
    return FieldVerdict(verdict, why, expected.text, observed.text)


def judge_names(expected: Name, observed: Name, places: Places) -> tuple[Verdict, str]:
    if expected.text == observed.text:
        return Verdict.IDENTICAL, ""
    for side, whose in ((expected, "of record"), (observed, "shown")):
        if not side.telling:
            return Verdict.UNREADABLE, f"what is {whose} is not a name"
    if expected.letters == observed.letters:
        return Verdict.EQUIVALENT, "capitals, accents, spaces or punctuation"
    if observed.text.endswith(_CUT_OFF) and expected.letters.startswith(observed.letters):
        return Verdict.UNREADABLE, "cut off"
    if "".join(observed.telling) in expected.former:
        return Verdict.DIFFERENT, "the former name"
    return _judge_words(expected, observed, places)


def _judge_words(expected: Name, observed: Name, places: Places) -> tuple[Verdict, str]:
    ours, theirs = left_over(expected.telling, observed.telling)
    if not ours and not theirs:
        return Verdict.EQUIVALENT, _why_equal(expected, observed)
    if any(_same_words(other, observed.telling) for other in expected.others):
        return Verdict.EQUIVALENT, "another name of the business"
    if any(_same_words(other, expected.telling) for other in observed.others):
        return Verdict.EQUIVALENT, "shown with another name beside it"
    if _scripts(expected) != _scripts(observed):
        by_script = _judge_scripts(expected, observed, places)
        if by_script:
            return by_script
    attached = _attached(expected, observed)
    if is_branch_word(attached):
        return Verdict.EQUIVALENT, "branch beside the name"
    if not attached.isascii() and attached in trade_words():
        return Verdict.EQUIVALENT, f"describing word {attached}"
    if _initials(expected, observed):
        return Verdict.EQUIVALENT, "its initials"
    if len(ours) == len(expected.telling):
        return Verdict.DIFFERENT, "another name"
    if _only_trades_left(expected, observed, ours, theirs):
        return Verdict.DIFFERENT, f"{' '.join(theirs) or 'nobody'} instead of {' '.join(ours)}"
    if ours and theirs:
        return _judge_both_sides(expected, observed, ours, theirs, places)
    return _judge_one_side(expected, observed, ours, theirs, places)


def _only_trades_left(
    expected: Name, observed: Name, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> bool:
    """Boston Pizza beside Pizza: what is left of the main part names a trade, and nobody."""
    shared = [word for word in expected.head if word not in ours]
    named = any(word in expected.head for word in ours) or any(
        word in observed.head and word not in trade_words() for word in theirs
    )
    return named and all(word in trade_words() for word in shared)


def left_over(
    expected: tuple[str, ...], observed: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of each side that the other lacks, in order; none where only spaces differ."""
    if "".join(expected) == "".join(observed):
        return (), ()
    ours, theirs = Counter(map(_plain, expected)), Counter(map(_plain, observed))
    left = _beyond(expected, ours - theirs), _beyond(observed, theirs - ours)
    if "".join(left[0]) == "".join(left[1]):
        return (), ()
    return _without_short_forms(*left) if left[0] and left[1] else left


def _without_short_forms(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Without the words that may be one: St on one side, Saint or Street on the other."""
    left, right = list(ours), list(theirs)
    for one, other in ((left, right), (right, left)):
        for short, meanings in two_meanings().items():
            for meant in meanings:
                if short in one and meant in other:
                    one.remove(short)
                    other.remove(meant)
    return tuple(left), tuple(right)


def _beyond(side: tuple[str, ...], more: Counter[str]) -> tuple[str, ...]:
    out = []
    for word in side:
        if more[_plain(word)] > 0:
            more[_plain(word)] -= 1
            out.append(word)
    return tuple(out)


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    """Mueller, Müller and Muller alike."""
    if not word.isascii() or len(word) < 4:
        return word
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _same_words(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return not any(left_over(left, right))


def _why_equal(expected: Name, observed: Name) -> str:
    ours, theirs = set(expected.dropped), set(observed.dropped)
    if ours != theirs:
        return "does not count: " + ", ".join(f"“{word}”" for word in sorted(ours ^ theirs))
    return "the same words, written differently"


def _scripts(name: Name) -> frozenset[str]:
    found = frozenset(script_of(word) for word in name.telling) - {""}
    return found - {"han"} if "kana" in found else found  # Japanese mixes the two


def _judge_scripts(expected: Name, observed: Name, places: Places) -> tuple[Verdict, str] | None:
    """Names in two scripts: compare what both have, else compare the sounds."""
    ours, theirs = _scripts(expected), _scripts(observed)
    if not ours or not theirs:
        return None
    common = ours & theirs
    if common:
        verdict, why = judge_names(_only(expected, common), _only(observed, common), places)
        same = verdict in (Verdict.IDENTICAL, Verdict.EQUIVALENT)
        return (Verdict.EQUIVALENT, why or "the same name in two scripts") if same else None
    for left, right in (
        (_untraded(expected.head), _untraded(observed.head)),
        (expected.head, observed.head),
        (expected.telling, observed.telling),
    ):
        if left and right and sounds_alike("".join(left), "".join(right)):
            return Verdict.EQUIVALENT, "the same sounds in another script"
    return Verdict.UNREADABLE, "written in another script"


def _only(name: Name, scripts: frozenset[str]) -> Name:
    """The part of a name that is written in these scripts."""
    head = tuple(word for word in name.head if script_of(word) in scripts)
    tail = tuple(word for word in name.tail if script_of(word) in scripts)
    if not head:
        head, tail = tail, ()
    text = " ".join(head + tail)
    return Name(text, "".join(head + tail), head, tail)


def _untraded(side: tuple[str, ...]) -> tuple[str, ...]:
    """Without words of a trade, which are translated rather than spelt."""
    out = []
    for word in side:
        if word in trade_words():
            continue
        out.append(word if word.isascii() else _without_trade_ending(word))
    return tuple(out)


def _without_trade_ending(word: str) -> str:
    endings = [ending for ending in (word[-n:] for n in range(5, 0, -1)) if ending in trade_words()]
    return word.removesuffix(endings[0]) or word if endings else word


def _initials(expected: Name, observed: Name) -> bool:
    long, short = expected, observed
    if len(long.head) < len(short.head):
        long, short = short, long
    if len(short.head) != 1 or len(long.head) < 3:
        return False
    with_joining = "".join(word[0] for word in long.text.lower().split() if word[0].isalpha())
    return short.head[0] in ("".join(word[0] for word in long.head), with_joining)


def _judge_one_side(
    expected: Name,
    observed: Name,
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    places: Places,
) -> tuple[Verdict, str]:
    added = bool(theirs)
    left, side = (theirs, observed) if added else (ours, expected)
    what = f"{'added' if added else 'missing'}: {' '.join(left)}"
    if added and is_stuffed(left, side.parts, places):
        return Verdict.DIFFERENT, f"search words {what}"
    telling = _beside_branch(left, side, places)
    if not telling:
        return Verdict.EQUIVALENT, f"branch or place {what}"
    if all(word in trade_words() for word in telling):
        if not added or len(telling) <= MOST_DESCRIBING_WORDS:
            return Verdict.EQUIVALENT, f"describing words {what}"
        return Verdict.DIFFERENT, f"search words {what}"
    return Verdict.DIFFERENT, f"words {what}"


def is_stuffed(left: tuple[str, ...], parts: int, places: Places) -> bool:
    """Words that praise, or a pile of trade and place words, were added to be found by."""
    praising = sum(map(is_promotional, left))
    trades = sum(word in trade_words() for word in left)
    if praising and (praising > 1 or trades or parts > 1):
        return True
    return trades > MOST_DESCRIBING_WORDS or (trades >= 2 and parts > 2)


def _beside_branch(left: tuple[str, ...], side: Name, places: Places) -> tuple[str, ...]:
    """The words that say more than which branch, or where."""
    return tuple(word for word in without_cities(left) if not names_branch(word, side, places))


def names_branch(word: str, side: Name, places: Places) -> bool:
    if any(word in names for names in places) or is_branch_word(word):
        return True
    return word in side.tail and word not in trade_words()


def _attached(expected: Name, observed: Name) -> str:
    """What follows where one name begins with the whole other: 강남점 in 스타벅스강남점."""
    short, long = sorted(("".join(expected.telling), "".join(observed.telling)), key=len)
    return long.removeprefix(short) if long.startswith(short) else ""


def _judge_both_sides(
    expected: Name,
    observed: Name,
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    places: Places,
) -> tuple[Verdict, str]:
    what = f"{' '.join(theirs)} instead of {' '.join(ours)}"
    our_telling = _beside_branch(ours, expected, places)
    their_telling = _beside_branch(theirs, observed, places)
    if not our_telling and not their_telling:
        return Verdict.DIFFERENT, f"another branch: {what}"
    if not our_telling or not their_telling:
        telling = our_telling or their_telling
        if all(word in trade_words() for word in telling) and len(telling) <= MOST_DESCRIBING_WORDS:
            return Verdict.EQUIVALENT, f"place or describing words: {what}"
    return Verdict.DIFFERENT, what
