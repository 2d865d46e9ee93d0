"""Which moves a reply makes, in which order: the language's own layouts, chosen by kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from app.replies.engine.phrasebook import Phrasebook
from app.replies.engine.types import ESCALATED, Kind, Understanding, Voice

# How far out of the band a reply may run before the checker speaks: bands hold some reserve.
FORGIVEN = 10

_MIDDLING = 3  # stars of somebody who found something wanting, said or not
_COMPLAINTS = frozenset({Kind.COMPLAINT, Kind.ANGRY, Kind.SARCASM, Kind.REFUND, Kind.MIXED})

# How a question beside praise or complaint is answered; a complaint has its contact already.
_ASKED_BESIDES = {
    Kind.PRAISE: ("question.answer", "question.aside"),
    Kind.MIXED: ("question.answer",),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence to write: pools to try in turn, and whether it only fills the length."""

    pools: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The sentences of a reply, and its band of lengths (least, aim, most)."""

    layout: str
    steps: tuple[Step, ...]
    length: tuple[int, int, int]


def plan(
    what: Understanding, rating: float | None, book: Phrasebook, rng: Random,
    voice: Voice | None = None, usual: int | None = None,
) -> Plan:  # fmt: skip
    """The plan of one reply. The same seed gives the same plan. `usual` is the length the owner's
    own replies have; where the voice asks for a length, that holds."""
    voice = voice or Voice()
    name = layout_name(what, rating)
    if name == "health_mixed" and name not in book.layouts:
        name = "health_complaint"
    if name == "mixed" and (rating or 0) >= 4 and "mixed_light" in book.layouts:
        name = "mixed_light"  # good stars: no more weight than the review gives it
    row = rng.choice(_rows(book.layouts[name], voice.length))
    steps = _with_closing([_step(word) for word in row], voice.closing)
    if what.mourns and name == "hold_safety":
        concern = ("hold.concern",)
        steps = [Step(("hold.loss", *concern)) if s.pools == concern else s for s in steps]
    if what.asks and what.kind in _ASKED_BESIDES and not what.health:
        # "Can it be that good" without a question mark wants no answer but a fact, if there is one.
        marked = any(question.endswith(("?", "？")) for question in what.questions)
        steps.insert(len(steps) - 1, Step(_ASKED_BESIDES[what.kind][: 1 + marked]))
    low, aim, high = book.lengths[band_of(what, rating)]
    # The shortest replies of a queue resemble one another, so that brevity is only half followed
    # where it is a habit, and all the way where it is asked for.
    as_usual = min(max(usual or aim, (low + aim) // 2), high)
    wanted = {"short": low, "long": (aim + high) // 2}.get(voice.length, as_usual)
    return Plan(name, tuple(steps), (low, wanted, high))


def _rows(rows: list[list[str]], length: str) -> list[list[str]]:
    """The layouts to choose from: the barest for short replies, the fullest for long ones."""
    if length not in ("short", "long"):
        return rows
    most = (min if length == "short" else max)(map(len, rows))
    return [row for row in rows if len(row) == most]


def _with_closing(steps: list[Step], closing: bool | None) -> list[Step]:
    """The steps with a last friendly line made sure of, or left out where it only fills."""
    if closing is None:
        return steps
    closes = [step.optional and step.pools[-1].endswith(".close") for step in steps]
    if closing:
        return [
            Step(step.pools) if ends else step for step, ends in zip(steps, closes, strict=True)
        ]
    return [step for step, ends in zip(steps, closes, strict=True) if not ends]


# The moves that a sentence of the owner's own may stand for, by its place in the reply.
_STANDS_FOR = {
    "saved.open": ("praise.open",),
    "saved.apology": ("complaint.apology",),
    "saved.care": ("praise.also", "praise.care", "praise.more", "complaint.care"),
}


def with_own(scheme: Plan, pool: str) -> Plan | None:
    """The plan with a step of `pool`, the owner's own sentence, for the one it can stand for; None
    where there is none. What follows a short one is needed to fill the length."""
    moves = _STANDS_FOR[pool]
    for number, step in enumerate(scheme.steps):
        if step.pools[0] in moves:
            before, after = scheme.steps[:number], scheme.steps[number + 1 :]
            if pool == "saved.open" and after:
                after = (Step(after[0].pools), *after[1:])
            return replace(scheme, steps=(*before, Step((pool,)), *after))
    return None


def _step(word: str) -> Step:
    return Step(tuple(word.rstrip("?").split("|")), word.endswith("?"))


def layout_name(what: Understanding, rating: float | None) -> str:
    """The layout for what was understood; these names are the keys of `[layouts]`."""
    kind = what.kind
    if kind is Kind.STARS_ONLY:
        return "stars_low" if rating is not None and rating <= 3 else "stars_high"
    if kind in ESCALATED:
        return f"hold_{kind}"
    if what.health:
        return _health_layout(what, kind)
    if kind is Kind.PRAISE and what.mourns:
        return "loss"
    if kind is Kind.MIXED and not what.complaints and what.praises and what.doubts:
        return "mixed"  # its complaint was made and not understood: nothing may be asked again
    if kind is Kind.VAGUE_ATTACK or (kind in _COMPLAINTS and not what.complaints):
        return "refund" if kind is Kind.REFUND else _untold(what, rating)
    if kind in (Kind.MIXED, Kind.COMPLAINT) and not (what.praises or what.praised_people):
        return "mixed_plain" if rating is not None and rating >= 4 else "complaint"
    if kind is Kind.PRAISE:
        if rating == _MIDDLING and what.praises:
            return "praise_mild"
        if what.praised_people:
            return "praise_staff"
        return "praise" if what.praises else "praise_plain"
    return {Kind.SARCASM: "complaint"}.get(kind, str(kind))


def _untold(what: Understanding, rating: float | None) -> str:
    """The layout where no topic is complained of: mild for lukewarm stars, and never asking what
    happened of somebody who told it."""
    lukewarm = what.kind is Kind.COMPLAINT if rating is None else rating > 2
    if lukewarm:
        return "mild"
    return "complaint_plain" if what.detailed else "vague_attack"


def _health_layout(what: Understanding, kind: Kind) -> str:
    if kind in (Kind.WRONG_BUSINESS, Kind.QUESTION):
        return str(kind)
    if kind is Kind.PRAISE:
        return "health_praise"
    if kind is Kind.MIXED:
        return "health_mixed"
    return "health_complaint" if what.complaints or what.detailed else "health_vague"


def band_of(what: Understanding, rating: float | None) -> str:
    """The name of the length band for what was understood, a key of `[lengths]`."""
    layout = layout_name(what, rating)
    for start, band in _BANDS.items():
        if layout.startswith(start):
            return band
    return "other"


_BANDS = {
    "praise": "praise",
    "health_praise": "praise",
    "loss": "praise",
    "stars": "stars_only",
    "mild": "vague_attack",
    "question": "question",
    "wrong_business": "wrong_business",
    "vague": "vague_attack",
    "health_vague": "vague_attack",
    "hold": "hold",
}
