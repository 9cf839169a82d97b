"""All that goes to one push service: some hands with their connections, so that a service that
hangs holds up nobody else's messages, and a rest where it does not answer at all (P9).
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from server.push.hand import UNDER_WAY, Errand, Hand
from server.push.line import Line, Open
from server.push.rest import Rest

FEW_HANDS: Final = 1
MANY_HANDS: Final = 4
SLOW_S: Final = 0.25
"""So many answers in a row that take so long bring another hand, as many quicker ones send it home:
waiting costs nothing, queueing does."""
KEPT_S: Final = 20.0
"""An idle connection is used again for so long; push services keep theirs for longer."""
KEPT: Final = 64
"""So many stay open when there is nothing to do."""


@dataclass(slots=True)
class Lane:
    """The way to one host."""

    host: str
    open: Open
    time_out_s: float
    _rest: Rest = field(default_factory=Rest)
    _waiting: deque[Errand] = field(default_factory=deque)
    _idle: list[tuple[float, Line]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free: set[Hand] = field(default_factory=set)
    """Hands that could take one more and wait for answers."""
    _closed: bool = False
    _hands: int = 0
    _pace: int = FEW_HANDS * UNDER_WAY
    """So many messages may be under way at once; in hands of so many."""

    def send(self, errand: Errand) -> None:
        """Have it done by the next hand that is free."""
        with self._lock:
            self._waiting.append(errand)
            if self._free:
                self._free.pop().wake()
                return
            try:
                self._call_hand()
            except (OSError, RuntimeError) as error:
                self._waiting.pop()
                errand.failed(error)

    def next(self, hand: Hand) -> Errand | None:
        """The next errand; where there is none, a hand that has nothing else to do goes home."""
        spare: list[tuple[float, Line]] = []
        with self._lock:
            self._free.discard(hand)
            if self._waiting:
                return self._waiting.popleft()
            if not hand.idles:
                self._free.add(hand)
                return None
            self._hands -= 1
            if self._hands == 0:
                spare, self._idle = self._idle[:-KEPT], self._idle[-KEPT:]
        for _, line in spare:
            line.close()
        return None

    def resting(self) -> float:
        """The seconds for which the service is left alone at present."""
        with self._lock:
            return self._rest.left(monotonic())

    def note(self, seconds: float, *, well: bool, wait: float = 0) -> None:
        """Note how one message ended, and how long that took."""
        step = 2 if seconds >= SLOW_S else -1
        least, most = FEW_HANDS * UNDER_WAY, MANY_HANDS * UNDER_WAY
        with self._lock:
            self._rest.went(monotonic(), well=well, wait=wait)
            self._pace = max(least, min(self._pace + step, most))
            self._call_hand()

    def line(self, deadline: float, *, fresh: bool) -> Line:
        """A connection: the one used last, else a new one. Raises OSError, NotPublic."""
        kept = None if fresh else self._kept()
        return kept or self.open(self.host, deadline)

    def give_back(self, line: Line) -> None:
        """Keep it for the next one, if it can be used again."""
        with self._lock:
            if line.stands and not self._closed:
                self._idle.append((monotonic(), line))
                return
        line.close()

    def tidy(self) -> bool:
        """Close what has idled for too long; answers whether nothing is left to keep."""
        oldest = monotonic() - KEPT_S
        with self._lock:
            old = [line for since, line in self._idle if since < oldest]
            self._idle = [(since, line) for since, line in self._idle if since >= oldest]
            unused = not (self._hands or self._waiting or self._idle or self._rest.failures)
        for line in old:
            line.close()
        return unused

    def close(self) -> None:
        """Hang up; what is under way hangs up by itself."""
        with self._lock:
            self._closed = True
            old, self._idle = self._idle, []
        for _, line in old:
            line.close()

    def _kept(self) -> Line | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                since, line = self._idle.pop()
            if monotonic() - since <= KEPT_S and line.is_quiet():
                return line
            line.close()

    def _call_hand(self) -> None:
        """Start a hand where there is work for one more; the lock is held. Raises OSError,
        RuntimeError where there is none and none can be started."""
        if not self._waiting or self._hands * UNDER_WAY >= self._pace:
            return
        try:
            work = Hand(self).work
            threading.Thread(target=work, daemon=True, name=f"push {self.host}").start()
        except (OSError, RuntimeError):  # no more files, no more threads
            if not self._hands:
                raise
        else:
            self._hands += 1
