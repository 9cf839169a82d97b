"""When the jobs of the clock last ran, so that one sees whether anybody runs them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, bindparam, select, text

from server.db import asking, writing
from server.models import Instant, Tick, table_of

REMIND = "remind"
NOTED_EVERY = timedelta(seconds=30)
_tick = table_of(Tick)
# The same words on SQLite and PostgreSQL.
NOTE = text(
    "INSERT INTO tick (job, at) VALUES (:job, :at) ON CONFLICT (job) DO UPDATE SET at = excluded.at"
).bindparams(bindparam("at", type_=Instant()))


def note_tick(engine: Engine, job: str, now: datetime) -> None:
    """Note that a job ran through; not every time, since some tick every other second."""
    with asking(engine) as connection:
        last = ticked_at(connection, job)
    if last is not None and timedelta(0) <= now - last < NOTED_EVERY:
        return
    with writing(engine) as connection:
        connection.execute(NOTE, {"job": job, "at": now})


def ticked_at(connection: Connection, job: str = REMIND) -> datetime | None:
    """When a job last ran through; None: never."""
    at: datetime | None = connection.execute(select(_tick.c.at).where(_tick.c.job == job)).scalar()
    return at
