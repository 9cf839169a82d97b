"""`make bench`: Rollbook beside Kinto and beside bare inserts, in one run on one machine.

Server, database and load generator share this machine's cores; PostgreSQL keeps fsync on. Rolls of
35 marks, four connections. The rounds of the targets take turns, so that a noisy minute hits all,
and the median round of each is told; then pushes beside pywebpush's own call (`--only push`), and
how long a district's reminders take (`--only reminders`). BENCH_JSON names a file for the tables as
JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import psycopg

from server.db import open_engine
from server.passwords import hash_password
from server.services.migrate import upgrade
from tests.bench import kinto_target, plain, pushes, reminders, rollbook_target
from tests.bench.district import PASSWORD, STUDENTS, BenchSchool, lay_out
from tests.bench.load import Connection, Outcome, send
from tests.bench.processes import cpu_seconds
from tests.support.postgres import running

CONNECTIONS = 4
PROCESSES = 2
WARM_UP = 60
# Kinto is slow enough that fewer rolls say as much.
ROLLS = {"rollbook": 1500, "kinto": 300, "plain": 1500}


@dataclass(frozen=True)
class Row:
    """One target's figures; `cpu_ms_per_roll` is server and database, never the generator."""

    name: str
    batch: int
    rolls_per_s: float
    cpu_ms_per_roll: float
    p50_ms: float
    p99_ms: float
    disk_bytes_per_mark: float | None

    @property
    def speed(self) -> float:
        """What rounds are compared by."""
        return self.rolls_per_s


class Measured(Protocol):
    """A row of figures."""

    @property
    def speed(self) -> float:
        """What rounds are compared by."""


R = TypeVar("R", bound=Measured)


def main() -> None:
    """Measures, prints the table, writes the JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--only", default="", help="measure the targets whose name holds this")
    choice = asked.parse_args()
    if any(choice.only in name for name in TARGETS):
        kinto_target.install()
    rolls = _rounds(TARGETS, choice.rounds, choice.only)
    sent = pushes.compared(_rounds(pushes.TARGETS, choice.rounds, choice.only))
    times = []
    if choice.only in "reminders":
        print("» reminders of a district", flush=True)
        times = reminders.measure()
    if rolls:
        print_table(rolls)
    if sent:
        pushes.print_table(sent)
    reminders.print_times(times)
    if target := os.environ.get("BENCH_JSON"):
        told = [asdict(row) for row in (*rolls, *sent, *times)]
        Path(target).write_text(json.dumps(told, indent=1) + "\n")


def _rounds(targets: Mapping[str, Callable[[str], R]], rounds: int, only: str) -> list[R]:
    """The median round of each target; in each round they take turns."""
    todo = {name: measure for name, measure in targets.items() if only in name}
    found: dict[str, list[R]] = {name: [] for name in todo}
    for number in range(rounds):
        for name, measure in todo.items():
            print(f"» round {number + 1} of {rounds}: {name}", flush=True)
            found[name].append(measure(name))
    return [
        sorted(rows, key=lambda row: row.speed)[(len(rows) - 1) // 2] for rows in found.values()
    ]


def _row(name: str, batch: int, outcome: Outcome, cpu: float, disk: float | None) -> Row:
    return Row(
        name,
        batch,
        round(outcome.rolls_per_s, 1),
        round(cpu * 1000 / outcome.rolls, 3),
        round(outcome.percentile(0.50), 2),
        round(outcome.percentile(0.99), 2),
        None if disk is None else round(disk, 1),
    )


@contextlib.contextmanager
def _served(
    database: str, rolls: int
) -> Iterator[tuple[rollbook_target.Running, list[BenchSchool], Callable[[], int]]]:
    """Rollbook on a fresh database of the kind named; with it, how large the database is."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rollbook-bench-")))
        if database == "PostgreSQL":
            cluster = stack.enter_context(running(durable=True))
            url = cluster.new_database()
            size = lambda: _postgres_size(url)  # noqa: E731
            databases = [cluster.pid]
        else:
            url, databases = f"sqlite:///{folder / 'rollbook.db'}", []
            size = lambda: _sqlite_size(folder)  # noqa: E731
        schools = _make_schools(url, rolls)
        processes = PROCESSES if databases else 1
        server = stack.enter_context(rollbook_target.running(url, folder, processes, schools))
        server.database_pids = databases
        server.url = url
        yield server, schools, size


def _make_schools(url: str, rolls: int) -> list[BenchSchool]:
    engine = open_engine(url)
    try:
        upgrade(engine)
        return lay_out(engine, hash_password(PASSWORD), CONNECTIONS, rolls)
    finally:
        engine.dispose()


def _postgres_size(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        size: int = row[0]
        return size


def _sqlite_size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("rollbook.db"))


def _push(database: str, batch: int) -> Callable[[str], Row]:
    def measure(name: str) -> Row:
        rolls = ROLLS["rollbook"] if batch > 1 else ROLLS["rollbook"] // 3
        with _served(database, rolls + WARM_UP) as (server, schools, size):
            send(server.base, rollbook_target.pushes(server, schools, 0, WARM_UP, batch))
            load = rollbook_target.pushes(server, schools, WARM_UP, rolls, batch)
            before = size()
            outcome, cpu = _timed(server.base, load, server.pid, *server.database_pids)
            grown = size() - before
        return _row(name, batch, outcome, cpu, grown / (outcome.rolls * STUDENTS))

    return measure


def _feed(database: str) -> Callable[[str], Row]:
    def measure(name: str) -> Row:
        rolls = ROLLS["rollbook"]
        with _served(database, rolls) as (server, schools, _):
            send(server.base, rollbook_target.pushes(server, schools, 0, rolls, 10))
            load = rollbook_target.pulls(server, schools, rolls // 100)
            outcome, cpu = _timed(server.base, load, server.pid, *server.database_pids)
        return _row(name, 100, outcome, cpu, None)

    return measure


def _kinto(batch: int) -> Callable[[str], Row]:
    def measure(name: str) -> Row:
        with running(durable=True) as cluster, tempfile.TemporaryDirectory() as folder:
            url = cluster.new_database()
            with kinto_target.running(url, Path(folder), PROCESSES) as server:
                send(server.base, kinto_target.connections(_records(20), batch))
                before = _postgres_size(url)
                load = kinto_target.connections(_records(ROLLS["kinto"]), batch)
                outcome, cpu = _timed(server.base, load, server.pid, cluster.pid)
                grown = _postgres_size(url) - before
        return _row(name, batch, outcome, cpu, grown / (outcome.rolls * STUDENTS))

    return measure


def _records(rolls: int) -> list[list[dict[str, object]]]:
    """What Kinto stores: the op of a roll as its tablet would send it."""
    return [rollbook_target.some_ops(rolls) for _ in range(CONNECTIONS)]


def _plain(batch: int) -> Callable[[str], Row]:
    def measure(name: str) -> Row:
        rolls = ROLLS["plain"]
        with _served("PostgreSQL", rolls) as (server, schools, _):
            send(server.base, rollbook_target.pushes(server, schools, 0, rolls, 10))
            (database,) = server.database_pids
            cpu = cpu_seconds(database)
            done = plain.insert_again(server.url, batch, rolls * CONNECTIONS)
            cpu = cpu_seconds(database) - cpu + done.client_cpu_s
        return _row(name, batch, Outcome(done.rolls, done.seconds, done.times_ms), cpu, None)

    return measure


def _timed(base: str, load: list[Connection], *pids: int) -> tuple[Outcome, float]:
    before = cpu_seconds(*pids)
    outcome = send(base, load)
    return outcome, cpu_seconds(*pids) - before


TARGETS: dict[str, Callable[[str], Row]] = {
    "Kinto 26.5, PostgreSQL, batch of 10": _kinto(10),
    "Rollbook, PostgreSQL, batch of 10": _push("PostgreSQL", 10),
    "Kinto 26.5, PostgreSQL, batch of 1": _kinto(1),
    "Rollbook, PostgreSQL, batch of 1": _push("PostgreSQL", 1),
    "Rollbook, SQLite, batch of 10": _push("SQLite", 10),
    "Rollbook, SQLite, batch of 1": _push("SQLite", 1),
    "Rollbook's feed, PostgreSQL": _feed("PostgreSQL"),
    "Rollbook's feed, SQLite": _feed("SQLite"),
    "psycopg, the same rows, 10 a commit": _plain(10),
    "psycopg, the same rows, 1 a commit": _plain(1),
}


def print_table(rows: list[Row]) -> None:
    """The figures, a line a target; nothing when there are none."""
    if not rows:
        return
    heads = ("rolls/s", "CPU ms/roll", "p50 ms", "p99 ms", "bytes/mark")
    print("\n" + " " * 40 + "".join(f"{head:>13}" for head in heads))
    for row in rows:
        figures = (row.rolls_per_s, row.cpu_ms_per_roll, row.p50_ms, row.p99_ms)
        disk = "" if row.disk_bytes_per_mark is None else f"{row.disk_bytes_per_mark:,.1f}"
        print(f"{row.name:<40}" + "".join(f"{one:>13,.2f}" for one in figures) + f"{disk:>13}")


if __name__ == "__main__":
    main()
