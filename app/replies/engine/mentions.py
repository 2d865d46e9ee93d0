"""Which topics a review speaks of, and how: sentence by sentence, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.replies.engine.matcher import Hit
from app.replies.engine.phrasebook import ANY_TRADE, Phrasebook, Topic, TopicSense
from app.replies.engine.told import Told, tell
from app.replies.engine.types import Mention, Polarity

POSITIVE, NEGATIVE, NEUTRAL = Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL
_CONTRASTED = {POSITIVE: NEGATIVE, NEGATIVE: NEUTRAL, NEUTRAL: NEUTRAL}
_POLARITIES = frozenset({POSITIVE, NEGATIVE, NEUTRAL})
_OPPOSITE = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE, NEUTRAL: NEUTRAL}

# A sentence without an end is cut, so that no text makes the work grow faster than its length.
_SENTENCE = re.compile(r"[.!?。！？…\n]+|[^.!?。！？…\n]{400}")
_CLAUSE = re.compile(r"[,;:、，；：()]+|\s-+\s")
_LONG_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{7,30}(?![^\W_])")
_LEAST_BEFORE = 3  # letters of a compound before its last noun
TopicHit = Hit[tuple[TopicSense, ...]]

_FREE_NOUN = (TopicSense("other", None, noun=True),)
_MAX_NOUNS = 2
_EVENT = -1  # the particular point of an event told
_OWN, _CLAUSE_SAYS, _SENTENCE_SAYS, _STARS = 3, 2, 1, 0
_PLACES = frozenset({"room", "bathroom", "facilities", "seating", "repair"})  # where things happen
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
    reserved: bool = False  # a complaint stands with a word such as "but" or "only downside"


@dataclass(slots=True)
class _Found:
    """One topic at one place."""

    topic: str
    clause: int
    start: int
    polarity: Polarity
    noun: tuple[str, str] | None = None
    own: bool = False  # the words say the polarity themselves
    facet: int | None = None
    said: int = 0  # how near the words stand that say the polarity: _OWN to _STARS
    nouns: list[tuple[str, str]] = field(default_factory=list)
    told: tuple[str, ...] = ()
    free: bool = False  # a thing that the lexicon does not know


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
        for item in _absorbed(_in_place(_undone(clause, by_stars), folded, book), book)
    ]
    if by_stars is POSITIVE:
        settled = _mended(settled, book)
    settled = _retold(settled, tell(text, folded, book, trade), places)
    blamed = [item for item in settled if item.polarity is NEGATIVE]
    blames = any(item.own and not book.topics[item.topic].brought for item in blamed)
    reserves = {places.sentence(h.start) for h in cues if h.payload in ("contrast", "reserve")}
    reserved = any(places.sentence(item.start) in reserves for item in blamed)
    merged = _merged(settled, lambda item: book.is_told(folded, item.start, item.polarity))
    negative = sum(feeling.polarity is NEGATIVE for feeling in feelings)
    return Reading(merged, positive, negative, blames, reserved)


def _mended(found: list[_Found], book: Phrasebook) -> list[_Found]:
    """Without the trouble that was brought along, where it is praised how it was mended."""
    praised = {item.topic for item in found if item.own and item.polarity is POSITIVE}
    brought = {topic for topic in praised if book.topics[topic].brought}
    return [i for i in found if i.polarity is not NEGATIVE or i.topic not in brought]


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
        polarity, said = own, _OWN
        if polarity is None:
            topic = book.topics[sense.topic]
            polarity, said = _near(hit, topic, places, feelings, by_stars, sense.noun)
        place = sense.noun and sense.topic in _PLACES
        if place and said < _OWN and book.stands_aside(folded, hit.start):
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
        yield _Found(
            sense.topic, clause, hit.start, polarity, noun, said == _OWN, facet, said,
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
        return (NEUTRAL if glad else topic.lean), _CLAUSE_SAYS
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
            return NEGATIVE, _SENTENCE_SAYS  # "The only thing: the mains are small"
        return polarity, _STARS
    return polarity, _SENTENCE_SAYS if best[0] else _CLAUSE_SAYS


def _told_in_figures(
    folded: str, book: Phrasebook, hits: list[TopicHit], by_stars: Polarity
) -> list[TopicHit]:
    """What figures say without a word: "ten days to mend a wheel", "£24 for five ravioli". High
    stars and blame, low stars and praise do not go together."""
    found = [
        (match.span(), sense)
        for pattern, sense in book.figures
        if sense.polarity is not _OPPOSITE[by_stars] or by_stars is NEUTRAL
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


def _undone(found: list[_Found], by_stars: Polarity) -> list[_Found]:
    """A clause of an unhappy review without the praise that its own blame undoes: "chipped right
    away"."""
    if by_stars is not NEGATIVE or not any(f.own and f.polarity is NEGATIVE for f in found):
        return found
    return [item for item in found if not (item.own and item.polarity is POSITIVE)]


def _in_place(found: list[_Found], folded: str, book: Phrasebook) -> list[_Found]:
    """A clause without the topics that its other words rule out: a cold *shower* is no cold food,
    and the Wi-Fi "in our room" says nothing of the room."""
    kept = []
    for item in found:
        near = [other for other in found if other is not item]
        known = [other for other in near if not other.free and other.polarity is item.polarity]
        if item.free and known and book.spaces and book.has_case:
            continue
        unless = book.topics[item.topic].unless
        if not item.noun and any(
            (other.noun or other.facet is not None) and other.topic in unless for other in near
        ):
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
        lenders = [
            other
            for other in found
            if _lends(other, item, book)
            and item is _nearest(other, item.topic, found)
            and not (other.topic != item.topic and _pointed(other.topic, found))
        ]
        lenders.sort(key=lambda other: abs(other.start - item.start))
        taken: list[_Found] = []
        for other in lenders:
            if not taken or min(abs(other.start - one.start) for one in taken) <= _TOGETHER:
                taken.append(other)
                lent.add(id(other))
        item.nouns += [one.noun for one in sorted(taken, key=lambda one: one.start) if one.noun]
    return [item for item in found if id(item) not in lent]


def _nearest(lender: _Found, topic: str, found: list[_Found]) -> _Found:
    """Of several points of one topic, the one whose noun it is."""
    points = [f for f in found if f.topic == topic and f is not lender and f.noun is None]
    return min(points, key=lambda f: abs(f.start - lender.start), default=lender)


def _pointed(topic: str, found: list[_Found]) -> bool:
    """Whether a clause makes a particular point of a topic, which takes its nouns."""
    return any(f.topic == topic and f.facet is not None and f.noun is None for f in found)


def _lends(other: _Found, item: _Found, book: Phrasebook) -> bool:
    if other.noun is None or other is item:
        return False
    if other.own and other.polarity is not item.polarity:
        return False
    if other.topic == item.topic:
        return item.facet is not None and item.noun is None
    return other.topic in book.topics[item.topic].borrow


def _retold(found: list[_Found], told: list[Told], places: _Places) -> list[_Found]:
    """The topics with the events that the review tells. The words of an event say no more than
    the event, unless they carry the opposite feeling; nouns that it names are the event's."""
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
            facet=_EVENT, said=_OWN, told=event.forms,
        )  # fmt: skip
        phrase = " ".join(event.forms).casefold()
        named = [n for item in within for n in (*item.nouns, item.noun) if n]
        retold.nouns = [noun for noun in named if noun[0].casefold() in phrase]
        kept.append(retold)
    return sorted(kept, key=lambda item: item.start)


_Key = tuple[str, Polarity, int | None]


def _merged(found: list[_Found], told: Callable[[_Found], bool]) -> tuple[Mention, ...]:
    """One mention for each topic, polarity and particular point, in the order of the text. A topic
    of which its clause says nothing counts where `told` holds, or where nothing clearer is said."""
    sure = {id(item) for item in found if item.said > _SENTENCE_SAYS or told(item)}
    clear = {item.polarity for item in found if id(item) in sure}
    found = [item for item in found if id(item) in sure or item.polarity not in clear]
    nouns: dict[_Key, dict[str, tuple[str, str]]] = {}
    for item in found:
        words = nouns.setdefault((item.topic, item.polarity, item.facet), {})
        for noun in (*item.nouns, *([item.noun] if item.noun else ())):
            words.setdefault(noun[0].casefold(), noun)
    events: dict[tuple[str, Polarity], dict[tuple[str, ...], None]] = {}
    for item in found:
        if item.told:
            events.setdefault((item.topic, item.polarity), {})[item.told] = None
    mentions = []
    for (topic, polarity, facet), words in nouns.items():
        points = [(key, own) for key, own in nouns.items() if key[0] == topic]
        opposite = {word for key, own in points if key[1] is _OPPOSITE[polarity] for word in own}
        opposed = polarity is POSITIVE and any(key[1] is NEGATIVE for key, _ in points)
        # The same thing called good and bad is a complaint; two things of one topic are two points.
        if opposed and facet is None and not words.keys() - opposite:
            continue
        if facet is None and _named_elsewhere(topic, polarity, words, nouns):
            continue
        # "Carrot cake" says it; "cake" beside it would say it twice.
        names = [w for w in words if not any(o != w and o.endswith(w) for o in words)]
        things = tuple(words[name] for name in names[:_MAX_NOUNS])
        if facet == _EVENT:
            told_of = tuple(events[topic, polarity])[:_MAX_NOUNS]
            mentions.append(Mention(topic, polarity, things, told_of))
        else:
            mentions.append(Mention(topic, polarity, things, facet=facet))
    return tuple(mentions)


def _named_elsewhere(
    topic: str, polarity: Polarity, words: dict[str, tuple[str, str]],
    nouns: dict[_Key, dict[str, tuple[str, str]]],
) -> bool:  # fmt: skip
    """Whether the particular points of a topic name all of it, or a complaint's things are those
    of which something particular is said."""
    points = [(key, own) for key, own in nouns.items() if key[1:] != (polarity, None)]
    same = [own for key, own in points if key[0] == topic and key[1] is polarity]
    if same and not words.keys() - {word for own in same for word in own}:
        return True
    blamed = {
        word for key, own in points if key[1] is NEGATIVE and key[2] is not None for word in own
    }
    return polarity is NEGATIVE and bool(words) and not words.keys() - blamed
