"""`goodword parse-address`: written addresses into their parts."""

from __future__ import annotations

import sys
from typing import Any

import click


@click.command()
def command() -> None:
    """Take postal addresses apart, one JSON line in, one out.

    \b
    in:  {"id": 1, "text": "5 Elm St Ste 2, Austin, TX 78701", "country": "US"}
    out: {"id": 1, "parts": {"house_number": "5", "street": "Elm St", …}, "confidence": 1.0}
    """
    from app.listings.nap.address import parse
    from jobs.lines import run_lines

    def handle(given: dict[str, Any]) -> dict[str, Any]:
        text, country = given.get("text"), given.get("country")
        if not isinstance(text, str):
            raise ValueError("text: the address, as a string, is missing")
        if country is not None and not isinstance(country, str):
            raise ValueError("country: two letters are expected")
        parts = parse(text, country)
        return {"parts": parts.as_dict(), "confidence": parts.confidence}

    sys.exit(run_lines(sys.stdin, sys.stdout, handle))
