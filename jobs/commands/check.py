"""`goodword check`: what would be better changed in a reply before it is posted."""

from __future__ import annotations

import sys
from typing import Any

import click

EXAMPLE = """
\b
Example of a line:
  {"id": 1, "reply": "Sorry, we can't do that before Friday.",
   "review": {"platform": "google", "rating": 2, "text": "The repair took forever."},
   "business": {"name": "Bolt Garage", "vertical": "auto", "lang": "en"}, "used": []}
"""


@click.command(help=f"Check each reply on standard input (JSON Lines).\n{EXAMPLE}")
def command() -> None:
    from app.replies.engine.check import check
    from app.replies.engine.types import BusinessProfile, ReviewFacts
    from jobs.lines import run_lines

    def handle(given: dict[str, Any]) -> dict[str, Any]:
        reply = given.get("reply")
        if not isinstance(reply, str):
            raise ValueError("a line needs a reply: a text to check")
        used = [text for text in given.get("used") or () if isinstance(text, str)]
        review = ReviewFacts.from_mapping(given.get("review"))
        business = BusinessProfile.from_mapping(given.get("business"))
        return check(reply, review, business, used).as_json()

    sys.exit(run_lines(sys.stdin, sys.stdout, handle))
