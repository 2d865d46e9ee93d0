"""Starting the program's processes, and stopping them together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

STOP_S = 20


def gunicorn_arguments(bind: str, workers: int = 1, threads: int = 4) -> list[str]:
    """The command line that serves the pages."""
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app"),
        *("--bind", bind, "--workers", str(workers), "--threads", str(threads)),
        # Its control socket lies in the home folder, which a container may not let it write.
        "--no-control-socket",
        *("--log-level", "warning"),
        # An open browser keeps its connection: Ctrl-C waits for answers, not for it.
        *("--graceful-timeout", "3"),
    ]


def goodword_arguments(*arguments: str) -> list[str]:
    """The command line of one of our own commands."""
    code = "import sys; from jobs.cli import main; sys.argv[0] = 'goodword'; main()"
    return [sys.executable, "-c", code, *arguments]


def environment(bind: str, base_url: str | None) -> dict[str, str]:
    """What the processes know besides our own environment: links in mails lead to where the pages
    are served, unless the operator said (`base_url`) where people reach them."""
    if base_url is not None:
        return {}
    host, _, port = bind.rpartition(":")
    here = "127.0.0.1" if host in ("", "0.0.0.0", "[::]") else host  # noqa: S104
    return {"GOODWORD_BASE_URL": f"http://{here}:{port}"}


class Group:
    """Processes that live and end together; `environment` is added to our own."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **environment}
        self._processes: list[subprocess.Popen[bytes]] = []
        self.asked_to_stop = False

    def start(self, command: Sequence[str]) -> None:
        # A session of its own: Ctrl-C reaches us only, and we stop the others in order.
        process = subprocess.Popen(  # noqa: S603
            command, env=self._environment, start_new_session=True
        )
        self._processes.append(process)

    def wait(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Until `until` holds or we are asked to stop (True), or one of them ends (False)."""
        while not self.asked_to_stop and not until():
            if any(process.poll() is not None for process in self._processes):
                return False
            time.sleep(0.2)
        return True

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def stop(self) -> None:
        """Ask each to finish; end by force what has not after a while."""
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        until = time.monotonic() + STOP_S
        for process in self._processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def is_taken(host: str, port: int) -> bool:
    """Whether something answers at that address."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


@contextmanager
def group(environment: Mapping[str, str]) -> Iterator[Group]:
    """Processes that are stopped at the end, also on Ctrl-C and SIGTERM."""
    processes = Group(environment)
    before = {
        number: signal.signal(number, processes.ask_to_stop)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield processes
    finally:
        processes.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
