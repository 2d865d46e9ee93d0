"""Where the processes that `goodword run` starts say they are."""

import pytest
from click.testing import CliRunner

from jobs import running
from jobs.commands.sample import command as sample


@pytest.mark.parametrize(
    ("bind", "base_url", "leads_to"),
    [
        ("127.0.0.1:8123", None, "http://127.0.0.1:8123"),
        ("0.0.0.0:8123", None, "http://127.0.0.1:8123"),
        ("[::]:80", None, "http://127.0.0.1:80"),
        ("192.0.2.7:80", None, "http://192.0.2.7:80"),
        ("127.0.0.1:8123", "https://reviews.example", None),
    ],
)
def test_links_lead_to_where_the_pages_are_served(bind, base_url, leads_to):
    assert running.environment(bind, base_url).get("GOODWORD_BASE_URL") == leads_to


@pytest.mark.parametrize("port", ["0", "99999999", "-1", "town"])
def test_what_is_no_port_is_refused(port):
    answer = CliRunner().invoke(sample, ["--port", port])
    assert answer.exit_code == 2
    assert "--port" in answer.output
