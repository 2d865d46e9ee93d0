"""The public data sets that figures are measured on, read into places. Not part of the product."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

from app.listings.nap.place import Place

FOLDER = Path(os.environ.get("GOODWORD_DATA") or Path(__file__).parents[2] / "shared" / "data")


def fodors_zagats(split: str) -> list[tuple[Place, Place, bool]]:
    """Labelled pairs of two restaurant guides. `split` is `train` or `valid`."""
    lines = (FOLDER / "matching/fodors_zagats" / f"ditto_{split}.txt").read_text().splitlines()
    return [
        (_dittoed(a), _dittoed(b), label == "1") for a, b, label in (x.split("\t") for x in lines)
    ]


def _dittoed(record: str) -> Place:
    """`COL name VAL … COL addr VAL …`, the quotes and blanks of its making taken off."""
    found = dict(re.findall(r"COL (\w+) VAL (.*?)(?= COL |\s*$)", record))
    values = {key: _unquoted(value) for key, value in found.items()}
    return Place.from_json(
        {
            "name": values.get("name"),
            "address": {"street": values.get("addr"), "locality": values.get("city")},
            "phone": values.get("phone"),
            "country": "US",
        }
    )


def _unquoted(value: str) -> str:
    value = value.strip().strip("`'").strip()
    return value.replace("\\ '", "'").replace(" '", "'").replace("\\ `", "'")


def foursquare_locu() -> tuple[list[Place], list[Place], set[tuple[int, int]]]:
    """Foursquare's places, Locu's, and the positions of those that are one."""
    folder = FOLDER / "matching/foursquare_locu"
    sides = [json.loads((folder / f"{side}.json").read_text()) for side in ("foursquare", "locu")]
    where = [{record["id"]: n for n, record in enumerate(side)} for side in sides]
    with (folder / "matches.csv").open() as file:
        gold = {(where[0][right], where[1][left]) for left, right in list(csv.reader(file))[1:]}
    foursquare, locu = ([_venue(record) for record in side] for side in sides)
    return foursquare, locu, gold


def _venue(record: dict) -> Place:
    keys = ("locality", "region", "postal_code", "country")
    address = {"street": record["street_address"]} | {key: record[key] for key in keys}
    return Place.from_json(record | {"address": address})


def chicago_early_childhood() -> tuple[list[Place], list[str]]:
    """Sites of child care from several lists, and for each the id of the true site."""
    path = FOLDER / "matching/chicago_early_childhood/input_with_true_ids.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    places = [
        Place.from_json(
            {
                "name": row["Site name"],
                "address": {"street": row["Address"], "postal_code": row["Zip"]},
                "phone": row["Phone"],
                "country": "US",
            }
        )
        for row in rows
    ]
    return places, [row["True Id"] for row in rows]
