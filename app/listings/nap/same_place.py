"""Is the listing this place at all? A probability from what agrees and what does not.

Each field adds the logarithm of a likelihood ratio: how much more often this outcome is seen
between two records of one place than between two places that somebody had a reason to compare
(Fellegi and Sunter, 1969). The figures come from reasoning about how listings go wrong, stated
beside each, and not from any labelled set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.listings.nap.name_evidence import (
    OTHER_NAME,
    RARE_NAME,
    adds_department,
    is_former,
    name_evidence,
)
from app.listings.nap.phones import is_shared_line
from app.listings.nap.place import Place
from app.listings.nap.verdict import AGREEING, FieldVerdict, Verdict
from app.listings.nap.websites import site_key

YES_FROM = 0.75
NO_BELOW = 0.25

# Of pairs that come to be compared (a pasted link, a search result) most are not the place.
_PRIOR = -3.0

_SAME_PHONE = 5.0  # two businesses share a line once in 150: one owner, one reception
_SAME_SHARED_LINE = 1.5  # toll-free and service numbers belong to a whole chain
_OF_DEPARTMENT = -2.5  # a supermarket's pharmacy, with a number of its own
_OTHER_PHONE = -1.8  # one listing in six carries an old, a tracking or a second number
_FORMER_NAME = 2.0  # who says so is its successor, or it
_SAME_DOOR = 4.5  # house number and street; malls and office towers share them
_SAME_STREET_ONLY = 1.5
_OTHER_NUMBER = -2.6  # the branch next door, or a slip
_OTHER_STREET = -3.2  # moved, or a mailing address: one listing in twenty-five
_SAME_NUMBER_OTHER_STREET = -1.2  # few doors share a number by chance: often a slip in the street
_OTHER_TOWN = -3.2
_OTHER_REGION = -4.5
_ANOTHER_ADDRESS = -4.5  # in every part: moved long ago, one listing in ninety
_OTHER_POSTAL_CODE = -0.7
_OTHER_UNIT = -0.7
_SAME_TOWN_ONLY = 0.7
_SAME_SITE = 2.5
_SAME_SITE_AS_NAME = 1.0  # a chain shares both its name and its site
_OTHER_SITE = -0.8
_OTHER_TRADE = -0.7
_SAME_TRADE = 0.3
_MOST_FOR_ONE_RECEPTION = 6.5  # line and door together, where the names have nothing in common

# A name alone, however rare, may be a chain's: not enough for a yes. And where nothing disagrees
# there is no ground for a no.
_MOST_FOR_A_NAME = 0.5
_A_DOOR = 1.5  # evidence that is more than the same town
_LEAST_WITHOUT_DISAGREEMENT = -1.0

# Metres apart → evidence, where both coordinates are known. Geocoders err by a block.
_BY_DISTANCE = ((60, 2.5), (250, 1.5), (1_000, 0.7), (5_000, -2.0), (math.inf, -5.0))


def probability(
    location: Place,
    listing: Place,
    fields: Mapping[str, FieldVerdict],
    parts: Mapping[str, Verdict],
) -> float:
    """How probable it is, 0 to 1, that both are one place of business."""
    name = _name_evidence(location, listing, fields["name"])
    phone = _phone_evidence(location, listing, fields["phone"].verdict)
    door = _where_evidence(location, listing, parts)
    site = _site_evidence(location, listing, name)
    trade = _trade_evidence(fields["category"].verdict)
    reached = phone + door
    if name <= OTHER_NAME:
        reached = min(reached, _MOST_FOR_ONE_RECEPTION)
    total = _PRIOR + name + reached + site + trade
    rare_in_town = name >= 0.9 * RARE_NAME and _town_agrees(parts)
    if max(phone, door, site) < _A_DOOR and not rare_in_town:
        total = min(total, _MOST_FOR_A_NAME)
    if min(name, phone, door, site, trade) >= 0:
        total = max(total, _LEAST_WITHOUT_DISAGREEMENT)
    return 1 / (1 + math.exp(-total))


def same_place(chance: float) -> str:
    """`yes`, `no` or `unsure`."""
    if chance >= YES_FROM:
        return "yes"
    return "no" if chance < NO_BELOW else "unsure"


def _name_evidence(location: Place, listing: Place, verdict: FieldVerdict) -> float:
    ours, theirs = location.parsed_name, listing.parsed_name
    if ours is None or theirs is None or verdict.verdict is Verdict.UNREADABLE:
        return 0.0
    if is_former(ours, theirs):
        return _FORMER_NAME
    evidence = name_evidence(ours, theirs, (location.place_words, listing.place_words))
    if evidence <= 0 and verdict.verdict in AGREEING:  # in another script, or a known variant
        return name_evidence(ours, ours, ())
    return evidence


def _phone_evidence(location: Place, listing: Place, verdict: Verdict) -> float:
    if verdict in AGREEING:
        shared = all(map(is_shared_line, location.numbers))
        return _SAME_SHARED_LINE if shared else _SAME_PHONE
    if verdict is not Verdict.DIFFERENT:
        return 0.0
    ours, theirs = location.parsed_name, listing.parsed_name
    apart = ours is not None and theirs is not None and adds_department(ours, theirs)
    return _OTHER_PHONE + (_OF_DEPARTMENT if apart else 0.0)


def _where_evidence(location: Place, listing: Place, parts: Mapping[str, Verdict]) -> float:
    written = _address_evidence(parts)
    apart = distance(location, listing)
    if apart is None:
        return written
    measured = next(evidence for limit, evidence in _BY_DISTANCE if apart <= limit)
    if not _said(parts, "street"):
        # Without a street on both sides one of the pins was set by hand, and roughly.
        return max(written, 0.0) + measured if measured > 0 else written + measured / 2
    # Both say the same thing; the address, which somebody wrote, is the better witness. A pin
    # near by excuses a wrong street, but no other number: the branch next door is near by too.
    if measured > 0 and written < 0 and _said(parts, "street") == "same":
        return written
    return written + measured / (4 if written > 0 and measured > 0 else 2)


def _address_evidence(parts: Mapping[str, Verdict]) -> float:
    house, street = _said(parts, "house_number"), _said(parts, "street")
    place = _place_evidence(parts)
    if street == "other":
        written = _SAME_NUMBER_OTHER_STREET if house == "same" else _OTHER_STREET
        return max(_ANOTHER_ADDRESS, written + place)
    if house == "other":
        return max(_ANOTHER_ADDRESS, _OTHER_NUMBER + min(0.0, place))
    unit = _OTHER_UNIT if _said(parts, "unit") == "other" else 0.0
    if street == "same" and house == "same":
        return _SAME_DOOR + unit + min(0.0, place) / 2
    if street == "same":
        return _SAME_STREET_ONLY + unit + min(0.0, place)
    return place


def _place_evidence(parts: Mapping[str, Verdict]) -> float:
    if _said(parts, "region") == "other":
        return _OTHER_REGION
    if _said(parts, "locality") == "other":
        return _OTHER_TOWN if _said(parts, "postal_code") != "same" else 0.0
    if _said(parts, "postal_code") == "other":
        return _OTHER_POSTAL_CODE
    return _SAME_TOWN_ONLY if _town_agrees(parts) else 0.0


def _town_agrees(parts: Mapping[str, Verdict]) -> bool:
    return "same" in (_said(parts, "locality"), _said(parts, "postal_code"))


def _said(parts: Mapping[str, Verdict], name: str) -> str:
    verdict = parts.get(name)
    if verdict in AGREEING:
        return "same"
    return "other" if verdict is Verdict.DIFFERENT else ""


def _site_evidence(location: Place, listing: Place, name: float) -> float:
    if location.site is None or listing.site is None:
        return 0.0
    ours, theirs = site_key(location.site), site_key(listing.site)
    if ours is None or theirs is None:
        return 0.0
    if ours == theirs or ours.endswith("." + theirs) or theirs.endswith("." + ours):
        return _SAME_SITE_AS_NAME if name > 0 else _SAME_SITE
    return _OTHER_SITE


def _trade_evidence(verdict: Verdict) -> float:
    if verdict in AGREEING:
        return _SAME_TRADE
    return _OTHER_TRADE if verdict is Verdict.DIFFERENT else 0.0


def distance(location: Place, listing: Place) -> float | None:
    """Metres between both coordinates, on a sphere; None where one is not known."""
    if location.latitude is None or location.longitude is None:
        return None
    if listing.latitude is None or listing.longitude is None:
        return None
    north = math.radians(listing.latitude - location.latitude)
    middle = math.radians((listing.latitude + location.latitude) / 2)
    east = math.radians(listing.longitude - location.longitude) * math.cos(middle)
    return 6_371_000 * math.hypot(north, east)
