"""Which rule holds for a review, and whether it lets the suggestion through. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.reply_rules.models import Action, ReplyRule


@dataclass(frozen=True, slots=True)
class Case:
    """A review with its suggestion, as far as a rule looks at it."""

    location_id: int
    source_key: str
    language: str | None
    stars: float | None
    has_text: bool
    takes_replies: bool  # the source has an API for them
    reply: str
    escalate: bool
    warned: bool  # the writer was not sure, such as of a language it does not write
    publishable: bool  # by the checker
    complains: bool = False  # whatever its stars say


def matches(rule: ReplyRule, case: Case) -> bool:
    """Whether the review is of the kind the rule speaks of; without stars none is."""
    return (
        rule.location_id in (None, case.location_id)
        and rule.source_key in (None, case.source_key)
        and rule.language in (None, case.language)
        and rule.has_text in (None, case.has_text)
        and case.stars is not None
        and rule.least_stars <= case.stars <= rule.most_stars
    )


def first(rules: Iterable[ReplyRule], case: Case) -> ReplyRule | None:
    """The most particular rule that matches; of equals the one that lets less happen."""
    found = [rule for rule in rules if matches(rule, case)]
    return min(
        found, key=lambda rule: (-_particular(rule), _CAUTION[Action(rule.action)]), default=None
    )


def held_back_because(case: Case, action: str) -> str | None:
    """Why this suggestion waits for a person whatever the rule says; None where it need not."""
    if case.escalate:
        return "a person must see it first"
    if not case.reply:
        return "no reply is suggested"
    if case.warned:
        return "the writer was not sure"
    if not case.publishable:
        return "the checker found something"
    if case.complains and action == Action.POST:
        return "the review complains of something"
    if not case.takes_replies:
        return "the source takes replies on its own page only"
    return None


_CAUTION = {Action.DRAFT: 0, Action.TOGETHER: 1, Action.POST: 2}


def _particular(rule: ReplyRule) -> int:
    asked = (rule.location_id, rule.source_key, rule.language, rule.has_text)
    return sum(value is not None for value in asked)
