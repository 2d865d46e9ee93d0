"""The linter of the phrase folders: what would break a reply, or make two replies alike.

`python -m app.replies.engine.lint [LANGUAGE …]` prints what it finds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import chain, combinations

from app.replies.engine.choose import grams
from app.replies.engine.matcher import fold
from app.replies.engine.phrasebook import (
    SLOT,
    TOPIC_SLOTS,
    Phrase,
    Phrasebook,
    load,
    shared,
    written_languages,
)
from app.replies.engine.told import GROUP, tellings

PLAIN_SLOTS = frozenset(
    {"name", "business", "city", "person", "email", "phone", "staff", "family", "fact", "news"}
)
# The fewest ways to say a move; what every reply of a kind holds needs the most.
WAYS = {
    "praise.open": 30, "praise.care": 30, "praise.close": 30, "praise.plain": 30,
    "praise.staff": 30, "complaint.thanks": 30, "complaint.apology": 30,
    "complaint.care": 30, "complaint.step": 30, "contact.private": 30, "mixed.thanks": 30,
    "complaint.apology_plain": 20, "complaint.close": 20, "stars.high": 20, "stars.low": 20,
    "vague.open": 20, "vague.ask": 20,
}  # fmt: skip
_MODEL = "en"  # the folder whose topics and layouts every other must have
_OPTIONAL_LAYOUTS = {"mixed_light", "health_mixed"}
_APOLOGY_POOLS = ("complaint.apology", "complaint.apology_plain", "health.apology")
_HAPPY = ("praise", "stars.high", "health.praise", "health.staff", "health.close", "question")
_NEVER: tuple[str, ...] = (
    "soft", "promise", "guarantee", "done", "liability", "accusation", "removal", "blame", "stock",
    "weekday", "profanity", "machine",
)  # fmt: skip
_END = re.compile(r"[.!?。！？]$")


def lint(book: Phrasebook) -> list[str]:
    """Everything wrong with a folder, one sentence each."""
    return [
        f"{book.language}: {problem}"
        for check in (_layouts, _phrases, _words, _alike, _topics, _ways, _tellings)
        for problem in check(book)
    ]


def _layouts(book: Phrasebook) -> Iterator[str]:
    for missing in load(_MODEL).layouts.keys() - book.layouts.keys() - _OPTIONAL_LAYOUTS:
        yield f"layout {missing} is missing"
    for name, rows in book.layouts.items():
        for word in (word for row in rows for word in row):
            for pool in word.rstrip("?").split("|"):
                if not book.moves.get(pool):
                    yield f"layout {name} needs the pool {pool}"
    told = shared()["why"]
    for pool in book.moves:
        if pool not in told and pool.split(".")[0] not in told:
            yield f"the pool {pool} has no reason in shared.toml"
    for missing in load(_MODEL).lengths.keys() - book.lengths.keys():
        yield f"length band {missing} is missing"


def _phrases(book: Phrasebook) -> Iterator[str]:
    for phrase in _all(book):
        for slot, case in SLOT.findall(phrase.text):
            if slot not in PLAIN_SLOTS | TOPIC_SLOTS:
                yield f"{phrase.id}: no slot is called {slot}"
            if case and (slot not in TOPIC_SLOTS or case not in book.cases):
                yield f"{phrase.id}: no case is called {case}"
        bare = SLOT.sub("", phrase.text)
        if any(c.isdigit() for c in bare):
            yield f"{phrase.id}: a number: {phrase.text}"
        greets = phrase.id.startswith("greeting")
        if not greets and not _END.search(phrase.text):
            yield f"{phrase.id}: no full stop: {phrase.text}"
        if "{" in bare or "}" in bare or "  " in phrase.text or phrase.text != phrase.text.strip():
            yield f"{phrase.id}: stray braces or spaces: {phrase.text}"


def _words(book: Phrasebook) -> Iterator[str]:
    """Words that the checker would object to."""
    for phrase in _all(book):
        pool = phrase.id.rsplit(".", 1)[0]
        bare = fold(SLOT.sub("", phrase.text))
        rules = {rule for hit in book.check_matcher.find(bare) for rule, _ in hit.payload}
        never = set(_NEVER)
        if pool not in _APOLOGY_POOLS:
            never.add("apology")
        if pool.startswith(_HAPPY):
            never.add("gloom")
        elif not pool.startswith("greeting"):
            never.add("cheer")
        if pool.startswith("health"):
            never.add("health")
        for rule in sorted(rules & never):
            yield f"{phrase.id}: a word of {rule}: {phrase.text}"
        if "ask_private" in rules and not phrase.slots & {"email", "phone"}:
            yield f"{phrase.id}: asks for something private without a contact: {phrase.text}"
        if pool in _APOLOGY_POOLS and "apology" not in rules:
            yield f"{phrase.id}: no word of apology: {phrase.text}"


def _alike(book: Phrasebook) -> Iterator[str]:
    for pool, phrases in book.moves.items():
        runs = [(p, grams(SLOT.sub("\n", p.text), book.in_words)) for p in phrases]
        for (one, first), (other, second) in combinations(runs, 2):
            shared = len(first & second)
            if one.text == other.text or shared > max(2, 0.4 * min(len(first), len(second))):
                yield f"{pool}: much alike: {one.text} | {other.text}"


def _topics(book: Phrasebook) -> Iterator[str]:
    for missing in load(_MODEL).topics.keys() - book.topics.keys():
        yield f"topic {missing} is missing"
    for topic in book.topics.values():
        for slot, by_case in topic.forms.items():
            for case, ways in by_case.items():
                if not ways:
                    yield f"topic {topic.key}: no ways for {slot} {case}"
                if topic.key != "other" and all("{noun" in way for way in ways):
                    yield f"topic {topic.key}: {slot} {case} has no way without a noun"
                for way in ways:
                    yield from _way(book, topic.key, slot, way)
        for forms in topic.facets:
            for slot, by_case in forms.items():
                for way in chain.from_iterable(by_case.values()):
                    yield from _way(book, topic.key, slot, way)


def _way(book: Phrasebook, key: str, slot: str, way: str) -> Iterator[str]:
    for determiner in re.findall(r"\{noun:(\w+)\}", way):
        if determiner not in book.determiners:
            yield f"topic {key}: no determiner is called {determiner}"
    hits = book.check_matcher.find(fold(way))
    rules = {rule for hit in hits for rule, _ in hit.payload}
    forbidden = {*_NEVER, "apology"} | ({"health"} & rules if slot == "care" else set())
    for rule in sorted(rules & forbidden):
        yield f"topic {key}: a word of {rule} in {way!r}"


def _tellings(book: Phrasebook) -> Iterator[str]:
    for row in tellings(book.language).rows:
        if row.topic not in book.topics:
            yield f"told: no topic is called {row.topic}"
        groups = {int(number) for says in row.says for number in GROUP.findall(says)}
        if max(groups, default=0) > row.pattern.groups:
            yield f"told: {row.says[0]} copies what {row.pattern.pattern} has not"


def _ways(book: Phrasebook) -> Iterator[str]:
    used = " ".join(word for rows in book.layouts.values() for row in rows for word in row)
    for pool, least in WAYS.items():
        if pool not in used.replace("?", " ").replace("|", " ").split():
            continue
        here = len(book.moves.get(pool, ()))
        if here < least:
            yield f"{pool} has {here} ways of {least}"


def _all(book: Phrasebook) -> Iterator[Phrase]:
    for phrases in book.moves.values():
        yield from phrases


def main() -> int:
    """Print the finds; the number of them, at most 1, is the exit status."""
    found = [line for lang in sys.argv[1:] or written_languages() for line in lint(load(lang))]
    sys.stdout.writelines(f"{line}\n" for line in found)
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
