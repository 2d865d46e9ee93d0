"""The verdicts on house number, unit and building."""

from __future__ import annotations

from app.listings.nap.address.keys import Keys
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.rules import Judged, missing, numbers_clash, other_system
from app.listings.nap.address.why import spelling
from app.listings.nap.address.words import country_facts
from app.listings.nap.verdict import Verdict

_IDENTICAL = Verdict.IDENTICAL
_EQUIVALENT = Verdict.EQUIVALENT
_DIFFERENT = Verdict.DIFFERENT
_ABSENT = Verdict.ABSENT
_UNREADABLE = Verdict.UNREADABLE
_UNSET = Verdict.UNSET

# House number -----------------------------------------------------------------------------------


def judge_house_number(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.house, observed.keys.house
    if expected.keys.box or observed.keys.box:
        boxes = _box(expected, observed)
        if boxes[0] is _DIFFERENT or not (wanted or shown):
            return boxes
    lacking = missing(wanted, shown, "house number")
    if lacking:
        return lacking
    if other_system(expected, observed):
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
    return _DIFFERENT, _not_the_number(expected, observed)


def _not_the_number(expected: AddressParts, observed: AddressParts) -> str:
    """With the 丁目, which stands in the town's name, where the rest is the same."""
    theirs, ours = observed.house_number, expected.house_number
    if theirs == ours:
        theirs, ours = ("-".join(parts.keys.house) for parts in (observed, expected))
    return f"house number {theirs} is not {ours}"


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
    return _DIFFERENT, _not_the_number(expected, observed)


def _door_behind_slash(expected: AddressParts, observed: AddressParts) -> bool:
    """Austria's 5/16 against 5; Czech 320/62 against either of its two numbers."""
    rule = country_facts(expected.country).get("slash_unit")
    short, long = sorted((expected, observed), key=lambda parts: len(parts.keys.house))
    if not rule or "/" not in (long.house_number or ""):
        return False
    house, door = short.keys.house, long.keys.house
    either = rule == "either" and len(house) == 1 and house[0] in door
    return either or door[: len(house)] == house


def _box(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.box, observed.keys.box
    lacking = missing(wanted, shown, "post office box")
    if lacking:
        return lacking
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
    if len(one) != 1 or len(span) != 2:
        return False
    if not all(n.isdigit() for n in (*one, *span)):
        return _among_letters(one[0], *span)
    house, first, last = int(one[0]), int(span[0]), int(span[1])
    return first <= house <= last and last - first < 100 and (house - first) % 2 == 0


def _among_letters(one: str, first: str, last: str) -> bool:
    """Whether 12b is of 12a-c."""
    numbers = {n[:-1] for n in (one, first, last)}
    return len(numbers) == 1 and first[-1] <= one[-1] <= last[-1] and first[-1].isalpha()


# Unit and building ------------------------------------------------------------------------------


def judge_unit(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.units, observed.keys.units
    lacking = missing(wanted, shown, "unit")
    if lacking:
        if _letter_is_unit(observed.keys, expected.keys):
            return _EQUIVALENT, "the letter at the house number is the unit"
        return lacking
    shared = wanted.keys() & shown.keys()
    sides = [{kind for kind, value in units.items() if not value} for units in (wanted, shown)]
    if sides[0] - sides[1] and sides[1] - sides[0]:  # front and rear
        agree = False
    elif shared:
        agree = all(wanted[kind] == shown[kind] for kind in shared)
    else:
        agree = bool(set(wanted.values()) & set(shown.values())) or (
            "".join(wanted.values()) == "".join(shown.values())  # piso 5, dpto. B and 5º B
        )
        if not agree and ("floor" in wanted) != ("floor" in shown):
            return _UNREADABLE, "a floor against a room"
    if agree:
        return _EQUIVALENT, spelling(expected.unit, observed.unit)
    return _DIFFERENT, f"{observed.unit} is not {expected.unit}"


def _is_line_of(side: AddressParts, other: AddressParts) -> bool:
    """Whether the street of one stands among the further lines of the other: India's crosses."""
    street = side.keys.street
    return street is not None and street.name in {line.name for line in other.keys.others}


def _units_too(parts: AddressParts) -> str:
    return f"{parts.building} {parts.unit or ''}"


def judge_building(expected: AddressParts, observed: AddressParts) -> Judged:
    wanted, shown = expected.keys.building, observed.keys.building
    lacking = missing(wanted, shown, "building")
    if lacking:
        return lacking
    if _is_line_of(expected, observed) and _is_line_of(observed, expected):
        return _EQUIVALENT, "the street and the line beside it changed places"
    if numbers_clash(expected.building, observed.building) and numbers_clash(
        _units_too(expected), _units_too(observed)
    ):
        return _DIFFERENT, f"{observed.building} is not {expected.building}"
    if wanted in shown or shown in wanted:
        return _EQUIVALENT, spelling(expected.building, observed.building)
    if expected.keys.house or expected.keys.street:
        return _EQUIVALENT, "the street and the house number say which building"
    return _DIFFERENT, f"{observed.building} is not {expected.building}"
