"""The verdict on two addresses: each part judged apart by its own rule."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.listings.nap.address import countries
from app.listings.nap.address.keys import Keys, StreetKey, place_key
from app.listings.nap.address.model import COMPARED_PARTS, AddressParts, AddressVerdict
from app.listings.nap.address.places import same_area, two_large_cities
from app.listings.nap.address.text import fold, trimmed
from app.listings.nap.address.why import spelling
from app.listings.nap.address.words import country_facts
from app.listings.nap.verdict import Verdict

Judged = tuple[Verdict, str]

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
    judged = _judge_parts(expected, observed)
    if _only_reordered(judged, expected, observed):
        judged = {name: _reordered(verdict) for name, verdict in judged.items()}
    elif stray := _stray_number(judged, expected, observed):
        judged[stray] = _DIFFERENT, "each side has a number that the other lacks"
    parts = {name: verdict for name, (verdict, _) in judged.items()}
    weights = {name: _weight(name, parts, expected) for name in parts}
    worst = max(weights.values(), key=_RANK.__getitem__)
    if worst is _IDENTICAL and expected.district != observed.district:
        return AddressVerdict(_EQUIVALENT, "the district is left out or added", parts)
    whys = [why for name, (_, why) in judged.items() if why and weights[name] is worst]
    return AddressVerdict(worst, "; ".join(dict.fromkeys(whys)), parts)


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
    if _WORSE.isdisjoint([verdict for verdict, _ in judged.values()]):
        return False
    if judged["postal_code"][0] is _DIFFERENT or expected.bag != observed.bag:
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
    return moved[0] if _numbers_clash(*lines) else None


_WORSE = frozenset({_DIFFERENT, _ABSENT, _UNREADABLE})
_DOUBTFUL = frozenset({_DIFFERENT, _UNREADABLE})
_CUT_APART = ("house_number", "street", "unit", "building", "district", "locality")


def _reordered(judged: Judged) -> Judged:
    verdict, why = judged
    if verdict in _WORSE:
        return _EQUIVALENT, "the same words in another order"
    return verdict, why


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


def _missing(wanted: object, shown: object, what: str) -> Judged | None:
    if not wanted:
        return _UNSET, ""
    if not shown:
        return _ABSENT, f"no {what} is shown"
    return None


# House number -----------------------------------------------------------------------------------


def _house_number(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.house, observed.keys.house
    if expected.keys.box or observed.keys.box:
        boxes = _box(expected, observed)
        if boxes[0] is _DIFFERENT or not (wanted or shown):
            return boxes
    missing = _missing(wanted, shown, "house number")
    if missing:
        return missing
    if _other_system(expected, observed):
        return _UNREADABLE, "another address system"
    if wanted == shown or "".join(wanted) == "".join(shown):
        return _EQUIVALENT, spelling(expected.house_number, observed.house_number)
    if _letter_is_unit(expected.keys, observed.keys) or _letter_is_unit(
        observed.keys, expected.keys
    ):
        return _EQUIVALENT, "the letter at the house number is the unit"
    if expected.country in _BRANCH_NUMBERS:
        return _branch_number(expected, observed)
    if _door_behind_slash(expected, observed):
        return _EQUIVALENT, "the door stands behind the slash"
    if _within(wanted, shown) or _within(shown, wanted):
        return _EQUIVALENT, f"{observed.house_number} and {expected.house_number} overlap"
    return _DIFFERENT, f"house number {observed.house_number} is not {expected.house_number}"


# Countries where 12-14 is not the houses 12 to 14 but the 14th part of number 12.
_BRANCH_NUMBERS = frozenset({"JP", "KR", "CN", "TW"})


def _branch_number(expected: AddressParts, observed: AddressParts) -> Judged:
    """A Japanese number may be cut short (8 for 8-17) or carry the room (8-17-203)."""
    short, long = sorted((expected, observed), key=lambda parts: len(parts.keys.house))
    numbers, more = short.keys.house, long.keys.house[len(short.keys.house) :]
    if expected.country == "JP" and more and long.keys.house[: len(numbers)] == numbers:
        if len(more) == 1 and more[0] in short.keys.units.values():
            return _EQUIVALENT, "the room stands behind the number"
        return _UNREADABLE, "only part of the number"
    return _DIFFERENT, f"house number {observed.house_number} is not {expected.house_number}"


def _door_behind_slash(expected: AddressParts, observed: AddressParts) -> bool:
    """Austria's 5/16 against 5; Czech 320/62 against either of its two numbers."""
    rule = country_facts(expected.country).get("slash_unit")
    short, long = sorted((expected, observed), key=lambda parts: len(parts.keys.house))
    if not rule or "/" not in (long.house_number or "") or len(short.keys.house) != 1:
        return False
    doors = long.keys.house if rule == "either" else long.keys.house[:1]
    return short.keys.house[0] in doors


def _box(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.box, observed.keys.box
    missing = _missing(wanted, shown, "post office box")
    if missing:
        return missing
    # "03 BP 1000" is box 1000 of office 03, which may be left out.
    if wanted == shown or (len(wanted) != len(shown) and wanted[-1] == shown[-1]):
        return _EQUIVALENT, spelling(expected.po_box, observed.po_box)
    return _DIFFERENT, f"{observed.po_box} is not {expected.po_box}"


def _letter_is_unit(joined: Keys, apart: Keys) -> bool:
    """ "12A Main St" against "12 Main St, Unit A"."""
    if len(joined.house) != 1 or len(apart.house) != 1 or joined.units:
        return False
    return any(unit and joined.house[0] == apart.house[0] + unit for unit in apart.units.values())


def _within(one: tuple[str, ...], span: tuple[str, ...]) -> bool:
    """Whether `one` is a house of the span 12-14: an odd or even number between its ends."""
    if len(one) != 1 or len(span) != 2 or not all(n.isdigit() for n in (*one, *span)):
        return False
    house, first, last = int(one[0]), int(span[0]), int(span[1])
    return first <= house <= last and last - first < 100 and (house - first) % 2 == 0


def _other_system(expected: AddressParts, observed: AddressParts) -> bool:
    return bool(expected.system and observed.system and expected.system != observed.system)


# Street -----------------------------------------------------------------------------------------


def _street(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.street, observed.keys.street
    missing = _missing(wanted, shown, "street")
    if missing or wanted is None or shown is None:
        return missing or (_UNSET, "")
    if _other_system(expected, observed):
        return _UNREADABLE, "another address system"
    if wanted.name != shown.name:
        return _other_name(expected, observed, wanted, shown)
    if wanted.kinds and shown.kinds and wanted.kinds.isdisjoint(shown.kinds):
        return _DIFFERENT, f"{_named(observed)} is not {_named(expected)}"
    if _opposed(wanted.details, shown.details):
        return _DIFFERENT, f"{_named(observed)} is not {_named(expected)}"
    return _EQUIVALENT, spelling(_street_name(expected), _street_name(observed))


def _street_name(parts: AddressParts) -> str:
    return " ".join(filter(None, (parts.district if not parts.street else None, parts.street)))


def _named(parts: AddressParts) -> str | None:
    """The street, or the part of town that stands for it where streets have no names."""
    return parts.street or parts.district


def _opposed(wanted: frozenset[str], shown: frozenset[str]) -> bool:
    return bool(wanted and shown and wanted != shown)


def _other_name(
    expected: AddressParts, observed: AddressParts, wanted: StreetKey, shown: StreetKey
) -> Judged:
    if _script(wanted.name) != _script(shown.name):
        return _UNREADABLE, "written in another script"
    if wanted.name in observed.keys.others or shown.name in expected.keys.others:
        return _EQUIVALENT, "the street stands in another line"
    if _slip(wanted.name, shown.name):
        return _EQUIVALENT, f"{_named(observed)} is a slip for {_named(expected)}"
    return _DIFFERENT, f"{_named(observed)} is not {_named(expected)}"


def _slip(wanted: str, shown: str) -> bool:
    """One letter wrong, missing, added or swapped in a name of seven letters or more."""
    if min(len(wanted), len(shown)) < 7:
        return False
    digits = [c for c in wanted if c.isdigit()], [c for c in shown if c.isdigit()]
    return digits[0] == digits[1] and OSA.distance(wanted, shown, score_cutoff=1) <= 1


_SCRIPTS = (("\u0370", "greek"), ("\u0400", "cyrillic"), ("\u0530", "other"), ("\u3040", "east"))


def _script(name: str) -> str:
    """The script of the first letter, coarsely: enough to see that two cannot be compared."""
    letter = next((c for c in name if c.isalpha()), "a")
    script = "latin"
    for start, label in _SCRIPTS:
        if letter >= start:
            script = label
    return script


# Unit and building ------------------------------------------------------------------------------


def _unit(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.units, observed.keys.units
    missing = _missing(wanted, shown, "unit")
    if missing:
        if _letter_is_unit(observed.keys, expected.keys):
            return _EQUIVALENT, "the letter at the house number is the unit"
        return missing
    shared = wanted.keys() & shown.keys()
    if shared:
        agree = all(wanted[kind] == shown[kind] for kind in shared)
    else:
        agree = bool(set(wanted.values()) & set(shown.values()))
        if not agree and ("floor" in wanted) != ("floor" in shown):
            return _UNREADABLE, "a floor against a room"
    if agree:
        return _EQUIVALENT, spelling(expected.unit, observed.unit)
    return _DIFFERENT, f"{observed.unit} is not {expected.unit}"


def _building(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.building, observed.keys.building
    missing = _missing(wanted, shown, "building")
    if missing:
        return missing
    if _numbers_clash(expected.building, observed.building):
        return _DIFFERENT, f"{observed.building} is not {expected.building}"
    if wanted in shown or shown in wanted:
        return _EQUIVALENT, spelling(expected.building, observed.building)
    if expected.keys.house or expected.keys.street:
        return _EQUIVALENT, "the street and the house number say which building"
    return _DIFFERENT, f"{observed.building} is not {expected.building}"


def _numbers_clash(wanted: str | None, shown: str | None) -> bool:
    """Whether each side has a number that the other lacks ("Tower 1" and "Tower 2")."""
    if not wanted or not shown or wanted == shown:
        return False
    ours, theirs = (Counter(re.findall(r"\d+", fold(text))) for text in (wanted, shown))
    return bool(ours - theirs and theirs - ours)


# Places -----------------------------------------------------------------------------------------


def _locality(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys, observed.keys
    missing = _missing(wanted.locality, shown.locality, "place")
    if missing:
        return missing
    if _other_quarter(expected, observed):
        return _DIFFERENT, f"{observed.locality} is not {expected.locality}"
    if wanted.locality in shown.places or shown.locality in wanted.places:
        return _EQUIVALENT, spelling(expected.locality, observed.locality)
    if wanted.locality in shown.locality or shown.locality in wanted.locality:
        return _EQUIVALENT, f"{observed.locality} is {expected.locality}"
    if _script(wanted.locality) != _script(shown.locality):
        return _UNREADABLE, "written in another script"
    if same_area(wanted.locality, shown.locality):
        return _EQUIVALENT, f"{observed.locality} and {expected.locality} are one city"
    if _region_is_place(expected, observed):
        return _EQUIVALENT, "the region has the city's name"
    if _slip(wanted.locality, shown.locality):
        return _EQUIVALENT, f"{observed.locality} is a slip for {expected.locality}"
    if _same_postal(wanted, shown) and not two_large_cities(wanted.locality, shown.locality):
        return _EQUIVALENT, "the postal code says which place"
    return _DIFFERENT, f"{observed.locality} is not {expected.locality}"


def _other_quarter(expected: AddressParts, observed: AddressParts) -> bool:
    """Praha 10 against Praha 1, Zona 10 against Zona 12. A Japanese town's number counts with
    the house."""
    towns = _numbers_clash(expected.locality, observed.locality)
    if towns or expected.country == "JP":
        return towns
    return _numbers_clash(expected.district, observed.district)


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


def _region(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys, observed.keys
    missing = _missing(wanted.region, shown.region, "region")
    if missing:
        return missing
    if wanted.region == shown.region:
        return _EQUIVALENT, spelling(expected.region, observed.region)
    if wanted.region_known and shown.region_known:
        return _DIFFERENT, f"{observed.region} is not {expected.region}"
    if not countries.has_region(expected.country) or _same_postal(wanted, shown):
        return _EQUIVALENT, "the postal code says which region"
    return _UNREADABLE, "a region that is not known"


# Postal code ------------------------------------------------------------------------------------


def _postal_code(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.postal, observed.keys.postal
    missing = _missing(wanted, shown, "postal code")
    if missing:
        return missing
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


_RULES = {
    "house_number": _house_number,
    "street": _street,
    "unit": _unit,
    "building": _building,
    "locality": _locality,
    "region": _region,
    "postal_code": _postal_code,
}
