"""Inputs made from good ones by a fixed chance: for machines without a coverage-guided fuzzer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.targets import MAX_BYTES, TARGETS

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sources"
CORPUS = Path(__file__).parent / "corpus"

# What parsers stumble over: brackets, quotes, escapes, marks, numbers, words of the formats.
TOKENS = [
    b"{", b"}", b"[", b"]", b'"', b"'", b"\\", b"\\u", b":", b",", b"<", b">", b"</script", b"<!--",
    b"-->", b"/*", b"//", b"&amp;", b"&#x0;", b"\x00", b"\xff\xfe", b"\xc3\xa9", b"\xe2\x80\xae",
    b'"@type"', b'"@id"', b'"@graph"', b"itemscope", b"itemprop=", b"itemref=", b"typeof=",
    b"property=", b'class="vcard h-card hreview"', b"null", b"true", b"1e999", b"-0", b"9" * 40,
    b"2026-02-31", b"ago", b"Mo-Fr 9-5", b"24:00", b"(212) 736-5000", b"NY 10001", b"\xe3\x80\x92",
]  # fmt: skip


def seeds() -> list[bytes]:
    """Pieces of the fixtures' pages and answers, and what once made a reader stumble."""
    found = [path.read_bytes() for path in sorted(CORPUS.iterdir()) if path.name[0] != "."]
    for path in sorted([*FIXTURES.glob("*/*page.html"), *FIXTURES.glob("*/*answer.json")]):
        body = path.read_bytes()
        for start in range(0, min(len(body), 8 * MAX_BYTES), MAX_BYTES):
            piece = body[start : start + MAX_BYTES - 2]
            found += [bytes([target, 0]) + piece for target in range(len(TARGETS))]
    return found


def inputs(count: int, chance_seed: int) -> Iterator[bytes]:
    """`count` inputs; the same numbers always give the same inputs."""
    chance = random.Random(chance_seed)
    start = seeds()
    for _ in range(count):
        data = bytearray(chance.choice(start))
        for _ in range(chance.randint(1, 6)):
            _change(data, chance, start)
        data[:1] = bytes([chance.randrange(len(TARGETS))])
        yield bytes(data[:MAX_BYTES])


def _change(data: bytearray, chance: random.Random, start: list[bytes]) -> None:
    at = chance.randrange(2, max(3, len(data)))
    match chance.randrange(5):
        case 0:
            del data[at : at + chance.randint(1, 30)]
        case 1:
            data[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 3, 40))
        case 2:
            data[at : at + 1] = bytes([chance.randrange(256)])
        case 3:
            other = chance.choice(start)
            begin = chance.randrange(len(other))
            data[at:at] = other[begin : begin + chance.randint(1, 200)]
        case _:
            data[at:at] = data[at : at + chance.randint(1, 60)] * chance.randint(1, 4)
