"""The network code for HTTP: guarded, polite, bounded, with typed failures.

`Fetcher` carries out a `Request` and gives a `Page`; the files beside this one each hold one
concern: `guard` (which addresses), `wire` (one exchange), `deadline`, `robots`, `pace`,
`answers` (status, kind, JSON).
"""

from scrapers.fetch.fetcher import Errand, Fetcher
from scrapers.fetch.pace import MemoryPace, NotYet, Pace, Turn
from scrapers.fetch.settings import FetchSettings

__all__ = ["Errand", "FetchSettings", "Fetcher", "MemoryPace", "NotYet", "Pace", "Turn"]
