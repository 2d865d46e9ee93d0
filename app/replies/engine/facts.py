"""Which of the location's facts answers a question of the review, or says what is new since."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.replies.engine.language import detect
from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import Phrasebook
from app.replies.engine.types import BusinessProfile, Understanding

_WORD = re.compile(r"\w+")
_STEM = 5  # letters by which two words of a European language are taken for the same
_MOST_FACTS = 3
_TELLING_WORDS = 5
_JOINED = re.compile(r"[,;]| and | or ")
_TOPIC_WEIGHT, _WORD_WEIGHT, _COMMON_WEIGHT = 2, 2, 1
_LEAST_LIKE = 2  # a single common word, such as "open", answers nothing


def answer(what: Understanding, business: BusinessProfile, book: Phrasebook) -> str | None:
    """The facts that answer the questions of a review, one sentence each and without the last full
    stop; None where none does."""
    found: dict[str, None] = {}
    usable = [fact for fact in business.facts if _same_language(fact, book)]
    for question in (part for asked in what.questions for part in _JOINED.split(asked)):
        fact = _best(question, usable, book)
        if fact:
            found[fact.strip().rstrip(".。!")] = None
    stop = ". " if book.meta["sentence_space"] else "。"
    return stop.join(tuple(found)[:_MOST_FACTS]) or None


def news(what: Understanding, business: BusinessProfile, book: Phrasebook) -> str | None:
    """A fact that says what is new in a matter the review complains of ("new dishwasher since
    3 May"), told by the language's `news` words; None where there is none."""
    topics = {mention.topic for mention in what.complaints}
    marks = book.meta.get("news", ())
    for fact in business.facts:
        folded = fold(fact)
        if any(mark in folded for mark in marks) and topics & _topics(fact, book):
            return fact.strip().rstrip(".。!")
    return None


def _same_language(fact: str, book: Phrasebook) -> bool:
    """Whether a fact can stand in a reply of this language; a short one is given the doubt."""
    if len(_WORD.findall(fact)) < _TELLING_WORDS and book.in_words:
        return True
    return detect(fact, hint=book.language) == book.language


def _best(question: str, usable: list[str], book: Phrasebook) -> str | None:
    asked, topics = _words(question, book), _topics(question, book)
    scored = [
        (_likeness(asked, topics, fact, book), -number, fact) for number, fact in enumerate(usable)
    ]
    score, _, best = max(scored, default=(0, 0, ""))
    return best if score >= _LEAST_LIKE else None


def _likeness(asked: set[str], topics: set[str], fact: str, book: Phrasebook) -> int:
    told, same = _words(fact, book), topics & _topics(fact, book)
    days = _days(book)
    if asked & days and told & days and not asked & told & days:
        return 0
    # A day alone answers nothing where the words for opening and serving are known as common.
    usual = _stems(book.meta.get("common_words", ()))
    common = asked & told & (usual | days if usual else usual)
    words = len(asked & told) - len(common)
    return _TOPIC_WEIGHT * len(same) + _WORD_WEIGHT * words + _COMMON_WEIGHT * len(common)


def _days(book: Phrasebook) -> frozenset[str]:
    return _stems(book.check_lists["weekday"]) if book.in_words else frozenset()


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word)[:_STEM] for word in words)


def _topics(text: str, book: Phrasebook) -> set[str]:
    hits = book.topic_matcher.find(fold(text))
    return {sense.topic for hit in hits for sense in hit.payload}


def _words(text: str, book: Phrasebook) -> set[str]:
    """Comparable pieces: stems of words, or pairs of characters where words have no spaces."""
    words = _WORD.findall(fold(text))
    if book.in_words:
        return {w[:_STEM] for w in words if len(w) > 2 and w not in book.function_words}
    return {word[i : i + 2] for word in words for i in range(len(word) - 1)} - book.function_words
