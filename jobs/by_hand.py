"""The tasks of the worker, asked for by a person: a progress bar on a terminal, lines in a pipe."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import select

from app.core.log import configure
from app.core.settings import Settings
from app.listings.models import Audit, Listing
from app.locations.models import Location
from jobs.leases import LISTINGS, LOCATIONS, SUBSCRIPTIONS, WEBSITES
from jobs.parts import Parts
from jobs.tasks import audit as audit_task
from jobs.tasks import collect as collect_task
from jobs.tasks import digest as digest_task
from jobs.tasks.intake import Ended
from jobs.tasks.suggest import suggest
from jobs.tasks.websites import look
from migrations import upgrade

ACROSS = {"across_tenants": True}
ALL = 1_000_000


@contextmanager
def parts(settings: Settings) -> Iterator[Parts]:
    """The parts of this command, on a database that is up to date."""
    configure(logging.WARNING)
    upgrade(settings.url)
    built = Parts.build(settings)
    try:
        yield built
    finally:
        built.close()


class Lines:
    """Says how far the work has come."""

    def __init__(self, total: int, what: str) -> None:
        console = Console(file=sys.stdout)
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, console=console) if console.is_terminal else None
        self._task = self._bar.add_task(what, total=total) if self._bar else None

    def __enter__(self) -> Lines:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, line: str) -> None:
        """One piece is done."""
        if self._bar is None or self._task is None:
            click.echo(line)
        else:
            self._bar.console.print(line, markup=False, highlight=False)
            self._bar.advance(self._task)


def collect(parts: Parts, location: str | None, due: bool) -> None:
    """Visit listings and write suggestions for what they brought."""
    wanted = _listings(parts, location)
    only = wanted if location else None
    claims = parts.leases.claim(LISTINGS, ALL, only=only, due=due)
    with Lines(len(claims), "Listings") as lines:
        collect_task.collect(
            parts, claims, lambda ended: lines.say(_visit_line(ended)), full=not due
        )
    if not due and (busy := len(wanted) - len(claims)):
        click.echo(f"{busy} listings are being visited by the worker at this moment.")
    if looked := look(parts, parts.leases.claim(WEBSITES, ALL)):
        click.echo(f"{looked} websites looked at.")
    click.echo(f"{len(claims)} listings visited, {suggest(parts)} replies suggested.")


def _visit_line(ended: Ended) -> str:
    visit, done = ended.visit, ended.done
    what = f"{ended.location} · {ended.source.name}: {visit.outcome}"
    if visit.says and visit.outcome not in ("ok", "unchanged"):
        return f"{what}. {visit.says}"
    counts = ((done.added, "new"), (done.edited, "edited"), (done.removed, "removed"))
    parts_ = [f"{done.seen} reviews", *(f"{count} {word}" for count, word in counts if count)]
    return f"{what}, {', '.join(parts_)}"


def audit(parts: Parts, location: str | None) -> None:
    """Audit locations."""
    only = _locations(parts, location) if location else None
    claims = parts.leases.claim(LOCATIONS, ALL, only=only, due=False)
    with Lines(len(claims), "Locations") as lines:
        audit_task.audit(parts, claims, lambda name, made: lines.say(_audit_line(name, made)))


def _audit_line(name: str, made: Audit | None) -> str:
    if made is None:
        return f"{name}: the audit stopped; it will be tried again."
    score = "nothing could be checked" if made.score is None else f"{made.score:g} of 100"
    wrong = made.counts.get("different", 0)
    return f"{name}: {score}, {wrong} wrong, {made.unchecked} of {made.listings} not checked"


def digest(parts: Parts, now: bool) -> None:
    """Send digests."""
    digest_task.ensure_subscriptions(parts)
    claims = parts.leases.claim(SUBSCRIPTIONS, ALL, due=not now)
    with Lines(len(claims), "Digests") as lines:
        sent = digest_task.digest(parts, claims, lambda to, became: lines.say(f"{to}: {became}"))
    click.echo(f"{sent} of {len(claims)} digests sent.")


def _locations(parts: Parts, location: str | None) -> Sequence[int]:
    wanted = select(Location.id).where(Location.archived_at.is_(None))
    if location is not None:
        number = int(location) if location.isdecimal() else -1
        wanted = wanted.where((Location.id == number) | (Location.name == location))
    with parts.database.session(write=False) as session:
        found = session.scalars(wanted, execution_options=ACROSS).all()
    if location is not None and not found:
        raise click.ClickException(f"There is no location {location}.")
    return found


def _listings(parts: Parts, location: str | None) -> Sequence[int]:
    places = _locations(parts, location)
    wanted = select(Listing.id).where(
        Listing.location_id.in_(places), Listing.archived_at.is_(None)
    )
    with parts.database.session(write=False) as session:
        return session.scalars(wanted, execution_options=ACROSS).all()
