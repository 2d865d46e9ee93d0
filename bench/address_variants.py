"""Spellings and changes of real addresses: what a comparison must not, and must, call different.

The abbreviations here are written down on their own and share nothing with the product's tables.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from app.listings.nap.address import AddressParts, compare, parse
from app.listings.nap.verdict import Verdict
from bench.shared_data import FOLDER

ADDRESSES = FOLDER / "addresses"

Base = tuple[str, str]  # country, text
Respell = Callable[[str, random.Random], str]


# Base addresses -----------------------------------------------------------------------------------


def us_texts() -> Iterator[Base]:
    """American addresses, put together from their labelled words."""
    with gzip.open(ADDRESSES / "usaddress/synthetic_clean_osm_data.xml.gz", "rt") as file:
        root = ElementTree.fromstring(file.read())
    for address in root:
        yield "US", _joined([((word.text or "").strip(" ,"), word.tag) for word in address])


def _joined(words: list[tuple[str, str]]) -> str:
    text, previous = "", ""
    for word, label in words:
        group = "street" if label.startswith(("Street", "AddressNumber")) else label[:5]
        same_line = group == previous or (previous, group) == ("State", "ZipCo")
        text += ("" if not text else " " if same_line else ", ") + word
        previous = group
    return text


def ilib_texts() -> Iterator[Base]:
    """Addresses of 121 countries in their own scripts."""
    for line in (ADDRESSES / "ilib/parse_cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        yield case["country_file"], case["text"]


def opencage_texts() -> Iterator[Base]:
    """Formatted addresses of nearly all countries and territories."""
    for file in sorted((ADDRESSES / "opencage/countries").glob("*.yaml")):
        for document in re.split(r"(?m)^---\s*$", file.read_text("utf-8")):
            code = re.search(r"country_code:\s*(\w\w)\b", document)
            block = re.search(r"(?m)^expected:.*\n((?:[ \t]+.*\n?)+)", document)
            if block:
                lines = [line.strip() for line in block.group(1).splitlines() if line.strip()]
                yield (code.group(1) if code else file.stem[:2]).upper(), "\n".join(lines)


def ja_texts() -> Iterator[Base]:
    """Japanese addresses with one number each."""
    with (ADDRESSES / "ja/addresses.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if not re.search("[，、・]|未定", row["住所"]):
                yield "JP", row["住所"]


# Spellings ----------------------------------------------------------------------------------------

_SHORT = [
    ("Street", "St"), ("Street", "St."), ("Avenue", "Ave"), ("Road", "Rd"), ("Road", "Rd."),
    ("Boulevard", "Blvd"), ("Drive", "Dr."), ("Lane", "Ln"), ("Court", "Ct"), ("Place", "Pl"),
    ("Parkway", "Pkwy"), ("Highway", "Hwy"), ("Terrace", "Ter"), ("Square", "Sq"),
    ("North ", "N "), ("South ", "S. "), ("East ", "E "), ("West ", "W. "), ("Suite ", "Ste "),
    ("Floor", "Fl"), ("straße", "str."), ("strasse", "str."), ("straße", "strasse"),
    ("Platz", "Pl."), ("rue ", "r. "), ("avenue ", "av. "), ("Avenida ", "Av. "),
    ("Avenida ", "Avda. "), ("Rua ", "R. "), ("Calle ", "C/ "), ("Piazza ", "P.za "),
    ("ulica ", "ul. "), ("United States of America", "USA"),
]  # fmt: skip
_WIDE = {ord("0") + n: ord("０") + n for n in range(10)}


def respelled(text: str, rng: random.Random) -> str:
    """`text` in another spelling: abbreviations, case, accents, white space, punctuation."""
    for long, short in _SHORT:
        if rng.random() < 0.5:
            text = text.replace(long, short)
    text = rng.choice([str, str, str, str.upper, str.lower, _unaccented])(text)
    if rng.random() < 0.3:
        text = re.sub(r"[ \t\r]+", " ", text).strip()
    change = rng.random()
    if change < 0.2:
        return re.sub(r"\s*\n\s*", ", ", text.strip())
    if change < 0.3:
        return re.sub(r",\s*", "\n", text)
    if change < 0.4:
        return text.translate(_WIDE)
    return text.replace("'", "’").replace("-", "–") if change < 0.5 else text


def _unaccented(text: str) -> str:
    if re.search("[\u0900-\uffff]", text):
        return text
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))


def _numeral(number: str) -> str:
    tens, ones = divmod(int(number), 10)
    digits = "〇一二三四五六七八九"
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + digits[ones][
        : ones > 0
    ]


def respelled_ja(text: str, rng: random.Random) -> str:
    """A Japanese address with its number written in another of the usual ways."""
    text = unicodedata.normalize("NFKC", text)
    match = re.match(r"(.*?)(\d+)丁目(\d+)(?:番地?|-)(\d+)(.*)$", text)
    if match:
        town, chome, block, house, rest = match.groups()
        text = rng.choice([
            f"{town}{chome}-{block}-{house}{rest}",
            f"{town}{_numeral(chome)}丁目{block}番{house}号{rest}",
            f"{town}{chome}丁目{block}番地{house}{rest}",
            f"{town}{_numeral(chome)}丁目{block}-{house}{rest}",
        ])  # fmt: skip
    if rng.random() < 0.3:
        text = re.sub(r"^(東京都|北海道|..[府県]|...県)", "", text)
    if rng.random() < 0.2:
        text = "〒123-4567 " + text
    if rng.random() < 0.3:
        text = text.translate(_WIDE)
    return text + rng.choice(["", "", "", " サニービル", " 第一ビル3階", " ABCビル 201号室"])


def changed(text: str, rng: random.Random) -> str | None:
    """`text` with one digit changed; None where it has none. The number behind a French Cedex
    sorts the mail of firms and leads no customer anywhere, so it is left alone."""
    digits = [match.start() for match in re.finditer(r"(?<!cedex )\d", text)]
    if not digits:
        return None
    place = rng.choice(digits)
    value = unicodedata.decimal(text[place])
    other = rng.choice([n for n in range(1, 10) if n != value])
    return text[:place] + chr(ord(text[place]) - value + other) + text[place + 1 :]


# Measuring ----------------------------------------------------------------------------------------


@dataclass
class Tally:
    """How many pairs were compared, and which of them wrongly."""

    pairs: int = 0
    false_alarms: list[str] = field(default_factory=list)
    changes: int = 0
    misses: list[str] = field(default_factory=list)


def tally(bases: list[Base], respell: Respell, pairs: int, seed: int = 1) -> Tally:
    """Compares `pairs` spellings and as many changes of `bases`, each base in its turn."""
    rng = random.Random(seed)
    found = Tally()
    while found.pairs < pairs:
        for country, text in bases[: pairs - found.pairs]:
            record = parse(text, country)
            other = respell(text, rng)
            found.pairs += 1
            if _verdict(record, other, country) is Verdict.DIFFERENT:
                found.false_alarms.append(f"{country} {text!r} | {other!r}")
            wrong = changed(text, rng)
            if wrong is not None:
                other = respell(wrong, rng)
                found.changes += 1
                if _verdict(record, other, country) is not Verdict.DIFFERENT:
                    found.misses.append(f"{country} {text!r} | {other!r}")
    return found


def _verdict(record: AddressParts, text: str, country: str) -> Verdict:
    return compare(record, parse(text, country)).verdict


SETS: dict[str, tuple[Callable[[], Iterator[Base]], Respell]] = {
    "usaddress": (us_texts, respelled),
    "ja": (ja_texts, respelled_ja),
    "ilib": (ilib_texts, respelled),
    "opencage": (opencage_texts, respelled),
}
