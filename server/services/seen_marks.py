"""A date's marks as the radar looks at them: of rolls that were taken, and nothing else (X)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam

from server.record import unpack_marks
from server.services.horizon import load_rosters
from server.services.rolls import NOTICES, ROLL_COLUMNS, SECTION_COLUMNS, rolls
from server.services.rosters import Roster
from sync.finding import SeenMark
from sync.model import Flag, Mark, RollState

Known = Collection[tuple[UUID, str | None]]
TAKEN = (
    rolls()
    .add_columns(SECTION_COLUMNS.title, SECTION_COLUMNS.room)
    .where(
        ROLL_COLUMNS.school_date == bindparam("on"),
        ROLL_COLUMNS.state != RollState.NOT_TAKEN.value,
        ROLL_COLUMNS.taken_at.is_not(None),
    )
    .order_by(ROLL_COLUMNS.starts_at, ROLL_COLUMNS.roll_id)
)


def taken_rolls(connection: Connection, school_id: UUID, on: date) -> list[Any]:
    """The rolls of a date that somebody took, in the order of the bells."""
    return list(connection.execute(TAKEN, {"school_id": school_id, "on": on}))


def seen_marks(
    connection: Connection, school_id: UUID, on: date, rows: list[Any]
) -> list[SeenMark]:
    """The marks of who was enrolled, one each."""
    rosters = load_rosters(connection, school_id, rows)
    asked = {"school_id": school_id, "from_on": on, "to_on": on}
    known = {(one.student_id, one.period) for one in connection.execute(NOTICES, asked)}
    return [mark for row in rows for mark in _of_roll(row, rosters, known)]


def _of_roll(row: Any, rosters: Mapping[UUID, Roster], known: Known) -> Iterable[SeenMark]:
    roster = rosters[row.section_id]
    folded = unpack_marks(row.marks)
    different = folded.different()
    by_num = {num: different[code] for num, code in zip(folded.nums, folded.codes, strict=True)}
    for student_id in sorted(roster.ids_in(row)):
        mark = by_num.get(roster.num_by_int[student_id.int])
        if mark is not None and mark.presence is not None:
            yield _seen(row, student_id, mark, known)


def _seen(row: Any, student_id: UUID, mark: Mark, known: Known) -> SeenMark:
    assert mark.presence is not None, "a student without a mark says nothing"
    told = (student_id, None) in known or (student_id, row.period) in known
    return SeenMark(
        roll_id=row.roll_id,
        student_id=student_id,
        section_id=row.section_id,
        period=row.period,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        presence=mark.presence,
        taken_at=row.taken_at,
        staff_id=row.submitted_by,
        room=row.room,
        arrived_at=mark.arrived_at,
        left_at=mark.left_at,
        known=told or bool(mark.reason) or mark.ruled_by is not None,
        contested=Flag.CONTESTED in mark.flags,
    )
