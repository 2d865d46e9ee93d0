"""The values that go into the reply engine and come out of it. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LANGUAGES = ("en", "ko", "ja", "es", "de", "fr")
# Languages with two ways to address a customer: (formal, informal).
FORMALITIES = {"es": ("usted", "tú"), "de": ("Sie", "du"), "fr": ("vous", "tu")}


class Polarity(StrEnum):
    """How a review speaks of a topic."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """What sort of review it is; it decides the plan of the reply."""

    PRAISE = "praise"
    STARS_ONLY = "stars_only"
    MIXED = "mixed"
    COMPLAINT = "complaint"
    ANGRY = "angry"
    SARCASM = "sarcasm"
    VAGUE_ATTACK = "vague_attack"
    SPAM = "spam"
    WRONG_BUSINESS = "wrong_business"
    LEGAL = "legal"
    SAFETY = "safety"
    DISCRIMINATION = "discrimination"
    SELF_HARM = "self_harm"
    PRESS = "press"
    REFUND = "refund"
    QUESTION = "question"


# Kinds that a person must see before anything is said beyond a holding reply.
ESCALATED = frozenset({Kind.LEGAL, Kind.SAFETY, Kind.DISCRIMINATION, Kind.SELF_HARM, Kind.PRESS})


@dataclass(frozen=True, slots=True)
class Voice:
    """How the owner wants to sound. `tone` is warm, plain, formal or playful; `greeting` and
    `sign_off` are in the business's own language; `informal` are the languages in which customers
    are addressed as tú, du or tu; `length` is short, long or "" (as it fits); `closing` says
    whether a last friendly line is wanted (None: as it fits)."""

    tone: str = "warm"
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    greeting: str | None = None
    sign_off: str | None = None
    informal: frozenset[str] = frozenset()
    length: str = ""
    closing: bool | None = None

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any] | None) -> Voice:
        """Read the `voice` object of a profile; unknown keys and nulls are passed over."""
        given = _object(given, "voice")
        closing = given.get("closing")
        return cls(
            tone=_text(given.get("tone")) or "warm",
            use=_texts(given.get("use")),
            avoid=_texts(given.get("avoid")),
            greeting=_text(given.get("greeting")) or None,
            sign_off=_text(given.get("sign_off")) or None,
            informal=_informal(given.get("formality")),
            length=_text(given.get("length")),
            closing=closing if isinstance(closing, bool) else None,
        )


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A text the owner keeps: sentences of it may be said where they fit."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A reply the owner wrote, and whom it answered ("" where unknown)."""

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class BusinessProfile:
    """What may be said of the business: its profile and the facts its owner approved."""

    name: str = ""
    vertical: str = ""
    city: str = ""
    lang: str = "en"
    phone: str = ""
    email: str = ""
    website: str = ""
    signature: str = ""
    facts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    voice: Voice = field(default_factory=Voice)
    saved: tuple[SavedReply, ...] = ()
    examples: tuple[Example, ...] = ()

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any] | None) -> BusinessProfile:
        """Read the `business` object of the commands; unknown keys and nulls are passed over."""
        given = _object(given, "business")
        return cls(
            **{key: _text(given.get(key)) for key in _PROFILE_TEXTS},
            lang=_text(given.get("lang")).lower()[:2] or "en",
            facts=_texts(given.get("facts")),
            keywords=_texts(given.get("keywords")),
            voice=Voice.from_mapping(given.get("voice")),
            saved=_saved(given.get("saved")),
            examples=_examples(given.get("examples")),
        )


_PROFILE_TEXTS = ("name", "vertical", "city", "phone", "email", "website", "signature")


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review as the engine needs it. `rating` is 1 to 5, or None where there is none."""

    text: str = ""
    rating: float | None = None
    author: str = ""
    platform: str = ""
    language: str | None = None
    id: str = ""
    published_at: str | None = None

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any] | None) -> ReviewFacts:
        """Read the review fields of the commands; a rating that is no number is an error."""
        given = _object(given, "review")
        return cls(
            text=_text(given.get("text")),
            rating=_rating(given.get("rating")),
            author=_text(given.get("author")),
            platform=_text(given.get("platform")).lower(),
            language=_text(given.get("language")).lower()[:2] or None,
            id=_text(given.get("id")),
            published_at=_text(given.get("published_at")) or None,
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """One topic as the review speaks of it. `nouns` are (word as written, gender or ""); `told`
    are noun phrases for what the review tells of it; `facet` numbers the particular point of the
    topic, where the language names one."""

    topic: str
    polarity: Polarity
    nouns: tuple[tuple[str, str], ...] = ()
    told: tuple[tuple[str, ...], ...] = ()
    facet: int | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a review says, as far as a reply needs it."""

    language: str
    kind: Kind
    mentions: tuple[Mention, ...] = ()
    praised_people: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    health: bool = False
    escalate: bool = False
    warnings: tuple[str, ...] = ()
    detailed: bool = False  # it tells something, whether or not its topics are known
    doubts: bool = False  # it says "but" or "I wish", whether or not its complaint is understood
    mourns: bool = False  # it remembers somebody who died

    @property
    def asks(self) -> bool:
        return bool(self.questions)

    @property
    def complaints(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.polarity is Polarity.NEGATIVE)

    @property
    def praises(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.polarity is Polarity.POSITIVE)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a reply. `why` has one line for each sentence: where it came from."""

    reply: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply to offer. `why` has one line for each sentence: where it came from; `variant` names
    the way it was written in where two are compared."""

    reply: str
    language: str
    kind: Kind
    topics: tuple[Mention, ...] = ()
    escalate: bool = False
    no_reply: bool = False
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    alternatives: tuple[Wording, ...] = ()
    variant: str | None = None

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """All ways to say it, the first one first."""
        return Wording(self.reply, self.why), *self.alternatives

    def as_json(self) -> dict[str, Any]:
        """The answer of `goodword suggest`."""
        return {
            "reply": self.reply,
            "language": self.language,
            "kind": str(self.kind),
            "topics": [
                {"topic": topic, "polarity": str(polarity)}
                for topic, polarity in dict.fromkeys((m.topic, m.polarity) for m in self.topics)
            ],
            "escalate": self.escalate,
            "no_reply": self.no_reply,
            "why": list(self.why),
            "warnings": list(self.warnings),
            "alternatives": [wording.reply for wording in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class Note:
    """One find of the checker: `span` counts characters of the reply, `try_` is a better wording
    or advice, or None; `instead` is what can stand in the span as it is, "" to leave it out."""

    rule: str
    severity: str  # "must" or "should"
    span: tuple[int, int]
    says: str
    try_: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`publishable` is true where no note is a must. `limit` is the platform's, in its own unit."""

    notes: tuple[Note, ...]
    bytes: int
    limit: int | None

    @property
    def publishable(self) -> bool:
        return all(note.severity != "must" for note in self.notes)

    def as_json(self) -> dict[str, Any]:
        """The answer of `goodword check`."""
        notes = [
            {"rule": n.rule, "severity": n.severity, "span": list(n.span), "says": n.says,
             "try": n.try_}
            for n in self.notes
        ]  # fmt: skip
        return {
            "publishable": self.publishable,
            "notes": notes,
            "bytes": self.bytes,
            "limit": self.limit,
        }


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} must be an object, not {value!r}")
    return value


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(text for text in map(_text, values) if text)


def _saved(values: Any) -> tuple[SavedReply, ...]:
    """Texts, or objects with `title` and `text`; one without a title is called by its beginning."""
    found = []
    for value in values if isinstance(values, list | tuple) else ():
        given = value if isinstance(value, Mapping) else {"text": value}
        text = _text(given.get("text"))
        if text:
            found.append(SavedReply(_text(given.get("title")) or text[:40], text))
    return tuple(found)


def _examples(values: Any) -> tuple[Example, ...]:
    """Texts, or objects with `text` and `author`."""
    given = values if isinstance(values, list | tuple) else ()
    rows = [value if isinstance(value, Mapping) else {"text": value} for value in given]
    found = [Example(_text(row.get("text")), _text(row.get("author"))) for row in rows]
    return tuple(example for example in found if example.text)


def _informal(formality: Any) -> frozenset[str]:
    """The languages that `{"es": "informal", …}` makes informal; "informal" alone is all."""
    if isinstance(formality, Mapping):
        return frozenset(lang for lang in FORMALITIES if formality.get(lang) == "informal")
    return frozenset(FORMALITIES if formality == "informal" else ())


def _rating(value: Any) -> float | None:
    if value is None or value == "":
        return None
    try:
        rating = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"rating must be a number from 1 to 5, not {value!r}") from None
    if not 0 <= rating <= 5:
        raise ValueError(f"rating must be from 1 to 5, not {value!r}")
    return rating or None
