"""`goodword suggest` and `goodword check`, line by line."""

import json

from click.testing import CliRunner

from jobs.commands import check, suggest

BUSINESS = {
    "name": "Luna",
    "vertical": "cafe",
    "lang": "en",
    "signature": "Ann",
    "email": "a@l.example",
}


def run(command, lines, *options):
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = CliRunner().invoke(command.command, list(options), input=given)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_in_order():
    code, answers = run(
        suggest,
        [
            {"id": 1, "rating": 5, "text": "Great cake", "business": BUSINESS},
            "not json",
            {"id": 3, "rating": 9, "text": "x", "business": BUSINESS},
            {"id": 4},
            {"id": 5, "business": "Luna"},
        ],
    )
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, None, 3, 4, 5]
    assert "business must be an object" in answers[4]["error"]
    assert "cake" in answers[0]["reply"]
    assert "rating" in answers[2]["error"]
    assert set(answers[0]) == {
        "id", "reply", "language", "kind", "topics", "escalate", "no_reply", "why", "warnings",
        "alternatives",
    }  # fmt: skip


def test_replies_to_avoid_are_avoided(tmp_path):
    line = {"id": 1, "rating": 5, "text": "Great cake", "business": BUSINESS}
    _, (first,) = run(suggest, [line])
    used = tmp_path / "used.jsonl"
    used.write_text(json.dumps({"business": "Luna", "reply": first["reply"]}) + "\n", "utf-8")
    _, (second,) = run(suggest, [line], "--avoid", str(used))
    assert second["reply"] != first["reply"]


def test_notes_are_given_as_plain_objects():
    line = {"id": 7, "reply": "It was our fault.", "review": {"rating": 1, "text": "Cold soup"}}
    code, (answer,) = run(check, [{**line, "business": BUSINESS}])
    assert code == 0
    assert answer["publishable"] is False
    assert {"rule", "severity", "span", "says", "try"} == set(answer["notes"][0])
    assert answer["bytes"] == 17


def test_a_line_without_a_reply_is_an_error():
    code, (answer,) = run(check, [{"id": 1}])
    assert (code, "reply" in answer["error"]) == (1, True)
