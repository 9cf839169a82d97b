"""How long a district's sweep takes: when little is due, and when a whole period falls due at once.

The push service is not in it: what is measured is the database and our own work.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, func, select

from server.db import open_engine
from server.jobs.sweep import remind
from server.models import Message, Reminder, RollRow, table_of
from server.push.recording import RecordingSender
from server.services.deliver import Post, deliver
from server.services.migrate import upgrade
from tests.bench.missing_district import FIRST_BELL, Shape, make
from tests.bench.processes import cpu_seconds
from tests.support.postgres import running

FEW = 20
ROUNDS = 7
DUE = FIRST_BELL + timedelta(minutes=10)
_roll = table_of(RollRow)


@dataclass(frozen=True)
class Timed:
    """One thing that was done, how much of it, and how long it took."""

    name: str
    count: int
    seconds: float
    cpu_s: float
    target_s: float | None

    @property
    def per_s(self) -> float:
        """How many a second."""
        return round(self.count / self.seconds, 1) if self.seconds else 0.0


def measure(shape: Shape | None = None) -> list[Timed]:
    """The district on PostgreSQL with fsync on, once through its first period."""
    shape = shape or Shape()
    with running(durable=True) as cluster:
        engine = open_engine(cluster.new_database())
        try:
            upgrade(engine)
            make(engine, shape)
            return _Measure(engine, cluster.pid).all(shape)
        finally:
            engine.dispose()


class _Measure:
    """Times what is done, and the CPU of this process and the database that went into it."""

    def __init__(self, engine: Engine, database_pid: int) -> None:
        self.engine = engine
        self.pids = (os.getpid(), database_pid)

    def all(self, shape: Shape) -> list[Timed]:
        rolls = f"{shape.rolls:,} rolls a day"
        before = DUE - timedelta(minutes=1)
        remind(self.engine, before)  # prepared statements, caches
        idle = [
            self.timed(f"sweep, nothing due of {rolls}", lambda: remind(self.engine, before), 0.1)
            for _ in range(ROUNDS)
        ]
        few = [self.few(number, rolls) for number in range(ROUNDS)]
        name = "sweep, a period falls due at once"
        at_once = self.timed(name, lambda: remind(self.engine, DUE), 10.0)
        sender = RecordingSender()
        name = "claim, look again, write down what was sent"
        sent = self.timed(name, lambda: _send(self.engine, sender))
        assert at_once.count + ROUNDS * FEW == _count(self.engine, Reminder)
        assert sent.count == _count(self.engine, Message)
        return [_median(idle), _median(few), at_once, sent]

    def few(self, number: int, rolls: str) -> Timed:
        """A few rolls of some schools fall due, a minute before all others."""
        at = DUE - timedelta(seconds=50 - number)
        here = select(_roll.c.school_id, _roll.c.roll_id).where(_roll.c.remind_at == DUE)
        with self.engine.begin() as connection:
            for row in connection.execute(here.order_by(_roll.c.roll_id).limit(FEW)).all():
                mine = (_roll.c.school_id == row.school_id) & (_roll.c.roll_id == row.roll_id)
                moved = {"remind_at": at, "due_at": at + timedelta(minutes=5)}
                connection.execute(_roll.update().where(mine).values(moved))
        return self.timed(f"sweep, {FEW} due of {rolls}", lambda: remind(self.engine, at), 0.1)

    def timed(self, name: str, do: Callable[[], int], target_s: float | None = None) -> Timed:
        began, cpu = time.perf_counter(), cpu_seconds(*self.pids)
        count = do()
        seconds = time.perf_counter() - began
        cpu = cpu_seconds(*self.pids) - cpu
        return Timed(name, count, round(seconds, 4), round(cpu, 2), target_s)


def _median(rows: list[Timed]) -> Timed:
    middle = statistics.median_low(row.seconds for row in rows)
    return next(row for row in rows if row.seconds == middle)


def _send(engine: Engine, sender: RecordingSender) -> int:
    post = Post(sender, "https://rolls.district.example")
    total = 0
    while sent := deliver(engine, post, DUE):
        total += sent
    return total


def _count(engine: Engine, model: Any) -> int:
    with engine.connect() as connection:
        count: int = connection.execute(select(func.count()).select_from(model)).scalar_one()
        return count


def print_times(rows: list[Timed]) -> None:
    """The times, a line each; nothing when there are none."""
    if not rows:
        return
    print("\n" + " " * 56 + f"{'count':>9}{'s':>9}{'CPU s':>9}{'per s':>11}{'target s':>10}")
    for row in rows:
        target = "" if row.target_s is None else f"{row.target_s:,.1f}"
        print(
            f"{row.name:<56}{row.count:>9,}{row.seconds:>9.3f}{row.cpu_s:>9.2f}{row.per_s:>11,.0f}{target:>10}"
        )
