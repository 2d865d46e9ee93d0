"""The JSON Lines loop that the engine commands share."""

import io
import json

from jobs.lines import run_lines


def answers(text: str, handle=lambda given: {"n": given["n"] + 1}):
    out = io.StringIO()
    status = run_lines(io.StringIO(text), out, handle)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_in_order_with_its_id():
    assert answers('{"id": 1, "n": 1}\n\n{"id": "b", "n": 5}\n') == (
        0,
        [{"id": 1, "n": 2}, {"id": "b", "n": 6}],
    )


def test_a_bad_line_is_answered_with_its_error_and_the_run_goes_on():
    status, lines = answers('{oops\n[1]\n{"id": 7}\n{"id": 8, "n": 1}\n')
    assert status == 1
    assert [line["id"] for line in lines] == [None, None, 7, 8]
    assert "not a line of JSON" in lines[0]["error"]
    assert "JSON object" in lines[1]["error"]
    assert lines[3] == {"id": 8, "n": 2}


def test_nesting_beyond_the_parser_is_one_bad_line():
    status, lines = answers("[" * 100_000 + "\n" + '{"id": 1, "n": 0}\n')
    assert status == 1
    assert "nested" in lines[0]["error"]
    assert lines[1] == {"id": 1, "n": 1}


def test_half_a_surrogate_pair_does_not_end_the_run(tmp_path):
    with (tmp_path / "answers").open("w", encoding="utf-8") as out:
        assert run_lines(['{"id": "\\ud800"}', '{"id": 2}'], out, lambda given: {}) == 0
    assert (tmp_path / "answers").read_text(encoding="utf-8").splitlines()[1] == '{"id": 2}'
