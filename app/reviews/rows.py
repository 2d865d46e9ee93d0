"""From a review on a page to the columns of its row. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.listings.models import Listing
from app.locations.models import Location
from app.reviews import rules
from app.reviews.copies import words_key
from app.reviews.matching import Match
from app.reviews.models import Answered, Stand
from app.reviews.rules import Known
from scrapers.types import Precision, ReviewRecord


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a source lets its text be kept; `keeps_text` False is not at all."""

    keeps_text: bool = True
    retention: timedelta | None = None


KEPT = Terms()


class Writer:
    """Turns the matches of one visit into the columns to write."""

    def __init__(
        self,
        listing: Listing,
        location: Location,
        replies_visible: bool,
        terms: Terms,
        now: datetime,
    ) -> None:
        self.ids = {
            "organization_id": listing.organization_id,
            "location_id": listing.location_id,
            "listing_id": listing.id,
        }
        self.promise_hours = location.promise_hours
        self.replies_visible = replies_visible
        self.terms = terms
        self.now = now
        self.first_import = listing.last_complete_scan_at is None
        # Text under a retention rule is written anew before its time is over.
        self.refresh_after = terms.retention / 4 if terms.retention else None

    def new(self, found: Match) -> dict[str, Any]:
        """The row of a review that we meet for the first time."""
        record, reply = found.record, rules.answered(found.record, self.replies_visible)
        stand = rules.first_stand(reply, record.published_at, self.now, self.first_import)
        return {
            **self.ids,
            "first_seen_at": self.now,
            "edited_at": None,
            **self._content(found),
            **self._triage(record, self.now, None),
            **self._standing(stand, reply, record),
        }

    def changed(self, found: Match, known: Known) -> dict[str, Any] | None:
        """The columns to write anew of a review that we know, or None if it is as it was."""
        record, reply = found.record, rules.answered(found.record, self.replies_visible)
        if reply is Answered.CANNOT_SEE:  # the last known state stays
            reply = Answered(known.answered)
        edited = found.digest != known.digest
        back = rules.first_stand(reply, record.published_at, self.now, False)
        now_stars = rules.stars(record.rating)
        given = rules.tidy(record.reply.text) if record.reply else known.reply_text
        new_reply = given != known.reply_text
        stand, why = rules.next_stand(known, reply, new_reply, edited, now_stars, back)
        same = (
            not edited
            and stand == known.stand
            and reply == known.answered
            and not new_reply
            and record.external_id == known.external_id
            and record.author == known.author
            and not known.missed_scans
            and not self._due_for_refresh(known)
        )
        if same:
            return None
        row = self._content(found)
        if record.precision == Precision.RELATIVE:  # resolved once, at the first visit
            del row["published_at"], row["precision"]
        if edited:
            row |= {"edited_at": self.now}
        if edited or why:
            row |= self._triage(record, self.now, why)
        if stand != known.stand or reply != known.answered or record.reply:
            row |= self._standing(stand, reply, record)
        return row

    def _due_for_refresh(self, known: Known) -> bool:
        age = self.now - known.last_seen_at
        return self.refresh_after is not None and age > self.refresh_after

    def _content(self, found: Match) -> dict[str, Any]:
        record, rating, keeps = found.record, found.record.rating, self.terms.keeps_text
        return {
            "identity": found.identity,
            "external_id": record.external_id,
            "url": record.url,
            "author": record.author,
            "rating_value": rating.value if rating else None,
            "rating_best": rating.best if rating else None,
            "stars": rules.stars(rating),
            "recommends": record.recommends,
            "title": record.title if keeps else None,
            "text": record.text if keeps else None,
            "language": record.language,
            "published_at": record.published_at,
            "precision": record.precision,
            "digest": found.digest,
            "words": words_key(record.text),
            "syndicated_from": record.syndicated_from,
            "last_seen_at": self.now,
            "missed_scans": 0,
            "removed_at": None,
            "purged_at": None if keeps or not record.text else self.now,
        }

    def _triage(self, record: ReviewRecord, since: datetime, why: str | None) -> dict[str, Any]:
        rating = rules.stars(record.rating)
        alarm = rules.why_urgent(record, rating)
        published = record.published_at if why is None else since
        due = rules.due_at(published, record.precision, since, self.promise_hours)
        return {
            "due_at": due,
            "urgent_because": alarm or why,
            "urgency": rules.urgency(rating, bool(record.text), alarm, due, since),
        }

    def _standing(self, stand: Stand, reply: Answered, record: ReviewRecord) -> dict[str, Any]:
        row: dict[str, Any] = {"stand": stand, "answered": reply, "closed_at": None}
        given = record.reply
        if given or reply is not Answered.YES:  # else the reply we saw earlier stays with it
            row["reply_text"] = rules.tidy(given.text) if given else None
            row["reply_published_at"] = given.published_at if given else None
        if stand is Stand.ANSWERED:
            row["closed_at"] = (given and given.published_at) or self.now
        return row
