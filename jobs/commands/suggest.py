"""`goodword suggest`: a reply worth posting for each review."""

from __future__ import annotations

import sys
from typing import Any, TextIO

import click

EXAMPLE = """
\b
Example of a line:
  {"id": 1, "platform": "google", "rating": 2, "author": "Graham T.",
   "text": "Good coffee, but we waited forever.",
   "business": {"name": "Cafe Luna", "vertical": "cafe", "city": "Bath", "lang": "en",
                "phone": "+44 1225 555 010", "email": "hello@luna.example",
                "signature": "Maria, owner", "facts": [], "keywords": []}}
"""


@click.command(help=f"Write a reply for each review on standard input (JSON Lines).\n{EXAMPLE}")
@click.option(
    "--avoid",
    type=click.File(encoding="utf-8"),
    help='Replies already used, one {"business": …, "reply": …} a line.',
)
def command(avoid: TextIO | None) -> None:
    from app.replies.engine.queues import Queues
    from app.replies.engine.suggest import suggest
    from app.replies.engine.types import BusinessProfile, ReviewFacts
    from jobs.lines import run_lines

    queues = Queues()
    for line in avoid or ():
        queues.avoid(line)

    def handle(given: dict[str, Any]) -> dict[str, Any]:
        review = ReviewFacts.from_mapping(given)
        business = BusinessProfile.from_mapping(given.get("business"))
        return suggest(review, business, queues.of(business)).as_json()

    sys.exit(run_lines(sys.stdin, sys.stdout, handle))
