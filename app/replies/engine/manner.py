"""How an owner writes, measured on replies of their own: it shapes the choice among phrases.

Nothing is copied from these replies but the form of the greeting and the words above the
signature, where most of them have the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from app.replies.engine import language, letter
from app.replies.engine.matcher import fold, tidy
from app.replies.engine.people import greeted_name
from app.replies.engine.phrasebook import Phrasebook, load
from app.replies.engine.types import Example
from app.replies.engine.write import measure, runs

LEAST = 3  # replies in a language from which something can be learned
MOST = 200
_HABIT = 0.6  # the share of replies from which a form counts as a habit
_SELDOM = 0.1


@dataclass(frozen=True, slots=True)
class Manner:
    """What is usual in an owner's replies in one language.

    Lengths are medians in the language's unit, None where there are none of the sort; `greeting`
    has `{name}` where the guest's name stood; shares go from 0 to 1; `turns` are hashes of runs
    of words said in more than one reply.
    """

    replies: int
    length_praise: int | None
    length_trouble: int | None
    greeting: str | None
    sign_off: str | None
    exclaims: float
    first_person: float
    familiar: float
    turns: frozenset[int]

    @property
    def seldom_says_i(self) -> bool:
        return self.first_person < _SELDOM

    @property
    def often_exclaims(self) -> bool:
        return self.exclaims >= _HABIT

    @property
    def is_familiar(self) -> bool:
        return self.familiar >= _HABIT


@lru_cache(maxsize=256)
def of(examples: tuple[Example, ...], lang: str) -> Manner | None:
    """The manner of the examples in one language; None where they are too few to tell."""
    book = load(lang)
    own = [one for one in examples[:MOST] if _is_in(one.text, book)]
    if len(own) < LEAST:
        return None
    letters = [_letter(one, book) for one in own]
    bodies = [(" " if book.spaces else "").join(found.sentences) for found in letters]
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for one, body in zip(own, bodies, strict=True):
        lengths[_is_sorry(body, book)].append(measure(one.text, book))
    return Manner(
        replies=len(own),
        length_praise=_median(lengths[False]),
        length_trouble=_median(lengths[True]),
        greeting=_habit(_template(one, found.greeting, book)
                        for one, found in zip(own, letters, strict=True)),
        sign_off=_habit(found.sign_off for found in letters),
        exclaims=_share("!" in body or "！" in body for body in bodies),
        first_person=_share(book.says_i(body) for body in bodies),
        familiar=_share(bool(book.familiar and book.familiar.search(body)) for body in bodies),
        turns=_turns(bodies, book),
    )  # fmt: skip


def _is_in(text: str, book: Phrasebook) -> bool:
    text = text[: letter.MAX_CHARS]
    return bool(text.strip()) and language.detect(text, hint=book.language) == book.language


def _letter(one: Example, book: Phrasebook) -> letter.Letter:
    name = greeted_name(one.author, book)
    greets = book.greets
    if name:
        greets = re.compile(rf"(?:{greets.pattern})|{re.escape(name)}\b", re.IGNORECASE)
    return letter.read(tidy(one.text[: letter.MAX_CHARS]), greets)


def _template(one: Example, greeting: str, book: Phrasebook) -> str:
    """ "Hi Anna," as "Hi {name},"; "" where the guest's name is unknown or not said."""
    name = greeted_name(one.author, book)
    if not name or name not in greeting:
        return ""
    return greeting.replace(name, "{name}")


def _habit(forms: Iterable[str]) -> str | None:
    """The form most replies have that have one at all; a single one is no habit."""
    counts = Counter(form for form in forms if form)
    if not counts:
        return None
    form, times = counts.most_common(1)[0]
    return form if times >= max(2, _HABIT * counts.total()) else None


def _turns(bodies: list[str], book: Phrasebook) -> frozenset[int]:
    said = Counter(run for body in bodies for run in runs(body, book.in_words))
    return frozenset(run for run, times in said.items() if times > 1)


def _is_sorry(body: str, book: Phrasebook) -> bool:
    hits = book.check_matcher.find(fold(body))
    return any(rule == "apology" for hit in hits for rule, _ in hit.payload)


def _median(lengths: list[int]) -> int | None:
    return round(median(lengths)) if lengths else None


def _share(answers: Iterable[bool]) -> float:
    given = list(answers)
    return sum(given) / len(given)
