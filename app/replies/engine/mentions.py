"""Which topics a review speaks of, and how: sentence by sentence, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.replies.engine.matcher import Hit
from app.replies.engine.phrasebook import Phrasebook, Topic, TopicSense
from app.replies.engine.told import Told, tell
from app.replies.engine.types import Mention, Polarity

POSITIVE, NEGATIVE, NEUTRAL = Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL
_CONTRASTED = {POSITIVE: NEGATIVE, NEGATIVE: NEUTRAL}
_OPPOSITE = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE, NEUTRAL: NEUTRAL}

# A sentence without an end is cut, so that no text makes the work grow faster than its length.
_SENTENCE = re.compile(r"[.!?。！？…\n]+|[^.!?。！？…\n]{400}")
_CLAUSE = re.compile(r"[,;:、，；：()]+|\s-+\s")
TopicHit = Hit[tuple[TopicSense, ...]]

_FREE_NOUN = (TopicSense("other", None, noun=True),)
_WAITED = (TopicSense("wait", NEGATIVE),)
_MAX_NOUNS = 2
_TOGETHER = 12  # characters between nouns that stand together: "soup and salad"


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
    blames: bool = False  # a topic is complained of in words of its own, and is no thing mended


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
    told: str | None = None


class _Places:
    """Clauses and sentences of a text, by position."""

    def __init__(self, folded: str, joints: Iterable[Hit[str]]) -> None:
        joints = list(joints)
        sentence_ends = [m.end() for m in _SENTENCE.finditer(folded)]
        clause_ends = [m.end() for m in _CLAUSE.finditer(folded)]
        edges = [edge for hit in joints for edge in (hit.start, hit.end)]
        self._sentences = sentence_ends
        self._questions = [m.end() for m in _SENTENCE.finditer(folded) if "?" in m.group()]
        self._clauses = sorted({*sentence_ends, *clause_ends, *edges})
        self._turns = [hit.start for hit in joints if hit.payload == "contrast"]
        starts = [0, *sentence_ends]
        self._against = {
            bisect_right(sentence_ends, turn)
            for turn in self._turns
            if not folded[starts[bisect_right(sentence_ends, turn)] : turn].strip()
        }

    def clause(self, position: int) -> int:
        return bisect_right(self._clauses, position)

    def turn(self, position: int) -> int:
        """How many words of contrast, such as "but", stand before a position."""
        return bisect_right(self._turns, position)

    def asks(self, position: int) -> bool:
        """Whether the sentence of a position ends with a question mark."""
        end = bisect_right(self._sentences, position)
        return end < len(self._sentences) and self._sentences[end] in self._questions

    def opens_against(self, position: int) -> bool:
        """Whether the sentence of a position begins with a word of contrast: "But the parking"."""
        return bisect_right(self._sentences, position) in self._against

    def sentence(self, position: int) -> int:
        return bisect_right(self._sentences, position)


def read(
    text: str, folded: str, book: Phrasebook, by_stars: Polarity, trade: str = "other"
) -> Reading:
    """Topics with their polarity. Where no word near a topic says it, `by_stars` does, but not in
    a question: who asks for parking neither praises nor blames it. Topics of other trades than
    `trade` are passed over: a cut in a restaurant is no haircut."""
    joints = [hit for hit in book.cue_matcher.find(folded) if hit.payload in ("contrast", "pause")]
    places = _Places(folded, joints)
    hits = _of_trade(book.topic_matcher.find(folded), book, trade)
    if by_stars is not POSITIVE:
        hits += _spans_of_time(folded, book, hits)
    hits += _free_nouns(folded, book, hits)
    feelings = _feelings(folded, book, hits, places)
    by_sentence: dict[int, list[Feeling]] = {}
    for feeling in feelings:
        by_sentence.setdefault(places.sentence(feeling.start), []).append(feeling)
    found: list[_Found] = []
    for hit in sorted(hits, key=lambda hit: hit.start):
        silent = NEUTRAL if places.asks(hit.start) else by_stars
        if places.opens_against(hit.start):
            silent = _CONTRASTED.get(silent, silent)
        said = by_sentence.get(places.sentence(hit.start), [])
        found += _located(hit, text, folded, book, places, said, silent)
    positive = sum(feeling.polarity is POSITIVE for feeling in feelings)
    clauses: dict[int, list[_Found]] = {}
    for item in found:
        clauses.setdefault(item.clause, []).append(item)
    settled = [
        item
        for clause in clauses.values()
        for item in _absorbed(_in_place(clause, folded, book), book)
    ]
    settled = _retold(settled, tell(text, folded, book, trade), places)
    blames = any(
        item.own and item.polarity is NEGATIVE and not book.topics[item.topic].brought
        for item in settled
    )
    return Reading(_merged(settled), positive, len(feelings) - positive, blames)


def _of_trade(hits: list[TopicHit], book: Phrasebook, trade: str) -> list[TopicHit]:
    kept = []
    for hit in hits:
        senses = tuple(sense for sense in hit.payload if book.topics[sense.topic].of(trade))
        if senses:
            kept.append(Hit(hit.start, hit.end, senses))
    return kept


def _feelings(
    folded: str, book: Phrasebook, hits: list[TopicHit], places: _Places
) -> list[Feeling]:
    words = [hit for hit in book.sentiment_matcher.find(folded) if hit.payload != "idiom"]
    negations = [hit for hit in words if hit.payload.startswith("negation")]
    carriers = [
        Feeling(h.start, h.end, Polarity(h.payload))
        for h in words
        if not h.payload.startswith("negation")
    ]
    for hit in hits:
        own = next((sense for sense in hit.payload if sense.polarity is not None), None)
        if own is not None and own.polarity is not None:
            carriers.append(Feeling(hit.start, hit.end, own.polarity, own.topic))
    by_clause: dict[int, list[Hit[str]]] = {}
    for negation in negations:
        by_clause.setdefault(places.clause(negation.start), []).append(negation)
    turned = (_turned(f, by_clause.get(places.clause(f.start), []), book) for f in carriers)
    return sorted(turned, key=lambda feeling: feeling.start)


def _turned(feeling: Feeling, negations: list[Hit[str]], book: Phrasebook) -> Feeling:
    """The feeling as a negation near it in its clause turns it."""
    before, after = book.negation_reach
    for negation in negations:
        if negation.payload == "negation_before":
            near = 0 <= feeling.start - negation.end <= before
        else:
            # What follows turns praise only: a complaint such as "nobody came" holds its own "not".
            near = 0 <= negation.start - feeling.end <= after and feeling.polarity is POSITIVE
        if near:
            turned = _OPPOSITE[feeling.polarity]
            return Feeling(feeling.start, feeling.end, turned, feeling.topic)
    return feeling


def _located(
    hit: TopicHit, text: str, folded: str, book: Phrasebook,
    places: _Places, feelings: list[Feeling], by_stars: Polarity,
) -> Iterable[_Found]:  # fmt: skip
    clause = places.clause(hit.start)
    for sense in hit.payload:
        own = next(
            (f.polarity for f in feelings if f.start == hit.start and f.end == hit.end), None
        )
        polarity = own or _near(hit, book.topics[sense.topic], places, feelings, by_stars)
        if sense.noun and not own and book.stands_aside(folded, hit.start):
            # "It was hot in the room": a mere place, where its clause says nothing of it.
            said = any(places.clause(f.start) == clause for f in feelings)
            polarity = polarity if said else NEUTRAL
        noun = None
        if sense.noun:
            word = book.copied(text[hit.start : hit.end], sense.spelling)
            if word is None:
                continue
            noun = (word, sense.gender)
        yield _Found(sense.topic, clause, hit.start, polarity, noun, own is not None)


def _near(
    hit: TopicHit, topic: Topic,
    places: _Places, feelings: list[Feeling], by_stars: Polarity,
) -> Polarity:  # fmt: skip
    """The feeling nearest in the clause, then in the sentence, then that of the stars. A topic
    that nobody mentions with pleasure, such as waiting, keeps its own leaning."""
    if topic.lean is not None:
        glad = by_stars is POSITIVE and any(
            f.polarity is POSITIVE and places.clause(f.start) == places.clause(hit.start)
            for f in feelings
        )
        return NEUTRAL if glad else topic.lean
    clause, turn = places.clause(hit.start), places.turn(hit.start)
    best: tuple[int, int] | None = None
    mended = topic.brought and by_stars is POSITIVE
    polarity = by_stars if topic.reach is None or mended else NEUTRAL
    for feeling in feelings:
        gap = feeling.start - hit.end if feeling.start >= hit.end else hit.start - feeling.end
        if topic.reach is not None and (
            gap > topic.reach or feeling.topic not in (None, topic.key)
        ):
            continue
        turned = places.turn(feeling.start) != turn
        rank = (2 if turned else int(places.clause(feeling.start) != clause), gap)
        if best is None or rank < best:
            # "Great bed, but the parking": what follows a contrast is meant the other way. Said of
            # a complaint the other way may be anything.
            best, polarity = rank, _CONTRASTED[feeling.polarity] if turned else feeling.polarity
    return polarity


def _spans_of_time(folded: str, book: Phrasebook, hits: list[TopicHit]) -> list[TopicHit]:
    """Waiting that no word names: "ten days to mend a wheel"."""
    found = [m.span() for pattern in book.waits for m in pattern.finditer(folded)]
    return [
        Hit(start, end, _WAITED)
        for start, end in found
        if not any(start < hit.end and hit.start < end for hit in hits)
    ]


def _free_nouns(folded: str, book: Phrasebook, hits: list[TopicHit]) -> list[TopicHit]:
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
    """A clause without the topics that its other words rule out: a cold *shower* is no cold food,
    and the Wi-Fi "in our room" says nothing of the room."""
    kept = []
    for item in found:
        near = [other for other in found if other is not item]
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
    """A clause in which a topic takes the noun of another: the wait for *the soup*, the price of
    *the room*. The lender then is no topic of its own."""
    lent: set[int] = set()
    for item in found:
        lenders = [other for other in found if _lends(other, item, book)]
        lenders.sort(key=lambda other: abs(other.start - item.start))
        taken: list[_Found] = []
        for other in lenders:
            if not taken or min(abs(other.start - one.start) for one in taken) <= _TOGETHER:
                taken.append(other)
                lent.add(id(other))
        item.nouns += [one.noun for one in sorted(taken, key=lambda one: one.start) if one.noun]
    return [item for item in found if id(item) not in lent]


def _lends(other: _Found, item: _Found, book: Phrasebook) -> bool:
    if other.noun is None or other.topic == item.topic:
        return False
    if other.own and other.polarity is not item.polarity:
        return False
    return other.topic in book.topics[item.topic].borrow


def _retold(found: list[_Found], told: list[Told], places: _Places) -> list[_Found]:
    """The topics with the events that the review tells. The words of an event say no more than
    the event, unless they carry the opposite feeling; their nouns are the event's."""
    kept = list(found)
    for event in told:
        within = [
            item
            for item in kept
            if event.start <= item.start < event.end
            and not (item.own and item.polarity is not event.polarity)
        ]
        kept = [item for item in kept if item not in within]
        retold = _Found(
            event.topic, places.clause(event.start), event.start, event.polarity, own=True,
            told=event.phrase,
        )  # fmt: skip
        retold.nouns = [n for item in within for n in (*item.nouns, item.noun) if n]
        kept.append(retold)
    return sorted(kept, key=lambda item: item.start)


def _merged(found: list[_Found]) -> tuple[Mention, ...]:
    """One mention for each topic and polarity, in the order of the text."""
    nouns: dict[tuple[str, Polarity], dict[str, tuple[str, str]]] = {}
    for item in found:
        words = nouns.setdefault((item.topic, item.polarity), {})
        for noun in (*item.nouns, *([item.noun] if item.noun else ())):
            words.setdefault(noun[0].casefold(), noun)
    told: dict[tuple[str, Polarity], dict[str, None]] = {}
    for item in found:
        if item.told:
            told.setdefault((item.topic, item.polarity), {})[item.told] = None
    mentions = []
    for (topic, polarity), words in nouns.items():
        opposite = nouns.get((topic, _OPPOSITE[polarity]))
        # The same thing called good and bad is a complaint; two things of one topic are two points.
        same = opposite is not None and not words.keys() - opposite.keys()
        if polarity is POSITIVE and same and (topic, NEGATIVE) not in told:
            continue
        events = tuple(told.get((topic, polarity), ()))[:_MAX_NOUNS]
        mentions.append(Mention(topic, polarity, tuple(words.values())[:_MAX_NOUNS], events))
    return tuple(mentions)
