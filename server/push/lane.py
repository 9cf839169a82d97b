"""All that goes to one push service: several hands with a connection each, so that a service that
hangs holds up nobody else's messages, and a break where it does not answer at all (P9).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from server.push.line import Line, Open

FEW_HANDS: Final = 8
MANY_HANDS: Final = 128
SLOW_S: Final = 0.25
"""An answer that takes so long brings two more hands, a quicker one sends one of them home:
waiting costs nothing, queueing does."""
KEPT_S: Final = 20.0
"""An idle connection is used again for so long; push services keep theirs for longer."""
FAILURES: Final = 3
BREAK_S: Final = 30.0
LONGEST_BREAK_S: Final = 300.0

Errand = Callable[[], None]
"""One message, delivered or not. Raises nothing."""


@dataclass(slots=True)
class Break:
    """Whether a push service is asked at all: after three failures in a row it is left alone for
    half a minute, then one message tries; each try that fails doubles the break, up to 5 minutes.
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
        under way when the break began change nothing."""
        if well:
            self.failures, self.length, self.tries = 0, BREAK_S, False
            return
        self.failures += 1
        if self.tries:
            self.length = min(2 * self.length, LONGEST_BREAK_S)
        if self.tries or self.failures == FAILURES:
            self.until = at + max(self.length, wait)
        self.tries = False


@dataclass(slots=True)
class Lane:
    """The way to one host."""

    host: str
    open: Open
    _break: Break = field(default_factory=Break)
    _waiting: deque[Errand] = field(default_factory=deque)
    _idle: list[tuple[float, Line]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False
    _hands: int = 0
    _most: int = FEW_HANDS

    def send(self, errand: Errand) -> None:
        """Have it done by the next hand that is free."""
        with self._lock:
            self._waiting.append(errand)
            self._call_hands(1)

    def resting(self) -> float:
        """The seconds for which the service is left alone at present."""
        with self._lock:
            return self._break.left(monotonic())

    def note(self, seconds: float, *, well: bool, wait: float = 0) -> None:
        """Note how one message ended, and how long that took."""
        with self._lock:
            self._break.went(monotonic(), well=well, wait=wait)
            slow = seconds >= SLOW_S
            self._most = max(FEW_HANDS, min(self._most + (2 if slow else -1), MANY_HANDS))
            self._call_hands(2 if slow else 0)

    def borrow(self, deadline: float) -> Line:
        """A connection: the one used last, else a new one. Raises OSError, NotPublic."""
        line = self._kept()
        return line or self.open(self.host, deadline)

    def give_back(self, line: Line) -> None:
        """Keep it for the next one, if it can be used again."""
        with self._lock:
            if line.stands and not self._closed:
                self._idle.append((monotonic(), line))
                return
        line.close()

    def close(self) -> None:
        """Hang up; what is under way hangs up by itself."""
        with self._lock:
            self._closed = True
            old, self._idle = self._idle, []
        for _, line in old:
            line.close()

    def _kept(self) -> Line | None:
        with self._lock:
            since, line = self._idle.pop() if self._idle else (0.0, None)
            if line is not None and monotonic() - since <= KEPT_S:
                return line
            old, self._idle = self._idle, []  # those below are older still
        for _, each in old:
            each.close()
        if line is not None:
            line.close()
        return None

    def _call_hands(self, more: int) -> None:
        """Start hands where there is work for them; the lock is held."""
        for _ in range(min(more, self._most - self._hands, len(self._waiting))):
            self._hands += 1
            threading.Thread(target=self._work, daemon=True, name=f"push {self.host}").start()

    def _work(self) -> None:
        """One hand: does errands until none waits."""
        while (errand := self._next()) is not None:
            errand()

    def _next(self) -> Errand | None:
        """The next errand; with the last hand most connections go."""
        spare: list[tuple[float, Line]] = []
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._hands -= 1
            if self._hands == 0:
                spare, self._idle = self._idle[:-FEW_HANDS], self._idle[-FEW_HANDS:]
        for _, line in spare:
            line.close()
        return None
