"""The word lists under `data/`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml` of this package."""
    return tomllib.loads(
        files("app.listings.nap").joinpath("data", f"{name}.toml").read_text("utf-8")
    )


def one_character(text: str) -> str:
    """`text` with the forms that Taiwan, China and Japan give one character made one, and
    hiragana as katakana."""
    return text.translate(_characters())


@cache
def _characters() -> dict[int, str]:
    groups = table("characters")["same"].split()
    kana = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
    return kana | {ord(other): group[0] for group in groups for other in group[1:]}
