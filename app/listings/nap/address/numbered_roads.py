"""Roads that have a number for a name: TX-121 and State Highway 121, N-340 and Nacional 340."""

from __future__ import annotations

import re
from functools import reduce

from app.listings.nap.address import countries
from app.listings.nap.address.words import Words

_NUMBER = re.compile(r"\d+[a-z]?")
_LETTERS = re.compile(r"[a-z]{1,2}")  # Wisconsin's County Road A
_GLUED = re.compile(r"([a-z]{1,3})(\d+[a-z]?)")
_LETTERED = frozenset({"county"})

# What runs along a road, and what only says that a number of kilometres follows.
_BESIDE = frozenset("frontage service access feeder km kilometro pk".split())

Road = tuple[str, frozenset[str]]  # the number, and the systems that may count so


def numbered_road(tokens: list[str], known: Words, country: str | None) -> Road | None:
    """The number of the road that `tokens` name, or None where they name another street.

    Highway 9 may be the state's or the nation's, never the county's: two roads are one where
    their systems have one in common.
    """
    tokens = [piece for token in tokens for piece in _apart(token, known)]
    at = next((i for i, token in enumerate(tokens) if i and _NUMBER.fullmatch(token)), 0)
    systems = _systems(tokens[: at or -1], known, country)
    if systems is None or not (at or (systems == _LETTERED and _LETTERS.fullmatch(tokens[-1]))):
        return None
    behind = [token for token in tokens[at + 1 :] if at and not _passes(token, known)]
    if behind and known.kind_first is False:
        return None
    return tokens[at or -1], systems


def is_road(tokens: list[str], known: Words) -> bool:
    """Whether `tokens` say what a number behind them counts: "Carretera Nacional"."""
    return all(token in known.road for token in tokens)


def _apart(token: str, known: Words) -> tuple[str, ...]:
    glued = _GLUED.fullmatch(token)
    return glued.groups() if glued and glued[1] in known.road else (token,)


def _systems(tokens: list[str], known: Words, country: str | None) -> frozenset[str] | None:
    while len(tokens) > 1 and tokens[0] in known.direction:
        tokens = tokens[1:]
    said = [_said_by(token, known, country) for token in tokens]
    if not said or None in said:
        return None
    return reduce(_narrowed, [systems for systems in said if systems is not None])


def _said_by(token: str, known: Words, country: str | None) -> frozenset[str] | None:
    if token in known.road:
        return frozenset(known.road[token].split())
    if len(token) == 2 and countries.region_key(country, token):
        return frozenset({"state"})
    return None


def _narrowed(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one & other or min(one, other, key=len)


def _passes(token: str, known: Words) -> bool:
    return token in _BESIDE or token in known.direction or token in known.road
