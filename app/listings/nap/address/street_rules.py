"""The verdict on streets."""

from __future__ import annotations

import re

from app.listings.nap.address.keys import Keys, bag_words
from app.listings.nap.address.model import AddressParts
from app.listings.nap.address.rules import Judged, is_slip, missing, other_system, script_of
from app.listings.nap.address.street_keys import StreetKey
from app.listings.nap.address.why import spelling
from app.listings.nap.address.words import country_facts, words_of
from app.listings.nap.verdict import Verdict

_EQUIVALENT = Verdict.EQUIVALENT
_DIFFERENT = Verdict.DIFFERENT
_UNREADABLE = Verdict.UNREADABLE


def judge_street(expected: AddressParts, observed: AddressParts) -> Judged:
    """The name decides; types and points of the compass only where both sides give them."""
    wanted, shown = expected.keys.street, observed.keys.street
    lacking = missing(wanted, shown, "street")
    if lacking or wanted is None or shown is None:
        return lacking or (Verdict.UNSET, "")
    if other_system(expected, observed):
        return _UNREADABLE, "another address system"
    if wanted.name != shown.name:
        return _other_name(expected, observed, wanted, shown)
    if _other_kind(wanted, shown, expected.country) or _opposed(wanted.details, shown.details):
        return _DIFFERENT, f"{_named(observed)} is not {_named(expected)}"
    return _EQUIVALENT, spelling(_street_name(expected), _street_name(observed))


def _street_name(parts: AddressParts) -> str:
    return " ".join(filter(None, (parts.district if not parts.street else None, parts.street)))


def _named(parts: AddressParts) -> str | None:
    """The street, or the part of town that stands for it where streets have no names."""
    return parts.street or parts.district


def _opposed(wanted: frozenset[str], shown: frozenset[str]) -> bool:
    return bool(wanted and shown and wanted != shown)


def _other_kind(wanted: StreetKey, shown: StreetKey, country: str | None) -> bool:
    """A road is no street; but a type in another language is translated as one likes."""
    if not wanted.kinds or not shown.kinds or not wanted.kinds.isdisjoint(shown.kinds):
        return False
    return not _languages(wanted, country).isdisjoint(_languages(shown, country))


def _languages(key: StreetKey, country: str | None) -> set[str]:
    spoken = words_of(country).spoken
    return {language for kind in key.kinds for language in spoken.get(kind, ())}


def _other_name(
    expected: AddressParts, observed: AddressParts, wanted: StreetKey, shown: StreetKey
) -> Judged:
    if script_of(wanted.name) != script_of(shown.name):
        return _UNREADABLE, "written in another script"
    if moved := _in_another_line(expected.keys, observed.keys, wanted, shown):
        return moved
    if _among_others(expected, observed) or _among_others(observed, expected):
        return _EQUIVALENT, "the street stands among words that the other side has elsewhere"
    other_kind = _other_kind(wanted, shown, expected.country)
    if not other_kind and not _opposed(wanted.details, shown.details):
        if rule := _another_writing(expected, observed, wanted, shown):
            return _EQUIVALENT, f"{_named(observed)} is {rule} {_named(expected)}"
        if _translated(wanted, shown, expected):
            return _UNREADABLE, "written in another language"
    return _DIFFERENT, f"{_named(observed)} is not {_named(expected)}"


def _in_another_line(
    ours: Keys, theirs: Keys, wanted: StreetKey, shown: StreetKey
) -> Judged | None:
    """One side's street among the other's further lines. Where both have no type, a house's name
    may have been taken for the street of one: then no line may be left that the other lacks."""
    if _among(wanted, theirs.others) or _among(shown, ours.others):
        return _EQUIVALENT, "the street stands in another line"
    both = ours.others & theirs.others
    lines = _names(ours.others - both, wanted), _names(theirs.others - both, shown)
    if wanted.name not in lines[1] and shown.name not in lines[0]:
        return None
    only_ours, only_theirs = lines[0] - lines[1] - theirs.places, lines[1] - lines[0] - ours.places
    if only_ours and only_theirs:
        return None
    if wanted.name in only_ours:
        return Verdict.ABSENT, "no street is shown"
    return _EQUIVALENT, "the street stands in another line"


def _among(street: StreetKey, others: frozenset[StreetKey]) -> bool:
    return any(o.name == street.name and not o.kinds.isdisjoint(street.kinds) for o in others)


def _names(others: frozenset[StreetKey], street: StreetKey) -> frozenset[str]:
    return frozenset({street.name, *(other.name for other in others)})


def _another_writing(
    expected: AddressParts, observed: AddressParts, wanted: StreetKey, shown: StreetKey
) -> str | None:
    """The rule by which two names are one, if there is one."""
    if is_slip(wanted.name, shown.name):
        return "a slip for"
    if wanted.words and sorted(wanted.words) == sorted(shown.words):
        return "in another order"
    if _abbreviated(wanted.words, shown.words):
        return "with an initial for"
    if wanted.name == _initials(shown) or shown.name == _initials(wanted):
        return "by its initials"
    if _without_given_name(wanted, shown, expected.country) and _same_house(expected, observed):
        return "without or with the given name,"
    return None


def _abbreviated(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """A. López Mateos for Adolfo López Mateos."""
    pairs = list(zip(ours, theirs, strict=False))
    if len(ours) != len(theirs) or len(ours) < 2 or ours[-1] != theirs[-1]:
        return False
    return all(a == b or (a[0] == b[0] and 1 in (len(a), len(b))) for a, b in pairs)


def _initials(key: StreetKey) -> str:
    """MG for Mahatma Gandhi; "" for one word, which has none."""
    named = [word for word in key.words if word[0].isalpha()]
    return "".join(word[0] for word in named) if len(named) > 1 else ""


def _without_given_name(wanted: StreetKey, shown: StreetKey, country: str | None) -> bool:
    """Avenida Larco and Avenida José Larco, where the type stands first and the family name
    last. In English the longer name is as often another street's."""
    short, long = sorted((wanted.words, shown.words), key=len)
    if not words_of(country).kind_first or not short or len(long) - len(short) > 2:
        return False
    return long[-len(short) :] == short and short[0].isalpha() and len(short[-1]) > 3


def _same_house(expected: AddressParts, observed: AddressParts) -> bool:
    ours, theirs = expected.keys, observed.keys
    near = ours.postal == theirs.postal != "" or ours.locality == theirs.locality != ""
    return near and ours.house == theirs.house != ()


def _translated(wanted: StreetKey, shown: StreetKey, expected: AddressParts) -> bool:
    """Rue Neuve and Nieuwstraat, where streets have a name in each language."""
    area = country_facts(expected.country).get("bilingual")
    if not area or not (wanted.kinds and shown.kinds):
        return False
    languages = (_languages(key, expected.country) for key in (wanted, shown))
    return bool(re.match(area, expected.keys.postal)) and next(languages).isdisjoint(*languages)


def _among_others(short: AddressParts, long: AddressParts) -> bool:
    """Whether one street line is the other's and more, and all of it stands in the other address
    too: "Novotel 16 Rue Daru" where no comma tells the hotel from its street."""
    name, more = short.keys.street, long.keys.street
    if name is None or more is None or name.name not in more.name or not long.street:
        return False
    return set(bag_words(long.street, long.country)) <= set(short.bag)
