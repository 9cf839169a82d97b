"""A full disk inside a batch: nothing of it is stored, nothing is answered as held (DF1–DF3).

SQLite is really made to run out of room, by forbidding its file to grow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from server.db import writing
from server.models import OpEntry, SchoolSync, table_of
from tests.support.api import School, Tablet
from tests.support.cast import MORNING, school_days

FALL = """
CREATE TRIGGER fall BEFORE INSERT ON op WHEN (SELECT count(*) FROM op) = 2
BEGIN SELECT RAISE(ROLLBACK, 'disk I/O error'); END
"""
DAYS = [on for on in school_days() if on <= MORNING.date()]
OPS, SYNC = table_of(OpEntry), table_of(SchoolSync)


@contextmanager
def no_room(school: School, pages: int = 0) -> Iterator[None]:
    """The file may grow by so many pages and no more, on every connection."""

    def forbid(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        (used,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count = {used + pages}")

    def allow(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA max_page_count = 1073741823")

    event.listen(school.engine, "begin", forbid)
    try:
        yield
    finally:
        event.remove(school.engine, "begin", forbid)
        event.listen(school.engine, "begin", allow)


def week(tablet: Tablet, **more: Any) -> list[Any]:
    """A batch that needs more room than there is."""
    note = "x" * 200
    batch = []
    for on in DAYS:
        op = tablet.op(tablet.school.cast.eight_a, on=on, **more)
        for n, mark in enumerate(op["marks"]):
            mark["note"] = f"{note} {n}"
        batch.append(op)
    return batch


def stored(school: School) -> tuple[int, int]:
    (sync,) = school.rows(SYNC, school_id=school.cast.birch)
    return len(school.rows(OPS)), sync.seq


@pytest.mark.parametrize("poison", [False, True])
def test_DF1_DF2_a_full_disk_abandons_the_whole_batch(
    sqlite_school: School, *, poison: bool
) -> None:
    """With a poison op the batch is on the careful path, savepoint by savepoint."""
    tablet = sqlite_school.tablet(sqlite_school.cast.ruiz)
    ops = week(tablet)
    if poison:
        ops.insert(0, tablet.op(sqlite_school.cast.eight_a, from_a_newer_app=2**70))
    with no_room(sqlite_school, pages=3):
        answer = tablet.send(*ops)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.get_json()["code"] == "busy"
    assert stored(sqlite_school) == (0, 100)
    outcomes = [result["outcome"] for result in tablet.push(*ops)]
    assert outcomes == ["held"] * poison + ["accepted"] * len(DAYS)
    assert stored(sqlite_school) == (len(ops), 100 + len(ops))


def test_DF1_reading_goes_on_while_the_disk_is_full(sqlite_school: School) -> None:
    tablet = sqlite_school.tablet(sqlite_school.cast.ruiz)
    tablet.push(tablet.op(sqlite_school.cast.eight_a))
    with no_room(sqlite_school):
        assert tablet.send(*week(tablet)).status_code == 503
        assert tablet.roll(sqlite_school.cast.eight_a)["state"] == "submitted"


def test_DF3_any_error_that_ends_the_transaction_abandons_the_batch(
    sqlite_school: School,
) -> None:
    """A trigger rolls back as an I/O error does: an error inside an op, the transaction gone."""
    tablet = sqlite_school.tablet(sqlite_school.cast.ruiz)
    poison = tablet.op(sqlite_school.cast.eight_a, from_a_newer_app=2**70)
    good = [tablet.op(sqlite_school.cast.eight_a, on=on) for on in DAYS[:3]]
    with writing(sqlite_school.engine) as connection:
        connection.exec_driver_sql(FALL)
    answer = tablet.send(poison, *good)
    assert answer.status_code == 503
    assert stored(sqlite_school) == (0, 100)


def test_DF2_without_asking_whether_the_transaction_stands_ops_commit_alone(
    tmp_path: Path,
) -> None:
    """The proof that it bites: the savepoint code that anyone would write, on SQLite alone."""
    path = tmp_path / "naive.sqlite"
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("CREATE TABLE clock (seq INTEGER)")
    db.execute("CREATE TABLE op (id INTEGER PRIMARY KEY, payload BLOB)")
    db.execute("INSERT INTO clock VALUES (0)")
    (used,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {used + 8}")
    db.execute("BEGIN IMMEDIATE")
    answered = []
    for number, size in enumerate([9_000, 9_000, 9_000, 9_000, 90_000, 100, 100], start=1):
        try:
            db.execute("SAVEPOINT one")
            db.execute("INSERT INTO op VALUES (?, zeroblob(?))", (number, size))
            db.execute("RELEASE one")
            answered.append(number)
        except sqlite3.Error:
            if db.in_transaction:
                db.execute("ROLLBACK TO one")
                db.execute("RELEASE one")
    with pytest.raises(sqlite3.OperationalError, match="no transaction"):
        db.execute("COMMIT")
    kept = [row[0] for row in db.execute("SELECT id FROM op ORDER BY id")]
    db.close()
    assert set(answered) - set(kept), "ops that were answered as stored are gone"
    assert set(kept) & {6, 7}, "and later ones were committed alone, without the school's lock"
