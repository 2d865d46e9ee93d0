"""A stand-in for APIs whose recordings do not cover what a visit needs, written from the
platforms' public documentation: a table of requests and their answers, in order."""

from __future__ import annotations

from typing import Any

from pytest_httpserver import HTTPServer

from scrapers.fetch import Fetcher, FetchSettings


def serve(server: HTTPServer, host: str, *exchanges: tuple[dict[str, Any], Any]) -> Fetcher:
    """A fetcher for which `host` is `server`. An exchange is what is asked for (path `uri`,
    `query_string`, `method`, `headers`, `json`, `data`) and the JSON it is answered with; a
    request that none describes is answered with status 500."""
    for asked, answer in exchanges:
        server.expect_request(**asked).respond_with_json(answer)
    return Fetcher(
        FetchSettings("https://goodword.example", host_map={host: server.url_for("").rstrip("/")}),
        sleep=lambda seconds: None,
    )
