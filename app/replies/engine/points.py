"""From what is found clause by clause to the points of a review: what is lent and undone, events,
and one mention for each point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.replies.engine.phrasebook import Phrasebook
from app.replies.engine.told import Told
from app.replies.engine.types import Mention, Polarity

POSITIVE, NEGATIVE, NEUTRAL = Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL
OPPOSITE = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE, NEUTRAL: NEUTRAL}
OWN, CLAUSE_SAYS, SENTENCE_SAYS, STARS = 3, 2, 1, 0  # how near the words stand that say a polarity

_MAX_NOUNS = 2
_EVENT = -1  # the particular point of an event told
# Topics of which one event says it for all: forty minutes of waiting are the delay.
_ONE_POINT = frozenset({"wait", "late"})
_TOGETHER = 12  # characters between nouns that stand together: "soup and salad"


@dataclass(slots=True)
class Found:
    """One topic at one place."""

    topic: str
    clause: int
    start: int
    polarity: Polarity
    noun: tuple[str, str] | None = None
    own: bool = False  # the words say the polarity themselves
    facet: int | None = None
    said: int = 0  # how near the words stand that say the polarity: OWN to STARS
    nouns: list[tuple[str, str]] = field(default_factory=list)
    told: tuple[str, ...] = ()
    free: bool = False  # a thing that the lexicon does not know


def mended(found: list[Found], book: Phrasebook) -> list[Found]:
    """Without the trouble that was brought along, where it is praised how it was mended."""
    praised = {item.topic for item in found if item.own and item.polarity is POSITIVE}
    brought = {topic for topic in praised if book.topics[topic].brought}
    return [i for i in found if i.polarity is not NEGATIVE or i.topic not in brought]


def undone(found: list[Found], by_stars: Polarity) -> list[Found]:
    """A clause of an unhappy review without the praise that its own blame undoes: "chipped right
    away"."""
    if by_stars is not NEGATIVE or not any(f.own and f.polarity is NEGATIVE for f in found):
        return found
    return [item for item in found if not (item.own and item.polarity is POSITIVE)]


def in_place(found: list[Found], folded: str, book: Phrasebook) -> list[Found]:
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


def absorbed(found: list[Found], book: Phrasebook) -> list[Found]:
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
        taken: list[Found] = []
        for other in lenders:
            if not taken or min(abs(other.start - one.start) for one in taken) <= _TOGETHER:
                taken.append(other)
                lent.add(id(other))
        item.nouns += [one.noun for one in sorted(taken, key=lambda one: one.start) if one.noun]
    return [item for item in found if id(item) not in lent]


def _nearest(lender: Found, topic: str, found: list[Found]) -> Found:
    """Of several points of one topic, the one whose noun it is."""
    points = [f for f in found if f.topic == topic and f is not lender and f.noun is None]
    return min(points, key=lambda f: abs(f.start - lender.start), default=lender)


def _pointed(topic: str, found: list[Found]) -> bool:
    """Whether a clause makes a particular point of a topic, which takes its nouns."""
    return any(f.topic == topic and f.facet is not None and f.noun is None for f in found)


def _lends(other: Found, item: Found, book: Phrasebook) -> bool:
    if other.noun is None or other is item:
        return False
    if other.own and other.polarity is not item.polarity:
        return False
    if other.topic == item.topic:
        return item.facet is not None and item.noun is None
    return other.topic in book.topics[item.topic].borrow


def retold(found: list[Found], told: list[Told], clause_of: Callable[[int], int]) -> list[Found]:
    """The topics with the events that the review tells. The words of an event say no more than
    the event, unless they carry the opposite feeling; nouns that it names are the event's."""
    events = {event.topic for event in told if event.polarity is NEGATIVE}
    kept = [item for item in found if not _repeats(item, events)]
    for event in told:
        within = [
            item
            for item in kept
            if event.start <= item.start < event.end
            and not (item.own and item.polarity is not event.polarity)
        ]
        kept = [item for item in kept if item not in within]
        retold = Found(
            event.topic, clause_of(event.start), event.start, event.polarity, own=True,
            facet=_EVENT, said=OWN, told=event.forms,
        )  # fmt: skip
        phrase = " ".join(event.forms).casefold()
        named = [n for item in within for n in (*item.nouns, item.noun) if n]
        retold.nouns = [noun for noun in named if noun[0].casefold() in phrase]
        kept.append(retold)
    return sorted(kept, key=lambda item: item.start)


_Key = tuple[str, Polarity, int | None]


def _repeats(item: Found, events: set[str]) -> bool:
    """Whether a mention says no more than an event that is told."""
    bare = item.noun is None and not item.nouns and item.facet is None
    told_of = item.topic in _ONE_POINT and not _ONE_POINT.isdisjoint(events)
    return bare and told_of and item.polarity is NEGATIVE


def merged(found: list[Found], told: Callable[[Found], bool]) -> tuple[Mention, ...]:
    """One mention for each topic, polarity and particular point, in the order of the text. A topic
    of which its clause says nothing counts where `told` holds, or where nothing clearer is said."""
    sure = {id(item) for item in found if item.said > SENTENCE_SAYS or told(item)}
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
        opposite = {word for key, own in points if key[1] is OPPOSITE[polarity] for word in own}
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
