"""`goodword parse-address`: one line in, one line out."""

from __future__ import annotations

import json

from click.testing import CliRunner

from jobs.commands.parse_address import command


def answers(*lines: str) -> tuple[list[dict], int]:
    result = CliRunner().invoke(command, input="\n".join(lines))
    return [json.loads(line) for line in result.output.splitlines()], result.exit_code


def test_an_address_is_answered_with_all_parts():
    given = json.dumps({"id": 7, "text": "5 Elm St Ste 2, Ames, IA 50010", "country": "US"})
    (answer,), status = answers(given)
    assert status == 0
    assert answer["id"] == 7
    assert answer["confidence"] == 1.0
    assert answer["parts"] == {
        "house_number": "5", "street": "Elm St", "unit": "Ste 2", "building": None,
        "locality": "Ames", "district": None, "region": "IA", "postal_code": "50010",
        "country": "US", "po_box": None,
    }  # fmt: skip


def test_a_bad_line_is_answered_and_the_run_goes_on():
    found, status = answers('{"id": 1}', "no json", '{"id": 3, "text": "Ames, IA 50010"}')
    assert status == 1
    assert [("error" in answer) for answer in found] == [True, True, False]
    assert found[2]["parts"]["locality"] == "Ames"
