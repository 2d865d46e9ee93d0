"""How well addresses are parsed and compared, on the shared data sets.

Prints the share parsed exactly per country, and how often another spelling was called different
or a changed digit was not. `--failures CC` lists what was read otherwise in one country.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import sys
from collections.abc import Callable, Iterable

from app.listings.nap.address import AddressParts, parse
from app.listings.nap.address.text import squash, words
from bench.address_variants import ADDRESSES, SETS, tally

PAIRS = 10_000
STREET_PARTS = ("house_number", "street", "unit", "building", "district", "po_box")

Case = tuple[str, str, dict[str, str], AddressParts]  # country, text, wanted, read
WrongParts = Callable[[dict[str, str], AddressParts], list[str]]


def ilib_cases() -> Iterable[Case]:
    """Addresses of 121 countries with street, locality, region, postal code and country."""
    with (ADDRESSES / "ilib/parse_cases.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            yield (
                case["country_file"],
                case["text"],
                case["expected"],
                parse(case["text"], case["country_file"]),
            )


def ilib_wrong(wanted: dict[str, str], read: AddressParts) -> list[str]:
    """The parts that differ in letters and digits. Of the street no word may be lost or added."""
    pairs = {
        "locality": (wanted.get("locality"), read.locality),
        "region": (wanted.get("region"), read.region),
        "postal_code": (wanted.get("postalCode"), read.postal_code),
        "country": (wanted.get("countryCode"), read.country),
    }
    wrong = [name for name, (a, b) in pairs.items() if squash(a or "") != squash(b or "")]
    street = " ".join(filter(None, (getattr(read, name) for name in STREET_PARTS)))
    if _bag(street) != _bag(wanted.get("streetAddress") or ""):
        wrong.append("street")
    return wrong


_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def _bag(text: str) -> list[str]:
    signs = {"no", "nr", "n", "num", "#", "numero", "&"}
    return sorted("".join(w for w in words(text) if w not in signs).translate(_NUMERALS))


def ja_cases() -> Iterable[Case]:
    """Japanese addresses with prefecture, municipality, town and number."""
    with (ADDRESSES / "ja/addresses.csv").open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            yield "JP", row["住所"], row, parse(row["住所"], "JP")


def ja_wrong(wanted: dict[str, str], read: AddressParts) -> list[str]:
    number = wanted["番地号"] or wanted["その他"]
    pairs = {
        "region": (wanted["都道府県"], read.region),
        "locality": (wanted["市区町村"], read.locality),
        "town": (wanted["町字"], read.district),
        "number": (number, read.house_number),
    }
    return [name for name, (a, b) in pairs.items() if a != (b or "")]


def shares(
    cases: Iterable[Case], wrong_parts: WrongParts
) -> tuple[collections.Counter[str], collections.Counter[str], collections.Counter[str]]:
    """Cases parsed exactly and all cases, by country; how often each part was wrong."""
    right, total, parts = (collections.Counter[str]() for _ in range(3))
    for country, _, wanted, read in cases:
        wrong = wrong_parts(wanted, read)
        total[country] += 1
        right[country] += not wrong
        parts.update(wrong)
    return right, total, parts


def parsed_exactly(
    title: str, cases: Iterable[Case], wrong_parts: WrongParts, show: str | None
) -> None:
    """Prints the share parsed exactly per country, and what was wrong where `show` asks for it."""
    cases = list(cases)
    for country, text, wanted, read in cases:
        if show in (country, "all") and (wrong := wrong_parts(wanted, read)):
            said = {name: value for name, value in read.as_dict().items() if value}
            print(f"{country} {wrong} {text!r}\n   {said}\n   {wanted}")
    right, total, parts = shares(cases, wrong_parts)
    print(f"{title}: {sum(right.values())} of {sum(total.values())} exactly right")
    print("  wrong parts: " + ", ".join(f"{name} {n}" for name, n in parts.most_common()))
    cells = [f"{c} {right[c]}/{total[c]}" for c in sorted(total)]
    for start in range(0, len(cells), 12):
        print("  " + "  ".join(f"{cell:<9}" for cell in cells[start : start + 12]))


def spellings(name: str) -> None:
    """Prints false alarms and misses among PAIRS spellings and changes of one data set."""
    texts, respell = SETS[name]
    found = tally(list(texts()), respell, PAIRS)
    print(
        f"{name}: {len(found.false_alarms)} false alarms in {found.pairs:,} other spellings, "
        f"{len(found.misses)} misses in {found.changes:,} changed digits"
    )
    for wrong in (*found.false_alarms, *found.misses):
        print("  " + wrong)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--failures", metavar="CC", help="a country, or all")
    show = options.parse_args().failures
    if not ADDRESSES.is_dir():
        sys.exit(f"NOT MEASURED: the shared data is not at {ADDRESSES}")
    parsed_exactly("ilib", ilib_cases(), ilib_wrong, show)
    parsed_exactly("ja", ja_cases(), ja_wrong, show)
    for name in SETS:
        spellings(name)


if __name__ == "__main__":
    main()
