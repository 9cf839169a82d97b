"""Keeps a few threads free of requests that stop in the middle.

A tablet that walks out of the Wi-Fi before its body has come keeps a thread until its connection
ends; the proxy in front ends it after 10 s. Meanwhile so many threads may wait for bodies and no
more: the others go on answering, and who finds no seat is told to come again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from server.problems import busy

PATIENCE_S = 0.25

_turn = Condition()
_seated = 0


@contextmanager
def seat(threads: int) -> Iterator[None]:
    """Be one of those who wait for a body. Raises Problem where too many do."""
    global _seated  # noqa: PLW0603 - one count for the process, under the lock
    with _turn:
        if not _turn.wait_for(lambda: _seated < most(threads), PATIENCE_S):
            raise busy()
        _seated += 1
    try:
        yield
    finally:
        with _turn:
            _seated -= 1
            _turn.notify()


def most(threads: int) -> int:
    """How many of these threads may wait for bodies: a quarter, for half may wait for news."""
    return max(1, threads // 4)
