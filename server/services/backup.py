"""Backup and restore of an SQLite record; and the new epoch that every restore must bring.

A backup is taken while the server runs, read back, checked and refolded; only then do tablets hear
that what was received before it is safe. After a restore every school has a new epoch, so that
tablets offer again what they still hold. PostgreSQL has its own tools; `new_epoch` is for after
them.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, func, make_url, select, update

from server.db import open_engine, reading, writing
from server.migrations import present_revision, schema_is_current
from server.models import OpEntry, RollRow, School, SchoolSync, table_of
from server.services.check import check


class CannotRestore(Exception):
    """Why a backup or a restore was not done, in words for the operator."""


@dataclass(frozen=True, slots=True)
class SchoolCount:
    """What one school has in a database."""

    school_id: UUID
    name: str
    epoch: str
    seq: int
    ops: int
    rolls_taken: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read back."""

    path: Path
    bytes: int
    schools: Sequence[SchoolCount]


@dataclass(frozen=True, slots=True)
class Restored:
    """A finished restore; `set_aside` is the database as it was before."""

    path: Path
    set_aside: Path | None
    schools: Sequence[SchoolCount]


def back_up(engine: Engine, target: Path, now: datetime) -> Backup:
    """Copy the running record to a new file and prove the copy. Raises CannotRestore."""
    source = file_of(engine)
    if target.exists():
        raise CannotRestore(f"{target} exists already; a backup is never written over.")
    part = target.with_name(f"{target.name}.part")
    _copy(source, part)
    try:
        schools = _prove(part)
        part.rename(target)
        _sync_folder(target.parent)
    finally:
        _remove(part)
    with writing(engine) as connection:
        connection.execute(update(table_of(SchoolSync)).values(safe_before=now))
    return Backup(target, target.stat().st_size, schools)


def restore(url: str, source: Path, now: datetime) -> Restored:
    """Put a backup in the place of the record, which is kept aside. Raises CannotRestore."""
    if make_url(url).get_backend_name() != "sqlite":
        raise CannotRestore("PostgreSQL is restored with its own tools; see the documentation.")
    target = Path(make_url(url).database or "")
    if not source.is_file():
        raise CannotRestore(f"There is no backup at {source}.")
    part = target.with_name(f"{target.name}.restoring")
    _remove(part)
    _copy(source, part)
    try:
        _prove(part)
        engine = open_engine(f"sqlite:///{part}")
        new_epoch(engine)
        schools = count_schools(engine)
        engine.dispose()
        _leave_wal(part)
        set_aside = _set_aside(target, now) if target.exists() else None
        part.rename(target)
        _sync_folder(target.parent)
    finally:
        _remove(part)
    return Restored(target, set_aside, schools)


def new_epoch(engine: Engine) -> int:
    """Give every school a new epoch; returns how many. Tablets then offer again what they hold."""
    with writing(engine) as connection:
        schools = connection.execute(select(table_of(SchoolSync).c.school_id)).scalars().all()
        for school_id in schools:
            connection.execute(
                update(table_of(SchoolSync))
                .where(table_of(SchoolSync).c.school_id == school_id)
                .values(epoch=fresh_epoch(), safe_before=None)
            )
    return len(schools)


def fresh_epoch() -> str:
    """A name for a school's history that no other ever had."""
    return secrets.token_hex(8)


def count_schools(engine: Engine) -> list[SchoolCount]:
    """What each school has."""
    sync, school = table_of(SchoolSync).c, table_of(School).c
    op, roll = table_of(OpEntry).c, table_of(RollRow).c
    query = (
        select(
            sync.school_id,
            school.name,
            sync.epoch,
            sync.seq,
            select(func.count())
            .select_from(table_of(OpEntry))
            .where(op.school_id == sync.school_id)
            .scalar_subquery(),
            select(func.count())
            .select_from(table_of(RollRow))
            .where(roll.school_id == sync.school_id, roll.state != "not_taken")
            .scalar_subquery(),
        )
        .join_from(table_of(SchoolSync), table_of(School), school.school_id == sync.school_id)
        .order_by(school.name)
    )
    with reading(engine) as connection:
        return [SchoolCount(*row) for row in connection.execute(query)]


def file_of(engine: Engine) -> Path:
    """The SQLite file. Raises CannotRestore for PostgreSQL."""
    if engine.dialect.name != "sqlite":
        raise CannotRestore("PostgreSQL is backed up with its own tools; see the documentation.")
    return Path(engine.url.database or "")


def _copy(source: Path, target: Path) -> None:
    """SQLite's online backup: a consistent copy, also while somebody writes."""
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        try:
            old.backup(new)
        except sqlite3.DatabaseError as failure:
            raise CannotRestore(f"{source} cannot be read as a record: {failure}") from failure
    _leave_wal(target)


def _prove(copy: Path) -> list[SchoolCount]:
    """Read all of a copy: its pages, its keys, its schema, and every roll from its log."""
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        try:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            strays = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as failure:
            raise CannotRestore(f"The copy cannot be read: {failure}") from failure
    if found != "ok" or strays:
        raise CannotRestore(f"The copy is damaged: {found}, {len(strays)} stray rows.")
    engine = open_engine(f"sqlite:///{copy}")
    try:
        if not schema_is_current(engine):
            raise CannotRestore(
                f"It has the schema {present_revision(engine) or 'of no Rollbook'}, not this"
                " version's. Restore with the version that made it, then upgrade."
            )
        wrong = [one for school in check(engine) for one in school.differences]
        if wrong:
            raise CannotRestore(f"{len(wrong)} rolls are not what the log says: {wrong[0].what}.")
        return count_schools(engine)
    finally:
        engine.dispose()
        _leave_wal(copy)


def _set_aside(target: Path, now: datetime) -> Path:
    """Move the present database out of the way, if nobody holds it."""
    try:
        _leave_wal(target)
    except sqlite3.OperationalError as failure:
        raise CannotRestore(f"{target} is in use. Stop the server first.") from failure
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise CannotRestore(f"{aside} exists already; move it away first.")
    target.rename(aside)
    return aside


def _leave_wal(path: Path) -> None:
    """Bring everything into the one file. Raises OperationalError while anybody has it open."""
    with contextlib.closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
