"""The verdict on two addresses: each part judged apart by its own rule."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from app.listings.nap.address.door_rules import (
    judge_building,
    judge_house_number,
    judge_unit,
)
from app.listings.nap.address.model import COMPARED_PARTS, AddressParts, AddressVerdict
from app.listings.nap.address.place_rules import judge_locality, judge_postal_code, judge_region
from app.listings.nap.address.rules import Judged, numbers_clash
from app.listings.nap.address.street_rules import judge_street
from app.listings.nap.address.text import trimmed
from app.listings.nap.address.words import country_facts
from app.listings.nap.verdict import Verdict

_IDENTICAL = Verdict.IDENTICAL
_EQUIVALENT = Verdict.EQUIVALENT
_DIFFERENT = Verdict.DIFFERENT
_ABSENT = Verdict.ABSENT
_UNREADABLE = Verdict.UNREADABLE
_UNSET = Verdict.UNSET

# From best to worst. A part that the record lacks says nothing about the listing.
_RANK = {_UNSET: 0, _IDENTICAL: 1, _EQUIVALENT: 2, _ABSENT: 3, _UNREADABLE: 4, _DIFFERENT: 5}

# Parts whose absence does not lead a customer elsewhere: what the other parts say finds the door.
_MAY_BE_MISSING = frozenset({"unit", "building", "region"})


# The listings of one location repeat each other, so the last few thousand verdicts are kept.
@lru_cache(maxsize=4096)
def compare(expected: AddressParts, observed: AddressParts) -> AddressVerdict:
    """How the address of a listing stands to the address of record.

    Nothing is `different` because of a value that is partial or cannot be read in that part.
    """
    if not expected.written.strip() or not observed.written.strip():
        return _nothing_to_compare(expected, observed)
    if expected.written == observed.written and expected.country == observed.country:
        return _same(expected)
    if expected.country is None or observed.country is None:
        expected, observed = _in_one_country(expected, observed)
    judged = _judge_parts(expected, observed)
    if _only_reordered(judged, expected, observed):
        judged = {name: _reordered(name, verdict) for name, verdict in judged.items()}
    elif stray := _stray_number(judged, expected, observed):
        judged[stray] = _DIFFERENT, "each side has a number that the other lacks"
    parts = {name: verdict for name, (verdict, _) in judged.items()}
    weights = {name: _weight(name, parts, expected) for name in parts}
    worst = max(weights.values(), key=_RANK.__getitem__)
    if worst is _IDENTICAL and expected.district != observed.district:
        return AddressVerdict(_EQUIVALENT, "the district is left out or added", parts)
    whys = [why for name, (_, why) in judged.items() if why and weights[name] is worst]
    return AddressVerdict(worst, "; ".join(dict.fromkeys(whys)), parts)


def _in_one_country(
    expected: AddressParts, observed: AddressParts
) -> tuple[AddressParts, AddressParts]:
    """A side whose country nobody knows is read by the words of the other's."""
    country = expected.country or observed.country
    if country is None:
        return expected, observed
    return replace(expected, country=country), replace(observed, country=country)


def _nothing_to_compare(expected: AddressParts, observed: AddressParts) -> AddressVerdict:
    if not expected.written.strip():
        return AddressVerdict(_UNSET, "the record has no address", {})
    return AddressVerdict(_ABSENT, "no address is shown", {})


def _same(parts: AddressParts) -> AddressVerdict:
    verdicts = {name: _IDENTICAL if getattr(parts, name) else _UNSET for name in COMPARED_PARTS}
    return AddressVerdict(_IDENTICAL, "", verdicts)


def _weight(name: str, parts: dict[str, Verdict], expected: AddressParts) -> Verdict:
    """What the part's verdict means for the whole address."""
    if parts[name] is not _ABSENT:
        return parts[name]
    city_state = name == "locality" and country_facts(expected.country).get("city_state")
    return _EQUIVALENT if city_state or name in _MAY_BE_MISSING else _ABSENT


def _only_reordered(
    judged: dict[str, Judged], expected: AddressParts, observed: AddressParts
) -> bool:
    """The same words, cut into other parts: nobody is misled. Two numbers that changed places
    stand in the same parts and are not meant."""
    worse = [name for name, (verdict, _) in judged.items() if verdict in _WORSE]
    if not worse or worse == ["postal_code"] or expected.bag != observed.bag:
        return False
    if judged["postal_code"][0] is _DIFFERENT:
        return False
    ours, theirs = expected.keys, observed.keys
    cut_apart = any(bool(getattr(expected, n)) != bool(getattr(observed, n)) for n in _CUT_APART)
    return cut_apart or (ours.house, ours.units) == (theirs.house, theirs.units)


_NUMBERED = ("house_number", "unit", "building", "street")


def _stray_number(
    judged: dict[str, Judged], expected: AddressParts, observed: AddressParts
) -> str | None:
    """The part that holds a changed number which the other side gives as another part."""
    if not _DOUBTFUL.isdisjoint([verdict for verdict, _ in judged.values()]):
        return None
    missing = [n for n in _NUMBERED if judged[n][0] in (_ABSENT, _UNSET)]
    moved = [n for n in missing if bool(getattr(expected, n)) != bool(getattr(observed, n))]
    if not moved:
        return None
    lines = [" ".join(getattr(side, n) or "" for n in _NUMBERED) for side in (expected, observed)]
    return moved[0] if numbers_clash(*lines) else None


_WORSE = frozenset({_DIFFERENT, _ABSENT, _UNREADABLE})
_DOUBTFUL = frozenset({_DIFFERENT, _UNREADABLE})
_CUT_APART = ("house_number", "street", "unit", "building", "district", "locality")


def _reordered(name: str, judged: Judged) -> Judged:
    verdict, why = judged
    if verdict in _WORSE and name != "postal_code":
        return _EQUIVALENT, "the same words in another order"
    return verdict, why


_RULES = {
    "house_number": judge_house_number,
    "street": judge_street,
    "unit": judge_unit,
    "building": judge_building,
    "locality": judge_locality,
    "region": judge_region,
    "postal_code": judge_postal_code,
}


def _judge_parts(expected: AddressParts, observed: AddressParts) -> dict[str, Judged]:
    """The verdict on each part. Parts written alike are identical, unless the parts that have a
    say in them (a Japanese 丁目 in the number, the box, Korea's city in the region) differ."""
    alike = (
        expected.district == observed.district
        and expected.po_box == observed.po_box
        and expected.locality == observed.locality
    )
    judged: dict[str, Judged] = {}
    for name, rule in _RULES.items():
        wanted, shown = getattr(expected, name), getattr(observed, name)
        if wanted == shown and alike and not (wanted is None and expected.po_box):
            judged[name] = (_IDENTICAL if wanted else _UNSET), ""
            continue
        verdict, why = rule(expected, observed)
        if verdict is _EQUIVALENT and wanted and shown and trimmed(wanted) == trimmed(shown):
            verdict, why = _IDENTICAL, ""
        judged[name] = verdict, why
    return judged
