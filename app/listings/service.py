"""Use cases that write: what a visit said of a listing, its comparison, findings and audits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import NotFound
from app.listings import records, rules, websites
from app.listings.held import SCANS, SNAPSHOTS, Held, held
from app.listings.judging import judge
from app.listings.models import Audit, Finding, Listing, ListingSnapshot, Scan, Website
from app.listings.nap.place import Place
from app.locations.models import AcceptedVariant, Location
from scrapers.types import ListingRecord, Outcome

WENT_WELL = (Outcome.OK, Outcome.UNCHANGED)
SCANS_KEPT = timedelta(days=400)


def note_visit(
    session: Session, listing: Listing, scan: dict[str, Any], next_check_at: datetime, known: Held
) -> None:
    """Write down how a visit ended, and when the next one is due. A visit that could not check
    keeps the last known state. `scan` are the columns of its Scan."""
    known.add(SCANS, listing, scan)
    outcome, now = scan["outcome"], scan["finished_at"]
    listing.last_outcome, listing.last_error = outcome, scan["error"]
    listing.last_visit_at = now
    listing.next_check_at, listing.claimed_until = next_check_at, None
    if outcome in WENT_WELL:
        listing.failures = 0
        listing.last_ok_at = now
        if gone := known.findings[listing.id].pop(rules.PAGE, None):
            gone.closed_at, gone.closed_because = now, rules.Closed.FIXED
    else:
        listing.failures += 1
        if outcome == Outcome.GONE:
            gone = rules.Discrepancy(rules.PAGE, "the page is not there any more", None, None)
            _open(session, listing, gone, now, known)


def keep_snapshot(
    listing: Listing, record: ListingRecord, keeps_text: bool, now: datetime, known: Held
) -> bool:
    """Keep what the listing said if it says something new; whether it does."""
    said = records.to_json(record)
    digest = records.digest(said)
    last = known.snapshots.get(listing.id)
    if last is not None and last.digest == digest:
        last.last_seen_at = now
        if keeps_text and last.record is None:  # purged meanwhile, and read afresh
            last.record = said
        return False
    kept = said if keeps_text else None
    times = {"seen_at": now, "last_seen_at": now}
    known.add(SNAPSHOTS, listing, {**times, "digest": digest, "record": kept})
    return True


def compare_listing(
    session: Session,
    location: Location,
    listing: Listing,
    record: ListingRecord,
    accepted: Sequence[Mapping[str, str]],
    keeps_text: bool,
    now: datetime,
    known: Held,
) -> None:
    """Compare the listing with the record, and open or close its findings. The websites that both
    show are looked at from now on, but none that a source lends without letting it be kept."""
    shown = (location.website, record.website if keeps_text else None)
    websites.watch(session, location.id, shown, known.websites, now)
    seen = known.websites[location.id]
    our_site, their_site = (seen.get(websites.address(one) or "") for one in shown)
    ours = known.our_side(location, now.date())
    theirs = websites.followed(Place.from_listing(record, location.country), their_site)
    compared = judge(ours.now, ours.before, theirs, accepted)
    compared = websites.as_seen(compared, our_site, their_site, now)
    if not keeps_text:
        for cell in compared["fields"].values():
            cell["observed"] = None
    listing.comparison, listing.compared_at = compared, now
    _settle_findings(session, listing, compared, now, known)


def accepted_variants(
    session: Session, location_ids: Iterable[int]
) -> dict[int, list[dict[str, str]]]:
    """The spellings that the owner calls right, as `compare` takes them, by location."""
    found: dict[int, list[dict[str, str]]] = {row: [] for row in location_ids}
    statement = select(AcceptedVariant).where(AcceptedVariant.location_id.in_(list(found)))
    for variant in session.scalars(statement):
        found[variant.location_id].append({"field": variant.field, "value": variant.value})
    return found


def audit(
    session: Session, location: Location, weight: Callable[[str], float], clock: Clock
) -> Audit:
    """Compare all listings of a location with its record as it stands now, and keep the result.

    `weight` says how much customers rely on a source. A listing whose text may not be kept is
    judged by its last comparison; after a change of record it is due to be read at once.
    """
    now = clock()
    accepted = accepted_variants(session, [location.id])[location.id]
    listings = session.scalars(
        select(Listing)
        .where(Listing.location_id == location.id, Listing.archived_at.is_(None))
        .order_by(Listing.id)
    ).all()
    known = held(session, [listing.id for listing in listings])
    checked: list[tuple[float, dict[str, Any]]] = []
    shown = [location.website]
    for listing in listings:
        snapshot = known.snapshots.get(listing.id)
        if snapshot is not None and snapshot.record is not None:
            record = records.from_json(snapshot.record)
            shown.append(record.website)
            compare_listing(session, location, listing, record, accepted, True, now, known)
        elif listing.comparison is not None and _judged_another_record(listing, location):
            listing.next_check_at = min(listing.next_check_at, now)
        if listing.comparison is not None and listing.last_outcome in WENT_WELL:
            checked.append((weight(listing.source_key), listing.comparison))
    websites.watch(session, location.id, shown[:1], known.websites, now)
    websites.forget(session, location.id, shown, known.websites)
    counts = Counter(
        str(cell["verdict"]) for _, compared in checked for cell in compared["fields"].values()
    )
    made = Audit(
        location_id=location.id,
        made_at=now,
        score=rules.audit_score(checked),
        listings=len(listings),
        unchecked=len(listings) - len(checked),
        counts=dict(counts),
    )
    session.add(made)
    location.audited_at, location.audit_failures, location.audit_error = now, 0, None
    session.flush()
    return made


def _judged_another_record(listing: Listing, location: Location) -> bool:
    """Whether the last comparison was with values that the record has no more."""
    ours = records.of_record(location).agreed
    fields = (listing.comparison or {"fields": {}})["fields"]
    return any(cell["expected"] != ours[name].expected for name, cell in fields.items())


def mark_done(session: Session, finding_id: int, by_id: int, clock: Clock) -> Finding:
    """A person says that it is corrected; the listing is read again at once to prove it."""
    finding = session.scalar(select(Finding).where(Finding.id == finding_id))
    if finding is None or finding.closed_at is not None:
        raise NotFound("This finding is not open any more.")
    finding.done_at, finding.done_by_id = clock(), by_id
    due = update(Listing).where(Listing.id == finding.listing_id)
    session.execute(due.values(next_check_at=clock()))
    if finding.field == "website":
        _look_again(session, finding.location_id, clock)
    session.flush()
    return finding


def check_now(session: Session, location_id: int, clock: Clock) -> None:
    """Visit every listing of a location at once and read it to its end, so that also a removed
    review is missed; then audit the location."""
    now = clock()
    listings = update(Listing).where(
        Listing.location_id == location_id, Listing.archived_at.is_(None)
    )
    session.execute(listings.values(next_check_at=now, read_through_at=None))
    _look_again(session, location_id, clock)
    session.execute(update(Location).where(Location.id == location_id).values(next_audit_at=now))


def _look_again(session: Session, location_id: int, clock: Clock) -> None:
    due = update(Website).where(Website.location_id == location_id)
    session.execute(due.values(next_check_at=clock()))


def close_findings(session: Session, listing_id: int, because: rules.Closed, clock: Clock) -> None:
    """End all open findings of a listing."""
    still = update(Finding).where(Finding.listing_id == listing_id, Finding.closed_at.is_(None))
    session.execute(still.values(closed_at=clock(), closed_because=because))


def reopen_accepted(session: Session, location_id: int, field: str, value: str) -> None:
    """Open again, with its age, what accepting `value` had ended."""
    accepted = select(Finding).where(
        Finding.location_id == location_id,
        Finding.field == field,
        Finding.observed == value,
        Finding.closed_because == rules.Closed.ACCEPTED,
    )
    _reopen(session, session.scalars(accepted.order_by(Finding.id)).all())


def reopen_removed(session: Session, listing: Listing) -> None:
    """Open again what ended because `listing` was taken off; to be called before it is put back."""
    ended = select(Finding).where(
        Finding.listing_id == listing.id,
        Finding.closed_because == rules.Closed.LISTING_REMOVED,
        Finding.closed_at >= listing.archived_at,
    )
    _reopen(session, session.scalars(ended).all())


def _reopen(session: Session, findings: Sequence[Finding]) -> None:
    still_open = held(session, [finding.listing_id for finding in findings]).findings
    for finding in findings:
        if still_open[finding.listing_id].setdefault(finding.field, finding) is finding:
            finding.closed_at = finding.closed_because = None
    session.flush()


def purge(session: Session, source_key: str, retention: timedelta, clock: Clock) -> int:
    """Null what `source_key` lets nobody keep longer than `retention` after it was last read;
    verdicts and dates stay. Returns how many snapshots."""
    now = clock()
    of_source = select(Listing.id).where(Listing.source_key == source_key)
    old = (
        ListingSnapshot.listing_id.in_(of_source),
        ListingSnapshot.last_seen_at < now - retention,
        ListingSnapshot.record.is_not(None),
    )
    listing_ids = set(session.scalars(select(ListingSnapshot.listing_id).where(*old)))
    if not listing_ids:
        return 0
    gone = session.execute(update(ListingSnapshot).where(*old).values(record=None))
    findings = update(Finding).where(Finding.listing_id.in_(listing_ids))
    session.execute(findings.values(observed=None))
    for listing in session.scalars(select(Listing).where(Listing.id.in_(listing_ids))):
        if listing.comparison is not None:
            fields = listing.comparison["fields"]
            emptied = {name: {**cell, "observed": None} for name, cell in fields.items()}
            listing.comparison = {**listing.comparison, "fields": emptied}
    return gone.rowcount  # type: ignore[attr-defined]


def forget_scans(session: Session, clock: Clock) -> None:
    """Drop the records of visits that nobody looks back at."""
    session.execute(delete(Scan).where(Scan.finished_at < clock() - SCANS_KEPT))


def _settle_findings(
    session: Session, listing: Listing, compared: Mapping[str, Any], now: datetime, known: Held
) -> None:
    wrong = rules.discrepancies(compared)
    still_open = known.findings[listing.id]
    for field in still_open.keys() - wrong.keys():
        finding = still_open[field]
        because = rules.why_closed(field, finding.expected, compared)
        if because is not None:
            finding.closed_at, finding.closed_because = now, because
            del still_open[field]
    for discrepancy in wrong.values():
        _open(session, listing, discrepancy, now, known)


def _open(
    session: Session, listing: Listing, wrong: rules.Discrepancy, now: datetime, known: Held
) -> None:
    """One open finding per field: a new one, or the same one seen again."""
    finding = known.findings[listing.id].get(wrong.field)
    if finding is None:
        finding = Finding(
            location_id=listing.location_id,
            listing_id=listing.id,
            field=wrong.field,
            opened_at=now,
        )
        session.add(finding)
        known.findings[listing.id][wrong.field] = finding
    elif finding.done_at is not None and finding.observed != wrong.observed:
        finding.done_at = finding.done_by_id = None  # corrected, but to another wrong value
    finding.why, finding.expected, finding.observed = wrong.why, wrong.expected, wrong.observed
    finding.last_seen_at = now
