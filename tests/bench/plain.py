"""The floor: the same rows by psycopg alone, no HTTP, no checks, no fold; fsync on all the same.

Takes what Rollbook has just stored out of its tables, empties them, and puts it back as plain
inserts and updates, one transaction a batch.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import psycopg

LOG = "op"
INTO_LOG = "INSERT INTO op ({columns}) VALUES ({marks})"
INTO_ROLL = (
    "UPDATE roll SET state=%s, revision=%s, timeliness=%s, next_day=%s, taken_at=%s,"
    " received_at=%s, submitted_by=%s, contested=%s, safety=%s, marks=%s, seq=%s"
    " WHERE school_id=%s AND roll_id=%s"
)
OF_ROLL = (
    "SELECT state, revision, timeliness, next_day, taken_at, received_at, submitted_by, contested,"
    " safety, marks, seq, school_id, roll_id FROM roll WHERE revision > 0 ORDER BY school_id, seq"
)
BUMP = "UPDATE school_sync SET seq = seq + %s WHERE school_id = %s"


@dataclass(frozen=True)
class Plain:
    """How fast the rows alone went in."""

    rolls: int
    seconds: float
    times_ms: list[float]
    client_cpu_s: float


def insert_again(url: str, batch: int, most: int) -> Plain:
    """Stores up to `most` of the rolls that are in the database once more."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        ops = connection.execute("SELECT * FROM op ORDER BY school_id, seq").fetchmany(most)
        columns = [
            one.name for one in connection.execute("SELECT * FROM op LIMIT 0").description or ()
        ]
        rolls = connection.execute(OF_ROLL).fetchmany(most)
        connection.execute("TRUNCATE op, mark_exception")
        connection.execute("UPDATE roll SET state='not_taken', revision=0, marks=NULL, seq=0")
        connection.commit()
        into_log = INTO_LOG.format(
            columns=", ".join(columns), marks=", ".join(["%s"] * len(columns))
        )
        times = []
        start, cpu = time.perf_counter(), time.process_time()
        for at in range(0, len(ops), batch):
            before = time.perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(BUMP, (batch, ops[at][columns.index("school_id")]))
                cursor.executemany(into_log, ops[at : at + batch])
                cursor.executemany(INTO_ROLL, rolls[at : at + batch])
            connection.commit()
            times.append((time.perf_counter() - before) * 1000)
        seconds = time.perf_counter() - start
        return Plain(len(ops), seconds, times, time.process_time() - cpu)
