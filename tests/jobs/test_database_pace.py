import pytest

from app.core.db import Database
from jobs.pace import DatabasePace
from tests.scrapers.fetch.pace_contract import PaceContract


class TestDatabasePace(PaceContract):
    @pytest.fixture
    def pace(self, database: Database) -> DatabasePace:
        return DatabasePace(database)
