"""What every task works with: built once per process, for the worker, a command or a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import random

from app.core.clock import Clock, utc_now
from app.core.crypto import Vault
from app.core.db import Database
from app.core.ports import Mailer
from app.core.settings import Settings
from app.sample import town
from jobs.leases import Leases
from jobs.mail import mailer_for
from jobs.pace import DatabasePace
from scrapers import registry
from scrapers.base import Source
from scrapers.fetch import Fetcher, FetchSettings, Pace


@dataclass
class Parts:
    """Settings, database, clock, mailer, sources and fetchers of one process."""

    settings: Settings
    database: Database
    mailer: Mailer
    leases: Leases
    pace: Pace
    clock: Clock = utc_now
    source: Callable[[str], Source] = registry.get
    jitter: Callable[[], float] = random

    @classmethod
    def build(cls, settings: Settings) -> Parts:
        """The parts that the settings ask for."""
        database = Database(settings.url)
        leases = Leases(database, utc_now)
        return cls(settings, database, mailer_for(settings), leases, DatabasePace(database))

    @cached_property
    def vault(self) -> Vault:
        """Opens the owners' own keys and tokens."""
        return Vault(self.settings.key("accounts"))

    @cached_property
    def fetcher(self) -> Fetcher:
        """For everybody: the public internet, and what the settings allow besides."""
        return self._fetcher(tuple(self.settings.allow_origins), self.settings.host_map)

    @cached_property
    def sample_fetcher(self) -> Fetcher:
        """For the sample organization: exactly its town on loopback besides, and the websites of
        the town, which stand nowhere else."""
        origin = self.settings.sample_origin
        websites = dict.fromkeys(town.hosts(), origin)
        return self._fetcher(
            (*self.settings.allow_origins, origin), {**self.settings.host_map, **websites}
        )

    def _fetcher(self, loopback: tuple[str, ...], host_map: Mapping[str, str]) -> Fetcher:
        settings = FetchSettings(
            contact_url=self.settings.contact_url or self.settings.base_url,
            loopback=loopback,
            host_map=host_map,
        )
        return Fetcher(settings, pace=self.pace, clock=self.clock)

    def close(self) -> None:
        for name in ("fetcher", "sample_fetcher"):
            if name in self.__dict__:
                self.__dict__[name].close()
        self.database.dispose()
