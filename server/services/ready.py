"""Asks whether work can be taken: the database writes, its schema is ours, the disk has room."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from server.db import Unavailable, reading, writing
from server.migrations import schema_is_current
from server.services.receive import clock_is_behind
from server.services.tick import ticked_at
from server.settings import Settings

LEAST_FREE_BYTES = 100 * 1024 * 1024
ANSWERS_IN_S = 2
TICKS_WITHIN = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold; `detail` is the cure where it does not."""

    name: str
    ok: bool
    detail: str


UNREAD = Check("schema", False, "The database cannot be read.")


def check_ready(engine: Engine, settings: Settings, now: datetime) -> list[Check]:
    """All checks, in the order that an operator would look; a database that does not answer soon
    is one that cannot be worked with."""
    probe = _OF_ENGINE.setdefault(engine, Probe())
    return [*probe.ask(engine, now), _disk(settings)]


@dataclass(slots=True)
class Probe:
    """Asks a database in a thread of its own, one at a time: a frozen one holds up nobody else."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: Future[list[Check]] | None = None

    def ask(self, engine: Engine, now: datetime) -> list[Check]:
        """What the database says, or that it did not say it in time."""
        with self.lock:
            if self.asked is None or self.asked.done():
                self.asked = Future()
                threading.Thread(target=_probe, args=(engine, now, self.asked), daemon=True).start()
            asked = self.asked
        try:
            return asked.result(ANSWERS_IN_S)
        except TimeoutError:
            late = f"The database does not answer within {ANSWERS_IN_S} seconds. Is it overloaded?"
            return [Check("database", False, late), UNREAD]


_OF_ENGINE: WeakKeyDictionary[Engine, Probe] = WeakKeyDictionary()


def _probe(engine: Engine, now: datetime, asked: Future[list[Check]]) -> None:
    try:
        checks = [_writes(engine), _schema(engine), _clock(engine, now), _jobs(engine, now)]
        asked.set_result(checks)
    except BaseException as error:  # noqa: BLE001 raised again where it is asked for
        asked.set_exception(error)


def _writes(engine: Engine) -> Check:
    try:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                refuses = connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
            else:
                refuses = False  # BEGIN IMMEDIATE has the write lock by now
    except (Unavailable, SQLAlchemyError):
        return Check("database", False, "The database cannot be written. Is it up and reachable?")
    if refuses:
        return Check("database", False, "The database is read-only: a standby, or full.")
    return Check("database", True, "writes")


def _schema(engine: Engine) -> Check:
    try:
        current = schema_is_current(engine)
    except (Unavailable, SQLAlchemyError):
        return UNREAD
    if not current:
        return Check("schema", False, "The tables are of another version: run `rollbook init`.")
    return Check("schema", True, "current")


def _clock(engine: Engine, now: datetime) -> Check:
    """Work goes on with a clock that went back, but somebody should know (A14)."""
    try:
        with reading(engine) as connection:
            behind = clock_is_behind(connection, now)
    except (Unavailable, SQLAlchemyError):
        return Check("clock", True, "The database cannot be read.")
    if behind is None:
        return Check("clock", True, "runs on")
    minutes = ceil(behind.total_seconds() / 60)
    words = f"The server's clock is {minutes} min behind what it has received already."
    cure = "Set it right; if it is right now, run `rollbook clock put-right`."
    return Check("clock", True, f"{words} {cure}")


def _jobs(engine: Engine, now: datetime) -> Check:
    """Rolls are taken without the jobs too, but nobody is reminded and no day is laid out."""
    try:
        with reading(engine) as connection:
            at = ticked_at(connection)
    except (Unavailable, SQLAlchemyError):
        return Check("jobs", True, "The database cannot be read.")
    if at is None:
        return Check("jobs", True, "Nobody is reminded yet: start `rollbook jobs`.")
    if now - at > TICKS_WITHIN:
        minutes = ceil((now - at).total_seconds() / 60)
        words = f"Nobody has been reminded for {minutes} min."
        return Check("jobs", True, f"{words} Does `rollbook jobs` run?")
    return Check("jobs", True, "tick")


def _disk(settings: Settings) -> Check:
    """Room where SQLite writes; PostgreSQL's disk is watched where PostgreSQL runs."""
    if not settings.is_sqlite:
        return Check("disk", True, "PostgreSQL's own")
    folder = Path(make_url(settings.database_url).database or ".").resolve().parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Check("disk", False, "The database's folder cannot be read.")
    if free < LEAST_FREE_BYTES:
        return Check("disk", False, "Less than 100 MB are free where the database is.")
    return Check("disk", True, "has room")
