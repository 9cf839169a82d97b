"""How long a district takes to import into PostgreSQL, and how much memory.

    python -m tests.bench.import_district                  # 100,000 students, 1,000,000 enrollments
    python -m tests.bench.import_district --students 5000

Imports three times, each in a process of its own: into an empty database, the same file again, and
a later file in which some students left. Prints a table; BENCH_JSON=file keeps it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from server.db import open_engine
from server.models import Base
from server.roster.outcome import Ending, told
from server.services.import_roster import RosterOptions, import_roster
from tests.bench.district_roster import District, write_district
from tests.support import postgres

NOW = datetime(2026, 9, 1, 17, tzinfo=UTC)
LEAVING = 20
GOAL_S, GOAL_MB = 300, 1_000
# As a server of this size would be set up; fsync stays on.
SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "4GB", "maintenance_work_mem": "128MB"}


def main() -> None:
    """Measures, or is the child that is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=100_000)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        _import(*asked.child)
        return
    _measure(asked.students)


def _measure(students: int) -> None:
    out = Console(stderr=True)
    with (
        tempfile.TemporaryDirectory() as name,
        postgres.running(durable=True, settings=SETTINGS) as cluster,
    ):
        first, later = Path(name) / "first.zip", Path(name) / "later.zip"
        with out.status(f"Writing a district of {students} students"):
            write_district(first, District(students))
            write_district(later, District(students, leaving=LEAVING))
        url = cluster.new_database()
        engine = open_engine(url)
        Base.metadata.create_all(engine)
        engine.dispose()
        runs = {"empty database": first, "the same again": first, "a later file": later}
        results = [
            {"name": f"import: {what}", "students": students, **_child(file, url, cluster.pid)}
            for what, file in runs.items()
        ]
    _print(results)
    if os.environ.get("BENCH_JSON"):
        Path(os.environ["BENCH_JSON"]).write_text(json.dumps(results, indent=1) + "\n")


def _child(file: Path, url: str, server: int) -> dict[str, Any]:
    """Imports in a child process; wall time, its peak memory, and that of PostgreSQL's process."""
    started, peak = time.monotonic(), 0.0
    command = [sys.executable, "-m", "tests.bench.import_district", "--child", str(file), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        while child.poll() is None:
            peak = max([peak, *(_private_mb(pid) for pid in _children(server))])
            time.sleep(0.2)
        assert child.stdout
        told_by_child = json.loads(child.stdout.read().splitlines()[-1])
    if child.returncode:
        raise SystemExit(child.returncode)
    wall = time.monotonic() - started
    return {"wall_s": round(wall, 1), "postgres_mb": round(peak), **told_by_child}


def _import(file: str, url: str) -> None:
    engine = open_engine(url)
    columns = (TextColumn("{task.description:38}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        options = RosterOptions(zone="America/Los_Angeles")
        outcome = import_roster(engine, Path(file), NOW, options, progress)
    if outcome.ending not in {Ending.IMPORTED, Ending.UNCHANGED}:
        raise SystemExit("\n".join(told(outcome)))
    kinds = ("student", "enrollment", "section")
    counts = {
        f"{kind}s": [outcome.total(kind, what) for what in ("new", "changed", "withdrawn")]
        for kind in kinds
    }
    sys.stdout.write(json.dumps({"ending": outcome.ending, "client_mb": _peak_mb(), **counts}))


def _peak_mb() -> int:
    """The highest resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def _children(pid: int) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            yield int(entry.parent.name)


def _private_mb(pid: int) -> float:
    """What a process of PostgreSQL holds for itself, without the shared buffers."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    sizes = dict(line.split(":", 1) for line in status.splitlines() if line.startswith("Rss"))
    return int(sizes.get("RssAnon", "0 kB").split()[0]) / 1024


def _print(results: list[dict[str, Any]]) -> None:
    table = Table("import", "wall s", "client MB", "PostgreSQL MB", "enrollments +/~/-")
    for row in results:
        counts = "/".join(map(str, row["enrollments"]))
        cells = (row["name"], row["wall_s"], row["client_mb"], row["postgres_mb"], counts)
        table.add_row(*map(str, cells))
    Console().print(table)
    first = results[0]
    reached = first["wall_s"] <= GOAL_S and first["client_mb"] <= GOAL_MB
    Console().print(f"Goal: {GOAL_S} s and {GOAL_MB} MB: {'reached' if reached else 'missed'}.")


if __name__ == "__main__":
    main()
