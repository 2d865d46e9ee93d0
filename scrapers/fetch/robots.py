"""What a site's robots.txt allows us, by RFC 9309; protego matches, this decides what it sees."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from scrapers.fetch.pace import MAX_CRAWL_DELAY_S

PRODUCT = "goodword"  # our product token: how robots.txt calls us
KEPT = timedelta(hours=24)  # RFC 9309, section 2.4
# An unreachable site is asked for its rules again sooner, since nothing may be read until then.
UNREACHABLE_KEPT = timedelta(hours=1)
MAX_BYTES = 512_000  # section 2.5: at least 500 KiB are read, the rest is left

_LINE_END = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:(.*)", re.IGNORECASE)
_TOKEN = re.compile(r"\*|[a-z_-]+", re.IGNORECASE)
_OTHER = "\N{REPLACEMENT CHARACTER}"  # a group name that nobody has


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks of us. `parsed` None with `reachable` False forbids everything."""

    fetched_at: datetime
    parsed: Protego | None = None
    reachable: bool = True

    def fresh(self, now: datetime) -> bool:
        return now < self.fetched_at + (KEPT if self.reachable else UNREACHABLE_KEPT)

    def allows(self, url: str) -> bool:
        """Whether `url`, path and query, may be read."""
        if self.parsed is None:
            return self.reachable
        return self.parsed.can_fetch(url, PRODUCT)

    @property
    def delay_s(self) -> float:
        """The site's Crawl-delay, capped; 0 where it names none."""
        delay = self.parsed.crawl_delay(PRODUCT) if self.parsed else None
        return min(delay or 0.0, MAX_CRAWL_DELAY_S)


def read_rules(text: str, now: datetime) -> Rules:
    return Rules(now, Protego.parse(_to_the_letter(text)))


def rules_for_status(status: int, text: str, now: datetime, before: Rules | None) -> Rules:
    """The rules after an answer to the request for robots.txt (section 2.3.1).

    4xx means that there are none. 5xx, and 429, which is no answer either, forbids everything,
    unless an older copy is at hand (section 2.4); a redirect that never ended counts as 4xx.
    """
    if 200 <= status < 300:
        return read_rules(text, now)
    if status == 429 or status >= 500:
        return unreachable(now, before)
    return Rules(now)


def unreachable(now: datetime, before: Rules | None) -> Rules:
    """The rules of a site that did not answer: the older copy, else nothing may be read."""
    return Rules(now, before.parsed if before else None, reachable=False)


RulesKept = MutableMapping[str, Rules]  # by origin, as "https://example.com"


def _to_the_letter(text: str) -> str:
    """`text` as protego needs it to come to RFC 9309's verdicts.

    protego also takes a group for ours whose name only begins like ours ("good"), lets records
    it does not know end a group, splits lines at more than CR and LF, and reads an allowed
    "index.html" as leave to read the folder.
    """
    kept = []
    for line in _LINE_END.split(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")):
        found = _FIELD.match(line.partition("#")[0])
        if not found:
            continue
        field, value = found[1].lower(), " ".join(found[2].split())
        if field == "user-agent":
            token = _TOKEN.match(value)
            value = token[0].lower() if token and token[0].lower() in ("*", PRODUCT) else _OTHER
        elif field == "allow" and value.endswith("index.html"):
            value += "*"
        kept.append(f"{field}: {value}")
    return "\n".join(kept)
