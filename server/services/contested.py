"""The office's list of marks about which people disagree: safety first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, bindparam

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.services.board import TEACHERS, board_rolls, teacher, teaching_on
from server.services.facts import IDS, rows_of
from server.services.heard import heard_at, in_order_heard, load_when_heard
from server.services.horizon import load_rosters
from server.services.pull import stand_of
from server.services.render import student_name, to_json
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, render_rolls, rolls, sections
from server.services.rosters import Roster
from server.services.voices import Said, said_of
from sync.model import Flag
from sync.registers import fold_mark

MOST = 200
ROLLS = (
    rolls()
    .where(
        ROLL_COLUMNS.contested > 0,
        ROLL_COLUMNS.school_date >= bindparam("from_on"),
        ROLL_COLUMNS.school_date <= bindparam("to_on"),
    )
    .order_by(ROLL_COLUMNS.school_date, ROLL_COLUMNS.roll_id)
)
SECTIONS = sections().where(SECTION_COLUMNS.section_id.in_(IDS))


def list_contested(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> bytes:
    """The contested marks of some school dates as JSON, each with its story."""
    asked = {
        "school_id": viewer.school_id,
        "from_on": query.get("from") or date.min,
        "to_on": query.get("to") or date.max,
    }
    with reading(engine) as connection:
        stand = stand_of(connection, viewer.school_id)
        rows = connection.execute(ROLLS, asked).all()
        items = _items(connection, viewer.school_id, rows) if rows else []
    items.sort(key=lambda one: (Flag.SAFETY not in one["mark"]["flags"], one["since"]))
    most = query.get("limit") or MOST
    return to_json(
        {
            "epoch": stand.epoch,
            "server_time": spell(now),
            "cursor": f"{stand.epoch}.{stand.seq}",
            "more": len(items) > most,
            "items": items[:most],
        }
    )


def _items(
    connection: Connection, school_id: UUID, rows: Sequence[Row[Any]]
) -> list[dict[str, Any]]:
    rosters = load_rosters(connection, school_id, rows)
    heard = load_when_heard(connection, school_id, [row.roll_id for row in rows])
    whole = render_rolls(connection, school_id, rows, rosters)
    counted = board_rolls(connection, school_id, rows, rosters)
    found = rows_of(connection, SECTIONS, school_id, sorted(rosters))
    section_of = {one.section_id: one for one in found}
    teachers = _teachers(connection, school_id, rows, rosters)
    items = []
    for row, roll, facts in zip(rows, whole, counted, strict=True):
        roster = rosters[row.section_id]
        about = {
            "roll": facts,
            "section": _section(section_of[row.section_id]),
            "teachers": [teachers[one] for one in teaching_on(roster, row.school_date)],
            "people": roll["people"],
            "ops": roll["ops"],
        }
        marks = [mark for mark in roll["marks"] if Flag.CONTESTED in mark.get("flags", ())]
        since = _since(heard[row.roll_id], roster, [mark["student_id"] for mark in marks])
        items += [about | _about_one(mark, roster, since) for mark in marks]
    return items


def _about_one(
    mark: dict[str, Any], roster: Roster, since: Mapping[str, datetime]
) -> dict[str, Any]:
    student = mark["student_id"]
    of_id = {str(one.student_id): one for one in roster.enrolled}
    return {
        "student": student_name(of_id[student]),
        "mark": mark,
        "since": spell(since[student]),
    }


def _since(entries: Sequence[Any], roster: Roster, students: Iterable[str]) -> dict[str, datetime]:
    said = said_of(in_order_heard(entries), roster, students)
    return {student: _became_contested(lines) for student, lines in said.items()}


def _became_contested(said: Sequence[Said]) -> datetime:
    """The receipt of the op since which people have disagreed without a break."""
    lines = [one.line for one in said]
    since = heard_at(said[-1].entry)
    for count in range(len(lines), 0, -1):
        if Flag.CONTESTED not in fold_mark(lines[0].said.student_id, lines[:count]).flags:
            break
        since = heard_at(said[count - 1].entry)
    return since


def _section(row: Row[Any]) -> dict[str, Any]:
    return {"section_id": row.section_id, "title": row.title, "room": row.room}


def _teachers(
    connection: Connection,
    school_id: UUID,
    rows: Sequence[Row[Any]],
    rosters: Mapping[UUID, Roster],
) -> dict[UUID, dict[str, Any]]:
    staff = {one for row in rows for one in teaching_on(rosters[row.section_id], row.school_date)}
    found = rows_of(connection, TEACHERS, school_id, sorted(staff))
    return {row.staff_id: teacher(row) for row in found}
