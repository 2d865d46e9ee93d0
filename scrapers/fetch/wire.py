"""One HTTP exchange: guarded, timed, and never more bytes than allowed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import requests
from urllib3.exceptions import HTTPError, NameResolutionError

from scrapers.errors import Refused, Unreachable, VisitError
from scrapers.fetch.deadline import WATCHDOG, Limit
from scrapers.fetch.guard import GuardedAdapter, Target
from scrapers.fetch.settings import FetchSettings
from scrapers.types import Request

_PIECE = 262_144
_ACCEPT = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one exchange; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """Carries out single requests over kept connections; safe to share between threads."""

    def __init__(
        self, settings: FetchSettings, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._monotonic = monotonic
        # An adapter without a session: what a session adds (cookies, the environment's proxies
        # and .netrc, redirects followed unasked) is just what must not happen here.
        self._adapter = GuardedAdapter(settings.guard)

    def close(self) -> None:
        self._adapter.close()

    def exchange(self, request: Request, target: Target, max_bytes: int | None = None) -> Answer:
        """Ask for `target` what `request` describes; redirects come back as they are.

        `max_bytes` cuts the body there instead of refusing it. Raises Refused for what we do
        not open or read to its end, Unreachable where no whole answer came.
        """
        settings = self._settings
        prepared = self._prepare(request, target)
        with WATCHDOG.limit(settings.total_s) as limit:
            until = self._monotonic() + settings.total_s
            try:
                answer = self._adapter.send(
                    prepared, stream=True, timeout=(settings.connect_s, settings.read_s)
                )
                with answer:
                    body = self._read(answer, until, max_bytes)
                if limit.over:  # a shut socket can also look like the end of a page
                    raise self._too_slow()
            except VisitError:
                raise
            # A socket shut by the deadline shows as any of these.
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                raise self._explain(error, target, limit) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, headers, body)

    def _prepare(self, request: Request, target: Target) -> requests.PreparedRequest:
        self._settings.guard.check(target)
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            **request.headers,
        }
        scheme, host, port = self._settings.wire_origin(target)
        if (scheme, host, port) != target.origin:
            headers["Host"] = target.site
        prepared = requests.PreparedRequest()
        prepared.prepare_method(request.method)
        # Already read and put together again; `prepare` would do so a second time.
        prepared.url = Target(scheme, host, port, target.rest).url
        prepared.prepare_headers(headers)
        if request.json is not None or request.form is not None:
            prepared.prepare_body(request.form, None, request.json)
        return prepared

    def _read(self, answer: requests.Response, until: float, max_bytes: int | None) -> bytes:
        """The body, decompressed piece by piece. `iter_content` would wait for full pieces, so
        the deadline would be seen too late and a compressed bomb only once it has gone off."""
        cap = self._settings.max_bytes if max_bytes is None else max_bytes
        pieces: list[bytes] = []
        size = 0
        while piece := answer.raw.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > cap:
                if max_bytes is None:
                    raise Refused(f"The page is larger than {cap / 1e6:g} MB, so it was not read.")
                break
            if self._monotonic() > until:
                raise self._too_slow()
        return b"".join(pieces)[:cap]

    def _too_slow(self) -> Unreachable:
        return Unreachable(f"The page did not arrive within {self._settings.total_s:g} seconds.")

    def _explain(self, error: Exception, target: Target, limit: Limit) -> VisitError:
        host, settings = target.host, self._settings
        if limit.over:
            return self._too_slow()
        if isinstance(error, requests.ConnectTimeout):
            return Unreachable(f"{host} did not answer within {settings.connect_s:g} seconds.")
        if isinstance(error, requests.ReadTimeout | TimeoutError):
            return Unreachable(f"{host} fell silent for {settings.read_s:g} seconds.")
        if isinstance(error, requests.exceptions.SSLError):
            return Unreachable(f"{host} could not prove that it is {host} (its TLS certificate).")
        if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader):
            return Refused("The address cannot be read as a web address.")
        if _has_cause(error, NameResolutionError):
            return Unreachable(f"There is no site called {host}, or its name cannot be looked up.")
        return Unreachable(f"{host} could not be reached or broke off in the middle.")


def _has_cause(error: BaseException | None, kind: type[Exception]) -> bool:
    """Whether `kind` is somewhere in what led to `error`; requests wraps urllib3's in args."""
    for _ in range(10):
        if error is None or isinstance(error, kind):
            break
        inner = getattr(error, "reason", None) or (error.args[0] if error.args else None)
        error = inner if isinstance(inner, BaseException) else error.__cause__
    return isinstance(error, kind)
