"""What sort of review it is. Stars first; the text overrides them on strong cues only."""

from __future__ import annotations

import re
from collections import Counter

from app.replies.engine.mentions import Reading
from app.replies.engine.phrasebook import Phrasebook
from app.replies.engine.types import Kind, Polarity

_LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|net|biz|info|shop|xyz|ru|top|site|club)\b")
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,}|\+?\d[\d ()/.-]{7,16}\d|t\.me|whatsapp", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?。！？…\n]+")
_HOLD_ORDER = (Kind.SELF_HARM, Kind.DISCRIMINATION, Kind.SAFETY, Kind.LEGAL, Kind.PRESS)
_HEALERS = ("health", "fitness")  # trades that happy people name their injuries to
_TOLD_BY_THE_PLEASED = (Kind.SAFETY, Kind.LEGAL, Kind.PRESS)
_NO_REVIEW = 2  # words of advertising beyond which what looks like topics is part of it
_SHOUTED = 0.6
_EFFUSIVE = 3  # words of praise that outweigh the stars where there is none of blame
_MEANT = 2  # words of blame that are no misreading, whatever the stars
_SHOUT_LETTERS = 20


def of(
    rating: float | None, text: str, folded: str, cues: Counter[str],
    reading: Reading, group: str, book: Phrasebook,
) -> Kind:  # fmt: skip
    """The kind of a review: first what a person must see, then what is no review of this business,
    then stars and feelings. `cues` counts the cue words found, `group` is the trade."""
    complains = any(m.polarity is Polarity.NEGATIVE for m in reading.mentions)
    praises = any(m.polarity is Polarity.POSITIVE for m in reading.mentions)
    pleased = (rating or 3) >= 4 and reading.negative <= reading.positive and not cues["sarcasm"]
    for kind in _HOLD_ORDER:
        # Who reviews a lawyer speaks of one; only more than that is a threat.
        least = 2 if kind is Kind.LEGAL and group == "law" else 1
        found = cues[kind]
        if kind is Kind.SAFETY and not pleased:
            found += cues["death"] + (cues["danger"] if group != "animals" else 0)
        if kind is Kind.SAFETY and group not in ("health", "animals"):
            found += cues["symptom"]  # elsewhere it was not the reason to come
        if found < least:
            continue
        if not pleased or kind is Kind.SELF_HARM or _told_here(kind, folded, group, book):
            return kind
    reachable = bool(_LINK.search(text) or _CONTACT.search(text))
    alone = cues["spam"] > 1 and not reading.mentions
    if cues["spam"] and (reachable or alone or cues["spam"] > _NO_REVIEW):
        return Kind.SPAM
    if cues["wrong_business"]:
        return Kind.WRONG_BUSINESS
    if cues["refund"] and not pleased:
        return Kind.REFUND
    marked = "?" in text or "？" in text
    # A mark without a word of asking may be mere delight or anger, where words stand apart.
    asks = cues["question"] or (marked and (rating is None or not (book.spaces and praises)))
    if asks and not complains and (rating is None or rating >= 3):
        return Kind.PRAISE if praises and rating is not None else Kind.QUESTION
    return _by_feeling(rating, text, cues, reading, book)


def _by_feeling(
    rating: float | None, text: str, cues: Counter[str], reading: Reading, book: Phrasebook
) -> Kind:
    complains = any(m.polarity is Polarity.NEGATIVE for m in reading.mentions)
    praises = any(m.polarity is Polarity.POSITIVE for m in reading.mentions)
    low, high = rating is not None and rating <= 2, rating is not None and rating >= 4
    if cues["sarcasm"] and (complains or low):
        return Kind.SARCASM
    if high:
        if rating == 5 and (
            _only_happy(reading, praises, book)
            or (praises and (not reading.blames or _doubtful(reading, book)))
        ):
            return Kind.PRAISE
        if reading.negative > reading.positive and complains and (rating == 5 or not praises):
            if rating != 5:
                return Kind.COMPLAINT
            # One word of blame beside five stars may be a misreading; several are meant.
            return Kind.MIXED if reading.negative == 1 or praises else Kind.SARCASM
        return Kind.MIXED if complains else Kind.PRAISE
    if not complains and not praises:
        if low or reading.negative > reading.positive:
            return Kind.VAGUE_ATTACK
        return Kind.PRAISE if reading.positive and rating is None else Kind.COMPLAINT
    if not complains:
        if rating is None:
            return Kind.PRAISE
        if low:
            if cues["wry"]:
                return Kind.SARCASM  # nothing but good words, and laughter: mockery
            # One or two stars are taken back by several glad words only; of few stars with
            # nothing but praise found the blame was not understood.
            meant = reading.positive > max(1, 2 * reading.negative)
            return Kind.PRAISE if meant else Kind.VAGUE_ATTACK
        return Kind.MIXED
    if praises and rating != 1:
        return Kind.MIXED
    return Kind.ANGRY if low and _heated(text, cues) else Kind.COMPLAINT


def _only_happy(reading: Reading, praises: bool, book: Phrasebook) -> bool:
    """Whether what sounds like blame beside five stars is none: "we waited" without a word of
    blame; "stayed late", "hard to find", without a "but" where the language knows such words."""
    if not reading.negative and not praises:
        return True
    doubted = reading.positive > 0 or reading.negative < _MEANT
    return bool(book.cues.get("reserve")) and doubted and not reading.reserved


def _doubtful(reading: Reading, book: Phrasebook) -> bool:
    """Whether blame beside five stars may be a misreading: no word of reserve stands with it, good
    words are as many, and finds are made inside running letters, where they are less sure."""
    return not (book.spaces or reading.reserved or reading.negative > reading.positive)


def _heated(text: str, cues: Counter[str]) -> bool:
    letters = [c for c in text if c.isalpha() and c.lower() != c.upper()]
    shouted = sum(c.isupper() for c in letters) > _SHOUTED * max(len(letters), _SHOUT_LETTERS)
    return shouted or text.count("!") + text.count("！") >= 3 or cues["anger"] > 0


def _told_here(kind: Kind, folded: str, group: str, book: Phrasebook) -> bool:
    """Whether a pleased guest tells of harm done here, and not of somewhere else: harm to somebody
    in a sentence with nothing good in it, harm or the law after a "but"."""
    if kind not in _TOLD_BY_THE_PLEASED or group in _HEALERS:
        return False
    for match in _SENTENCE.finditer(folded):
        sentence = match.group()
        hits = book.cue_matcher.find(sentence)
        turn = next((hit.end for hit in hits if hit.payload == "contrast"), None)
        parts = [] if turn is None else [sentence[turn:]]
        if kind is Kind.SAFETY:
            parts.append(sentence)
        if any(_tells_of(kind, part, book) for part in parts):
            return True
    return False


def _tells_of(kind: Kind, part: str, book: Phrasebook) -> bool:
    cues = {hit.payload for hit in book.cue_matcher.find(part)}
    feelings = {hit.payload for hit in book.sentiment_matcher.find(part)}
    return kind in cues and "elsewhere" not in cues and "positive" not in feelings
