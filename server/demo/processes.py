"""Starts the demo's server and clockwork as processes of their own, and ends them cleanly."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORTS_TRIED = 40
READY_WITHIN_S = 30
ENDED_WITHIN_S = 15


class DidNotStart(Exception):
    """A process ended, or never became ready; the message says where its words are."""


class Stopped(Exception):
    """Somebody asked the demo to end."""


@dataclass
class Children:
    """The processes of one demo; what they say goes to files in its folder."""

    folder: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, command: str) -> None:
        """Start `rollbook COMMAND`. A Ctrl-C in the terminal reaches the demo, not them."""
        with (self.folder / f"{command}.log").open("ab") as log:
            self.running[command] = subprocess.Popen(
                [sys.executable, "-m", "server.cli", command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self, url: str) -> None:
        """Return when the server takes work. Raises DidNotStart."""
        until = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < until:
            self.raise_if_ended()
            if _is_ready(url):
                return
            time.sleep(0.1)
        raise DidNotStart(f"The server is not ready; what it said is in {self._log('serve')}.")

    def watch(self) -> None:
        """Stay until one of them ends. Raises DidNotStart, or Stopped from a signal."""
        while True:
            self.raise_if_ended()
            time.sleep(0.5)

    def raise_if_ended(self) -> None:
        """Raises DidNotStart when a process is no longer there."""
        for command, process in self.running.items():
            if process.poll() is not None:
                raise DidNotStart(
                    f"`rollbook {command}` ended with code {process.returncode};"
                    f" what it said is in {self._log(command)}."
                )

    def end(self) -> None:
        """SIGTERM to each, and to its workers if that was not enough."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(ENDED_WITHIN_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _log(self, command: str) -> Path:
        return self.folder / f"{command}.log"


def free_port(wanted: int) -> int:
    """The port that was wanted, or the next that nobody listens on. Raises DidNotStart."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, port))
                return port
    raise DidNotStart(f"No port from {wanted} to {wanted + PORTS_TRIED} is free. Try --port.")


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn SIGTERM and Ctrl-C into Stopped, wherever the demo is just then."""

    def stop(*_: object) -> None:
        raise Stopped

    before = {name: signal.signal(name, stop) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=2) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
