"""Forms of the inbox, and the filters that stand in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from app.inbox.queries import InboxFilter
from app.inbox.rules import Snooze
from app.inbox.service import MAX_REPLY_CHARS


class ReplyForm(FlaskForm):
    """The editor."""

    text = TextAreaField("Reply", [Length(max=MAX_REPLY_CHARS)])


class SnoozeForm(FlaskForm):
    """Out of the inbox for a while."""

    until = SelectField(
        "Come back",
        choices=[
            (str(Snooze.TOMORROW), "Tomorrow at 9"),
            (str(Snooze.MONDAY), "Monday at 9"),
            (str(Snooze.WEEK), "In a week"),
        ],
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person chose to see, as it stands in the address; unreadable values are no choice."""

    stars: int | None = None
    source: str | None = None
    location: int | None = None
    mine: bool = False

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Filters:
        stars, location = _number(args.get("stars")), _number(args.get("location"))
        return cls(
            stars=stars if stars in range(1, 6) else None,
            source=args.get("source") or None,
            location=location,
            mine=args.get("mine") == "1",
        )

    def args(self, **changed: Any) -> dict[str, Any]:
        """For `url_for`: these filters, with some changed; None leaves one out."""
        now = {
            "stars": self.stars,
            "source": self.source,
            "location": self.location,
            "mine": 1 if self.mine else None,
        }
        return {name: value for name, value in (now | changed).items() if value is not None}

    def wanted(self, my_id: int) -> InboxFilter:
        """The same for the queries."""
        return InboxFilter(
            location_ids=[self.location] if self.location is not None else None,
            source_key=self.source,
            max_stars=self.stars,
            assigned_to_id=my_id if self.mine else None,
        )


# Ids are 64-bit in the database: a longer number would raise there.
_MAX_ID_DIGITS = 18


def _number(given: str | None) -> int | None:
    if given and given.isascii() and given.isdigit() and len(given) <= _MAX_ID_DIGITS:
        return int(given)
    return None
