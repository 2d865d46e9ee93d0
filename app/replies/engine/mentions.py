"""Which topics a review speaks of, and how: sentence by sentence, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from app.replies.engine.matcher import Hit
from app.replies.engine.phrasebook import ANY_TRADE, Phrasebook, Topic, TopicSense
from app.replies.engine.points import (
    CLAUSE_SAYS,
    NEGATIVE,
    NEUTRAL,
    OPPOSITE,
    OWN,
    POSITIVE,
    SENTENCE_SAYS,
    STARS,
    Found,
    absorbed,
    in_place,
    mended,
    merged,
    retold,
    undone,
)  # fmt: skip
from app.replies.engine.told import tell
from app.replies.engine.types import Mention, Polarity

_CONTRASTED = {POSITIVE: NEGATIVE, NEGATIVE: NEUTRAL, NEUTRAL: NEUTRAL}
_POLARITIES = frozenset({POSITIVE, NEGATIVE, NEUTRAL})

# A sentence without an end is cut, so that no text makes the work grow faster than its length.
_SENTENCE = re.compile(r"[.!?。！？…\n]+|[^.!?。！？…\n]{400}")
_CLAUSE = re.compile(r"[,;:、，；：()]+|\s-+\s")
_LONG_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{7,30}(?![^\W_])")
_LEAST_BEFORE = 3  # letters of a compound before its last noun
TopicHit = Hit[tuple[TopicSense, ...]]

_FREE_NOUN = (TopicSense("other", None, noun=True),)
_PLACES = frozenset({"room", "bathroom", "facilities", "seating", "repair"})  # where things happen


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
    reserved: bool = False  # a complaint stands with a word such as "but" or "only downside"


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
        turns = [hit for hit in joints if hit.payload == "contrast"]
        # Words of contrast side by side, such as "but sadly", are one turn.
        self._turns = [
            hit.start
            for before, hit in zip([None, *turns], turns, strict=False)
            if before is None or folded[before.end : hit.start].strip(" ,")
        ]
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

    def turned_within(self, position: int) -> bool:
        """Whether a word of contrast stands before a position in its sentence."""
        number = self.sentence(position)
        start = self._sentences[number - 1] if number else 0
        return self.turn(position) > self.turn(start)

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
    text: str, folded: str, book: Phrasebook, by_stars: Polarity, trade: str = ANY_TRADE
) -> Reading:
    """Topics with their polarity. Where no word near a topic says it, `by_stars` does, but not in
    a question: who asks for parking neither praises nor blames it. Topics of other trades than
    `trade` are passed over: a cut in a restaurant is no haircut."""
    cues = book.cue_matcher.find(folded)
    joints = [hit for hit in cues if hit.payload in ("contrast", "pause")]
    places = _Places(folded, joints)
    hits = book.topic_matcher.find(folded)
    hits = _of_trade(hits + _compounds(folded, book, hits), book, trade)
    hits += _told_in_figures(folded, book, hits, by_stars)
    hits += _free_nouns(folded, book, hits)
    feelings = _feelings(folded, book, hits, places)
    by_sentence: dict[int, list[Feeling]] = {}
    for feeling in feelings:
        by_sentence.setdefault(places.sentence(feeling.start), []).append(feeling)
    found: list[Found] = []
    for hit in sorted(hits, key=lambda hit: hit.start):
        silent = NEUTRAL if places.asks(hit.start) else by_stars
        if places.opens_against(hit.start):
            silent = _CONTRASTED.get(silent, silent)
        said = by_sentence.get(places.sentence(hit.start), [])
        found += _located(hit, text, folded, book, places, said, silent)
    positive = sum(feeling.polarity is POSITIVE for feeling in feelings)
    clauses: dict[int, list[Found]] = {}
    for item in found:
        clauses.setdefault(item.clause, []).append(item)
    settled = [
        item
        for clause in clauses.values()
        for item in absorbed(in_place(undone(clause, by_stars), folded, book), book)
    ]
    if by_stars is POSITIVE:
        settled = mended(settled, book)
    settled = retold(settled, tell(text, folded, book, trade), places.clause)
    blamed = [item for item in settled if item.polarity is NEGATIVE]
    blames = any(item.own and not book.topics[item.topic].brought for item in blamed)
    reserves = {places.sentence(h.start) for h in cues if h.payload in ("contrast", "reserve")}
    reserved = any(places.sentence(item.start) in reserves for item in blamed)
    points = merged(settled, lambda item: book.is_told(folded, item.start, item.polarity))
    negative = sum(feeling.polarity is NEGATIVE for feeling in feelings)
    return Reading(points, positive, negative, blames, reserved)


def _compounds(folded: str, book: Phrasebook, hits: list[TopicHit]) -> list[TopicHit]:
    """Words of several nouns, of which the last tells what they are: a *Zimtschnecke*."""
    if not book.heads:
        return []
    taken, no_part = {hit.start for hit in hits}, book.meta["compounds"]
    found = []
    for match in _LONG_WORD.finditer(folded):
        word, start = match.group(), match.start()
        if start in taken:
            continue
        cuts = (cut for cut in range(_LEAST_BEFORE, len(word) - 2) if word[:cut] not in no_part)
        heads = (book.heads.get(word[cut:]) for cut in cuts)
        head = next((head for head in heads if head), None)
        if head is not None:
            found.append(Hit(start, match.end(), head))
    return found


def _of_trade(hits: list[TopicHit], book: Phrasebook, trade: str) -> list[TopicHit]:
    kept = []
    for hit in hits:
        senses = tuple(
            sense for sense in hit.payload if book.topics[sense.topic].of(trade, sense.facet)
        )
        if senses:
            kept.append(Hit(hit.start, hit.end, senses))
    return kept


def _feelings(
    folded: str, book: Phrasebook, hits: list[TopicHit], places: _Places
) -> list[Feeling]:
    words = [hit for hit in book.sentiment_matcher.find(folded) if hit.payload != "idiom"]
    turning = [hit for hit in words if hit.payload not in _POLARITIES]
    carriers = [
        Feeling(h.start, h.end, Polarity(h.payload)) for h in words if h.payload in _POLARITIES
    ]
    for hit in hits:
        own = next((sense for sense in hit.payload if sense.polarity is not None), None)
        if own is not None and own.polarity is not None:
            carriers.append(Feeling(hit.start, hit.end, own.polarity, own.topic))
    by_clause: dict[int, list[Hit[str]]] = {}
    for negation in turning:
        by_clause.setdefault(places.clause(negation.start), []).append(negation)
    turned = (_turned(f, by_clause.get(places.clause(f.start), []), book) for f in carriers)
    return sorted(turned, key=lambda feeling: feeling.start)


def _turned(feeling: Feeling, negations: list[Hit[str]], book: Phrasebook) -> Feeling:
    """The feeling as a negation near it in its clause turns it."""
    before, after = book.negation_reach
    for negation in negations:
        if negation.payload == "hoped":  # "promised a quiet room": there was none
            near = negation.end <= feeling.start and feeling.polarity is POSITIVE
        elif negation.payload == "negation_before":
            near = 0 <= feeling.start - negation.end <= before
        else:
            # What follows turns praise only: a complaint such as "nobody came" holds its own "not".
            near = 0 <= negation.start - feeling.end <= after and feeling.polarity is POSITIVE
        if near:
            turned = OPPOSITE[feeling.polarity]
            return Feeling(feeling.start, feeling.end, turned, feeling.topic)
    return feeling


def _located(
    hit: TopicHit, text: str, folded: str, book: Phrasebook,
    places: _Places, feelings: list[Feeling], by_stars: Polarity,
) -> Iterable[Found]:  # fmt: skip
    clause = places.clause(hit.start)
    for sense in hit.payload:
        own = next(
            (f.polarity for f in feelings if f.start == hit.start and f.end == hit.end), None
        )
        polarity, said = own, OWN
        if polarity is None:
            topic = book.topics[sense.topic]
            polarity, said = _near(hit, topic, places, feelings, by_stars, sense.noun)
        place = sense.noun and sense.topic in _PLACES
        if place and said < OWN and book.stands_aside(folded, hit.start):
            # "It was hot in the room": a mere place, where its clause says nothing of it.
            spoken = any(places.clause(f.start) == clause for f in feelings)
            polarity = polarity if spoken else NEUTRAL
        noun = None
        if sense.noun:
            word = book.copied(text[hit.start : hit.end], sense.spelling)
            if word is None:
                continue
            noun = (word, sense.gender)
        facet = sense.facet if sense.polarity in (None, polarity) else None
        yield Found(
            sense.topic, clause, hit.start, polarity, noun, said == OWN, facet, said,
            free=hit.payload is _FREE_NOUN,
        )  # fmt: skip


def _near(
    hit: TopicHit, topic: Topic,
    places: _Places, feelings: list[Feeling], by_stars: Polarity, noun: bool,
) -> tuple[Polarity, int]:  # fmt: skip
    """The feeling nearest in the clause, then in the sentence, then that of the stars, and how near
    it was. A topic that nobody mentions with pleasure, such as waiting, keeps its own leaning."""
    if topic.lean is not None:
        glad = by_stars is POSITIVE and any(
            f.polarity is POSITIVE and places.clause(f.start) == places.clause(hit.start)
            for f in feelings
        )
        glad = glad or (topic.brought and by_stars is POSITIVE)
        return (NEUTRAL if glad else topic.lean), CLAUSE_SAYS
    clause, turn = places.clause(hit.start), places.turn(hit.start)
    best: tuple[int, int] | None = None
    glad = by_stars is POSITIVE and (topic.brought or noun)
    polarity = by_stars if topic.reach is None or glad else NEUTRAL
    for feeling in feelings:
        gap = feeling.start - hit.end if feeling.start >= hit.end else hit.start - feeling.end
        if topic.reach is not None and (
            gap > topic.reach or feeling.topic not in (None, topic.key)
        ):
            continue
        turned = places.turn(feeling.start) != turn
        if turned and topic.reach is not None:
            continue  # "great rooms, but the host …": anything may follow
        rank = (2 if turned else int(places.clause(feeling.start) != clause), gap)
        if best is None or rank < best:
            # "Great bed, but the parking": what follows a contrast is meant the other way. Said of
            # a complaint the other way may be anything.
            best, polarity = rank, _CONTRASTED[feeling.polarity] if turned else feeling.polarity
    if best is None:
        if polarity is POSITIVE and topic.reach is None and places.turned_within(hit.start):
            return NEGATIVE, SENTENCE_SAYS  # "The only thing: the mains are small"
        return polarity, STARS
    return polarity, SENTENCE_SAYS if best[0] else CLAUSE_SAYS


def _told_in_figures(
    folded: str, book: Phrasebook, hits: list[TopicHit], by_stars: Polarity
) -> list[TopicHit]:
    """What figures say without a word: "ten days to mend a wheel", "£24 for five ravioli". High
    stars and blame, low stars and praise do not go together."""
    found = [
        (match.span(), sense)
        for pattern, sense in book.figures
        if sense.polarity is not OPPOSITE[by_stars] or by_stars is NEUTRAL
        for match in pattern.finditer(folded)
    ]
    return [
        Hit(start, end, (sense,))
        for (start, end), sense in found
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
