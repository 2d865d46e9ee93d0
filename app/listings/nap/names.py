"""Names of businesses, taken apart: what tells this one from others, and what only goes with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from app.listings.nap.common_words import trade_words
from app.listings.nap.name_places import is_shop_of_branch, without_branches
from app.listings.nap.tables import one_character, table
from app.listings.nap.text import fold, words

LONGEST = 300  # characters: what is longer is a text, not a name

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}(?=\W|$)|\b(?:[^\W\d_]\.){1,6}[^\W\d_]\b\.?")
_ELISION = re.compile(r"\b(l|d|dell|all|nell|sull|un|qu)\s*[`'’´]\s*(?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)[\s\\]*[`'’´]\s*s\b", re.IGNORECASE)
_PARENTHESIS = re.compile(r"[(\[（【「『<]([^()\[\]（）【】「」『』<>]{1,120})[)\]）】」』>]")
_SEPARATOR = re.compile(
    r"\s+[-–—−~:/]+\s+|\s*[|·•＠@»›]\s*|\s*[–—]\s*|\s+at\s+(?=\w)|,\s+|\s+//\s+|:\s+"
)
_STORE_NUMBER = re.compile(
    r"(?:#|\b(?:no\.?|nr\.?|store|unit)(?![^\W\d_]))\s*#?(\d{1,6})[a-z]?\b", re.IGNORECASE
)
_WITH_DOTS = "xdottedx"  # behind what was written with dots, as letters that folding leaves alone
# Whose a partnership is, and what a clinic's owner is called: 医療法人社団 青空会.
_OF_PARTNERS = re.compile(
    r"(?<=\bs\.a\.s\.|\bs\.n\.c\.) di .*|(?<=\bsas|\bsnc) di .*"
    r"|[ ,]+(?:inh(?:aber|aberin)?|prop)\b[.:]? .*"
    r"|[ ,]+au capital de .*|\s*(?:&|\+)\s*(?:co|cie|cía|cia)\b\.?|\s*& c\.(?=\s|$)",
    re.IGNORECASE,
)
_MEDICAL_OWNER = re.compile(r"医療法人(?:社団|財団)?\s?\S{1,8}?会\s?")
_HET = re.compile(r"(?<!\w)['’‘`]t(?=\s)", re.IGNORECASE)  # Café 't Hoekje


@dataclass(frozen=True, slots=True)
class Name:
    """`head` are the telling words of the main part, `tail` those of what follows a dash, a bar,
    `at` or stands in parentheses, and branch names such as 강남점; both without legal forms,
    articles and joining words. `letters` is everything, joined. Words are folded, and spellings of
    one meaning stand as one word."""

    text: str
    letters: str
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    parts: int = 1
    former: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def telling(self) -> tuple[str, ...]:
        return self.head + self.tail


@lru_cache(maxsize=16_384)
def read_name(text: str) -> Name:
    """Take a name apart; cleaned text in (see `text.clean`)."""
    letters = "".join(words(text))
    if len(text) > LONGEST:
        return Name(text, letters)
    rest, former, others = _other_names(_folded(text))
    rest, numbers = _STORE_NUMBER.sub(" ", rest), _STORE_NUMBER.findall(rest)
    inside = [part for part in _PARENTHESIS.findall(rest) if words(part)]
    outside = [part for part in _SEPARATOR.split(_PARENTHESIS.sub(" ", rest)) if words(part)]
    if not outside:
        outside, inside = inside[:1], inside[1:]
    dropped: list[str] = []
    parts = [_telling_words(part, dropped) for part in (*outside, *inside)]
    parts = [part for at, part in enumerate(parts) if part and not (at and _is_form(part))] or [
        _with_one_spelling(words(rest.replace(_WITH_DOTS, "")))
    ]
    head, branches = without_branches(parts[0])
    tail = [word for part in parts[1:] for word in part]
    return Name(
        text,
        letters,
        head,
        (*branches, *tail, *(f"#{number}" for number in numbers)),
        tuple(dropped),
        len(parts),
        former,
        others,
    )


def _folded(text: str) -> str:
    """Folded, with initials drawn together (S.p.A. is spa, marked as dotted), elisions parted."""
    text = _OF_PARTNERS.sub(" ", _MEDICAL_OWNER.sub("", text))
    text = _ELISION.sub(r"\1 ", _HET.sub("het", text))
    text = _DOTTED.sub(lambda dotted: _draw_together(dotted[0]), text)
    folded = fold(text)
    if folded.isascii():
        return _POSSESSIVE.sub("s", folded)
    folded = one_character(folded)
    for form in _lists()["attached_forms"]:
        if form in folded:
            folded = folded.replace(form, " ")
    return _POSSESSIVE.sub("s", folded)


def _draw_together(dotted: str) -> str:
    letters = re.sub(r"[^\w]", "", dotted)
    return (
        f"{letters}{_WITH_DOTS} "
        if letters.lower() in _lists()["only_with_dots"]
        else f"{letters} "
    )


def _other_names(folded: str) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The name without "formerly X" and "also known as X", and those names."""
    former, others = [], []
    for markers in (_markers("former_markers"), _markers("former_markers_set_off")):
        match = markers.search(folded)
        if match and words(folded[: match.start()]):
            former.append("".join(_telling_words(folded[match.end() :], [])))
            folded = folded[: match.start()]
    match = _markers("other_name_markers").search(folded)
    if match and words(folded[: match.start()]):
        others.append(_telling_words(folded[match.end() :], []))
        others.append(_telling_words(folded[: match.start()], []))
        folded = folded[match.end() :]
    return folded, tuple(former), tuple(others)


@cache
def _markers(which: str) -> re.Pattern[str]:
    spaced = sorted((fold(marker) for marker in table("names")[which]), key=len, reverse=True)
    choices = "|".join(re.escape(marker).replace(r"\ ", r"[ ./]{1,2}") for marker in spaced)
    set_off = r"(?:[(\[（]\s*|,\s*|\s[-–—]\s+)"
    opened = set_off if which.endswith("set_off") else r"[\s(\[,]+"
    return re.compile(rf"{opened}(?:{choices})(?:[\s:.]+|(?<=[구旧舊]))")


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(form for word in entries for form in _forms(word))
        for name, entries in table("names").items()
        if name not in ("same_words", "two_meanings")
    }


def _forms(word: str) -> tuple[str, ...]:
    """A word of a list as words of names are compared: folded, and without its plural."""
    plain = one_character(fold(word))
    plural = plain.isascii() and len(plain) > 3 and plain.endswith("s")
    return (plain, plain[:-1]) if plural else (plain,)


@cache
def _meanings() -> dict[str, str]:
    return {fold(word): group[0] for group in table("names")["same_words"] for word in group}


def two_meanings() -> dict[str, list[str]]:
    """Words that are short for either of two: st for saint and street."""
    return table("names")["two_meanings"]


def _telling_words(part: str, dropped: list[str]) -> tuple[str, ...]:
    found = _without_legal_forms(part, dropped)
    weightless = _lists()["glue"] | _lists()["titles"]
    kept = [word for word in found if word not in weightless]
    dropped += [word for word in found if word in weightless]
    return _with_one_spelling(kept)


_LONGEST_FORM = 5  # words: S. de R.L. de C.V.


def _without_legal_forms(part: str, dropped: list[str]) -> list[str]:
    """Legal forms stand at the end, one after another, and in some countries at the start."""
    marked = words(part)
    found = [word.removesuffix(_WITH_DOTS) for word in marked]
    while found and (length := _form_at_end(found, marked)):
        dropped += found[-length:]
        found, marked = found[:-length], marked[:-length]
    for length in range(min(3, len(found) - 1), 0, -1):
        dotted = length == 1 and marked[0].endswith(_WITH_DOTS)
        if dotted or " ".join(found[:length]) in _lists()["leading_forms"]:
            dropped += found[:length]
            return found[length:]
    return found


def _form_at_end(found: list[str], marked: list[str]) -> int:
    """How many words at the end are one legal form. Words that names are made of too are one
    only with dots."""
    forms, with_dots = _lists()["legal_forms"], _lists()["only_with_dots"]
    for length in range(min(_LONGEST_FORM, len(found)), 0, -1):
        last = " ".join(found[-length:])
        dotted = length == 1 and marked[-1].endswith(_WITH_DOTS)
        if dotted or (last in forms and last not in with_dots):
            return length
    return 0


def _is_form(part: tuple[str, ...]) -> bool:
    """A part of its own that is a legal form: "Ltda - ME"."""
    return len(part) == 1 and is_weak_form(part[0])


def is_weak_form(word: str) -> bool:
    """A word that may be a legal form (PC, CC, SC) and may be a part of the name."""
    return word in _lists()["only_with_dots"] and word not in trade_words()


def _with_one_spelling(found: list[str]) -> tuple[str, ...]:
    meanings = _meanings()
    out: list[str] = []
    position = 0
    while position < len(found):
        for length in (3, 2):
            several = " ".join(found[position : position + length])
            if several in meanings and several.count(" ") == length - 1:
                out.append(meanings[several])
                position += length
                break
        else:
            out.append(meanings.get(found[position]) or _singular(found[position]))
            position += 1
    return tuple(out)


def _singular(word: str) -> str:
    """Without a final s: of the plural, or of "Joe's" written Joes."""
    stem = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return _meanings().get(stem, stem)


def is_promotional(word: str) -> bool:
    return word in _lists()["promotional"]


def is_umbrella(word: str) -> bool:
    """A word that stands beside any trade: restaurant for every kind of it, shop, company."""
    return word in _lists()["umbrella"]


def is_department(word: str) -> bool:
    """A part of a larger house that one calls and finds by itself: its pharmacy, its bakery."""
    return word in _lists()["departments"]


def is_branch_word(word: str) -> bool:
    """A word or number by which branches of one house are told apart."""
    return word.startswith("#") or word in _lists()["branch"] or is_shop_of_branch(word)
