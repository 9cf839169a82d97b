"""Whether the machine's clock runs on steadily, or was set meanwhile (trust CK2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from server.clock import Clock

LOOK_EVERY_S = 5.0
UNREMARKABLE = timedelta(seconds=5)
FAR_AHEAD = timedelta(minutes=2)
HOLD = timedelta(minutes=5)
"""So long reminders wait after the clock went far ahead, for somebody to set it right."""


class Steady:
    """Compares the clock with one that nobody can set. A machine that slept looks as if its clock
    had been set forward."""

    def __init__(self, clock: Clock, elapsed_s: Callable[[], float] = monotonic) -> None:
        """Take both clocks."""
        self._clock = clock
        self._elapsed_s = elapsed_s
        self._last = clock.now(), elapsed_s()

    def look(self) -> timedelta | None:
        """By how much the clock was moved since the last look; None where it was not."""
        before, elapsed_before = self._last
        self._last = now, elapsed = self._clock.now(), self._elapsed_s()
        moved = (now - before) - timedelta(seconds=elapsed - elapsed_before)
        return moved if abs(moved) > UNREMARKABLE else None


def put_off(moved: timedelta) -> timedelta:
    """How long reminders wait after the clock was moved: far ahead, the whole school would seem
    to be late."""
    return HOLD if moved > FAR_AHEAD else timedelta(0)
