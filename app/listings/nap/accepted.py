"""Variants an owner accepted: they end the alarm for one value, not the checking of the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.listings.nap import address
from app.listings.nap.hours import read_hours
from app.listings.nap.phones import judge_pair, read_phones
from app.listings.nap.text import clean, same_letters
from app.listings.nap.verdict import AGREEING, FieldVerdict, Verdict
from app.listings.nap.websites import compare_websites, read_website

# How the reason of a verdict begins that only the owner's word made `equivalent`.
ACCEPTED = "accepted variant"


def accept(
    fields: dict[str, FieldVerdict], variant: Mapping[str, Any], country: str | None
) -> None:
    """Turn a field's verdict to `equivalent` where it shows exactly this accepted value."""
    if not isinstance(variant, Mapping):
        return
    name, value = variant.get("field"), variant.get("value")
    judged = fields.get(name) if isinstance(name, str) else None
    if judged is None or judged.observed is None or judged.verdict in AGREEING:
        return
    accepted = _as_text(value)
    if accepted and _SAME.get(str(name), _letters)(accepted, judged.observed, country):
        fields[str(name)] = judged._replace(
            verdict=Verdict.EQUIVALENT, why=f"{ACCEPTED} ({judged.why or judged.verdict})"
        )


def _as_text(value: Any) -> str | None:
    """An accepted value as it stands in a verdict's evidence."""
    if isinstance(value, Mapping):
        week = read_hours(value, None)
        return week.text if week else None
    if isinstance(value, (list, tuple)):
        return ", ".join(text for entry in value[:50] if (text := clean(entry))) or None
    return clean(value)


def _letters(accepted: str, shown: str, country: str | None) -> bool:
    return same_letters(accepted, shown)


def _number(accepted: str, shown: str, country: str | None) -> bool:
    pairs = (
        judge_pair(ours, theirs)[0]
        for ours in read_phones((accepted,), country)
        for theirs in read_phones((shown,), country)
    )
    return any(verdict in AGREEING for verdict in pairs)


def _site(accepted: str, shown: str, country: str | None) -> bool:
    ours, theirs = read_website(accepted), read_website(shown)
    same = ours.host == theirs.host and ours.path == theirs.path
    return same and compare_websites(ours, theirs).verdict in AGREEING


def _door(accepted: str, shown: str, country: str | None) -> bool:
    """Every part of the one is a part of the other: an accepted address without its unit does
    not accept any unit."""
    ours, theirs = address.parse(accepted, country), address.parse(shown, country)
    verdicts = {*address.compare(ours, theirs).parts.values()}
    verdicts |= {*address.compare(theirs, ours).parts.values()}
    return same_letters(accepted, shown) or verdicts <= {*AGREEING, Verdict.UNSET}


_SAME: dict[str, Callable[[str, str, str | None], bool]] = {
    "phone": _number,
    "website": _site,
    "address": _door,
}
