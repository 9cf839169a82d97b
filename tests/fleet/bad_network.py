"""A network between tablets and the school, in userspace: one-way, flapping, lossy, narrow.

    with BadNetwork(to_port) as network:
        network.weather = Line(answers=False)       # requests arrive, answers do not
        …                                           # tablets talk with network.port

A piece that is "lost" comes late, as TCP shows it: after one timeout, two, four; and is counted as
sent again. Network namespaces would say no more here: this kernel has no netem.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Self

SEGMENT = 1_448
STALL_S = 0.02


@dataclass(frozen=True, slots=True)
class Line:
    """How the network is; times in seconds of the test."""

    requests: bool = True
    answers: bool = True
    loss: float = 0.0
    again_after_s: float = 0.2
    bytes_a_second: float | None = None
    up_s: float = 0.0
    """With `down_s`: it comes and goes."""
    down_s: float = 0.0

    def is_up(self, since_s: float) -> bool:
        """Whether it is up, so long after it began."""
        whole = self.up_s + self.down_s
        return not whole or since_s % whole < self.up_s


@dataclass(slots=True)
class Carried:
    """What went over the line, by direction; what was sent again counts again."""

    up: int = 0
    down: int = 0
    connections: int = 0


@dataclass(slots=True)
class BadNetwork:
    """Listens on a port of its own and carries to another."""

    to_port: int
    weather: Line = field(default_factory=Line)
    carried: Carried = field(default_factory=Carried)
    rng: Random = field(default_factory=lambda: Random(6))
    _began: float = field(default_factory=time.monotonic)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _listener: socket.socket = field(default_factory=socket.socket)

    @property
    def port(self) -> int:
        """Where tablets find the school."""
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self._listener.settimeout(0.1)
        self._run(self._accept)
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _run(self, what: Callable[..., None], *asked: object) -> None:
        thread = threading.Thread(target=what, args=asked, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                near, _ = self._listener.accept()
                self.carried.connections += 1
                self._run(self._join, near)

    def _join(self, near: socket.socket) -> None:
        """One connection: both ways until either end hangs up."""
        with near, socket.socket() as far:
            try:
                far.connect(("127.0.0.1", self.to_port))
            except OSError:
                return
            near.settimeout(STALL_S)
            far.settimeout(STALL_S)
            back = threading.Thread(target=self._carry, args=(far, near, False), daemon=True)
            back.start()
            self._carry(near, far, True)
            back.join()

    def _carry(self, source: socket.socket, target: socket.socket, upward: bool) -> None:
        with contextlib.suppress(OSError):
            while not self._over.is_set():
                try:
                    piece = source.recv(SEGMENT)
                except TimeoutError:
                    continue
                if not piece:
                    break
                if self._delay(len(piece), upward):
                    target.sendall(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _delay(self, size: int, upward: bool) -> bool:
        """Wait as this piece has to; whether it ever arrives."""
        line, stall = self.weather, self.weather.again_after_s
        self._count(size, upward)
        self._pace(size)
        while not self._over.is_set():
            line = self.weather
            if not (line.requests if upward else line.answers):
                return False
            up = line.is_up(time.monotonic() - self._began)
            if up and self.rng.random() >= line.loss:
                return True
            self._over.wait(stall)
            stall = min(stall * 2, 8 * line.again_after_s)
            self._count(size, upward)
            self._pace(size)
        return False

    def _pace(self, size: int) -> None:
        if self.weather.bytes_a_second:
            self._over.wait(size / self.weather.bytes_a_second)

    def _count(self, size: int, upward: bool) -> None:
        if upward:
            self.carried.up += size
        else:
            self.carried.down += size
