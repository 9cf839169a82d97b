"""The database: engines for SQLite and PostgreSQL, and the four ways to talk to one.

`asking` is one SELECT. `reading` is one snapshot. `writing` is one transaction. `school_turn` is a
write that takes the school's lock row first, so that a school has one serial history and its
cursor never skips.
Nothing here names a table but the lock row; nothing above here opens a transaction by itself.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Uuid,
    bindparam,
    column,
    create_engine,
    event,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.ask import Question, ask

WRITE = "rollbook_write"
TURN = "rollbook_turn"
DATABASE_ERRORS = (DBAPIError, psycopg.Error, sqlite3.Error)
OUT_OF_REACH = (OperationalError, psycopg.OperationalError, sqlite3.OperationalError)
# A request that cannot begin by then is told to come again.
WAIT_S = 2
BUSY_MS = 5_000
POSTGRES_OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "statement_timeout": 60_000,
        "lock_timeout": 5_000,
        "idle_in_transaction_session_timeout": 60_000,
        "timezone": "UTC",
        "jit": "off",
    }.items()
)


class Unavailable(Exception):
    """The database cannot be asked now: nothing was recorded, come again (503 + Retry-After)."""


class NoSuchSchool(Exception):
    """There is no school with this id here."""


SCHOOL_SYNC = table(
    "school_sync",
    column("school_id", Uuid),
    column("epoch"),
    column("seq"),
    column("safe_before"),
    column("received_at"),
)
LOCK = (
    select(
        SCHOOL_SYNC.c.epoch,
        SCHOOL_SYNC.c.seq,
        SCHOOL_SYNC.c.safe_before,
        SCHOOL_SYNC.c.received_at,
    )
    .where(SCHOOL_SYNC.c.school_id == bindparam("school_id"))
    .with_for_update()
)
BUMP = (
    SCHOOL_SYNC.update()
    .where(SCHOOL_SYNC.c.school_id == bindparam("of_school"))
    .values(seq=bindparam("to_seq"), received_at=bindparam("last_receipt"))
)


@dataclass(slots=True)
class Turn:
    """One school's write transaction: its lock is held until the end.

    `seq` is the last place given in the school's log; `next_seq` gives the next. Whatever was
    given is stored when the turn ends. `safe_before` is spelled as the wire has it. `answers` are
    those to the questions that came with the lock. `last_receipt` is the newest instant at which
    the school received something; it never goes back (A14).
    """

    connection: Connection
    school_id: UUID
    epoch: str
    seq: int
    safe_before: str | None = None
    answers: Sequence[list[Any]] = ()
    ending: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    last_receipt: datetime | None = None

    def receive(self, now: datetime) -> datetime:
        """The instant of receipt: now, or the last one where the server's clock went back."""
        if self.last_receipt is None or now > self.last_receipt:
            self.last_receipt = now
        return self.last_receipt

    def hasten(self) -> None:
        """From here on nothing is read: PostgreSQL is told all that is left, the commit too,
        without a wait for each answer. What it does not take is raised by the commit."""
        if self.connection.dialect.name == "postgresql":
            driver: Any = self.connection.connection.driver_connection
            self.ending.enter_context(driver.pipeline())

    def next_seq(self) -> int:
        """The next place in the school's log."""
        self.seq += 1
        return self.seq


def open_engine(url: str | URL, *, pool_size: int = 16) -> Engine:
    """An engine set up for the record; `url` as SQLAlchemy writes it (sqlite or postgresql)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, pool_size)
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=4,
        pool_timeout=WAIT_S,
        hide_parameters=True,  # an error's text may be logged, names may not
        pool_recycle=3600,
        use_native_hstore=False,
        connect_args={
            "connect_timeout": WAIT_S,
            "options": POSTGRES_OPTIONS,
            "keepalives_idle": 30,
            "tcp_user_timeout": 10_000,
            "application_name": "rollbook",
        },
    )


def _open_sqlite(url: URL, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_timeout=WAIT_S,
        hide_parameters=True,  # an error's text may be logged, names may not
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
        execution_options={TURN: threading.Lock()},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred and loses the race
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "journal_size_limit=67108864",
        "cache_size=-16384",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One snapshot: every statement inside sees the database at the same instant."""
    with _or_unavailable(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextlib.contextmanager
def asking(engine: Engine) -> Iterator[Connection]:
    """For one SELECT that needs no snapshot: spares PostgreSQL the round trips of a transaction."""
    with _or_unavailable(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction, committed at the end or rolled back by an exception.

    For what belongs to no school's history (accounts, sessions). Raises Unavailable.
    """
    with _writing(engine) as (connection, _):
        yield connection


@contextlib.contextmanager
def hastened(connection: Connection) -> Iterator[None]:
    """From here on nothing is read: PostgreSQL is told all of it without a wait for each answer.
    What it does not take is raised at the end."""
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    with driver.pipeline():
        yield


@contextlib.contextmanager
def school_turn(
    engine: Engine, school_id: UUID, questions: Sequence[Question] = ()
) -> Iterator[Turn]:
    """One write transaction of a school, its lock row taken first.

    `questions` go along with the lock and are answered as of then. Raises NoSuchSchool;
    Unavailable when the database cannot be asked.
    """
    with _writing(engine) as (connection, ending):
        lock = Question(LOCK, {"school_id": school_id})
        found, *answers = ask(connection, [lock, *questions])
        if not found:
            raise NoSuchSchool(str(school_id))
        (row,) = found
        turn = Turn(connection, school_id, row.epoch, row.seq, _spell(row.safe_before))
        turn.answers, turn.ending, turn.last_receipt = answers, ending, _moment(row.received_at)
        yield turn
        if turn.seq != row.seq:
            connection.execute(BUMP, _stand(turn))


@contextlib.contextmanager
def _writing(engine: Engine) -> Iterator[tuple[Connection, contextlib.ExitStack]]:
    """A write transaction, and what shall be left when it has ended."""
    with _or_unavailable(), _in_line(engine), engine.connect() as connection:
        connection.execution_options(**{WRITE: True})
        with contextlib.ExitStack() as ending, connection.begin():
            yield connection, ending


def _stand(turn: Turn) -> dict[str, Any]:
    """What the lock row keeps of a turn."""
    last: datetime | str | None = turn.last_receipt
    if turn.connection.dialect.name == "sqlite":
        last = _spell(last)
    return {"of_school": turn.school_id, "to_seq": turn.seq, "last_receipt": last}


def _moment(stored: datetime | str | None) -> datetime | None:
    """An instant of the lock row; SQLite keeps it as the wire spells it."""
    return datetime.fromisoformat(stored) if isinstance(stored, str) else stored


def _spell(moment: datetime | str | None) -> str | None:
    """An instant as the wire has it; SQLite keeps it so."""
    if isinstance(moment, datetime):
        utc = moment.astimezone(UTC).isoformat(timespec="milliseconds")
        return utc.replace("+00:00", "Z")
    return moment


@contextlib.contextmanager
def _in_line(engine: Engine) -> Iterator[None]:
    """On SQLite the threads of a process queue here: its own busy handler sleeps and is unfair."""
    lock: threading.Lock | None = engine.get_execution_options().get(TURN)
    if lock is None:
        yield
        return
    if not lock.acquire(timeout=BUSY_MS / 1000):
        raise Unavailable("the database is busy")
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _or_unavailable() -> Iterator[None]:
    try:
        yield
    except (*OUT_OF_REACH, PoolTimeout) as failure:
        raise Unavailable(type(failure).__name__) from failure
    except DBAPIError as failure:
        if failure.connection_invalidated:
            raise Unavailable(type(failure).__name__) from failure
        raise


def still_stands(connection: Connection) -> bool:
    """Whether the transaction survived a database error.

    A full disk (and some I/O and memory errors) makes SQLite roll back the whole transaction:
    earlier savepoints are gone, and what follows would commit alone, outside the school's lock.
    """
    if connection.invalidated or connection.closed:
        return False
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return not driver.closed and driver.info.transaction_status.name in {"INTRANS", "INERROR"}
