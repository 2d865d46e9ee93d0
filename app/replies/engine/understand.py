"""What a review is and says: language, kind, topics, people, questions. Stars first; the text
overrides them on strong cues only."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from app.replies.engine import kinds, language, mentions, people
from app.replies.engine.matcher import fold, tidy
from app.replies.engine.mentions import Reading
from app.replies.engine.phrasebook import ANY_TRADE, Phrasebook, load, shared, written_languages
from app.replies.engine.types import (
    ESCALATED,
    BusinessProfile,
    Kind,
    Mention,
    Polarity,
    ReviewFacts,
    Understanding,
)  # fmt: skip

_WORD = re.compile(r"\w+")
_PART_OF_A_WORD = 4  # letters beyond which a trade's word is looked for inside others
MAX_CHARS = 12_000  # longer reviews are read up to here; the longest known platform takes 10,000

_TAG = re.compile(r"<[^<>]{0,300}>")
_SENTENCES = re.compile(r"(?<=[.!?。！？…\n])")
# A number that is no rating of stars.
_FIGURE = re.compile(
    r"(?<![\d/星★별])(?<!별 )\d{1,6}(?![\d/])"
    r"(?! ?(?:star|stern|etoile|estrella|punkt|point|点|つ星|★|점|/))"
)
_BLAMING = (Kind.COMPLAINT, Kind.ANGRY, Kind.REFUND)
_STORY_WORDS = 8  # beyond so many words that say something, a review tells a story
_STORY_CHARS = 30  # the same in characters
_OF_ANOTHER = (Kind.COMPLAINT, Kind.ANGRY, Kind.VAGUE_ATTACK)  # kinds that may be meant for another
_TELLING_TRADES = ("food", "stay", "beauty", "auto", "home")  # trades whose things are their own
_STRANGE_THINGS = 2  # things of another trade, and none of this one, that show a mistake
_NEARLY_ALL = 4  # stars that hold something back
_TOLD_AT_LENGTH = 15  # words beyond which lukewarm stars have been explained
_MOST_NAMED = 3  # of the staff, in one reply


def understand(review: ReviewFacts, business: BusinessProfile) -> Understanding:
    """Read a review. Never raises on any text."""
    text, warnings = _cleaned(review.text)
    lang, language_warning = _language(text, review, business)
    warnings += language_warning
    book = load(lang)
    group = trade(business.vertical) if business.vertical else ANY_TRADE
    health = group == "health"
    if not any(c.isalnum() for c in text):
        return Understanding(lang, Kind.STARS_ONLY, health=health, warnings=tuple(warnings))
    folded = fold(text)
    cues = Counter(hit.payload for hit in book.cue_matcher.find(folded))
    if cues["orders"]:
        text = _without_orders(text, book)
        folded = fold(text)
    # Under sarcasm the stars mean their opposite.
    by_stars = Polarity.NEGATIVE if cues["sarcasm"] else _by_stars(review.rating)
    if by_stars is Polarity.POSITIVE and review.rating == _NEARLY_ALL:
        by_stars = Polarity.NEUTRAL  # something was missing: praise is what is called good
    reading = mentions.read(text, folded, book, by_stars, group)
    kind = kinds.of(review.rating, text, folded, cues, reading, group, book)
    if kind in _OF_ANOTHER and _of_another_trade(folded, book, group):
        kind = Kind.WRONG_BUSINESS
    strange = bool(language_warning)
    detailed = strange or _tells_something(folded, reading, book)
    if kind is Kind.VAGUE_ATTACK and detailed:
        kind = Kind.COMPLAINT
    found = _weighed(kind, reading)
    if kind in _BLAMING and by_stars is Polarity.NEGATIVE:
        found = _blamed(found)
    questions = _questions(text, folded, kind, book) if kind not in ESCALATED else []
    return Understanding(
        language=lang,
        kind=kind,
        mentions=found,
        praised_people=_praised(text, kind, book, business, review.author, group),
        questions=tuple(questions),
        health=health,
        escalate=kind in ESCALATED,
        warnings=tuple(warnings),
        detailed=detailed,
        doubts=cues["contrast"] + cues["reserve"] > 0 or len(text.split()) > _TOLD_AT_LENGTH,
        mourns=cues["loss"] + cues["death"] > 0
        or _names_any(book.meta.get("mourning", ()), business.vertical),
    )


@lru_cache(maxsize=512)
def trade(vertical: str) -> str:
    """The group of trades a vertical belongs to, by `shared.toml`; "other" where none fits."""
    vertical = vertical.casefold()
    words = _WORD.findall(vertical)
    for group, patterns in shared()["trades"].items():
        if any(_names_trade(pattern, vertical, words) for pattern in patterns):
            return group
    return "other"


def _names_trade(pattern: str, vertical: str, words: list[str]) -> bool:
    """Short words stand alone (a barber is no bar), longer ones may be part of another."""
    if not pattern.isalpha() or not pattern[0].isascii() or len(pattern) > _PART_OF_A_WORD:
        return pattern in vertical
    if len(pattern) == _PART_OF_A_WORD:
        return any(word.startswith(pattern) or word.endswith(pattern) for word in words)
    return pattern in words


def _names_any(words: Iterable[str], vertical: str) -> bool:
    return any(word in vertical.casefold() for word in words)


def _of_another_trade(folded: str, book: Phrasebook, group: str) -> bool:
    """Whether a review speaks of another trade's things only and names that trade ("pizza place",
    written to a plumber)."""
    if group in ("other", "shop", ANY_TRADE):
        return False
    senses = [s for hit in book.topic_matcher.find(folded) for s in hit.payload if s.noun]
    bound = [trades for s in senses if (trades := book.topics[s.topic].trades)]
    if len(bound) < _STRANGE_THINGS or any(group in trades for trades in bound):
        return False
    words = _WORD.findall(folded)
    named = {
        other
        for other in _TELLING_TRADES
        if any(_names_trade(p, word, [word]) for p in shared()["trades"][other] for word in words)
    }
    return group not in named and any(named & trades for trades in bound)


def _cleaned(text: str) -> tuple[str, list[str]]:
    warnings = []
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS]
        warnings.append(f"The review is very long; its first {MAX_CHARS:,} characters were read.")
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    return tidy(text).strip(), warnings


def _without_orders(text: str, book: Phrasebook) -> str:
    """The text without the sentences that tell a language model what to do."""
    return "".join(
        sentence
        for sentence in _SENTENCES.split(text)
        if not any(hit.payload == "orders" for hit in book.cue_matcher.find(fold(sentence)))
    )


def _language(text: str, review: ReviewFacts, business: BusinessProfile) -> tuple[str, list[str]]:
    written = written_languages()
    fallback = business.lang if business.lang in written else "en"
    if not any(c.isalpha() for c in text):
        return fallback, []
    found = language.detect(text, hint=review.language, home=fallback)
    if found in written:
        return found, []
    warning = (
        "The review is in a language Goodword does not write yet; "
        "this draft is in the language of the location."
    )
    return fallback, [warning]


def _by_stars(rating: float | None) -> Polarity:
    if rating is None or 2 < rating < 4:
        return Polarity.NEUTRAL
    return Polarity.POSITIVE if rating >= 4 else Polarity.NEGATIVE


def _blamed(found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Where a low review blames nothing in known words, what it names is what it is about."""
    if any(mention.polarity is not Polarity.NEUTRAL for mention in found):
        return found
    return tuple(replace(mention, polarity=Polarity.NEGATIVE) for mention in found)


def _weighed(kind: Kind, reading: Reading) -> tuple[Mention, ...]:
    """What the topics mean once the kind is known: under sarcasm nothing is praise."""
    if kind in (Kind.SARCASM, Kind.VAGUE_ATTACK):
        turned = {
            m.topic: replace(m, polarity=Polarity.NEGATIVE) for m in reversed(reading.mentions)
        }
        return tuple(reversed(turned.values()))
    if kind is Kind.PRAISE:
        kept = [m for m in reading.mentions if m.polarity is not Polarity.NEGATIVE]
        if not any(m.polarity is Polarity.POSITIVE for m in kept):
            # Nothing is called good in known words: what is named was worth naming.
            kept = [replace(m, polarity=Polarity.POSITIVE) if m.nouns else m for m in kept]
        return tuple(kept)
    return reading.mentions


def _tells_something(folded: str, reading: Reading, book: Phrasebook) -> bool:
    """Whether a reply that asks "what happened?" would show that nobody read the review: it names
    a topic or a number, or is long enough to tell a story."""
    if any(m.polarity is not Polarity.NEUTRAL for m in reading.mentions) or _FIGURE.search(folded):
        return True
    if not book.spaces or not book.in_words:
        return sum(map(str.isalpha, folded)) > _STORY_CHARS
    words = [word for word in _WORD.findall(folded) if word not in book.function_words]
    return len(words) > _STORY_WORDS


def _questions(text: str, folded: str, kind: Kind, book: Phrasebook) -> list[str]:
    """Sentences that ask something. In a review that does more than ask, a question mark alone may
    be mere delight or anger ("who does that?"), where words are told apart by spaces."""
    told = kind is not Kind.QUESTION and book.spaces
    found, start = [], 0
    for sentence in _SENTENCES.split(text):
        part = folded[start : start + len(sentence)]
        start += len(sentence)
        cued = any(hit.payload == "question" for hit in book.cue_matcher.find(part))
        marked = sentence.rstrip().endswith(("?", "？"))
        if (cued and marked) if told else (cued or marked):
            found.append(sentence.strip())
    return [sentence for sentence in found if len(sentence) > 3]


def _praised(
    text: str, kind: Kind, book: Phrasebook, business: BusinessProfile, author: str, group: str
) -> tuple[str, ...]:
    """Staff named with praise. Whoever is named in a sentence that also complains is left out."""
    if kind not in (Kind.PRAISE, Kind.MIXED, Kind.QUESTION):
        return ()
    # Who signs the reply would be thanking himself.
    ours = f"{business.name} {business.city} {business.signature} {author}"
    known = frozenset(_WORD.findall(ours.casefold()))
    names: dict[str, None] = {}
    by_stars = Polarity.POSITIVE if kind is Kind.PRAISE else Polarity.NEUTRAL
    for sentence in _SENTENCES.split(text):
        for name in people.staff_named(sentence, book, known):
            reading = mentions.read(sentence, fold(sentence), book, by_stars, group)
            glad = reading.positive > 0 or kind is Kind.PRAISE
            if glad and not reading.negative:
                names[name] = None
    return tuple(name for name in names if not _within_another(name, names))[:_MOST_NAMED]


def _within_another(name: str, names: Iterable[str]) -> bool:
    """ "Lehmann" beside "Frau Lehmann" is the same person."""
    return any(name != other and name in other.split() for other in names)
