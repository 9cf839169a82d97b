"""Bugs that need two at once: the app in threads of this process, broken on purpose."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, bindparam, func, select, text

from server import db
from server.app import create_app
from server.services import submit
from server.settings import Settings
from tests.fleet.crowd import Crowd, begun
from tests.fleet.wire import Carry, InProcess
from tests.support.cast import SetClock

UNLOCKED = select(*db.LOCK.selected_columns).where(
    db.SCHOOL_SYNC.c.school_id == bindparam("school_id")
)


def no_bug(stack: ExitStack) -> None:
    """As it is."""


def no_school_lock(stack: ExitStack) -> None:
    """A write reads the school's row and does not hold it."""
    stack.enter_context(patch.object(db, "LOCK", UNLOCKED))


def sequence_as_cursor(stack: ExitStack) -> None:
    """The place in the log comes from a sequence, which commits in any order."""

    def next_seq(turn: db.Turn) -> int:
        found = turn.connection.execute(text("SELECT nextval('places')")).scalar_one()
        turn.seq = int(found)
        return turn.seq

    later = (
        db.SCHOOL_SYNC.update()
        .where(db.SCHOOL_SYNC.c.school_id == bindparam("of_school"))
        .values(
            seq=func.greatest(db.SCHOOL_SYNC.c.seq, bindparam("to_seq")),
            received_at=bindparam("last_receipt"),
        )
    )
    for name, value in (("LOCK", UNLOCKED), ("BUMP", later)):
        stack.enter_context(patch.object(db, name, value))
    stack.enter_context(patch.object(db.Turn, "next_seq", next_seq))


def deferred_begin(stack: ExitStack) -> None:
    """A write begins as a reader, and several processes' threads do not queue."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    stack.enter_context(patch.object(db, "_begin_sqlite", begin))
    stack.enter_context(patch.object(db, "_in_line", lambda _: contextlib.nullcontext()))


@contextlib.contextmanager
def slow_commits() -> Iterator[None]:
    """Widens the window in which two may meet."""
    real, rng = db.school_turn, Random(1)

    @contextlib.contextmanager
    def slow(*asked: Any) -> Iterator[Any]:
        with real(*asked) as turn:
            yield turn
            time.sleep(rng.random() * 0.02)

    with patch.object(submit, "school_turn", slow):
        yield


def crowd_in_threads(
    url: str, bug: Callable[[ExitStack], None], ops_each: int, within_s: float
) -> tuple[Crowd, str]:
    """The set workload against the app in this process; and what became of it, in a word."""
    with ExitStack() as stack:
        bug(stack)
        stack.enter_context(slow_commits())
        clock = SetClock()
        app = create_app(Settings(database_url=url), clock)
        with app.app_context():
            engine = db_of(app)
        stack.callback(engine.dispose)
        crowd = Crowd(carrier(app), clock, seed=3)
        with begun(crowd):
            try:
                crowd.work(ops_each, within_s)
            except TimeoutError:
                return crowd, "I7"
        return crowd, _judge(crowd)


def _judge(crowd: Crowd) -> str:
    """The first invariant that does not hold; an empty word if all do."""
    if crowd.missing():
        return "I3"
    stumbled = [o for o in crowd.heard.outcomes.values() if o["reason"] == "server_error"]
    if stumbled:
        return "I6"
    too_busy = crowd.counted.busy + crowd.counted.broken > crowd.counted.asked / 20
    return "I7" if too_busy else ""


def carrier(app: Any) -> Callable[[Random], Carry]:
    """Every tablet calls the app."""
    return lambda _: InProcess(app)


def db_of(app: Any) -> Any:
    """The engine of an app."""
    return app.extensions["sqlalchemy"].engine
