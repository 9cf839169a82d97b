"""The real server in a process of its own: started, killed, restored, and its rows looked at."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
import urllib.request
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.browser import nursery
from tests.browser.moment import AHEAD, PAGES, PUSH_PORT, PUSH_TRUST, seconds_to
from tests.support.patience import PATIENCE
from tests.support.push_service import PushService

START_S = 20 * PATIENCE


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _way_to(service: PushService) -> dict[str, str]:
    return {PUSH_PORT: str(service.port), PUSH_TRUST: service.authority.pem}


class SchoolServer:
    """One database file and the process that serves it."""

    def __init__(self, database: Path, at: datetime) -> None:
        """Take a file with the cast in it; the clock stands at `at` when this is made."""
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ahead = seconds_to(at)
        self.pages: Path | None = None
        self.pushes_to: PushService | None = None
        self.process: nursery.Grown | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("ROLLBOOK_")},
            "ROLLBOOK_DATABASE_URL": f"sqlite:///{self.database}",
            "ROLLBOOK_PUBLIC_URL": self.url,
            "ROLLBOOK_PORT": str(self.port),
            AHEAD: str(self.ahead),
            **({PAGES: str(self.pages)} if self.pages else {}),
            **(_way_to(self.pushes_to) if self.pushes_to else {}),
        }
        self.process = nursery.start(environment)
        limit = time.monotonic() + START_S
        while not self._answers():
            assert time.monotonic() < limit, "the server did not start"
            assert self.process.lives(), "the server ended by itself"
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/up", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """As by the power: no goodbye to anybody."""
        if self.process is None:
            return
        killed, self.process = self.process, None
        killed.kill_all()
        limit = time.monotonic() + START_S
        while killed.lives() or self._is_taken():
            assert time.monotonic() < limit, "the server did not die"
            time.sleep(0.02)

    def _is_taken(self) -> bool:
        """Whether a worker of the killed server still holds the port."""
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return True
        return False

    def move_to(self, at: datetime) -> None:
        """Another moment, from the next start on."""
        self.ahead = seconds_to(at)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the database holds, read beside the server."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str, *values: object) -> None:
        """Changes what the database holds; the server must be dead."""
        assert self.process is None
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(sql, values)
