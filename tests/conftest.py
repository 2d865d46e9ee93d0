"""What every test may ask for: a database of either kind, a clock, and honest skips."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import app.tables  # noqa: F401  (a row can be made only once every table is known)
from app.core.db import Database
from migrations import upgrade
from tests import postgres

ROOT = Path(__file__).parent.parent


def missing(component: str) -> None:
    """Skip for want of a real component, loudly; in CI that is a failure."""
    message = f"NOT TESTED: {component} is not installed on this machine"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real pages and labelled pairs to measure on; they lie beside the checkout, if at all."""
    folder = Path(os.environ.get("GOODWORD_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"NOT MEASURED: the shared data is not at {folder}")
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    bin_dir = postgres.programs()
    if bin_dir is None:
        missing("PostgreSQL")
        return
    with postgres.cluster(bin_dir) as address:
        postgres.execute(address, "CREATE DATABASE template")
        upgrade(f"{address}/template")
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    address = request.getfixturevalue("postgres_cluster")
    name = f"test_{next(_numbers)}"
    postgres.execute(address, f"CREATE DATABASE {name} TEMPLATE template")
    yield f"{address}/{name}"
    postgres.execute(address, f"DROP DATABASE {name} WITH (FORCE)")


_numbers = itertools.count()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
