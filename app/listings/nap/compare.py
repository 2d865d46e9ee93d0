"""A location of record against a listing: a verdict per field, and whether it is the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.listings.nap import address
from app.listings.nap.accepted import accept
from app.listings.nap.categories import compare_categories
from app.listings.nap.compare_names import compare_names
from app.listings.nap.hours import compare_hours
from app.listings.nap.phones import compare_phones
from app.listings.nap.place import FIELDS, Place
from app.listings.nap.same_place import probability, same_place
from app.listings.nap.score import score
from app.listings.nap.statuses import compare_statuses
from app.listings.nap.verdict import AGREEING, UNSET, FieldVerdict, Verdict
from app.listings.nap.websites import compare_websites, read_website, redirect


@dataclass
class Comparison:
    """What a comparison says. The verdicts stand at once, the rest is reckoned when asked for."""

    location: Place
    listing: Place
    fields: dict[str, FieldVerdict]

    @cached_property
    def address_parts(self) -> dict[str, Verdict]:
        """The parts of the address that one side or the other has, each judged apart."""
        return address.compare(self.location.parsed_address, self.listing.parsed_address).parts

    @cached_property
    def probability(self) -> float:
        """How probable it is, 0 to 1, that the listing is this place."""
        return probability(self.location, self.listing, self.fields, self.address_parts)

    @property
    def same_place(self) -> str:
        """`yes`, `no` or `unsure`."""
        return same_place(self.probability)

    @property
    def score(self) -> int:
        """0 to 100; see `score.py` for the formula."""
        return score({name: field.verdict for name, field in self.fields.items()})

    def to_json(self) -> dict[str, Any]:
        """The answer of `goodword compare`, without its id."""
        return {
            "same_place": self.same_place,
            "probability": round(self.probability, 4),
            "fields": {name: field._asdict() for name, field in self.fields.items()},
            "address_parts": self.address_parts,
            "score": self.score,
        }


def compare(
    location: Place, listing: Place, accepted: Iterable[Mapping[str, Any]] = ()
) -> Comparison:
    """Compare a record with what a directory shows.

    `accepted` are variants the owner approved, as `{"field", "value"}`: a value that is one of
    them counts as equivalent in its field, and everything else is judged as ever. A side without
    a country is read as standing in the other's.
    """
    if location.country != listing.country:
        location = _in_country(location, listing.country)
        listing = _in_country(listing, location.country)
    fields = _judge_fields(location, listing)
    for variant in accepted:
        accept(fields, variant, location.country)
    return Comparison(location, listing, fields)


def _judge_fields(location: Place, listing: Place) -> dict[str, FieldVerdict]:
    ours, theirs, agreed = location.values, listing.values, location.agreed
    if ours == theirs:
        return agreed.copy()
    fields = agreed.copy()
    for name, our_value, their_value in zip(FIELDS, ours, theirs, strict=True):
        if our_value != their_value:
            fields[name] = _JUDGES[name](location, listing)
    return fields


def _in_country(place: Place, country: str | None) -> Place:
    return place if place.country else replace(place, country=country)


def _missing(ours: str | None, theirs: str | None) -> FieldVerdict:
    if ours:
        return FieldVerdict(Verdict.ABSENT, "", ours, None)
    return FieldVerdict(Verdict.UNSET, "", None, theirs) if theirs else UNSET


def _name(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.parsed_name, listing.parsed_name
    if ours is None or theirs is None:
        return _missing(location.name, listing.name)
    return compare_names(ours, theirs, (location.place_words, listing.place_words))


def _address(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.shown_address, listing.shown_address
    if not ours or not theirs:
        return _missing(ours, theirs)
    judged = address.compare(location.parsed_address, listing.parsed_address)
    return FieldVerdict(judged.verdict, judged.why, ours, theirs)


def _phone(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.phones, listing.phones
    if not ours or not theirs:
        return _missing(", ".join(ours), ", ".join(theirs)) if ours or theirs else UNSET
    if ours[0] in theirs:
        return FieldVerdict(Verdict.IDENTICAL, "", ours[0], ours[0])
    return compare_phones(location.numbers, listing.numbers, ", ".join(ours), ", ".join(theirs))


def _website(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.website, listing.website
    if not ours or not theirs:
        return _missing(ours, theirs)
    if ours == theirs:
        return FieldVerdict(Verdict.IDENTICAL, "", ours, theirs)
    return _where_they_lead(location, listing)._replace(expected=ours, observed=theirs)


def _where_they_lead(location: Place, listing: Place) -> FieldVerdict:
    """What counts is where a visitor arrives. A listing that nobody followed may redirect just as
    the record's own website was seen to, so there both as written count too."""
    ours, theirs = location.site, listing.site
    if ours is None or theirs is None:
        return FieldVerdict(Verdict.UNREADABLE, "what is shown is no address")
    judged = compare_websites(ours, theirs)
    if judged.verdict in AGREEING:
        return judged._replace(
            verdict=Verdict.EQUIVALENT, why=redirect(listing.website, theirs) or judged.why
        )
    if location.leads_to and not listing.leads_to:
        written = compare_websites(read_website(location.website or ""), theirs)
        return written if written.verdict in AGREEING else judged
    return judged


def _hours(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.week, listing.week
    if ours is None or theirs is None:
        return _missing(ours and ours.text, theirs and theirs.text)
    return compare_hours(ours, theirs)


def _category(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.categories, listing.categories
    if not ours or not theirs:
        return _missing(", ".join(ours), ", ".join(theirs)) if ours or theirs else UNSET
    return compare_categories(ours, theirs)


def _status(location: Place, listing: Place) -> FieldVerdict:
    ours, theirs = location.status, listing.status
    if ours and theirs:
        return compare_statuses(ours, theirs)
    return _missing(ours, theirs)


_JUDGES = {
    "name": _name,
    "address": _address,
    "phone": _phone,
    "website": _website,
    "hours": _hours,
    "category": _category,
    "status": _status,
}
