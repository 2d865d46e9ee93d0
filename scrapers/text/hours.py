"""Opening hours in words ("Mo-Fr 09:00-17:00", "Mon to Thu 7am - 7pm, weekends closed")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.text.numbers import plain_digits
from scrapers.text.weekday_words import (
    ALL_DAY,
    CLOSED,
    DAY_NAMES,
    HOLIDAY,
    NAMED_RANGES,
    NAMED_TIMES,
    THROUGH,
)
from scrapers.types import DAYS, Hours

Span = tuple[str, str]

MAX_CHARS = 3_000

_DAY_WORD = "|".join(re.escape(name) for name in sorted(DAY_NAMES, key=len, reverse=True))
_RANGE_WORD = "|".join(re.escape(name) for name in sorted(NAMED_RANGES, key=len, reverse=True))
_TIME_WORD = "|".join(NAMED_TIMES)
_MARK = r"[ap]\.?\s?m\b\.?|[ap]\b(?!\s?\d)"  # "9:00 a 14:00" is Spanish
_TOKEN = re.compile(
    rf"""
    (?P<all_day>{ALL_DAY})
  | (?P<closed>(?<![a-zà-žа-я])(?:{CLOSED}))
  | (?P<holiday>(?<![^\W\d_])(?:{HOLIDAY}))
  | (?<![^\W\d_])(?P<range>{_RANGE_WORD})(?![a-zà-žа-я])
  | (?<![^\W\d_])(?P<day>{_DAY_WORD})(?![a-zà-žа-я])\.?
  | (?:(?P<before>오전|오후|午前|午後|上午|下午)\s?)?
    (?P<hour>\d{{1,3}})(?:\s?[:.h時시点]\s?(?P<minute>\d{{2}})?(?::\d{{2}})?분?分?|(?=\s?(?:{_MARK}))
      |(?=\s?(?:-|–|—|~|〜|～|to\b|a\b|bis\b|à\b)\s?\d)|(?<=[-–—~〜～]\d)(?!\d)|(?<=[-–—~〜～]\d\d)(?!\d)
      |(?<=[-–—~〜～]\s\d)(?!\d)|(?<=[-–—~〜～]\s\d\d)(?!\d)
      |(?<=\bto\s\d)(?!\d)|(?<=\bto\s\d\d)(?!\d)|(?=\s?uhr\b))
    \s?(?:uhr\b|h\b|hrs\b)?\s?(?P<mark>{_MARK})?
  | (?P<four>\d{{4}})(?!\d)
  | (?<![^\W\d_])(?P<named>{_TIME_WORD})(?![a-zà-žа-я])
  | (?P<through>{THROUGH})
  | (?P<comma>[,&+/·]|\b(?:and|und|et|y|e|og|och|en|i|и)\b)
  | (?P<stop>[;|\n\]]|\[)
    """,
    re.VERBOSE,
)
_FULL_STOP = re.compile(r"(?<!\.[mM])\.?\s*\Z")
_BETWEEN = frozenset({"through", "comma", "stop"})
_NEAR = 8  # letters between two words of one statement
# "5:30pmTuesday": cells of a table that lost what stood between them.
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Rules of OpenStreetMap's grammar: a later rule replaces an earlier one for the same day.
_OSM_RULES = re.compile(r"(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|closed)\b|[\d:;,\s+-])+")
_OSM_SEASON = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s?(?:\d{1,2}\s?)?-|\bweek\s\d|easter"
)


def weekly(text: str | None, closed_words: Iterable[str] = ()) -> Hours | None:
    """The week that `text` describes; None where it names no day with hours.

    Days that `text` does not name stay absent. Hours that change with the season are not read.
    `closed_words` are what this text writes for closed where that is no word of a language.
    """
    if not text:
        return None
    text = plain_digits(text, MAX_CHARS)
    for word in closed_words:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " closed ", text)
    if _OSM_SEASON.search(text):
        return None
    if text.strip() in ("24/7", "24 / 7"):
        return {day: [("00:00", "24:00")] for day in DAYS}
    replaces = bool(_OSM_RULES.fullmatch(text))
    week: Hours = {}
    for days, spans, closed in _groups(_tokens(_GLUED.sub(" ", text).casefold())):
        for day in days:
            if closed:
                week[day] = []
            elif spans:
                known = [] if replaces else week.get(day, [])
                week[day] = sorted({*known, *spans})
    return {day: week[day] for day in DAYS if day in week} or None


def spoken(text: str) -> list[str]:
    """The pieces of a running text that tell opening hours: days and times close together."""
    text = plain_digits(_GLUED.sub(" ", text), MAX_CHARS)
    runs: list[list[tuple[str, int, int]]] = []
    for kind, _, start, end in _located(text.lower()):
        if not runs or start - runs[-1][-1][2] > _NEAR:
            runs.append([])
        if runs[-1] or kind not in _BETWEEN:
            runs[-1].append((kind, start, end))
        else:
            runs.pop()
    for run in runs:
        while run[-1][0] in _BETWEEN:
            run.pop()
    told = (run for run in runs if _tells_hours([one[0] for one in run]))
    return [_FULL_STOP.sub("", text[run[0][1] : run[-1][2]]) for run in told]


def _tells_hours(kinds: list[str]) -> bool:
    days = kinds.count("day") + kinds.count("range")
    return days > 0 and (kinds.count("time") > 1 or bool({"closed", "all_day"} & {*kinds}))


def clock(text: str) -> int | None:
    """One time of day ("9 AM", "09:00:00") in minutes since midnight."""
    for kind, value in _tokens(plain_digits(text, 40).casefold()):
        if kind == "time":
            return value[0]  # type: ignore[index]
    return None


def _tokens(text: str) -> Iterable[tuple[str, object]]:
    return ((kind, value) for kind, value, _, _ in _located(text))


def _located(text: str) -> Iterable[tuple[str, object, int, int]]:
    """The words of opening hours in `text`: kind, value and where they start and end."""
    for found in _TOKEN.finditer(text):
        kind, value = found.lastgroup or "", None
        if kind in ("hour", "minute", "mark", "before"):
            mark = found["mark"] or found["before"]
            kind, value = "time", _clock(found["hour"], found["minute"], mark)
        elif kind == "four":
            kind, value = "time", _clock(found["four"][:2], found["four"][2:], None)
        elif kind == "named":
            kind, value = "time", NAMED_TIMES[found["named"]]
        elif kind == "day":
            value = DAY_NAMES[found["day"]]
        elif kind == "range":
            value = NAMED_RANGES[found["range"]]
        if kind != "time" or value is not None:
            yield kind, value, found.start(), found.end()


def _clock(hour: str, minute: str | None, mark: str | None) -> tuple[int, str | None] | None:
    """Minutes since midnight and the half of the day: "a", "p", "24" where a leading zero tells
    the clock of 24 hours, None where nothing tells."""
    minutes = int(hour) * 60 + int(minute or 0)
    if int(hour) > 24 or int(minute or 0) > 59 or (len(hour) > 2 and hour[0] != "0"):
        return None
    half = None
    if mark:
        half = "p" if mark[0] == "p" or mark in ("오후", "午後", "下午") else "a"
    elif len(hour) == 2 and hour[0] == "0":
        half = "24"
    if half == "p" and minutes < 720:
        minutes += 720
    if half == "a" and minutes >= 720:
        minutes -= 720
    return minutes, half


def _groups(
    tokens: Iterable[tuple[str, object]],
) -> Iterable[tuple[list[str], list[Span], bool]]:
    """Runs of days with the spans that follow them; where the text starts with times, with the
    spans that stand before them."""
    days: list[str] = []
    clocks: list[tuple[int, str | None]] = []
    before: list[Span] = []
    closed = through = False
    for kind, value in tokens:
        if kind in ("day", "range", "holiday"):
            if clocks or closed:
                if days:
                    yield days, _spans(clocks), closed
                else:
                    before = _spans(clocks)
                days, clocks, closed, through = [], [], False, False
            if kind == "day" and through and days:
                days = days[:-1] + _from_to(days[-1], str(value))
            elif kind == "day":
                days = [*days, str(value)]
            elif kind == "range":
                days = [*days, *value]  # type: ignore[misc]
            elif not days:
                days = ["holiday"]
            through = False
        elif kind == "through":
            through = not clocks
        elif kind == "time":
            clocks.append(value)  # type: ignore[arg-type]
        elif kind == "all_day":
            clocks += [(0, None), (1440, None)]
            days = days or list(DAYS)
        elif kind == "closed":
            closed = True
        elif kind == "comma":
            through = False
    if days and (clocks or closed):
        if before and closed and not clocks:  # "11:00-22:00, closed on Mondays"
            yield [day for day in DAYS if day not in days], before, False
        yield days, _spans(clocks), closed
    elif days and before:
        yield days, before, False


def _from_to(first: str, last: str) -> list[str]:
    start, end = DAYS.index(first) if first in DAYS else 0, DAYS.index(last)
    return [DAYS[(start + step) % 7] for step in range((end - start) % 7 + 1)]


def _spans(clocks: list[tuple[int, str | None]]) -> list[Span]:
    pairs = zip(clocks[::2], clocks[1::2], strict=False)
    return [_span(opens, closes) for opens, closes in pairs]


def _span(opens: tuple[int, str | None], closes: tuple[int, str | None]) -> Span:
    """One span. "8:00 - 8:00 PM" opens in the morning; "9 - 5" closes in the afternoon."""
    (start, start_half), (end, end_half) = opens, closes
    if end_half == "p" and start_half is None and start < 720 and start + 720 < end:
        start += 720
    if start_half is None and end_half is None and 300 <= start < 780 and end <= start:
        end += 720 if end < 720 else 0
    if start_half == "a" and end_half is None and end <= start:
        end += 720
    if start == 0 and end in (1439, 0):
        end = 1440
    if end == 0 and start:
        end = 1440
    return clock_text(start), clock_text(end)


def clock_text(minutes: int) -> str:
    """Minutes since midnight as "HH:MM"; the end of a day is "24:00"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
