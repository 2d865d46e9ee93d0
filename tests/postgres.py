"""A PostgreSQL of the tests' own, started from the installed programs and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

NEW_CLUSTER = ("--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=127.0.0.1",
)


def programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`, or None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("pg_config"):
        folders.append(Path(subprocess.check_output([found, "--bindir"], text=True).strip()))
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def cluster(bin_dir: Path) -> Iterator[str]:
    """Run a cluster on a free loopback port; yields its address without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="goodword-pg-"))
    run: dict = {"cwd": folder}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        run |= {"user": "postgres", "group": user.pw_gid, "extra_groups": []}
    data = folder / "data"
    subprocess.run(
        [bin_dir / "initdb", "-D", data, "-A", "trust", "-U", "postgres", *NEW_CLUSTER],
        check=True,
        capture_output=True,
        **run,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [part for setting in FAST for part in ("-c", setting)]
    server = subprocess.Popen(
        [bin_dir / "postgres", "-D", data, "-p", str(port), "-k", folder, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **run,
    )
    address = f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    try:
        _wait_for(port)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def execute(address: str, *statements: str) -> None:
    """Run statements outside a transaction on the cluster's maintenance database."""
    plain = address.replace("+psycopg", "") + "/postgres"
    with psycopg.connect(plain, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def _wait_for(port: int, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
