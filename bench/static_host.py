"""A static host for measuring: serves a corpus, compressed, from one process, and counts how many
requests of one host it had in hand at once. Run as a process; prints its port, then serves."""

from __future__ import annotations

import argparse
import asyncio
import collections
import gzip
import json
from typing import ClassVar

from bench import corpus

_HEAD = (
    "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
    "{more}Connection: keep-alive\r\n\r\n"
)


def _answer(status: str, kind: str, body: bytes, more: str = "") -> bytes:
    head = _HEAD.format(status=status, kind=kind, length=len(body), more=more)
    return head.encode() + body


class Host(asyncio.Protocol):
    """One connection. `in_hand` counts, per Host header, requests not yet answered."""

    answers: ClassVar[dict[bytes, bytes]] = {}
    missing = _answer("404 Not Found", "text/plain", b"")
    latency_s = 0.0
    in_hand: ClassVar[collections.Counter[bytes]] = collections.Counter()
    peak: ClassVar[collections.Counter[bytes]] = collections.Counter()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.read = b""

    def data_received(self, data: bytes) -> None:
        self.read += data
        while b"\r\n\r\n" in self.read:
            head, _, self.read = self.read.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            if path == b"/peak":
                self.transport.write(self._peaks())
                continue
            host = head.lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0]
            self.in_hand[host] += 1
            self.peak[host] = max(self.peak[host], self.in_hand[host])
            if self.latency_s:
                loop = asyncio.get_running_loop()
                loop.call_later(self.latency_s, self._send, host, path)
            else:
                self._send(host, path)

    def _send(self, host: bytes, path: bytes) -> None:
        self.in_hand[host] -= 1
        self.transport.write(self.answers.get(path, self.missing))

    def _peaks(self) -> bytes:
        counted = {host.decode(): peak for host, peak in self.peak.items()}
        self.peak.clear()
        return _answer("200 OK", "application/json", json.dumps(counted).encode())


async def serve(pages: int, latency_s: float) -> None:
    made = corpus.make(pages)
    Host.latency_s = latency_s
    Host.answers = {
        path.encode(): _answer(
            "200 OK",
            "text/html; charset=utf-8",
            gzip.compress(page, 6),
            "Content-Encoding: gzip\r\n",
        )
        for path, page in made.pages.items()
    }
    server = await asyncio.get_running_loop().create_server(Host, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--latency", type=float, default=0.0)
    given = parser.parse_args()
    asyncio.run(serve(given.pages, given.latency))
