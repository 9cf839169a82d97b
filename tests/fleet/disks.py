"""What an operator does to a fleet's record: backs it up, puts it back, changes who is where."""

from __future__ import annotations

import os
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select

from server.db import open_engine, reading
from server.services.rehear import hear_again
from tests.fleet.fleet_servers import Servers
from tests.fleet.lone import OPS
from tests.fleet.people import end_session, revoke, set_last_day
from tests.support.cast import gather
from tests.support.postgres import Cluster, database_name


class Disk(ABC):
    """Where the record of some servers lies."""

    def __init__(self, servers: Servers, folder: Path) -> None:
        self.servers, self.folder = servers, folder
        self.copies = self.restores = 0
        self.gone: set[UUID] = set()
        """Students of 8A who are not enrolled at present."""

    @abstractmethod
    def back_up(self) -> str:
        """A copy, by its name."""

    @abstractmethod
    def _put_back(self, copy: str) -> None:
        """The record becomes the copy, with a new epoch; nobody serves meanwhile."""

    def put_back(self, copy: str) -> set[str]:
        """As an operator restores; the ids of the ops that went with the record."""
        before = self.ops()
        for number in list(self.servers.running):
            self.servers.kill(number)
        self._put_back(copy)
        self.restores += 1
        self.servers.start_all()
        return before - self.ops()

    def ops(self) -> set[str]:
        """The ids in the log."""
        with self.engine() as engine, reading(engine) as connection:
            return {str(op_id) for op_id in connection.execute(select(OPS.c.op_id)).scalars()}

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Beside the servers, as another program of the operator's."""
        engine = open_engine(self.servers.url)
        try:
            yield engine
        finally:
            engine.dispose()

    def enroll_or_withdraw(self, student: UUID, today: date) -> None:
        """A student of 8A leaves as of yesterday, or comes back."""
        self.gone ^= {student}
        last_day = today - timedelta(days=1) if student in self.gone else None
        with self.engine() as engine:
            set_last_day(engine, gather().eight_a, student, last_day)
            hear_again(engine, gather().birch, now=self.servers.clock.now())

    def withdraw(self, grant: str, token: str) -> None:
        """A leave to record ends, and the session with it."""
        with self.engine() as engine:
            revoke(engine, [UUID(grant)], self.servers.clock.now())
            end_session(engine, token, self.servers.clock.now())

    def rollbook(self, *words: str) -> None:
        """The command line, as an operator types it."""
        ours = {name: value for name, value in os.environ.items() if name[:9] != "ROLLBOOK_"}
        command = [sys.executable, "-c", "from server.cli import main; main()", *words]
        environment = ours | {"ROLLBOOK_DATABASE_URL": self.servers.url}
        subprocess.run(command, env=environment, check=True, capture_output=True)


class SqliteDisk(Disk):
    """One file: `rollbook backup`, `rollbook restore`."""

    def back_up(self) -> str:
        self.copies += 1
        path = self.folder / f"backup-{self.copies}.sqlite3"
        self.rollbook("backup", str(path))
        return str(path)

    def _put_back(self, copy: str) -> None:
        self.rollbook("restore", copy)


class PostgresDisk(Disk):
    """A database of a cluster, copied as a template; then `rollbook new-epoch`."""

    def __init__(self, servers: Servers, folder: Path, cluster: Cluster) -> None:
        super().__init__(servers, folder)
        self.cluster = cluster

    def back_up(self) -> str:
        for number in list(self.servers.running):
            self.servers.kill(number)
        copy = self.cluster.new_database(database_name(self.servers.url))
        self.servers.start_all()
        return database_name(copy)

    def _put_back(self, copy: str) -> None:
        live = database_name(self.servers.url)
        self.cluster.drop_database(self.servers.url)
        self.cluster._say(f'CREATE DATABASE "{live}" TEMPLATE "{copy}"')
        self.rollbook("new-epoch")
