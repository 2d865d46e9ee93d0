"""Speed and memory of reply suggestions, one core: `make bench-replies`.

Ten thousand suggestions for reviews in every written language, beside the floor: filling a bare
template with the same values. Time and memory are printed by thousand, as both should stay flat.
Rates count the seconds of one core (CPU time), so that a busy machine does not blur them.
"""

from __future__ import annotations

import resource
import string
import subprocess
import sys
import time
from itertools import cycle, islice

from app.replies.engine.queues import Queues
from app.replies.engine.suggest import suggest
from app.replies.engine.types import BusinessProfile, ReviewFacts
from bench.replies_eval.criteria import cases

COUNT = 10_000
_TEMPLATE = string.Template("Hello $author,\n\nThank you for writing about $text.\n\n$signature")


def megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def start_seconds() -> float:
    """From nothing to the first suggestion, in a fresh interpreter."""
    line = '{"id": 1, "rating": 5, "text": "Great coffee", "business": {"name": "A", "lang": "en"}}'
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from jobs.cli import main; main()", "suggest"],
        input=line, text=True, check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begun


def main() -> None:
    lines = [case.line() for case in cases()]
    stream = list(islice(cycle(lines), COUNT))
    begun = time.process_time()
    for line in stream:
        _TEMPLATE.substitute(
            author=line["author"], text=line["text"], signature=line["business"]["signature"]
        )
    floor = COUNT / (time.process_time() - begun)
    print(f"start to the first suggestion {start_seconds():.2f} s")
    queues, total = Queues(), 0.0
    for thousand in range(COUNT // 1000):
        begun = time.process_time()
        for number, line in enumerate(stream[thousand * 1000 : (thousand + 1) * 1000]):
            business = BusinessProfile.from_mapping(line["business"])
            review = ReviewFacts.from_mapping({**line, "id": f"{thousand}-{number}"})
            suggest(review, business, queues.of(business))
        spent = time.process_time() - begun
        total += spent
        print(f"{(thousand + 1) * 1000:6,}: {1000 / spent:6.0f} a second  {megabytes():4.0f} MB")
    rate = COUNT / total
    print(f"all: {rate:.0f} a second of one core, each with an alternative, {megabytes():.0f} MB")
    print(f"floor, bare templates: {floor:,.0f} a second ({floor / rate:.0f} times as many)")


if __name__ == "__main__":
    main()
