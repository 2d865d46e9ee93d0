"""What the inbox decides without asking anybody. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

MORNING = time(9)
MONDAY = 0


class Snooze(StrEnum):
    """How long a review may sleep."""

    TOMORROW = "tomorrow"
    MONDAY = "monday"
    WEEK = "week"


def wakes_at(choice: Snooze, now: datetime, zone: tzinfo) -> datetime:
    """When a snoozed review comes back: at nine in the morning where the person is."""
    today = now.astimezone(zone).date()
    days = {
        Snooze.TOMORROW: 1,
        Snooze.MONDAY: (MONDAY - today.weekday()) % 7 or 7,
        Snooze.WEEK: 7,
    }[choice]
    return datetime.combine(today + timedelta(days=days), MORNING, zone)


@dataclass(frozen=True, slots=True)
class Way:
    """How a reply reaches a source: published for the person, or copied to the page at `url`."""

    publishes: bool
    source: str
    url: str | None = None

    @property
    def label(self) -> str:
        """What the wide button does, and says, without a script."""
        if self.publishes:
            return f"Publish on {self.source}"
        return f"Open {self.source}" if self.url else "Copy the reply"

    @property
    def label_with_copy(self) -> str:
        """What it does where a script can copy."""
        return f"Copy and open {self.source}" if self.url else "Copy the reply"


def length(text: str, unit: str) -> int:
    """The length of a reply in the unit of a source's limit: bytes or characters."""
    return len(text.encode()) if unit == "bytes" else len(text)
