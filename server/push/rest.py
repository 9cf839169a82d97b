"""When a push service is left alone (P9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FAILURES: Final = 3
BREAK_S: Final = 30.0
LONGEST_BREAK_S: Final = 300.0


@dataclass(slots=True)
class Rest:
    """Whether a push service is asked at all: after three failures in a row it is left alone for
    half a minute, then one message tries; each try that fails doubles the rest, up to 5 minutes.
    """

    failures: int = 0
    until: float = 0.0
    length: float = BREAK_S
    tries: bool = False

    def left(self, at: float) -> float:
        """The seconds for which it is left alone; who asks first afterwards is the one to try."""
        if self.failures < FAILURES:
            return 0
        if at < self.until:
            return self.until - at
        if self.tries:
            return self.length
        self.tries = True
        return 0

    def went(self, at: float, *, well: bool, wait: float = 0) -> None:
        """Note how one message ended; `wait`: as long as the service asked for. Those that were
        under way when it began change nothing."""
        if well:
            self.failures, self.length, self.tries = 0, BREAK_S, False
            return
        self.failures += 1
        if self.tries:
            self.length = min(2 * self.length, LONGEST_BREAK_S)
        if self.tries or self.failures == FAILURES:
            self.until = at + max(self.length, wait)
        self.tries = False
