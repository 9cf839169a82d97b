"""When the server was started, and until when it is known to have been alive: each start is kept.

A server that dies says nothing, so the present one writes down every minute that it lives; the next
start tells from when on nobody knows of a server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from server.db import reading, writing
from server.models import ServerRun, table_of

BEAT = timedelta(minutes=1)
NOTHING_LOST = timedelta(minutes=2)
"""A start that comes this soon after the last beat is a restart: nobody was kept waiting."""
_run = table_of(ServerRun).c
NEWEST = select(_run.run_id).order_by(_run.started_at.desc(), _run.run_id.desc()).limit(1)
ALIVE_AT = select(func.max(_run.alive_at))
STARTS = (
    select(_run.started_at, _run.known_until)
    .where(_run.started_at >= bindparam("from_at"), _run.started_at < bindparam("to_at"))
    .order_by(_run.started_at, _run.run_id)
)


@dataclass(frozen=True, slots=True)
class Start:
    """A start of the server. `known_until`: the last moment before at which one was known to be
    alive; None: the first start of all."""

    at: datetime
    known_until: datetime | None

    @property
    def is_outage(self) -> bool:
        """Whether there was a time without a server before it."""
        return self.known_until is not None and self.at - self.known_until > NOTHING_LOST


def note_start(engine: Engine, now: datetime) -> None:
    """A server begins to answer."""
    with writing(engine) as connection:
        known_until = connection.execute(ALIVE_AT).scalar()
        run = {"run_id": uuid4(), "started_at": now, "alive_at": now, "known_until": known_until}
        connection.execute(insert(ServerRun).values(**run))


def note_alive(engine: Engine, now: datetime) -> None:
    """It answers still; of several processes one writes it down."""
    with reading(engine) as connection:
        newest = connection.execute(NEWEST).scalar()
        last = connection.execute(ALIVE_AT).scalar()
    if newest is None or last is None or timedelta(0) <= now - last < BEAT / 2:
        return
    with writing(engine) as connection:
        connection.execute(update(ServerRun).where(_run.run_id == newest).values(alive_at=now))


def starts_between(connection: Connection, from_at: datetime, to_at: datetime) -> Sequence[Start]:
    """The starts of a span, the earliest first."""
    rows = connection.execute(STARTS, {"from_at": from_at, "to_at": to_at})
    return [Start(row.started_at, row.known_until) for row in rows]
