"""Wakes the long polls of a school after a commit; carries no news itself, only that there is some.

Commits of other processes are met by the polls' own look at the school's seq once a second.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

LOOK_EVERY_S = 1.0

_changed = threading.Condition()
_pokes: Counter[UUID] = Counter()
_held = 0


def poke(school_id: UUID) -> None:
    """Tell who waits that the school's record may have changed."""
    with _changed:
        _pokes[school_id] += 1
        _changed.notify_all()


def count(school_id: UUID) -> int:
    """How often the school was poked; take it before looking, give it to `wait`."""
    with _changed:
        return _pokes[school_id]


def wait(school_id: UUID, counted: int, at_most_s: float = LOOK_EVERY_S) -> None:
    """Return at the next poke since `counted`, or when it is time to look anyway."""
    with _changed:
        _changed.wait_for(lambda: _pokes[school_id] != counted, timeout=at_most_s)


@contextlib.contextmanager
def place(most: int) -> Iterator[bool]:
    """A place among the polls that may wait: False when this process holds so many already."""
    global _held  # noqa: PLW0603 - one count for the process, under the lock
    with _changed:
        granted = _held < most
        _held += granted
    try:
        yield granted
    finally:
        with _changed:
            _held -= granted
