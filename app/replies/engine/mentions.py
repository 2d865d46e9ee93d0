"""Which topics a review speaks of, and how: sentence by sentence, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.replies.engine.matcher import Hit
from app.replies.engine.phrasebook import Phrasebook, Topic, TopicSense
from app.replies.engine.types import Mention, Polarity

POSITIVE, NEGATIVE, NEUTRAL = Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL

_SENTENCE = re.compile(r"[.!?。！？…\n]+")
_CLAUSE = re.compile(r"[,;:、，；：()]+|\s-+\s")
_FREE_NOUN = (TopicSense("other", None, noun=True),)
_MAX_NOUNS = 2


@dataclass(frozen=True, slots=True)
class Feeling:
    """Words that carry a polarity, and where they stand."""

    start: int
    end: int
    polarity: Polarity
    topic: str | None = None  # where the words are a topic's own, such as "slow"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a text say, before stars and cues are weighed."""

    mentions: tuple[Mention, ...]
    positive: int  # feelings of each polarity
    negative: int


@dataclass(slots=True)
class _Found:
    """One topic at one place."""

    topic: str
    clause: int
    start: int
    polarity: Polarity
    noun: tuple[str, str] | None = None
    own: bool = False  # the words say the polarity themselves
    nouns: list[tuple[str, str]] = field(default_factory=list)


class _Places:
    """Clauses and sentences of a text, by position."""

    def __init__(self, folded: str, contrasts: Iterable[Hit[str]]) -> None:
        sentence_ends = [m.end() for m in _SENTENCE.finditer(folded)]
        clause_ends = [m.end() for m in _CLAUSE.finditer(folded)]
        turns = [edge for hit in contrasts for edge in (hit.start, hit.end)]
        self._sentences = sentence_ends
        self._questions = [m.end() for m in _SENTENCE.finditer(folded) if "?" in m.group()]
        self._clauses = sorted({*sentence_ends, *clause_ends, *turns})

    def clause(self, position: int) -> int:
        return bisect_right(self._clauses, position)

    def asks(self, position: int) -> bool:
        """Whether the sentence of a position ends with a question mark."""
        end = bisect_right(self._sentences, position)
        return end < len(self._sentences) and self._sentences[end] in self._questions

    def sentence(self, position: int) -> int:
        return bisect_right(self._sentences, position)


def read(text: str, folded: str, book: Phrasebook, by_stars: Polarity) -> Reading:
    """Topics with their polarity. Where no word near a topic says it, `by_stars` does, but not in
    a question: who asks for parking neither praises nor blames it."""
    contrasts = [hit for hit in book.cue_matcher.find(folded) if hit.payload == "contrast"]
    places = _Places(folded, contrasts)
    hits = book.topic_matcher.find(folded)
    hits += _free_nouns(folded, book, hits)
    feelings = _feelings(folded, book, hits, places)
    found = []
    for hit in sorted(hits, key=lambda hit: hit.start):
        silent = NEUTRAL if places.asks(hit.start) else by_stars
        found += _located(hit, text, book, places, feelings, silent)
    positive = sum(feeling.polarity is POSITIVE for feeling in feelings)
    return Reading(
        _merged(_absorbed(_in_place(found, folded, book), book)), positive, len(feelings) - positive
    )


def _feelings(
    folded: str, book: Phrasebook, hits: list[Hit[tuple[TopicSense, ...]]], places: _Places
) -> list[Feeling]:
    words = book.sentiment_matcher.find(folded)
    negations = [hit for hit in words if hit.payload.startswith("negation")]
    carriers = [Feeling(h.start, h.end, Polarity(h.payload)) for h in words if h not in negations]
    for hit in hits:
        own = next((sense for sense in hit.payload if sense.polarity is not None), None)
        if own is not None and own.polarity is not None:
            carriers.append(Feeling(hit.start, hit.end, own.polarity, own.topic))
    turned = (_turned(feeling, negations, book, places) for feeling in carriers)
    return sorted(turned, key=lambda feeling: feeling.start)


def _turned(
    feeling: Feeling, negations: list[Hit[str]], book: Phrasebook, places: _Places
) -> Feeling:
    """The feeling as it stands after a negation near it."""
    before, after = book.negation_reach
    for negation in negations:
        if negation.payload == "negation_before":
            near = 0 <= feeling.start - negation.end <= before
        else:
            near = 0 <= negation.start - feeling.end <= after
        if near and places.clause(negation.start) == places.clause(feeling.start):
            opposite = POSITIVE if feeling.polarity is NEGATIVE else NEGATIVE
            return Feeling(feeling.start, feeling.end, opposite, feeling.topic)
    return feeling


def _located(
    hit: Hit[tuple[TopicSense, ...]], text: str, book: Phrasebook,
    places: _Places, feelings: list[Feeling], by_stars: Polarity,
) -> Iterable[_Found]:  # fmt: skip
    clause = places.clause(hit.start)
    for sense in hit.payload:
        own = next(
            (f.polarity for f in feelings if f.start == hit.start and f.end == hit.end), None
        )
        polarity = own or _near(hit, book.topics[sense.topic], places, feelings, by_stars)
        noun = None
        if sense.noun:
            noun = (book.copied(text[hit.start : hit.end]), sense.gender)
        yield _Found(sense.topic, clause, hit.start, polarity, noun, own is not None)


def _near(
    hit: Hit[tuple[TopicSense, ...]], topic: Topic,
    places: _Places, feelings: list[Feeling], by_stars: Polarity,
) -> Polarity:  # fmt: skip
    """The feeling nearest in the clause, then in the sentence, then that of the stars. A topic
    that nobody mentions with pleasure, such as waiting, keeps its own leaning."""
    if topic.lean is not None:
        return topic.lean
    clause, sentence = places.clause(hit.start), places.sentence(hit.start)
    best: tuple[int, int] | None = None
    polarity = by_stars if topic.reach is None else NEUTRAL
    for feeling in feelings:
        if places.sentence(feeling.start) != sentence:
            continue
        if topic.reach is not None and feeling.topic not in (None, topic.key):
            continue
        gap = feeling.start - hit.end if feeling.start >= hit.end else hit.start - feeling.end
        if topic.reach is not None and gap > topic.reach:
            continue
        rank = (int(places.clause(feeling.start) != clause), gap)
        if best is None or rank < best:
            best, polarity = rank, feeling.polarity
    return polarity


def _free_nouns(
    folded: str, book: Phrasebook, hits: list[Hit[tuple[TopicSense, ...]]]
) -> list[Hit[tuple[TopicSense, ...]]]:
    """Things the lexicon does not know, found by the words around them ("the X was")."""
    taken = [(hit.start, hit.end) for hit in hits]
    free = []
    for pattern in book.noun_patterns:
        for match in pattern.finditer(folded):
            start, end = match.span(1)
            known = any(start < other_end and other_start < end for other_start, other_end in taken)
            if not known and match.group(1) not in book.not_nouns:
                free.append(Hit(start, end, _FREE_NOUN))
                taken.append((start, end))
    return free


def _in_place(found: list[_Found], folded: str, book: Phrasebook) -> list[_Found]:
    """Without the topics that the words around them rule out: a cold *shower* is no cold food, and
    the Wi-Fi "in our room" says nothing of the room."""
    kept = []
    for item in found:
        near = [other for other in found if other.clause == item.clause and other is not item]
        unless = book.topics[item.topic].unless
        if not item.noun and any(other.noun and other.topic in unless for other in near):
            continue
        owners = [other for other in near if other.own and other.topic != item.topic]
        wanted = any(item.topic in book.topics[other.topic].borrow for other in owners)
        if item.noun and owners and not wanted and book.stands_aside(folded, item.start):
            continue
        kept.append(item)
    return kept


def _absorbed(found: list[_Found], book: Phrasebook) -> list[_Found]:
    """Let a topic take the noun of another in its clause: the wait for *the soup*, the price of
    *the room*. The lender then is no topic of its own."""
    lent: set[int] = set()
    for item in found:
        borrow = book.topics[item.topic].borrow
        for other in found if borrow else ():
            if (
                other.noun and other.topic in borrow and other.clause == item.clause
                and other.topic != item.topic and (not other.own or other.polarity is item.polarity)
            ):  # fmt: skip
                item.nouns.append(other.noun)
                lent.add(id(other))
    return [item for item in found if id(item) not in lent]


def _merged(found: list[_Found]) -> tuple[Mention, ...]:
    """One mention for each topic and polarity, in the order of the text."""
    nouns: dict[tuple[str, Polarity], dict[str, tuple[str, str]]] = {}
    for item in found:
        words = nouns.setdefault((item.topic, item.polarity), {})
        for noun in (*item.nouns, *([item.noun] if item.noun else ())):
            words.setdefault(noun[0].casefold(), noun)
    mentions = []
    for (topic, polarity), words in nouns.items():
        opposite = nouns.get((topic, POSITIVE if polarity is NEGATIVE else NEGATIVE))
        # The same thing called good and bad is a complaint; two things of one topic are two points.
        if polarity is POSITIVE and opposite is not None and not words.keys() - opposite.keys():
            continue
        mentions.append(Mention(topic, polarity, tuple(words.values())[:_MAX_NOUNS]))
    return tuple(mentions)
