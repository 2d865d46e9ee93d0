import pytest
from pace_contract import PaceContract

from scrapers.fetch import MemoryPace


class TestMemoryPace(PaceContract):
    @pytest.fixture
    def pace(self) -> MemoryPace:
        return MemoryPace()
