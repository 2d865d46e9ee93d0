"""How fast listings are collected, beside a raw floor and a peer, in one run.

`make bench-collect` prints: a thread pool of raw requests (the floor), Scrapy with extruct (the
peer), ours end to end without and with the database; then politeness against a host with latency,
and the processor time of a page a second from each of 60 directories. Rows take turns; figures
are medians of the rounds, and only ratios within one run mean anything. On a machine that others
use, the processor time beside them says more: it is that of the row's own process.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import requests

from bench import corpus
from bench.stopwatch import Stopwatch, Took
from bench.stored import Found, collect_and_store
from scrapers import registry
from scrapers.fetch import Fetcher, FetchSettings
from scrapers.pool import Pool
from scrapers.runner import Visit, visit_steps
from scrapers.types import ListingRef, Outcome

PEER_PYTHON = Path(os.environ.get("BENCH_PEER_PYTHON", ".venv/bench/bin/python"))
THREADS = 16
HOSTS = 20  # our visits ask one thing at a time of a host: more hosts than threads keep all busy


@contextmanager
def static_host(pages: int, latency_s: float = 0.0) -> Iterator[str]:
    """The address of a host in a process of its own."""
    command = [sys.executable, "-m", "bench.static_host", f"--pages={pages}"]
    with subprocess.Popen(
        [*command, f"--latency={latency_s}"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def raw_requests(address: str, pages: int) -> tuple[Took, None]:
    """Fetch all pages with requests in a pool; nothing is read."""
    local = threading.local()

    def get(number: int) -> int:
        session = getattr(local, "session", None)
        if session is None:
            session = local.session = requests.Session()
        return len(session.get(f"{address}/b/{number}", timeout=(10, 20)).content)

    with ThreadPoolExecutor(THREADS) as pool:
        watch = Stopwatch()
        list(pool.map(get, range(pages)))
        return watch.took(), None


def visits(
    address: str, pages: int, hosts: int, threads: int, interval_s: float = 0.0
) -> tuple[Took, list[Visit]]:
    """Our visits of all pages, spread over `hosts` names, and their results."""
    names = [f"site{number}.example" for number in range(hosts)]
    settings = FetchSettings(
        "https://goodword.example",
        host_map=dict.fromkeys(names, address),
        loopback_interval_s=interval_s,
    )
    fetcher = Fetcher(settings, jitter=lambda: 1.0)
    source = registry.get(registry.GENERIC)
    refs = [ListingRef(f"http://{names[n % hosts]}/b/{n}") for n in range(pages)]
    watch = Stopwatch()
    steps = (visit_steps(source, ref, fetcher) for ref in refs)
    results = dict(Pool(fetcher.clock, threads).run(steps))
    took = watch.took()
    fetcher.close()
    failed = [r for r in results.values() if not isinstance(r, Visit) or r.outcome != Outcome.OK]
    if failed:
        raise SystemExit(f"{len(failed)} visits failed, the first: {failed[0]}")
    return took, [results[n] for n in range(pages)]


def ours(address: str, pages: int) -> tuple[Took, Found]:
    took, results = visits(address, pages, HOSTS, THREADS)
    return took, {
        f"/b/{number}": {
            (review.author or "", review.rating.value if review.rating else 0.0, review.text or "")
            for review in result.reviews
        }
        for number, result in enumerate(results)
    }


def stored(address: str, pages: int) -> tuple[Took, Found]:
    return collect_and_store(address, pages, HOSTS)


def peer(address: str, pages: int) -> tuple[Took, Found]:
    """Scrapy with extruct, in its own process and environment; it times itself."""
    command = [str(PEER_PYTHON), "-m", "bench.peer_scrapy", address, str(pages), str(THREADS)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = json.loads(answer)
    found = {path: {tuple(review) for review in told["reviews"][path]} for path in told["reviews"]}
    return Took(told["seconds"], told["cpu"]), found


def compare(pages: int, rounds: int) -> None:
    rows: dict[str, Callable[[str, int], tuple[Took, Found | None]]] = {
        "raw requests, 16 threads": raw_requests,
        "ours, without the database": ours,
        "ours, stored in SQLite": stored,
    }
    if PEER_PYTHON.exists():
        rows["Scrapy + extruct"] = peer
    else:
        print(f"Scrapy + extruct: NOT MEASURED, no environment at {PEER_PYTHON}")
    truth = corpus.make(pages).reviews
    taken: dict[str, list[Took]] = {name: [] for name in rows}
    same = dict.fromkeys(rows, "-")
    with static_host(pages) as address:
        for _ in range(rounds):
            for name, row in rows.items():
                took, found = row(address, pages)
                taken[name].append(took)
                if found is not None:
                    same[name] = "yes" if found == truth else "NO"
    rates = {name: pages / statistics.median(t.wall for t in taken[name]) for name in rows}
    floor, beside = rates["raw requests, 16 threads"], rates.get("Scrapy + extruct")
    print(
        f"{'row':<28} {'pages/s':>8} {'x raw':>6} {'x peer':>7} {'cpu ms/page':>12}"
        "  identical records"
    )
    for name, rate in rates.items():
        to_peer = f"{rate / beside:7.2f}" if beside else "      -"
        spent = statistics.median(took.cpu for took in taken[name]) / pages * 1000
        print(
            f"{name:<28} {rate:>8.0f} {rate / floor:>6.2f} {to_peer} {spent:>12.2f}  {same[name]}"
        )


def bare_threads(address: str, hosts: int, each: int) -> float:
    """Seconds for a thread a host that asks one page after the other and reads nothing: what
    this machine reaches at the moment with the simplest polite client."""

    def ask(number: int) -> None:
        with requests.Session() as session:
            for page in range(each):
                session.get(f"{address}/b/{page}", headers={"Host": f"bare{number}"}, timeout=20)

    with ThreadPoolExecutor(hosts) as pool:
        start = time.perf_counter()
        list(pool.map(ask, range(hosts)))
        return time.perf_counter() - start


def polite(rounds: int, hosts: int = 20, latency_s: float = 0.1, each: int = 40) -> None:
    pages = hosts * each
    ideal = hosts / latency_s
    rates, bare, peaks = [], [], []
    with static_host(pages, latency_s) as address:
        for _ in range(rounds):
            took, _ = visits(address, pages, hosts, threads=32)
            # Each host was also asked for its robots.txt.
            rates.append((pages + hosts) / took.wall)
            peaks.append(max(requests.get(f"{address}/peak", timeout=10).json().values()))
            bare.append(pages / bare_threads(address, hosts, each))
    print(
        f"{hosts} hosts x {latency_s * 1000:.0f} ms: {statistics.median(rates):.0f} requests/s, "
        f"{statistics.median(rates) / ideal:.2f} of hosts / latency (a bare thread a host: "
        f"{statistics.median(bare) / ideal:.2f}); most requests at once on one host: {max(peaks)}"
    )


def processor(directories: int = 60, seconds: int = 10) -> None:
    pages = directories * seconds
    with static_host(pages) as address:
        took, _ = visits(address, pages, directories, threads=32, interval_s=1.0)
    print(
        f"{directories} directories at a page a second: {pages / took.wall:.0f} pages/s, "
        f"{took.cpu / took.wall:.2f} of a core"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    compare(given.pages, given.rounds)
    polite(given.rounds)
    processor()


if __name__ == "__main__":
    main()
