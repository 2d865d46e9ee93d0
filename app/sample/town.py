"""What the town shows at a time: a pure function of its data, its founding and its moves."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.core.clock import Clock

# Moves that change how a directory answers, until the town is told to be calm.
TROUBLE = {"too_many": "kindred", "challenge": "register", "layout": "plateful"}


@dataclass(frozen=True)
class TownReview:
    """A review as its directory holds it. `id` is "" where the directory shows none."""

    directory: str
    business: str
    id: str
    author: str
    stars: int
    written_at: datetime
    text: str
    reply: str = ""


@cache
def data() -> dict[str, Any]:
    """The town's data file."""
    return tomllib.loads((Path(__file__).parent / "town.toml").read_text("utf-8"))


def hosts() -> tuple[str, ...]:
    """The host names of the businesses' websites, which exist in the town only."""
    return tuple(data()["websites"])


def listing(directory: str, business: str) -> dict[str, Any]:
    """What `directory` says of `business`. Raises KeyError for an unknown one."""
    record = data()["businesses"][business]
    shown = data()["directories"][directory].get("shows", {}).get(business, {})
    return {name: value for name, value in (record | shown).items() if value != ""}


def reviews(
    directory: str, business: str, founded: datetime, moves: Sequence[str]
) -> list[TownReview]:
    """The reviews that `directory` holds of `business` after `moves`, newest first."""
    found = [
        _review(row, founded)
        for row in data()["reviews"]
        if (row["directory"], row["business"]) == (directory, business)
    ]
    for crowd in data()["crowd"]:
        if (crowd["directory"], crowd["business"]) == (directory, business):
            found += _crowd(crowd, founded)
    if business == "tyre-lane-cycles":
        for number, move in enumerate(moves):
            found = _after(move, number, directory, found, founded)
    return sorted(found, key=lambda review: review.written_at, reverse=True)


def trouble(directory: str, moves: Sequence[str]) -> str | None:
    """The move that keeps `directory` from answering as usual, if any."""
    current = None
    for move in moves:
        if move == "calm":
            current = None
        elif TROUBLE.get(move) == directory:
            current = move
    return current


def _review(row: dict[str, Any], founded: datetime) -> TownReview:
    return TownReview(
        row["directory"],
        row["business"],
        row["id"],
        row["author"],
        row["stars"],
        founded - timedelta(hours=row["hours"]),
        row["text"],
        row.get("reply", ""),
    )


def _crowd(crowd: dict[str, Any], founded: datetime) -> list[TownReview]:
    texts, stars = crowd["texts"], crowd["stars"]
    return [
        TownReview(
            crowd["directory"],
            crowd["business"],
            f"rl-{number + 1}",
            author,
            stars[number % len(stars)],
            founded - timedelta(hours=crowd["every_hours"] * (number + 1)),
            texts[number % len(texts)],
        )
        for number, author in enumerate(crowd["authors"])
    ]


def _after(
    move: str, number: int, directory: str, found: list[TownReview], founded: datetime
) -> list[TownReview]:
    """The reviews of `directory` after one move."""
    if move == "new_review" and directory == "townbook":
        new = TownReview(
            directory,
            "tyre-lane-cycles",
            f"tb-new-{number}",
            "Noor Haddad",
            4,
            founded + timedelta(minutes=number),
            "Smooth service and a fair quote. Parking in the lane is tricky.",
        )
        return [*found, new]
    if move == "edit" and directory == "townbook":
        worse = "The helmet strap broke, and I am still waiting for the double charge to be fixed."
        return [replace(r, stars=2, text=worse) if r.id == "tb-2" else r for r in found]
    if move == "removal" and directory == "plateful":
        return [r for r in found if r.author != "Aiko M."]
    if move == "owner_reply" and directory == "townbook":
        answer = "Thank you, Maya. Enjoy the new brakes! Bridget, owner of Tyre Lane Cycles"
        return [replace(r, reply=answer) if r.id == "tb-1" else r for r in found]
    return found


class Town:
    """The town's memory: when it was founded, what it was told to do, which replies it was sent.

    Kept in a file, so that a restart shows the same reviews with the same dates.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        if not path.exists():
            founded = clock().replace(microsecond=0)
            self._save({"founded": founded.isoformat(), "moves": [], "replies": {}})

    @property
    def founded(self) -> datetime:
        return datetime.fromisoformat(self._load()["founded"])

    @property
    def moves(self) -> list[str]:
        return self._load()["moves"]

    @property
    def replies(self) -> dict[str, str]:
        """Review id → the owner's reply sent through Cityvoice's API."""
        return self._load()["replies"]

    def move(self, name: str) -> str:
        """Do one of the moves; returns what happens, as a sentence. Raises KeyError."""
        says = data()["moves"][name]
        memory = self._load()
        self._save(memory | {"moves": [*memory["moves"], name]})
        return says

    def take_reply(self, review_id: str, text: str) -> None:
        """Publish the owner's reply to a review on Cityvoice."""
        memory = self._load()
        self._save(memory | {"replies": memory["replies"] | {review_id: text}})

    def reviews(self, directory: str, business: str) -> list[TownReview]:
        """What `directory` holds of `business` now."""
        found = reviews(directory, business, self.founded, self.moves)
        sent = self.replies
        return [replace(r, reply=sent[r.id]) if r.id in sent else r for r in found]

    def _load(self) -> dict[str, Any]:
        return json.loads(self._path.read_text("utf-8"))

    def _save(self, memory: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(memory, ensure_ascii=False, indent=1), "utf-8")
        new.replace(self._path)
