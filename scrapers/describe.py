"""What a source is, in words: the pages of `docs/sources`, written from its own attributes."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from datetime import timedelta

from scrapers.base import Source
from scrapers.types import Access, Capability

_CANNOT = {
    Capability.REVIEWS: "reviews",
    Capability.OWNER_REPLIES: "whether a review was answered",
    Capability.REPLY: "publishing a reply",
}

_RULES = {
    "no_emoji": "no emoji",
    "once": "one to a review, ever",
    "replaces": "a new one replaces the one that stands",
    "moderated": "checked before it shows",
    "needs_review_text": "only where the review has words",
}


def page(source: Source) -> str:
    """The page of `source` in Markdown."""
    kind = type(source)
    said = [inspect.cleandoc(sys.modules[kind.__module__].__doc__ or "")]
    if "__doc__" in vars(kind) and kind.__doc__:
        said.append(inspect.cleandoc(kind.__doc__))
    rows = [f"| {name} | {value} |" for name, value in _facts(source) if value]
    steps = [f"{number}. {step}" for number, step in enumerate(source.by_hand, start=1)]
    parts = [f"# {source.name}", *said, "\n".join(["| | |", "|---|---|", *rows])]
    if steps:
        parts.append("## By hand\n" + "\n".join(steps))
    return "\n\n".join(parts) + "\n"


def _facts(source: Source) -> Iterable[tuple[str, str | None]]:
    can = source.capabilities
    yield "key", f"`{source.key}`"
    yield "read by right of", source.access.value
    yield "shows or takes", ", ".join(sorted(capability.value for capability in can))
    yield (
        "cannot",
        ", ".join(words for capability, words in _CANNOT.items() if capability not in can),
    )
    yield (
        "switched on",
        None if source.default_on else "only by you: its terms forbid automated reading",
    )
    yield "addresses", ", ".join(source.hosts)
    yield "countries", ", ".join(source.countries)
    yield "trades", ", ".join(source.trades)
    yield "asks you for", ", ".join(f"`{name}`" for name in source.credentials)
    yield "pause between requests", _pause(source)
    yield "can tell of news", "by a push to Goodword's address" if source.tells_news else None
    yield "platform's own limit", getattr(source, "quota", None)
    yield "its text is kept", _kept(source)
    yield "a reply", _reply(source)
    yield "terms", source.terms_url
    yield "corrected at", source.correct_url


def _pause(source: Source) -> str | None:
    if source.access is Access.BY_HAND:
        return None
    asked = ", and what its robots.txt asks for" if source.access is Access.PUBLIC_PAGE else ""
    return f"{source.min_interval_s:g} s{asked}"


def _kept(source: Source) -> str:
    if not source.keeps_text:
        return "not at all: only its id and our own verdict"
    return "without limit" if source.retention is None else f"for {_span(source.retention)}"


def _span(time: timedelta) -> str:
    hours = round(time.total_seconds() / 3600)
    return f"{hours // 24} days" if hours > 24 else f"{hours} hours"


def _reply(source: Source) -> str | None:
    if Capability.REPLY not in source.capabilities:
        return None
    limit = source.reply_limit
    length = f"up to {limit:,} {source.reply_limit_unit}" if limit else "of a length nobody states"
    rules = [_RULES.get(rule, rule) for rule in source.reply_rules]
    return "; ".join([length, *rules])
