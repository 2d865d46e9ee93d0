"""A language's folder of phrases, read once and compiled. The format is told in
`app/replies/phrases/README.md`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from app.replies.engine.loose import LooseMatcher
from app.replies.engine.matcher import Matcher, fold
from app.replies.engine.types import LANGUAGES, Polarity

P = TypeVar("P")

PHRASES = Path(__file__).parent.parent / "phrases"

SLOT = re.compile(r"\{([a-z_]+)(?::([a-z_]+))?\}")
TOPIC_SLOTS = frozenset({"complaints", "praises", "care"})
ANY_TRADE = "any"  # of a business that does not say what it is
_TAG = re.compile(r"@([a-z_]+)\s+")
_ADDRESS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")  # "[Ihr|dein]": formal, informal


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something. `slots` are what it needs, `tags` when it may be used."""

    id: str
    text: str
    slots: frozenset[str]  # plain values, such as {email}
    topic_slots: frozenset[str]
    tags: frozenset[str]
    first_person: bool


@dataclass(frozen=True, slots=True)
class TopicSense:
    """What a found pattern says: its topic, the polarity it carries by itself (or None), and
    whether it is a noun to copy, with its gender and right spelling (or "")."""

    topic: str
    polarity: Polarity | None = None
    noun: bool = False
    gender: str = ""
    spelling: str = ""
    facet: int | None = None


Forms = dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Topic:
    """The ways to name a topic: forms[slot][case] → noun phrases, in writing order."""

    key: str
    forms: Forms
    facets: tuple[Forms, ...]  # ways to name particular points of the topic
    borrow: frozenset[str]  # topics whose nouns it takes: the wait for the *soup*
    lean: Polarity | None  # what it means when no word says more
    reach: int | None  # how near a feeling must stand to count
    unless: frozenset[str]  # topics whose noun in the clause rules this one out
    trades: frozenset[str]  # the trades it belongs to; none: all
    facet_trades: tuple[frozenset[str], ...]  # the same for its particular points
    brought: bool = False  # what customers bring along, such as a broken thing

    def of(self, trade: str, facet: int | None = None) -> bool:
        """Whether the topic, or a point of it, belongs to a trade; `ANY_TRADE` has them all."""
        trades = self.trades if facet is None else self.facet_trades[facet] or self.trades
        return not trades or trade in trades or trade == ANY_TRADE


class Phrasebook:
    """Everything the engine knows of one language. An `informal` edition addresses people as tú,
    du or tu."""

    def __init__(self, language: str, folder: Path, informal: bool = False) -> None:
        self.language = language
        self.folder = folder
        self.informal = informal
        self.meta = _read(folder / "language.toml")
        formal = self.meta.get("formal_address")
        self.formal = re.compile(formal) if formal else None
        cues = _read(folder / "cues.toml")
        topics = _read(folder / "topics.toml")
        nouns = _read(folder / "nouns.toml")
        self.spaces: bool = self.meta["spaces"]
        self.has_case: bool = self.meta.get("has_case", True)
        self.in_words: bool = self.meta["unit"] == "words"
        self._capitals: bool = self.meta.get("nouns_capitalised", False)
        self.cases: tuple[str, ...] = tuple(self.meta["cases"])
        self.negation_reach: tuple[int, int] = tuple(self.meta["negation_reach"])
        self.layouts: dict[str, list[list[str]]] = {
            kind: [row.split() for row in rows] for kind, rows in self.meta["layouts"].items()
        }
        self.lengths: dict[str, list[int]] = self.meta["lengths"]
        self.determiners: dict[str, dict[str, str]] = self.meta.get("determiners", {})
        self._first_person = re.compile(self.meta["first_person"], re.IGNORECASE)
        self.reader = re.compile(self.meta["reader"], re.IGNORECASE)
        # Words of tú, du, tu; languages without such a choice have none.
        familiar = self.meta.get("familiar")
        self.familiar = re.compile(familiar, re.IGNORECASE) if familiar else None
        self.moves = self._read_moves(_read(folder / "moves.toml"))
        self.topics = {key: self._topic(key, row) for key, row in topics.items()}
        self.cues: dict[str, list[str]] = cues
        idioms = (
            (pattern, ()) for idiom in cues.get("idiom", ()) for pattern in self._spelt(idiom)
        )
        named = {
            word for by_gender in nouns.values() for words in by_gender.values() for word in words
        }
        senses = self._senses(topics, nouns)
        self.heads = self._heads(senses) if self.meta.get("compounds") else {}
        self.topic_matcher = self._matcher([*senses, *idioms], named)
        self.cue_matcher = self._matcher(
            (spelt, cue) for cue, patterns in cues.items() for pattern in patterns
            if cue not in (*_SENTIMENT, "idiom") for spelt in self._spelt(pattern)
        )  # fmt: skip
        self.sentiment_matcher = self._matcher(
            (spelt, cue) for cue in (*_SENTIMENT, "idiom") for pattern in cues.get(cue, ())
            for spelt in self._spelt(pattern)
        )  # fmt: skip
        self._read_check(_read(folder / "check.toml"))
        spelling = self.meta.get("spelling", {"prefixes": [], "words": {}})
        self._respelt: dict[str, str] = spelling["words"]
        self._respelt_in = tuple(spelling["prefixes"])
        self._respelt_words = re.compile(rf"\b(?:{'|'.join(self._respelt) or '(?!)'})\b")
        self._told = re.compile(self.meta["told"]) if "told" in self.meta else None
        self._aside = re.compile(self.meta["aside"] + "$") if "aside" in self.meta else None
        self.noun_patterns = [
            re.compile(pattern, re.IGNORECASE) for pattern in self.meta.get("noun_patterns", [])
        ]
        self.figures = [
            (re.compile(pattern), TopicSense(topic, polarity))
            for field, (topic, polarity) in _FIGURES.items()
            for pattern in self.meta.get(field, ())
        ]
        self.not_nouns = frozenset(self.meta.get("not_nouns", []))
        self.person_patterns = [re.compile(p) for p in self.meta["people"]["patterns"]]
        self.function_words = frozenset(self.meta["function_words"])
        self.not_people = frozenset(self.meta["people"]["never"])
        self.greets = re.compile(self.meta["greets"], re.IGNORECASE)

    def _matcher(self, patterns: Iterable[tuple[str, P]], nouns: Container[str] = ()) -> Matcher[P]:
        if between := self.meta.get("between"):
            return LooseMatcher(patterns, between, nouns)
        return Matcher(patterns, self.spaces)

    def _heads(
        self, senses: list[tuple[str, tuple[TopicSense, ...]]]
    ) -> dict[str, tuple[TopicSense, ...]]:
        """Nouns by which words that end in them are told, where nouns are written together."""
        return {
            fold(noun): tuple(replace(sense, spelling="") for sense in found if sense.noun)
            for noun, found in senses
            if found[0].noun and noun.isalpha() and len(noun) >= _LEAST_HEAD
        }

    def _read_check(self, check: dict[str, Any]) -> None:
        senses: dict[str, list[tuple[str, str]]] = {}
        for rule, patterns in check["lists"].items():
            for pattern in patterns:
                senses.setdefault(pattern, []).append((rule, pattern))
        self.check_lists: dict[str, list[str]] = check["lists"]
        self.check_matcher = Matcher(
            ((pattern, tuple(found)) for pattern, found in senses.items()), self.spaces
        )
        self.better_words: dict[str, str] = check.get("try", {})
        self.instead: dict[str, str] = check.get("instead", {})
        self.better = [
            (re.compile(row["match"], re.IGNORECASE), row["try"], row.get("says"))
            for row in check.get("better", ())
        ]

    def _read_moves(self, tables: dict[str, Any]) -> dict[str, tuple[Phrase, ...]]:
        return {
            f"{group}.{move}": tuple(
                self._phrase(f"{group}.{move}.{number}", text)
                for number, written in enumerate(written_list)
                if (text := self._addressed(written)) is not None
            )
            for group, moves in tables.items()
            for move, written_list in moves.items()
        }

    def _addressed(self, written: str) -> str | None:
        """A phrase as this edition says it; None where it can only be said formally."""
        if not self.informal:
            return _ADDRESS.sub(r"\1", written)
        said = _ADDRESS.sub(r"\2", written)
        return None if self.formal is not None and self.formal.search(said) else said

    def _spelt(self, pattern: str) -> list[str]:
        """A pattern with the other spellings of its letters, such as ae for ä and ss for ß."""
        spelt = [pattern]
        for letters in self.meta.get("spellings", ()):
            other = spelt[0]
            for letter, instead in letters.items():
                other = other.replace(letter, instead)
            if other not in spelt:
                spelt.append(other)
        return spelt

    def _phrase(self, identity: str, written: str) -> Phrase:
        tags = []
        while match := _TAG.match(written):
            tags.append(match.group(1))
            written = written[match.end() :]
        slots = frozenset(slot for slot, _ in SLOT.findall(written))
        return Phrase(
            id=identity,
            text=written,
            slots=slots - TOPIC_SLOTS,
            topic_slots=slots & TOPIC_SLOTS,
            tags=frozenset(tags),
            first_person=self.says_i(written),
        )

    def says_i(self, text: str) -> bool:
        """Whether one person speaks in a text."""
        return self._first_person.search(text) is not None

    def stands_aside(self, folded: str, start: int) -> bool:
        """Whether the words before a noun make it a mere place: "in our …"."""
        before = folded[max(0, start - _ASIDE_CHARS) : start]
        return self._aside is not None and self._aside.search(before) is not None

    def respells(self, phone: str) -> bool:
        """Whether a business with this telephone writes some words another way: "colour"."""
        return bool(self._respelt) and phone.startswith(self._respelt_in)

    def respelt(self, text: str) -> str:
        """A phrase in that other spelling."""
        return self._respelt_words.sub(lambda match: self._respelt[match.group()], text)

    def is_told(self, folded: str, start: int, polarity: Polarity) -> bool:
        """Whether the words after a topic make it what the sentence complains of: "the lift was …".
        Praise takes more than that. Without a pattern for it every topic is told."""
        if self._told is None:
            return True
        return polarity is not Polarity.POSITIVE and self._told.match(folded, start) is not None

    def copied(self, span: str, spelling: str = "") -> str | None:
        """A noun of the review as a reply may repeat it: rightly spelled and without shouting.
        None where its accents make it another word than `spelling`: a *montre* is not *montré*."""
        span = " ".join(span.split())
        if spelling:
            if len(spelling) != len(span):
                return spelling[:1].upper() + spelling[1:] if self._capitals else spelling
            letters = []
            for own, right in zip(span, spelling, strict=True):
                if right.isascii() and own.isalpha() and not own.isascii():
                    return None
                if right == "ñ" and own in "nN":  # a letter of its own: uñas are not unas
                    return None
                letters.append(right.upper() if own.isupper() else right)
            span = "".join(letters)
        if self._capitals and span.isupper() and len(span) <= _ABBREVIATION:
            return span
        if self._capitals:
            return span[:1].upper() + (span[1:].lower() if span.isupper() else span[1:])
        known = self.meta.get("abbreviations")
        abbreviated = span in known if known else span.isupper() and len(span) <= _ABBREVIATION
        return span.lower() if self.has_case and not abbreviated else span

    def _topic(self, key: str, row: dict[str, Any]) -> Topic:
        facets = tuple(self._forms(facet) for facet in row.get("facets", ()))
        lean = Polarity(row["lean"]) if "lean" in row else None
        borrow, unless = frozenset(row.get("borrow", ())), frozenset(row.get("unless", ()))
        trades = frozenset(shared()["topic_trades"].get(key, ()))
        only = tuple(frozenset(facet.get("trades", ())) for facet in row.get("facets", ()))
        reach = row.get("reach")
        brought = row.get("brought", False)
        return Topic(
            key, self._forms(row), facets, borrow, lean, reach, unless, trades, only, brought
        )  # fmt: skip

    def _forms(self, row: dict[str, Any]) -> Forms:
        forms: Forms = {}
        for slot in ("complaint", "praise", "care"):
            written = row.get(slot, [])
            by_case = written if isinstance(written, dict) else dict.fromkeys(self.cases, written)
            forms[slot] = {
                case: tuple(way for one in by_case.get(case, ()) if (way := self._addressed(one)))
                for case in self.cases
            }
        return forms

    def _senses(
        self, topics: dict[str, Any], nouns: dict[str, Any]
    ) -> list[tuple[str, tuple[TopicSense, ...]]]:
        senses: dict[str, list[TopicSense]] = {}
        for key, row in topics.items():
            for field, polarity in _FINDS.items():
                for pattern in row.get(field, ()):
                    for spelt in self._spelt(pattern):
                        senses.setdefault(spelt, []).append(TopicSense(key, polarity))
        for key, row in topics.items():
            for number, facet in enumerate(row.get("facets", ())):
                for field, polarity in _FINDS.items():
                    for pattern in (p for one in facet.get(field, ()) for p in self._spelt(one)):
                        sense = TopicSense(key, polarity, facet=number)
                        others = (s for s in senses.get(pattern, ()) if s.topic != key)
                        senses[pattern] = [sense, *others]
        for key, by_gender in nouns.items():
            for gender, patterns in by_gender.items():
                for pattern in patterns:
                    spelling = "" if "*" in pattern or not self.has_case else pattern
                    sense = TopicSense(key, None, True, "" if gender == "any" else gender, spelling)
                    for spelt in self._spelt(pattern):
                        senses.setdefault(spelt, []).append(sense)
        return [(pattern, tuple(found)) for pattern, found in senses.items()]


_LEAST_HEAD = 4  # letters of a noun that may end a compound
_ABBREVIATION = 3  # letters up to which capitals are no shouting: AC, BBQ, TV
_ASIDE_CHARS = 24
_SENTIMENT: tuple[str, ...] = (
    "positive", "negative", "neutral", "negation_before", "negation_after", "hoped",
)  # fmt: skip
_FIGURES = {
    "waits": ("wait", Polarity.NEGATIVE),
    "prices": ("price", Polarity.NEGATIVE),
    "swift": ("wait", Polarity.POSITIVE),
}
_FINDS = {"find": None, "good": Polarity.POSITIVE, "bad": Polarity.NEGATIVE}


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


@cache
def load(language: str, informal: bool = False) -> Phrasebook:
    """The phrasebook of one of the languages that `written_languages` names."""
    return Phrasebook(language, PHRASES / language, informal)


@cache
def written_languages() -> tuple[str, ...]:
    """The languages that have a folder of phrases."""
    return tuple(lang for lang in LANGUAGES if (PHRASES / lang / "moves.toml").is_file())


@cache
def shared() -> dict[str, Any]:
    """What holds in every language: trades, limits of platforms, kinds of contact."""
    return _read(PHRASES / "shared.toml")
