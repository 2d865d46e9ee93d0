"""Parts on a real database, a real site on loopback, and a clock that a test moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from app.core.log import configure
from app.core.settings import Settings
from jobs.leases import Leases
from jobs.parts import Parts
from scrapers.fetch import MemoryPace
from tests.town import NOW


class Site:
    """A directory of one business: what it shows is set by the test, and counted."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.reviews: list[dict[str, Any]] = [shown(1), shown(2, stars=2, text="Slow till.")]
        self.business: dict[str, Any] = {"name": "Harbour Café", "telephone": "(503) 555-0118"}
        self.status = 200
        self.hits = 0
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        server.expect_request("/cafe").respond_with_handler(lambda request: self._page())

    @property
    def url(self) -> str:
        return self.server.url_for("/cafe")

    @property
    def origin(self) -> str:
        return self.server.url_for("").rstrip("/")

    def _page(self) -> Response:
        self.hits += 1
        thing = {"@context": "https://schema.org", "@type": "CafeOrCoffeeShop", **self.business}
        if self.reviews:
            thing["review"] = self.reviews
            thing["aggregateRating"] = {
                "@type": "AggregateRating",
                "ratingValue": 4,
                "reviewCount": len(self.reviews),
            }
        markup = json.dumps(thing).replace("<", "\\u003c")
        html = f'<!doctype html><script type="application/ld+json">{markup}</script><h1>Page</h1>'
        return Response(html, status=self.status, content_type="text/html; charset=utf-8")


def shown(number: int, text: str = "Lovely scones.", stars: float = 5) -> dict[str, Any]:
    """A review as schema.org writes it."""
    at = NOW - timedelta(days=1, minutes=number)
    return {
        "@type": "Review",
        "@id": f"#r{number}",
        "author": {"@type": "Person", "name": f"Guest {number}"},
        "datePublished": at.isoformat(),
        "reviewBody": text,
        "reviewRating": {"@type": "Rating", "ratingValue": stars, "bestRating": 5},
    }


@pytest.fixture(autouse=True, scope="session")
def logs() -> None:
    """As in the program: the default writes the locals of every frame, which takes seconds."""
    configure()


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(httpserver)


class Mails:
    """A mailer that keeps what it was given, or fails as it is told."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.fail: Exception | None = None

    def send(self, message: Any) -> None:
        if self.fail is not None:
            raise self.fail
        self.sent.append(message)


@pytest.fixture
def mails() -> Mails:
    return Mails()


@pytest.fixture
def make_parts(database, clock, site, mails, tmp_path) -> Callable[[], Parts]:
    settings = Settings(data_dir=tmp_path, allow_origins=[site.origin], _env_file=None)

    def make() -> Parts:
        leases = Leases(database, clock)
        return Parts(settings, database, mails, leases, MemoryPace(), clock, jitter=lambda: 0.0)

    return make


@pytest.fixture
def parts(make_parts) -> Parts:
    return make_parts()
