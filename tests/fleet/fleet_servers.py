"""Several real server processes on one database, on a morning of the cast; killed by their pids."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Self

from tests.browser.moment import AHEAD, seconds_to
from tests.browser.moment_app import MovedClock
from tests.support.cast import WEDNESDAY, local
from tests.support.patience import PATIENCE

START_S = 30.0 * PATIENCE


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """Processes of the product, each on a port of its own; all are gone at the end."""

    module = "tests.browser.moment"
    under: tuple[str, ...] = ()
    """What each process runs under, if anything."""

    def __init__(self, url: str, processes: int) -> None:
        self.url, self.ports = url, [free_port() for _ in range(processes)]
        self.ahead_s = seconds_to(local(WEDNESDAY, 8, 3))
        self.clock = MovedClock(self.ahead_s)
        self.kills = 0
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.start_all()
        return self

    def __exit__(self, *raised: object) -> None:
        for number in list(self.running):
            self.kill(number)

    def start_all(self) -> None:
        """Whoever is down comes up."""
        down = [number for number in range(len(self.ports)) if number not in self.running]
        for number in down:
            self._launch(number)
        for number in down:
            self._await(number)

    def start(self, number: int) -> None:
        """Serve again, and wait until it answers."""
        self._launch(number)
        self._await(number)

    def _launch(self, number: int) -> None:
        ours = {name: value for name, value in os.environ.items() if name[:9] != "ROLLBOOK_"}
        environment = ours | {
            "ROLLBOOK_DATABASE_URL": self.url,
            "ROLLBOOK_PUBLIC_URL": f"http://127.0.0.1:{self.ports[number]}",
            "ROLLBOOK_PORT": str(self.ports[number]),
            AHEAD: str(self.ahead_s),
        }
        self.running[number] = subprocess.Popen(
            [*self.under, sys.executable, "-m", self.module],
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _await(self, number: int) -> None:
        limit = time.monotonic() + START_S
        while not self.answers(number):
            assert self.running[number].poll() is None, "the server ended by itself"
            assert time.monotonic() < limit, "the server did not start"
            time.sleep(0.02)

    def answers(self, number: int, within_s: float = 2) -> bool:
        """Whether the process says that it is up."""
        try:
            url = f"http://127.0.0.1:{self.ports[number]}/up"
            with urllib.request.urlopen(url, timeout=within_s) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self, number: int) -> None:
        """kill -9 the process and its worker, which are a session of their own."""
        process = self.running.pop(number)
        self.kills += 1
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        limit = time.monotonic() + START_S
        while self._is_taken(number):
            assert time.monotonic() < limit, "the server did not die"
            time.sleep(0.01)

    @contextmanager
    def standing_still(self, number: int) -> Iterator[None]:
        """SIGSTOP for a while: the process holds its connections and says nothing."""
        process = self.running[number]
        os.killpg(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGCONT)

    def end(self, number: int) -> None:
        """Ask the process to end, and wait until it has."""
        process = self.running.pop(number)
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _is_taken(self, number: int) -> bool:
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.ports[number]))
            except OSError:
                return True
        return False
