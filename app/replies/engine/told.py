"""What a review tells as an event, named again in few words: "the wait of forty minutes", "nobody
calling you back". The patterns are data, `told.toml` of a language's folder; a language without
that file names its topics by their nouns alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.replies.engine.grammar import JOINT, joined
from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import PHRASES, Phrasebook, load
from app.replies.engine.types import Polarity

# Rules of the checker whose words a reply must not take over from the review.
_UNSPEAKABLE = frozenset(
    {"profanity", "promise", "accusation", "weekday", "ask_private", "liability", "blame", "soft"}
)
_MOST = 4  # events named again of one review
_LONGEST, _LONGEST_CHARS = 11, 90  # words and characters of one event
_DENIED_BEFORE = 24  # characters
_MACRO = re.compile(r"<(\w+)>")
GROUP = re.compile(r"\\(\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the review, where it stands, and the noun phrase that names it in each case of
    the language."""

    start: int
    end: int
    topic: str
    polarity: Polarity
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    topic: str
    polarity: Polarity
    hints: tuple[str, ...]  # one of them stands in every text that matches
    pattern: re.Pattern[str]
    says: tuple[str, ...]  # in each case of the language
    trades: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tellings:
    """All that a language's `told.toml` says, compiled."""

    rows: tuple[_Row, ...]
    turned: dict[str, str]  # the reviewer's words as the reply says them: my → your
    tidy: tuple[tuple[re.Pattern[str], str], ...]
    denied: re.Pattern[str] | None  # what makes the words after it say the opposite


def tell(text: str, folded: str, book: Phrasebook, trade: str) -> list[Told]:
    """The events of a text, first things first; never two of the same words.

    `folded` is `fold(text)`, character by character.
    """
    known = tellings(book.language)
    found: list[Told] = []
    for row in known.rows:
        if (row.trades and trade not in row.trades) or not book.topics[row.topic].of(trade):
            continue
        if not any(hint in folded for hint in row.hints):
            continue
        for match in row.pattern.finditer(folded):
            start, end = match.span()
            before = folded[max(0, start - _DENIED_BEFORE) : start]
            if known.denied and known.denied.search(before):
                continue
            if any(start < other.end and other.start < end for other in found):
                continue
            forms = _forms(row, match, text, book, known)
            if forms:
                found.append(Told(start, end, row.topic, row.polarity, forms))
    return sorted(found, key=lambda told: told.start)[:_MOST]


def _forms(
    row: _Row, match: re.Match[str], text: str, book: Phrasebook, known: Tellings
) -> tuple[str, ...]:
    """The row's words with those of the review in them; none where they would name somebody or
    say something that a reply should not."""
    # Where every noun has a capital, or no word has one, a capital tells of no name.
    telling = book.has_case and not book.meta.get("nouns_capitalised")

    def taken(group: re.Match[str]) -> str:
        start, end = match.span(int(group.group(1)))
        if start < 0:
            return ""
        span = text[start:end].lower() if telling else text[start:end]
        words = (known.turned.get(word, word) for word in span.split())
        return f"{JOINT}{' '.join(words)}{JOINT}"

    for number in range(1, match.re.groups + 1):
        if telling and match.group(number) and _names_somebody(text, *match.span(number)):
            return ()
    forms = tuple(_tidied(GROUP.sub(taken, says), book, known) for says in row.says)
    return () if any(_unfit(form, book) for form in forms) else forms


def _tidied(phrase: str, book: Phrasebook, known: Tellings) -> str:
    phrase = " ".join(joined(phrase, book.language).split())
    for pattern, instead in known.tidy:
        phrase = pattern.sub(instead, phrase)
    return phrase


def _unfit(phrase: str, book: Phrasebook) -> bool:
    if len(phrase.split()) > _LONGEST or len(phrase) > _LONGEST_CHARS:
        return True
    rules = {rule for hit in book.check_matcher.find(fold(phrase)) for rule, _ in hit.payload}
    return bool(rules & _UNSPEAKABLE)


def _names_somebody(text: str, start: int, end: int) -> bool:
    """Whether a capital within a sentence may be a name; in a shouted text no capital says so."""
    span = text[start:end]
    if span.isupper() or not any(map(str.isupper, span)):
        return False
    begins = not text[:start].rstrip() or text[:start].rstrip()[-1] in ".!?\n"
    words = span.split()
    return any(word[0].isupper() and word != "I" for word in (words[1:] if begins else words))


@cache
def tellings(language: str) -> Tellings:
    """The events of a language; none where its folder has no `told.toml`."""
    path = PHRASES / language / "told.toml"
    if not path.is_file():
        return Tellings((), {}, (), None)
    with path.open("rb") as file:
        written = tomllib.load(file)
    macros: dict[str, str] = {}
    for name, pattern in written["words"].items():
        macros[name] = _expanded(pattern, macros)
    book = load(language)
    return Tellings(
        rows=tuple(_row(row, macros, book) for row in written["told"]),
        turned=written["turned"],
        tidy=tuple((re.compile(pattern), instead) for pattern, instead in written["tidy"]),
        denied=re.compile(written["denied"]) if "denied" in written else None,
    )


def _row(row: dict[str, Any], macros: dict[str, str], book: Phrasebook) -> _Row:
    match, says = f"(?:{_expanded(row['match'], macros)})", row["says"]
    by_case: dict[str, Any] = says if isinstance(says, dict) else dict.fromkeys(book.cases, says)
    return _Row(
        topic=row["topic"],
        polarity=Polarity.POSITIVE if row.get("praise") else Polarity.NEGATIVE,
        hints=tuple(row["hints"]),
        pattern=re.compile(rf"(?<![\w']){match}(?![\w'])" if book.spaces else match),
        says=tuple(str(by_case[case]) for case in book.cases),
        trades=frozenset(row.get("trades", ())),
    )


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    return _MACRO.sub(lambda match: f"(?:{macros[match.group(1)]})", pattern)
