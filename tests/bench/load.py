"""The load: some connections, each sending its prepared requests one after the other.

Each connection is a process of its own, so that the generator's Python does not queue for itself.
What every answer must hold is checked: a fast wrong answer is no result.
"""

from __future__ import annotations

import http.client
import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    """One prepared request: `rolls` are how many rolls it carries or brings."""

    method: str
    path: str
    body: bytes | None
    rolls: int


@dataclass(frozen=True)
class Connection:
    """What one connection sends, and how its answers are checked."""

    headers: dict[str, str]
    requests: Sequence[Request]
    check: Callable[[int, bytes, Request], None]


@dataclass(frozen=True)
class Outcome:
    """What came of a load."""

    rolls: int
    seconds: float
    times_ms: list[float]

    @property
    def rolls_per_s(self) -> float:
        """Rolls by the wall clock."""
        return self.rolls / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds that `share` of the requests did not exceed."""
        ordered = sorted(self.times_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def send(base: str, connections: Sequence[Connection]) -> Outcome:
    """Runs all connections at once, each in a process, started together by a barrier.

    Raises RuntimeError when any answer was not what its check wants.
    """
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(len(connections))
    results = context.Queue()
    workers = [
        context.Process(target=_one, args=(base, connection, barrier, results))
        for connection in connections
    ]
    for worker in workers:
        worker.start()
    told = [results.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    failures = [one for one in told if isinstance(one, str)]
    if failures:
        raise RuntimeError(failures[0])
    spans = [one for one in told if not isinstance(one, str)]
    times = [moment for _, _, moments in spans for moment in moments]
    seconds = max(end for _, end, _ in spans) - min(start for start, _, _ in spans)
    rolls = sum(r.rolls for connection in connections for r in connection.requests)
    return Outcome(rolls, seconds, times)


def _one(base: str, connection: Connection, barrier: Barrier, results: Queue[Any]) -> None:
    try:
        address = urlsplit(base)
        link = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
        link.connect()
        barrier.wait()
        start = time.monotonic()
        times = []
        for request in connection.requests:
            before = time.perf_counter()
            link.request(request.method, request.path, request.body, connection.headers)
            answer = link.getresponse()
            body = answer.read()
            times.append((time.perf_counter() - before) * 1000)
            connection.check(answer.status, body, request)
        results.put((start, time.monotonic(), times))
    except Exception as failure:  # noqa: BLE001 - told to the parent, which raises it
        results.put(f"{type(failure).__name__}: {failure}")
