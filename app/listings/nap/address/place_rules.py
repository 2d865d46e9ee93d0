"""The verdicts on locality, region and postal code."""

from __future__ import annotations

from app.listings.nap.address import countries
from app.listings.nap.address.keys import Keys, place_key
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.places import same_area, two_large_cities
from app.listings.nap.address.rules import Judged, is_slip, missing, numbers_clash, script_of
from app.listings.nap.address.text import words
from app.listings.nap.address.why import spelling
from app.listings.nap.verdict import Verdict

_IDENTICAL = Verdict.IDENTICAL
_EQUIVALENT = Verdict.EQUIVALENT
_DIFFERENT = Verdict.DIFFERENT
_ABSENT = Verdict.ABSENT
_UNREADABLE = Verdict.UNREADABLE
_UNSET = Verdict.UNSET

# Places -----------------------------------------------------------------------------------------


def judge_locality(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys, observed.keys
    lacking = missing(wanted.locality, shown.locality, "place")
    if lacking:
        return lacking
    if _other_quarter(expected, observed):
        return _DIFFERENT, f"{observed.locality} is not {expected.locality}"
    if wanted.locality in shown.places or shown.locality in wanted.places:
        return _EQUIVALENT, spelling(expected.locality, observed.locality)
    if wanted.locality in shown.locality or shown.locality in wanted.locality:
        return _EQUIVALENT, f"{observed.locality} is {expected.locality}"
    if script_of(wanted.locality) != script_of(shown.locality):
        return _UNREADABLE, "written in another script"
    if same_area(wanted.locality, shown.locality):
        return _EQUIVALENT, f"{observed.locality} and {expected.locality} are one city"
    if _is_initials(wanted.locality, observed) or _is_initials(shown.locality, expected):
        return _EQUIVALENT, f"{observed.locality} and {expected.locality}: one is by its initials"
    if _region_is_place(expected, observed):
        return _EQUIVALENT, "the region has the city's name"
    if is_slip(wanted.locality, shown.locality):
        return _EQUIVALENT, f"{observed.locality} is a slip for {expected.locality}"
    if _same_postal(wanted, shown) and not two_large_cities(wanted.locality, shown.locality):
        return _EQUIVALENT, "the postal code says which place"
    return _DIFFERENT, f"{observed.locality} is not {expected.locality}"


def _is_initials(key: str, parts: AddressParts) -> bool:
    """TST for Tsim Sha Tsui; two letters may be anything."""
    named = words(parts.locality or "")
    return len(key) > 2 and key == "".join(word[0] for word in named)


def _other_quarter(expected: AddressParts, observed: AddressParts) -> bool:
    """Praha 10 against Praha 1, Zona 10 against Zona 12. A Japanese town's number counts with
    the house."""
    towns = numbers_clash(expected.locality, observed.locality)
    if towns or expected.country == "JP":
        return towns
    return numbers_clash(expected.district, observed.district)


# Countries where many towns share a region with the city it is named after (Buffalo, New York),
# so that the region's name says nothing about the town.
_NAMESAKES = frozenset({"US", "CA", "MX", "BR", "AR", "ES", "IT", "NL", "IN", "CN", "JP", "TW"})


def _region_is_place(expected: AddressParts, observed: AddressParts) -> bool:
    """One side names the city, the other a quarter of it and the city as region."""
    if expected.country in _NAMESAKES:
        return False
    return expected.keys.locality == place_key(observed.region) or (
        observed.keys.locality == place_key(expected.region)
    )


def _same_postal(wanted: Keys, shown: Keys) -> bool:
    return bool(wanted.postal) and wanted.postal[:5] == shown.postal[:5]


def judge_region(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys, observed.keys
    lacking = missing(wanted.region, shown.region, "region")
    if lacking:
        return lacking
    if wanted.region == shown.region:
        return _EQUIVALENT, spelling(expected.region, observed.region)
    if wanted.region_known and shown.region_known:
        return _DIFFERENT, f"{observed.region} is not {expected.region}"
    if not countries.has_region(expected.country) or _same_postal(wanted, shown):
        return _EQUIVALENT, "the postal code says which region"
    return _UNREADABLE, "a region that is not known"


# Postal code ------------------------------------------------------------------------------------


def judge_postal_code(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.postal, observed.keys.postal
    lacking = missing(wanted, shown, "postal code")
    if lacking:
        return lacking
    if wanted == shown:
        return _EQUIVALENT, spelling(expected.postal_code, observed.postal_code)
    different = _DIFFERENT, f"{observed.postal_code} is not {expected.postal_code}"
    if len(wanted) == len(shown):
        return different
    short, long = sorted((wanted, shown), key=len)
    country = expected.country or observed.country
    full = countries.postal_full(country)
    if full and full.fullmatch(short) and full.fullmatch(long):
        if long.startswith(short):
            return _EQUIVALENT, f"{observed.postal_code} and {expected.postal_code}: one is longer"
        return different
    if long == short.zfill(len(long)):
        return _EQUIVALENT, "a leading zero was lost"
    return _UNREADABLE, "only part of a postal code"
