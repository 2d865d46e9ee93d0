"""Sentences of the owner's saved replies that fit a review.

A saved reply is a source of facts and turns of phrase, not a text to paste: one sentence of it at
most, in the review's language, on topics that the review speaks of in the same spirit. A sentence
that speaks to the reader may take the review's own noun for its own, where nothing else in it has
to change; one that tells a fact stays as it is, since of another thing it may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.replies.engine import language, letter
from app.replies.engine.choose import Used, grams
from app.replies.engine.matcher import fold, tidy
from app.replies.engine.mentions import read
from app.replies.engine.phrasebook import Phrasebook, load, shared, written_languages
from app.replies.engine.types import (
    BusinessProfile,
    Kind,
    Mention,
    Polarity,
    SavedReply,
    Understanding,
)
from app.replies.engine.write import Sentence, measure

# Kinds whose replies may take a sentence of the owner's; the others are kept to what was checked.
_KINDS = frozenset({Kind.PRAISE, Kind.MIXED, Kind.COMPLAINT, Kind.ANGRY})
# Words of the checker that bar a sentence for ever: what was promised once is not promised again.
_BARRED = frozenset(
    {"promise", "guarantee", "done", "liability", "accusation", "removal", "blame", "stock",
     "profanity", "machine", "ask_private"}
)  # fmt: skip
_LENGTHS = {"words": (4, 30), "characters": (8, 90)}
_REST = 10  # of so many replies of the queue, one may hold the same sentence
_NAME = re.compile(r"[^\W\d_]{2,}")
_VOWELS = "aeiouhyâàéèêëîïôûœáíóúäöü"


@dataclass(frozen=True, slots=True)
class SavedSentence:
    """One usable sentence: `place` is where in a reply it may stand, `nouns` are (topic, start,
    end, gender) of the things it names."""

    title: str
    text: str
    trouble: bool  # it comes from a reply to a complaint
    to_reader: bool
    place: str  # "open", "apology" or "care"
    topics: frozenset[str]
    nouns: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a text to be kept is about. `language` is None where no reply is written in it;
    `usable` is how many of its sentences replies may take."""

    language: str | None
    to_complaint: bool
    topics: tuple[str, ...]
    usable: int


def about(text: str, hint: str | None = None) -> About:
    """Guess what a text is about."""
    lang = language.detect(text[: letter.MAX_CHARS], hint=hint)
    if lang not in written_languages():
        return About(None, False, (), 0)
    found = sentences((SavedReply("", text),), lang)
    topics = dict.fromkeys(topic for sentence in found for topic in sorted(sentence.topics))
    return About(lang, "apology" in _rules(tidy(text), load(lang)), tuple(topics), len(found))


def fitting(
    what: Understanding, business: BusinessProfile, book: Phrasebook, used: Used, name: str | None
) -> list[Sentence]:
    """The sentences that could stand in a reply to this review, those said least lately first.

    Their `pool` names the place: "saved.open", "saved.apology" or "saved.care"; `source` is the
    saved reply's title.
    """
    if not business.saved or what.kind not in _KINDS or what.health:
        return []
    known = f"{business.name} {business.signature} {business.city}"
    found = []
    for sentence in sentences(business.saved, book.language, known):
        about = what.complaints if sentence.trouble else what.praises
        mentions = tuple(mention for mention in about if mention.topic in sentence.topics)
        if {mention.topic for mention in mentions} != sentence.topics:
            continue
        if sentence.to_reader and not _in_manner(sentence.text, business, book):
            continue
        text = _adapted(sentence, mentions, book)
        if text is None or ("{name}" in text and not name):
            continue
        text = text.replace("{name}", name or "")
        held = used.holding(grams(text, book.in_words))
        if held * _REST <= used.size:
            given = Sentence(f"saved.{sentence.place}", text, (), mentions, sentence.title)
            found.append((held, given))
    return [sentence for _, sentence in sorted(found, key=lambda item: item[0])]


@lru_cache(maxsize=512)
def sentences(
    saved: tuple[SavedReply, ...], lang: str, known: str = ""
) -> tuple[SavedSentence, ...]:
    """The usable sentences of saved replies in one language; `known` holds names that may be
    said."""
    book = load(lang)
    return tuple(found for reply in saved for found in _of_one(reply, book, known))


def _of_one(reply: SavedReply, book: Phrasebook, known: str) -> Iterator[SavedSentence]:
    text = tidy(reply.text[: letter.MAX_CHARS])
    if language.detect(text, hint=book.language) != book.language:
        return
    parts = letter.read(text, book.greets)
    addressed = [word for word in _NAME.findall(parts.greeting) if word[0].isupper()]
    trouble = "apology" in _rules(text, book)
    for sentence in parts.sentences:
        for word in addressed[-1:]:
            sentence = re.sub(rf"\b{re.escape(word)}\b", "{name}", sentence)
        found = _sentence(reply.title, sentence, trouble, book, known)
        if found is not None:
            yield found


def _sentence(
    title: str, text: str, trouble: bool, book: Phrasebook, known: str
) -> SavedSentence | None:
    least, most = _LENGTHS["words" if book.in_words else "characters"]
    rules = _rules(text, book)
    if not least <= measure(text, book) <= most or rules & _BARRED or _names(text, known):
        return None
    spirit = Polarity.NEGATIVE if trouble else Polarity.POSITIVE
    mentions = read(text, fold(text), book, spirit).mentions
    topics = frozenset(mention.topic for mention in mentions) - {"other"}
    astray = any(mention.polarity not in (spirit, Polarity.NEUTRAL) for mention in mentions)
    if astray or not topics:
        return None
    to_reader = book.reader.search(text) is not None
    place = "apology" if "apology" in rules else "open" if to_reader and not trouble else "care"
    text = text[:1].upper() + text[1:]
    nouns = _nouns(text, mentions, book)
    return SavedSentence(title, text, trouble, to_reader, place, topics, nouns)


def _nouns(
    text: str, mentions: tuple[Mention, ...], book: Phrasebook
) -> tuple[tuple[str, int, int, str], ...]:
    """The things a sentence names, under the topic that took them: the wait for *the soup*."""
    takers = {fold(noun): mention.topic for mention in mentions for noun, _ in mention.nouns}
    return tuple(
        (takers.get(fold(text[hit.start : hit.end]), sense.topic), hit.start, hit.end, sense.gender)
        for hit in book.topic_matcher.find(fold(text))
        for sense in hit.payload
        if sense.noun
    )


def _names(text: str, known: str) -> bool:
    """Whether a sentence names somebody: the guest or the waiter it once was about."""
    given = set(shared()["given_names"])
    return any(word in given and word not in known for word in _NAME.findall(text))


def _rules(text: str, book: Phrasebook) -> set[str]:
    return {rule for hit in book.check_matcher.find(fold(text)) for rule, _ in hit.payload}


def _in_manner(text: str, business: BusinessProfile, book: Phrasebook) -> bool:
    """Whether a sentence addresses the reader as this business does, formally or not."""
    if book.familiar is None:
        return True
    return bool(book.familiar.search(text)) == (book.language in business.voice.informal)


def _adapted(
    sentence: SavedSentence, mentions: tuple[Mention, ...], book: Phrasebook
) -> str | None:
    """The sentence with the review's nouns; None where it names a thing the review does not and
    cannot be changed."""
    text = sentence.text
    own = {mention.topic: mention.nouns for mention in mentions}
    for topic, start, end, gender in sorted(sentence.nouns, key=lambda noun: -noun[1]):
        said = sentence.text[start:end]
        theirs = own.get(topic, ())
        if any(fold(noun) == fold(said) for noun, _ in theirs):
            continue
        swap = next((n for n, kind in theirs if kind == gender and alike(said, n, book)), None)
        if not sentence.to_reader or swap is None:
            return None
        text = text[:start] + swap + text[end:]
    return text


def alike(old: str, new: str, book: Phrasebook) -> bool:
    """Whether `new` can stand where `old` does with no other word changed: both or neither begin
    with a vowel, look like plurals, or end in a consonant in Hangul."""
    begins = (old[:1].lower() in _VOWELS) == (new[:1].lower() in _VOWELS)
    plural = not book.has_case or old.endswith("s") == new.endswith("s")
    return begins and plural and _closed(old) == _closed(new)


def _closed(word: str) -> int:
    """The final consonant of a Hangul word, as particles see it: none, ㄹ, or another."""
    code = ord(word[-1]) - 0xAC00
    if not 0 <= code < 11_172:
        return 0
    return {0: 0, 8: 1}.get(code % 28, 2)
