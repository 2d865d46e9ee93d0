"""How long something took, by the wall and by the processor."""

from __future__ import annotations

import time
from typing import NamedTuple


class Took(NamedTuple):
    """Seconds by the wall, and of the processor in this process."""

    wall: float
    cpu: float


class Stopwatch:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def took(self) -> Took:
        return Took(time.perf_counter() - self._wall, time.process_time() - self._cpu)
