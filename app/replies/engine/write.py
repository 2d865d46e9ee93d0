"""Writing one reply from its plan: phrases chosen by what was said before, slots filled with the
review's own nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from random import Random

from app.replies.engine.choose import Used, opening, sentence_grams
from app.replies.engine.grammar import JOINT, joined
from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import SLOT, Phrase, Phrasebook
from app.replies.engine.plan import Plan, Step
from app.replies.engine.types import Mention

TONES = frozenset({"warm", "plain", "formal", "playful"})
TRADES = frozenset(
    {
        "food",
        "stay",
        "beauty",
        "auto",
        "home",
        "health",
        "fitness",
        "shop",
        "law",
        "animals",
        "other",
    }
)
_LAST_ALPHABET = 0x2E7F  # beyond it writing has no letters
_WORD = re.compile(r"[^\W\d_]+")
_NOUN = re.compile(r"\{noun(?::(\w+))?\}")
_FRESH = (0, 1)  # an opening and runs of words so new that no other way need be tried
_CANDIDATES = 3  # ways tried for each sentence before the least familiar is taken
_OWN_WORDS = 1.5  # uses by which a way that says the reviewer's own words is preferred
_STEM = 4  # letters, or characters in a row without spaces, by which words are taken for the same
_TURN = 4  # characters of a turn of phrase in languages without spaces
_MENTIONS = {"complaints": "complaint", "praises": "praise", "care": "care"}
_AT_ONCE = 3  # topics named in one sentence


PhraseGroups = dict[frozenset[str], list[Phrase]]

# Which phrases may be used is the same for every review of a business: worked out once.
_GROUPS: dict[tuple[object, ...], PhraseGroups] = {}
_MOST_GROUPS = 5_000


@dataclass(frozen=True, slots=True)
class Material:
    """What a reply may be made of: topics, plain values for the slots, and the voice."""

    complaints: tuple[Mention, ...]
    praises: tuple[Mention, ...]
    care: tuple[Mention, ...]
    values: dict[str, str]
    first_person: bool
    tone: str
    trade: str
    respelt: bool = False  # the business writes "colour" for "color"
    own: frozenset[str] = frozenset()  # stems of the review's own words
    avoid: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    turns: frozenset[int] = frozenset()  # of the owner's own replies, see `runs`

    def usable(self, pool: str, book: Phrasebook) -> PhraseGroups:
        """The phrases of a pool that fit the voice, the trade and the values at hand, by the
        topic slots they need."""
        key = (book.language, book.informal, pool, *self._circumstances())
        found = _GROUPS.get(key)
        if found is None:
            if len(_GROUPS) >= _MOST_GROUPS:
                _GROUPS.clear()
            found = _GROUPS[key] = {}
            for phrase in book.moves.get(pool, ()):
                if self._fits(phrase):
                    found.setdefault(phrase.topic_slots, []).append(phrase)
        return found

    def _circumstances(self) -> tuple[object, ...]:
        return (frozenset(self.values), self.first_person, self.tone, self.trade, self.avoid)

    def _fits(self, phrase: Phrase) -> bool:
        if phrase.first_person and not self.first_person:
            return False
        tones, trades = phrase.tags & TONES, phrase.tags & TRADES
        if (tones and self.tone not in tones) or (trades and self.trade not in trades):
            return False
        if not phrase.slots <= self.values.keys():
            return False
        return not (self.avoid and any(word in fold(phrase.text) for word in self.avoid))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A written sentence and where it came from."""

    pool: str
    text: str
    phrases: tuple[str, ...]
    named: tuple[Mention, ...] = ()
    source: str = ""  # the title of the saved reply it was taken from


@dataclass(slots=True)
class _Pending:
    """Topics not yet named."""

    complaints: list[Mention]
    praises: list[Mention]
    care: list[Mention]

    def of(self, slot: str) -> list[Mention]:
        return getattr(self, slot)


@dataclass(slots=True)
class Writer:
    """Writes one reply. Not to be used twice."""

    book: Phrasebook
    material: Material
    used: Used
    rng: Random
    own: Sentence | None = None  # the owner's own, for the step whose pool it names
    _pending: _Pending = field(init=False)

    def __post_init__(self) -> None:
        m = self.material
        self._pending = _Pending(list(m.complaints), list(m.praises), list(m.care))

    def line(self, *pools: str) -> str:
        """One line outside the body, such as the greeting."""
        sentence = self._sentence(Step(pools), False)
        return sentence.text if sentence else ""

    def write(self, plan: Plan, around: int = 0) -> list[Sentence]:
        """The sentences of the body, in order: the required ones, then what fills the length.
        `around` is the length of what stands before and after the body."""
        written: list[tuple[int, Sentence]] = []
        for number, step in enumerate(plan.steps):
            if not step.optional and (sentence := self._sentence(step, not written)):
                written.append((number, sentence))
        self._name_the_rest(written)
        for number, step in enumerate(plan.steps):
            if self._gives_contact(step) and any(self._holds_contact(s) for _, s in written):
                continue
            if step.optional and around + self._length(written) < plan.length[1]:
                sentence = self._sentence(step, False)
                if sentence and around + self._length(written, sentence) <= plan.length[2]:
                    written.append((number, sentence))
        return [sentence for _, sentence in sorted(written, key=lambda item: item[0])]

    def _gives_contact(self, step: Step) -> bool:
        return step.pools[0].startswith("contact.")

    def _holds_contact(self, sentence: Sentence) -> bool:
        values = self.material.values
        return any(slot in values and values[slot] in sentence.text for slot in ("email", "phone"))

    def _name_the_rest(self, written: list[tuple[int, Sentence]]) -> None:
        """Complaints that the plan had no room for get a sentence of their own."""
        complaints = set(self.material.complaints)
        after = max((n for n, s in written if complaints & set(s.named)), default=None)
        while after is not None and self._pending.complaints:
            sentence = self._sentence(Step(("complaint.also",)), False)
            if sentence is None:
                return
            written.append((after, sentence))

    def _length(self, written: list[tuple[int, Sentence]], more: Sentence | None = None) -> int:
        texts = [s.text for _, s in written] + ([more.text] if more else [])
        return measure(" ".join(texts), self.book)

    def _sentence(self, step: Step, first: bool) -> Sentence | None:
        if self.own is not None and step.pools == (self.own.pool,):
            self._settle(self.own)
            return self.own
        for pool in step.pools:
            groups = self.material.usable(pool, self.book)
            usable = [
                phrase
                for needed, phrases in groups.items()
                if all(map(self._pending.of, needed))
                for phrase in phrases
            ]
            if usable:
                return self._least_familiar(pool, usable, first)
        return None

    def _least_familiar(self, pool: str, usable: list[Phrase], first: bool) -> Sentence:
        """The best of a few: an opening not heard yet, a phrase seldom used, few known runs."""
        uses = self.used.phrases
        counts = [uses.get(phrase.id, 0) for phrase in usable]
        least = min(counts)
        fresh = [p for p, count in zip(usable, counts, strict=True) if count == least]
        fresh = [p for p in fresh if self._liked(p)] or self._in_manner(fresh)
        tried = self.rng.sample(fresh, min(_CANDIDATES, len(fresh)))
        best: tuple[tuple[int, int], Sentence] | None = None
        for phrase in tried:
            sentence = self._filled(pool, phrase)
            seen = self.used.familiarity(sentence_grams(sentence.text, self.book.in_words))
            start = opening(sentence.text, self.book.in_words) if first else ""
            rank = (self.used.openings[start] if first else 0, seen)
            if best is None or rank < best[0]:
                best = (rank, sentence)
            if rank <= _FRESH:
                break
        assert best is not None
        self._settle(best[1])
        return best[1]

    def _settle(self, sentence: Sentence) -> None:
        """What a sentence names is pending no more."""
        for slot in _MENTIONS:
            pending = self._pending.of(slot)
            pending[:] = [mention for mention in pending if mention not in sentence.named]

    def _in_manner(self, phrases: list[Phrase]) -> list[Phrase]:
        """The half of the phrases that sounds more like the owner's own replies; of fewer, the
        replies of a queue would resemble one another."""
        if not self.material.turns or len(phrases) <= _CANDIDATES:
            return phrases
        turns, book = self.material.turns, self.book
        alike = sorted(phrases, key=lambda phrase: -_alike(phrase.text, book.in_words, turns))
        return alike[: max(_CANDIDATES, len(alike) // 2)]

    def _liked(self, phrase: Phrase) -> bool:
        use = self.material.use
        return bool(use) and any(word in fold(phrase.text) for word in use)

    def _filled(self, pool: str, phrase: Phrase) -> Sentence:
        named: list[Mention] = []
        chosen = [phrase.id]

        def value(match: re.Match[str]) -> str:
            slot, case = match.groups()
            if slot not in _MENTIONS:
                return f"{JOINT}{self.material.values[slot]}{JOINT}"
            mentions = self._pending.of(slot)[: self._share(slot)]
            named.extend(mentions)
            again = self._repeated(phrase.text[: match.start()])
            several = len(mentions) > 1
            parts = [
                self._naming(m, _MENTIONS[slot], case, chosen, again, several) for m in mentions
            ]
            parts[1:] = [again + p for p in parts[1:]]
            return f"{JOINT}{listed(parts, self.book)}{JOINT}"

        text = joined(SLOT.sub(value, self._spelt(phrase.text)), self.book.language)
        # An address keeps its small letters where a sentence begins with it.
        text = text if phrase.text.startswith("{email}") else text[:1].upper() + text[1:]
        return Sentence(pool, text, tuple(chosen), tuple(named))

    def _repeated(self, before: str) -> str:
        """The preposition before a list, where the language says it before every part of it."""
        last = before.rstrip(" ").rpartition(" ")[2].lower()
        return f"{last} {JOINT}" if last in self.book.meta.get("repeated", ()) else ""

    def _lists(self, way: str) -> bool:
        """Whether a way holds a list or a clause of its own, which would blur a list of ways."""
        return "," in way or self.book.meta["list"][1].strip() in way.split()

    def _share(self, slot: str) -> int:
        if slot == "care":
            return _AT_ONCE if self.material.trade == "health" else 1
        pending = len(self._pending.of(slot))
        return 2 if pending > _AT_ONCE else _AT_ONCE

    def _naming(
        self, mention: Mention, slot: str, case: str | None, chosen: list[str],
        again: str, several: bool,
    ) -> str:  # fmt: skip
        """A noun phrase for a topic: what the review tells of it, else with the review's own noun
        where it has one. Among `several`
        a way that is a list itself is passed over where there is another; `again` is the
        preposition before the way."""
        if mention.told:
            number = self.book.cases.index(case or self.book.cases[0])
            return listed([forms[number] for forms in mention.told], self.book)
        form = case or self.book.cases[0]
        fitting = self._ways(mention, slot, form)
        if several:
            fitting = [item for item in fitting if not self._lists(item[1])] or fitting
        self.rng.shuffle(fitting)
        own, uses = self.material.own, self.used.phrases
        identity, way = min(
            fitting,
            key=lambda item: uses[item[0]] - _OWN_WORDS * (not own.isdisjoint(_way_stems(item[1]))),
        )
        chosen.append(identity)

        def noun(match: re.Match[str]) -> str:
            determiners = self.book.determiners.get(match.group(1) or "", {})
            words = [determiners.get(gender, "") + JOINT + word for word, gender in mention.nouns]
            repeated = self._repeated(way[: match.start()]) if match.start() else again
            words[1:] = [repeated + word for word in words[1:]]
            return JOINT + listed(words, self.book, within=several) + JOINT

        way = self._spelt(way)
        return _NOUN.sub(noun, way) if mention.nouns else way

    def _spelt(self, text: str) -> str:
        return self.book.respelt(text) if self.material.respelt else text

    def _ways(self, mention: Mention, slot: str, form: str) -> list[tuple[str, str]]:
        """The ways to name a topic, each with its identity: those of the particular point, where it
        has any that fit, else those of the topic; with the noun where there is one."""
        topic = self.book.topics[mention.topic]
        points = (
            [] if mention.facet is None else [(f".{mention.facet}", topic.facets[mention.facet])]
        )
        for point, forms in (*points, ("", topic.forms)):
            numbered = _numbered(f"{mention.topic}{point}.{slot}.{form}", forms[slot][form])
            fitting = [item for item in numbered if _names_noun(item[1], mention)]
            fitting = fitting or [item for item in numbered if not _determiners(item[1])]
            if fitting:
                return fitting
        raise LookupError(f"no way to name {mention.topic} as {slot}")


def _alike(text: str, in_words: bool, turns: frozenset[int]) -> float:
    """The share of a phrase's turns that are also the owner's."""
    own = runs(text, in_words)
    return len(own & turns) / len(own) if own else 0.0


@lru_cache(maxsize=8192)
def runs(text: str, in_words: bool) -> frozenset[int]:
    """Hashes of the turns of phrase in a text: two words, or a few characters."""
    words = _WORD.findall(fold(text))
    if in_words:
        return frozenset(map(hash, pairwise(words)))
    letters = "".join(words)
    return frozenset(hash(letters[i : i + _TURN]) for i in range(len(letters) - _TURN + 1))


def stems(text: str) -> frozenset[str]:
    """Comparable beginnings of the words of a text; pairs of characters where words have no
    spaces between them."""
    found = set()
    for word in _WORD.findall(fold(text)):
        if ord(word[0]) > _LAST_ALPHABET:
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) >= _STEM:
            found.add(word[:_STEM])
    return frozenset(found)


@lru_cache(maxsize=8192)
def _numbered(name: str, ways: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}.{number}", way) for number, way in enumerate(ways))


@lru_cache(maxsize=8192)
def _determiners(way: str) -> tuple[str, ...]:
    """Of each noun a way asks for, the determiner it wants, or ""."""
    return tuple(_NOUN.findall(way))


@lru_cache(maxsize=8192)
def _way_stems(way: str) -> frozenset[str]:
    return stems(way)


def _names_noun(way: str, mention: Mention) -> bool:
    """Whether a way can name the mention's own noun; a determiner needs to know its gender."""
    determiners = _determiners(way)
    if not (determiners and mention.nouns):
        return False
    return not any(determiners) or all(gender for _, gender in mention.nouns)


def listed(parts: list[str], book: Phrasebook, within: bool = False) -> str:
    """ "a, b and c" as the language writes it; "a and b, as well as c" where a part is a list.
    `within` another list a lighter joint stands, where the language knows one."""
    if len(parts) < 2:
        return "".join(parts)
    comma, last = book.meta["list"]
    if within:
        last = book.meta.get("list_within", last)
    elif any(f" {last.strip()} " in part for part in parts):
        last = book.meta.get("list_long", last) + JOINT
    return comma.join(parts[:-1]) + JOINT + last + parts[-1]


def measure(text: str, book: Phrasebook) -> int:
    """The length of a text in the language's unit: words, or characters without spaces."""
    return len(text.split()) if book.in_words else len("".join(text.split()))
