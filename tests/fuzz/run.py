"""`make fuzz`: a million inputs through the readers, guided by coverage where atheris is at hand.

What makes a reader raise, or take longer than a second, is written into `tests/fuzz/corpus`,
which the test suite replays.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

from tests.fuzz import targets
from tests.fuzz.mutate import CORPUS, inputs, seeds

TOO_LONG_S = 1.0


def keep(data: bytes) -> None:
    (CORPUS / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def guarded(data: bytes) -> None:
    started = time.process_time()
    try:
        targets.run(data)
    except BaseException:
        keep(data)
        raise
    if time.process_time() - started > TOO_LONG_S:
        keep(data)
        raise TimeoutError(f"{time.process_time() - started:.1f} s for {len(data)} bytes")


def guided(count: int, folder: Path) -> None:
    """With atheris, from the same seeds; new inputs that reach new code are kept in `folder`."""
    import atheris

    atheris.instrument_all()
    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds():
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    limits = [f"-runs={count}", f"-max_len={targets.MAX_BYTES}"]
    options = [*limits, "-print_final_stats=1", str(folder)]
    atheris.Setup([sys.argv[0], *options], guarded)
    atheris.Fuzz()


def blind(count: int, chance_seed: int) -> None:
    started = time.monotonic()
    for number, data in enumerate(inputs(count, chance_seed), start=1):
        guarded(data)
        if number % 100_000 == 0:
            print(f"{number:,} inputs, {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
    print(f"done: {count:,} inputs, no reader raised")  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--guided", type=Path, metavar="FOLDER", help="use atheris, keep its corpus there"
    )
    given = parser.parse_args()
    if given.guided:
        guided(given.inputs, given.guided)
    else:
        blind(given.inputs, given.seed)


if __name__ == "__main__":
    main()
