"""A PostgreSQL of one test's own that is killed, started again, and made to run out of room.

with StrickenPostgres() as stricken:
    url = stricken.cluster.new_database()
    stricken.kill()                 # kill -9 of the postmaster and all that are its
    stricken.start()
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Self

import psycopg

from tests.support import postgres

NOT_HERE = "needs to mount a small tmpfs, which takes root and CAP_SYS_ADMIN"
ROOM_MB = 96
LITTLE = {"max_wal_size": "64MB", "autovacuum": "off"}


class StrickenPostgres:
    """As in production: fsync on. `small` names what lies on a volume of its own with little room:
    the `data` or the `wal`; that needs root."""

    def __init__(self, small: str = "") -> None:
        self.small = small
        self.who: dict[str, Any] = postgres._unprivileged()
        # Short, because the path of a unix socket may have 107 bytes at most.
        self.folder = Path(tempfile.mkdtemp(prefix="rollbook-k2-", dir="/tmp"))
        self.volume = self.folder / "volume"
        self.server: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        try:
            self._lay_out()
            self.start()
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, *raised: object) -> None:
        self.kill()
        self._clear()

    def _lay_out(self) -> None:
        self._give(self.folder)
        self.programs = postgres._reachable(postgres.find_programs(), self.folder, self.who)
        if self.small:
            self.volume.mkdir()
            size = ["-o", f"size={ROOM_MB}m,mode=0777"]
            subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", self.volume], check=True)
        postgres._initialise(self.programs, self.folder, self.who)
        data = self.folder / "data"
        if self.small == "wal":
            self._to_the_volume(data / "pg_wal")
        elif self.small == "data":
            wal = Path(shutil.move(data / "pg_wal", self.folder / "pg_wal"))
            (data / "pg_wal").symlink_to(wal)
            self._to_the_volume(data)

    def _to_the_volume(self, part: Path) -> None:
        moved = self.volume / part.name
        shutil.copytree(part, moved, symlinks=True)
        shutil.rmtree(part)
        part.symlink_to(moved)
        for path in (moved, *moved.rglob("*")):
            self._give(path)
        moved.chmod(0o700)

    def _give(self, path: Path) -> None:
        if self.who:
            os.chown(path, self.who["user"], self.who["group"], follow_symlinks=False)

    def _clear(self) -> None:
        if self.small:
            subprocess.run(["umount", "-l", self.volume], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- the server

    def start(self) -> None:
        """Serve, and wait until it answers: after a kill that is a crash recovery."""
        self.server = postgres._start(self.programs, self.folder, LITTLE, self.who)
        postgres._wait_until_it_answers(self.folder, self.server)

    @property
    def cluster(self) -> postgres.Cluster:
        """Makes databases."""
        return postgres.Cluster(self.folder, self.server.pid)

    def kill(self) -> None:
        """kill -9 of the postmaster and of every process that it started."""
        family = [*self.children(), self.server.pid]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait()
        limit = time.monotonic() + 10
        while any(_lives(pid) for pid in family):
            assert time.monotonic() < limit, "PostgreSQL did not die"
            time.sleep(0.01)

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """SIGSTOP of all of it: connections stay, and nobody answers."""
        family = [*self.children(), self.server.pid]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in reversed(family):
                os.kill(pid, signal.SIGCONT)

    def children(self, called: str = "") -> list[int]:
        """The postmaster's processes whose title holds these words."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                    title = (folder / "cmdline").read_bytes().decode(errors="replace")
                    if parent == self.server.pid and called in title:
                        found.append(int(folder.name))
        return found

    def kill_one(self, rng: Random, called: str) -> bool:
        """kill -9 of one of its processes; PostgreSQL ends all others and recovers by itself."""
        pids = self.children(called)
        if pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(pids), signal.SIGKILL)
        return bool(pids)

    def stands(self) -> bool:
        """Whether the postmaster lives."""
        return self.server.poll() is None

    # --- the volume

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Something else takes all the room that is left, and lets go of it at the end."""
        ballast = self.volume / "ballast"
        with ballast.open("wb") as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 16))
                file.flush()
        try:
            yield
        finally:
            ballast.unlink()

    def say(self, statement: str) -> None:
        """A statement of the operator's."""
        where = f"host={self.folder} user=rollbook dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and " Z " not in _stat(pid)


def _stat(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text()
    return " Z "


def can_mount() -> bool:
    """Whether a small volume can be made here."""
    if os.geteuid() != 0:
        return False
    place = tempfile.mkdtemp(prefix="rollbook-mount-")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False, capture_output=True
    )
    if not done.returncode:
        subprocess.run(["umount", place], check=True)
    Path(place).rmdir()
    return not done.returncode
