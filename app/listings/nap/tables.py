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
