"""Where the websites lead that listings show: which are looked at, and what that says of them.

A look is a fact about an address, so every location of an organization that is listed with it
shares one. Addresses on hosts that many businesses share are not looked at: such a host sends
strangers to a door, not to the page meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.sql import add_missing
from app.listings.models import Website
from app.listings.nap.accepted import ACCEPTED
from app.listings.nap.place import Place
from app.listings.nap.score import score
from app.listings.nap.tables import table
from app.listings.nap.verdict import AGREEING, Verdict
from app.listings.nap.websites import read_website, site_key
from app.locations.models import Location
from scrapers.types import Landing, Outcome

EVERY = timedelta(days=7)
MAX_CHARS = 1000
# A site that does not answer once may be restarting; for so long it is no news.
PATIENCE = timedelta(days=1)
# So long a website that disagrees as written may still turn out to lead to the right one.
BENEFIT_OF_DOUBT = timedelta(days=1)
WENT_WELL = (Outcome.OK, Outcome.UNCHANGED)

Known = defaultdict[int, dict[str, Website]]  # by location, then by address


@lru_cache(maxsize=4096)
def address(shown: str | None) -> str | None:
    """What to open to see where an address leads a visitor: with a scheme, without what only
    counts visits. None for what is no site of one owner's (a telephone link, a map)."""
    text = (shown or "").strip()
    if not text or len(text) > MAX_CHARS:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text.lstrip('/')}")
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or _wraps(host):
        return None
    site = read_website(text)
    if site.kind == "a short link":
        query = parts.query
    elif site.kind == "site" and site_key(site) == site.host:
        query = site.query
    else:
        return None
    asked = f"?{query}" if query else ""
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path or '/'}{asked}"


def _wraps(host: str) -> bool:
    """Whether `host` wraps addresses of others into its own."""
    return host.removeprefix("www.") in table("websites")["wrappers"]


def known(session: Session, location_ids: Collection[int]) -> Known:
    """The websites that are watched for some locations."""
    found: Known = defaultdict(dict)
    for row in session.scalars(select(Website).where(Website.location_id.in_(location_ids))):
        found[row.location_id][row.url] = row
    return found


def seen(session: Session, location_id: int, shown: str | None) -> Website | None:
    """What is known of where an address leads that this location's record or listings show."""
    url = address(shown)
    if url is None:
        return None
    found = select(Website).where(Website.location_id == location_id, Website.url == url)
    return session.scalar(found)


def watch(
    session: Session, location_id: int, shown: Iterable[str | None], watched: Known, now: datetime
) -> None:
    """Look at each of these addresses from now on; those not seen yet at once."""
    own = watched[location_id]
    new = dict.fromkeys(url for one in shown if (url := address(one)) and url not in own)
    if new:
        common = {"location_id": location_id, "added_at": now, "next_check_at": now, "failures": 0}
        add_missing(session, Website, [common | {"url": url} for url in new])
        own.update(known(session, [location_id])[location_id])


def forget(session: Session, location_id: int, shown: Iterable[str | None], watched: Known) -> None:
    """Drop what neither the record nor a listing of the location shows any more."""
    wanted = {address(one) for one in shown}
    own = watched[location_id]
    for url in own.keys() - wanted:
        session.delete(own.pop(url))


def is_dead(row: Website | None) -> bool:
    """Whether customers arrive nowhere: the page is gone, or for a day nobody has answered."""
    if row is None or row.checked_at is None:
        return False
    if row.last_outcome == Outcome.UNREACHABLE and row.failing_since is not None:
        return row.checked_at - row.failing_since >= PATIENCE
    return row.last_outcome == Outcome.GONE


def followed(place: Place, site: Website | None) -> Place:
    """`place` with what was seen of its website."""
    return replace(place, leads_to=site.leads_to) if site and site.leads_to else place


def _may_still_agree(row: Website | None, now: datetime) -> bool:
    return row is not None and row.checked_at is None and now - row.added_at < BENEFIT_OF_DOUBT


def as_seen(
    compared: dict[str, Any], ours: Website | None, theirs: Website | None, now: datetime
) -> dict[str, Any]:
    """A comparison (as JSON) with what was seen of the websites that record and listing show. One
    at which nobody answers is wrong however it is spelt, unless it is the record's own too; one
    that is still to be looked at is not called wrong yet. What the owner accepted stays so."""
    cell = compared["fields"]["website"]
    verdict = Verdict(cell["verdict"])
    if cell["why"].startswith(ACCEPTED):
        return compared
    if is_dead(theirs) and theirs is not ours and not is_dead(ours):
        if verdict not in (*AGREEING, Verdict.UNREADABLE):
            return compared
        seen = Verdict.DIFFERENT, f"nobody arrives there: {theirs.last_error if theirs else ''}"
    elif verdict is Verdict.DIFFERENT and any(_may_still_agree(one, now) for one in (ours, theirs)):
        seen = Verdict.UNREADABLE, "where it leads is looked at next"
    else:
        return compared
    fields = compared["fields"] | {"website": cell | {"verdict": seen[0], "why": seen[1]}}
    verdicts = {name: Verdict(one["verdict"]) for name, one in fields.items()}
    return compared | {"fields": fields, "score": score(verdicts)}


def take(
    session: Session, url: str, landing: Landing, next_check_at: datetime, clock: Clock
) -> None:
    """Write down where `url` was seen to lead, for every location that is listed with it; those
    of which that says something new are compared again."""
    now = clock()
    anew = set()
    for row in session.scalars(select(Website).where(Website.url == url)):
        before = _tells(row)
        _note(row, landing, now)
        row.next_check_at, row.claimed_until = next_check_at, None
        if _tells(row) != before:
            anew.add(row.location_id)
    due = update(Location).where(Location.id.in_(anew), Location.next_audit_at > now)
    session.execute(due.values(next_audit_at=now))


def _note(row: Website, landing: Landing, now: datetime) -> None:
    row.last_outcome, row.last_error, row.checked_at = landing.outcome, landing.says, now
    if landing.outcome in WENT_WELL:
        row.failures, row.failing_since = 0, None
        row.etag, row.last_modified = landing.etag, landing.last_modified
    else:
        row.failures += 1
        row.failing_since = row.failing_since or now
    if landing.leads_to is not None and len(landing.leads_to) <= MAX_CHARS:
        row.leads_to, row.seen_at = landing.leads_to, now


def _tells(row: Website) -> Mapping[str, Any]:
    """What a comparison makes of a website."""
    return {
        "leads_to": row.leads_to,
        "dead": is_dead(row),
        "why": row.last_error if is_dead(row) else None,
        "seen": row.checked_at is not None,
    }
