"""Looks where the websites lead that listings show, each address once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from app.accounts.models import Organization
from app.core.db import scope
from app.listings import websites
from app.listings.models import Website
from jobs.leases import WEBSITES, Claim
from jobs.parts import Parts
from jobs.schedule import WENT_WELL, next_visit
from jobs.tasks.collect import BATCH, in_batches
from scrapers.fetch import Fetcher
from scrapers.landing import landing_steps
from scrapers.pool import Pool
from scrapers.types import Landing, Outcome

log = structlog.get_logger()

THREADS = 8


@dataclass(frozen=True)
class Look:
    """One address to look at, for all rows of an organization that hold it."""

    organization_id: int
    url: str
    failures: int
    etag: str | None
    last_modified: str | None
    fetcher: Fetcher
    claims: list[Claim]


def look(parts: Parts, claims: Iterable[Claim], stop: threading.Event | None = None) -> int:
    """Look at the claimed websites, each in its site's own time; how many addresses. With `stop`
    set, the rest is given back."""
    looks = [one for own in _by_organization(claims) for one in _looks(parts, own)]
    steps = [landing_steps(one.url, one.fetcher, one.etag, one.last_modified) for one in looks]
    pool: Pool[Landing] = Pool(parts.clock, min(THREADS, max(1, len(steps))))
    count = 0
    for results in in_batches(pool.run(steps), BATCH, stop):
        for number, landing in results:
            _take(parts, looks[number], landing)
            count += 1
    parts.leases.release(WEBSITES, claims)
    return count


def _by_organization(claims: Iterable[Claim]) -> Iterable[list[Claim]]:
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.organization_id].append(claim)
    return found.values()


def _looks(parts: Parts, claims: list[Claim]) -> list[Look]:
    organization_id = claims[0].organization_id
    found: dict[str, Look] = {}
    with parts.database.session(write=False) as session:
        scope(session, organization_id)
        sample = session.get_one(Organization, organization_id).is_sample
        rows = session.scalars(select(Website).where(Website.id.in_([one.id for one in claims])))
        for row in rows:
            itself = row.leads_to == row.url  # only then do the validators belong to this address
            one = Look(
                organization_id=organization_id,
                url=row.url,
                failures=row.failures,
                etag=row.etag if itself else None,
                last_modified=row.last_modified if itself else None,
                fetcher=parts.sample_fetcher if sample else parts.fetcher,
                claims=[],
            )
            found.setdefault(row.url, one).claims.append(Claim(organization_id, row.id))
    return list(found.values())


def _take(parts: Parts, one: Look, landing: Landing | Exception) -> None:
    if isinstance(landing, Exception):
        log.error("look at a website failed", url=one.url, exc_info=landing)
        says = f"This address could not be followed: {type(landing).__name__}."
        landing = Landing(Outcome.REFUSED, says=says)
    now = parts.clock()
    failures = 0 if landing.outcome in WENT_WELL else one.failures + 1
    at = next_visit(
        landing.outcome, failures, websites.EVERY, now, parts.jitter(), landing.retry_at
    )
    with parts.database.begin(one.organization_id) as session:
        websites.take(session, one.url, landing, at, parts.clock)
    parts.leases.settle(WEBSITES, one.claims)
