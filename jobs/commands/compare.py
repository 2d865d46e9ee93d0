"""`goodword compare`: a location of record against a listing, line by line."""

from __future__ import annotations

import sys
from typing import Any

import click

EXAMPLE = """\b
Example, one line:
  {"id": 1, "location": {"name": "Acme", "phone": "(212) 555-0100", "country": "US"},
   "listing": {"name": "ACME LLC", "phone": "+1 212 555 0100"}}
gives, among the other fields:
  {"id": 1, "same_place": "yes", "probability": 0.9963, "fields": {"name":
   {"verdict": "equivalent", "why": "without weight: llc", ...
"""


@click.command(epilog=EXAMPLE)
def command() -> None:
    """Say per field whether a listing agrees with the record, and whether it is the same place.

    Reads one JSON object per line from standard input and writes one per line.
    """
    from app.listings.nap.compare import compare
    from app.listings.nap.place import Place
    from jobs.lines import run_lines

    def answer(given: dict[str, Any]) -> dict[str, Any]:
        location = Place.from_json(given.get("location"))
        listing = Place.from_json(given.get("listing"))
        accepted = given.get("accepted") or ()
        if not isinstance(accepted, (list, tuple)):
            raise ValueError("accepted must be a list of {field, value}")
        return compare(location, listing, accepted).to_json()

    sys.exit(run_lines(sys.stdin, sys.stdout, answer))
