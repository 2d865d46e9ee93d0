"""Is one name another way to write the other, a branch, a stuffed one, or somebody else's?"""

from __future__ import annotations

from app.listings.nap.categories import same_trade
from app.listings.nap.common_words import has_chain, trade_words
from app.listings.nap.name_places import core, without_cities
from app.listings.nap.names import (
    Name,
    is_branch_word,
    is_promotional,
    is_umbrella,
    is_weak_form,
)
from app.listings.nap.scripts import script_of, sounds_alike
from app.listings.nap.verdict import FieldVerdict, Verdict
from app.listings.nap.word_matching import left_over

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
    if _same_core(expected, observed):
        return Verdict.EQUIVALENT, "the same name beside its trade and place"
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


def _same_core(expected: Name, observed: Name) -> bool:
    """In scripts without spaces what describes a name is joined to it."""
    ours, theirs = "".join(expected.head), "".join(observed.head)
    if ours.isascii() or theirs.isascii() or _scripts(expected) == {"latin"}:
        return False
    return core(ours) == core(theirs) and not _other_branch(expected.tail, observed.tail)


def _other_branch(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return bool(ours and theirs) and any(left_over(ours, theirs))


def _initials(expected: Name, observed: Name) -> bool:
    """IHOP for International House of Pancakes; two letters only joined by a sign: M&S."""
    short, long = sorted((expected, observed), key=lambda name: len(name.letters))
    letters = "".join(short.head)
    apart = all(len(word) == 1 for word in short.head)
    if not (apart or len(short.head) == 1) or len(letters) < (2 if "&" in short.text else 3):
        return False
    with_joining = "".join(word[0] for word in long.text.lower().split() if word[0].isalpha())
    return len(long.head) > 1 and letters in ("".join(w[0] for w in long.head), with_joining)


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
    if all(is_weak_form(word) for word in telling) or _only_initials(telling, side):
        return Verdict.EQUIVALENT, f"legal form or initial {what}"
    if all(word in trade_words() for word in telling):
        if not added or len(telling) <= MOST_DESCRIBING_WORDS:
            return Verdict.EQUIVALENT, f"describing words {what}"
        return Verdict.DIFFERENT, f"search words {what}"
    return Verdict.DIFFERENT, f"words {what}"


def _only_initials(left: tuple[str, ...], side: Name) -> bool:
    """J for John before the family name, which has to be there. Behind it, a letter tells one
    from another: Plan B."""
    letters = all(len(word) == 1 and word.isascii() for word in left)
    return letters and len(side.head[-1]) > 3 and not side.head[-1].isdigit()


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
    shared = tuple(word for word in expected.telling if word not in ours)
    if _describe_alike(our_telling, their_telling) and not has_chain(shared):
        return Verdict.EQUIVALENT, f"words for one trade: {what}"
    return Verdict.DIFFERENT, what


def _describe_alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Trattoria instead of restaurant, veterinary clinic instead of animal hospital. A house known
    for many outlets has a restaurant beside its café."""
    ours, theirs = (tuple(w for w in side if len(w) > 1) for side in (ours, theirs))
    if not all(word in trade_words() for word in (*ours, *theirs)):
        return False
    umbrella = any(side and all(map(is_umbrella, side)) for side in (ours, theirs))
    return umbrella or same_trade(ours, theirs)
