"""What sources that are APIs share: typed values out of foreign JSON, weeks, the credentials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from scrapers.base import Source
from scrapers.errors import LayoutChanged, LoginRequired
from scrapers.text.clean import line, paragraphs
from scrapers.text.dates import when
from scrapers.types import (
    DAYS,
    Access,
    Extract,
    Hours,
    ListingRecord,
    ListingRef,
    Page,
    Rating,
)

FIVE_STARS = (5.0, 1.0)  # best and worst of most scales
Span = tuple[str, str]


class ApiSource(Source):
    """A source read through its official API, with the owner's own access to it."""

    access = Access.OFFICIAL_API
    min_interval_s = 1.0
    # Requests that may be sent in a period, as the platform states them; for people to read.
    quota: ClassVar[str | None] = None

    def answer(self, page: Page) -> dict[str, Any]:
        """The object that `page` holds. Raises LayoutChanged where there is none."""
        if not isinstance(page.json, dict):
            raise LayoutChanged(f"{self.name} answered with something other than it used to.")
        return page.json

    def credential(self, ref: ListingRef, name: str) -> str:
        """A field of the listing's account. Raises LoginRequired while it is missing."""
        value = ref.account.get(name)
        if not value:
            raise LoginRequired(
                f"{self.name} is not connected yet. An owner connects it under Settings, Sources."
            )
        return value

    def one_of(self, places: Sequence[ListingRecord], ref: ListingRef, **rest: Any) -> Extract:
        """An Extract of the places of a search: the one meant is the listing, never the first."""
        meant = meant_by(places, ref)
        return Extract(
            source=self.key,
            listing=meant,
            rating=meant.rating if meant else None,
            others=[place for place in places if place is not meant],
            replies_visible=self.replies_visible,
            **rest,
        )


def dig(value: Any, *path: str | int) -> Any:
    """What lies at `path` inside `value`; None where the way there does not exist."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, whatever else stands in it."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def words(value: Any) -> list[str]:
    """The texts of a list, without those that say nothing."""
    found = (line(item) for item in value) if isinstance(value, list) else ()
    return [item for item in found if item]


def joined(parts: Iterable[Any], between: str = ", ") -> str | None:
    """The parts that say something, in one line."""
    return between.join(said for part in parts if (said := line(part))) or None


def number(value: Any) -> float | None:
    """A number, also one written as text; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None  # also drops nan and infinity


def integer(value: Any) -> int | None:
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def stars(value: Any, count: Any = None, scale: tuple[float, float] = FIVE_STARS) -> Rating | None:
    """A rating on `scale` (best, worst); None where neither value nor count is given.

    A value outside the scale, as 0 for "nobody rated yet", is no value.
    """
    best, worst = scale
    found, counted = number(value), integer(count)
    if found is not None and not worst <= found <= best:
        found = None
    if found is None and counted is None:
        return None
    return Rating(found, best, worst, counted)


def flag(value: Any, when_true: str, when_false: str | None) -> str | None:
    if isinstance(value, bool):
        return when_true if value else when_false
    return None


def dated(value: Any) -> dict[str, Any]:
    """`published_at` and `precision` of a review, from a time in any of the usual forms."""
    found = when(value)
    return {"published_at": found[0], "precision": found[1]} if found else {}


def moment(value: Any) -> Any:
    found = when(value)
    return found[0] if found else None


def text_of(value: Any) -> str | None:
    return paragraphs(value)


def clock(hours: Any, minutes: Any = 0) -> str | None:
    """Two numbers as "HH:MM"; None where they are no time of a day."""
    hour, minute = integer(hours) or 0, integer(minutes) or 0
    if not (0 <= hour <= 24 and 0 <= minute < 60) or (hour == 24 and minute):
        return None
    return f"{hour:02}:{minute:02}"


def four_digits(value: Any) -> str | None:
    """ "0830", "8:30" or "08:30" as "08:30"; the "+" of the day after is passed over."""
    found = re.fullmatch(r"\+?(\d{1,2}):?(\d{2})", value) if isinstance(value, str) else None
    return clock(found[1], found[2]) if found else None


def week(periods: Iterable[tuple[int, str | None, int | None, str | None]]) -> Hours | None:
    """A week from periods (day opened, time, day closed, time), Monday being 0.

    The APIs that give periods give all of them: a day without one is closed. A period that
    never closes is open all week; one over several days is cut at each midnight.
    """
    found: Hours = {day: [] for day in DAYS}
    anything = False
    for opened, opens, closed, closes in periods:
        if closed is None and opens == "00:00":
            return {day: [("00:00", "24:00")] for day in DAYS}
        if opens is None or closed is None or closes is None or not 0 <= opened < 7:
            continue
        anything = True
        for day, span in _days(opened, opens, closed % 7, closes):
            if span not in found[DAYS[day]]:
                found[DAYS[day]].append(span)
    return {day: sorted(spans) for day, spans in found.items()} if anything else None


def _days(opened: int, opens: str, closed: int, closes: str) -> Iterable[tuple[int, Span]]:
    nights = (closed - opened) % 7
    if nights == 0 or (nights == 1 and closes <= opens):
        yield opened, (opens, "24:00" if closes == "00:00" else closes)
    else:
        yield opened, (opens, "24:00")
        for night in range(1, nights):
            yield (opened + night) % 7, ("00:00", "24:00")
        if closes != "00:00":
            yield closed, ("00:00", closes)


def day(year: Any, month: Any, dayed: Any) -> date | None:
    try:
        return date(integer(year) or 0, integer(month) or 0, integer(dayed) or 0)
    except ValueError:
        return None


def meant_by(places: Sequence[ListingRecord], ref: ListingRef) -> ListingRecord | None:
    """Which of `places` is the listing `ref`: by id, else by phone, else by name; a single
    match only. One place alone is the one that was asked for."""
    if len(places) == 1:
        return places[0]
    for same in (_same_id, _same_phone, _same_name):
        matches = [place for place in places if same(place, ref)]
        if len(matches) == 1:
            return matches[0]
    return None


def _same_id(place: ListingRecord, ref: ListingRef) -> bool:
    return ref.external_id is not None and place.external_id == ref.external_id


def _same_phone(place: ListingRecord, ref: ListingRef) -> bool:
    ours = _last_digits(ref.phone)
    return bool(ours) and any(_last_digits(phone) == ours for phone in place.phones)


def _last_digits(phone: str | None) -> str:
    digits = re.sub(r"\D", "", (phone or "")[:60])
    return digits[-8:] if len(digits) >= 7 else ""


def _same_name(place: ListingRecord, ref: ListingRef) -> bool:
    return bool(ref.name and place.name) and _plain(place.name) == _plain(ref.name)


def _plain(name: str | None) -> str:
    return re.sub(r"\W+", "", (name or "").casefold())
