"""Blank roll sheets: what the office prints for a day without power."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.services.board import ROLLS
from server.services.facts import IDS, rows_of
from server.services.horizon import load_rosters, today_at
from server.services.render import student_name, to_json
from server.services.rolls import NOTICES, SECTION_COLUMNS, known_absences, sections
from server.services.rosters import Roster, covers, is_expected

SECTIONS = sections().where(SECTION_COLUMNS.section_id.in_(IDS))


def print_sheets(engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime) -> bytes:
    """The sheets as JSON, in the order of the bells; meetings that expect no roll have none."""
    on: date = query.get("on") or today_at(viewer.zone, now)
    with reading(engine) as connection:
        asked = {"school_id": viewer.school_id, "on": on}
        rows = [row for row in connection.execute(ROLLS, asked) if _is_wanted(row, query)]
        told = {
            "on": on,
            "school": {
                "school_id": viewer.school_id,
                "name": viewer.school_name,
                "zone": viewer.zone,
            },
            "sheets": _sheets(connection, viewer.school_id, rows, on),
        }
    return to_json(told)


def _is_wanted(row: Row[Any], query: Mapping[str, Any]) -> bool:
    return (
        row.expected
        and query.get("section_id") in {None, row.section_id}
        and query.get("period") in {None, row.period}
    )


def _sheets(
    connection: Connection, school_id: UUID, rows: Sequence[Row[Any]], on: date
) -> list[dict[str, Any]]:
    rosters = load_rosters(connection, school_id, rows)
    found = rows_of(connection, SECTIONS, school_id, sorted(rosters))
    section_of = {one.section_id: one for one in found}
    asked = {"school_id": school_id, "from_on": on, "to_on": on}
    notices = connection.execute(NOTICES, asked).all()
    return [
        {
            "roll_id": row.roll_id,
            "section_title": section_of[row.section_id].title,
            "room": section_of[row.section_id].room,
            "period": row.period,
            "period_name": row.period_name,
            "starts_at": spell(row.starts_at),
            "due_at": spell(row.due_at),
            "teacher_names": _teacher_names(rosters[row.section_id], on),
            "students": students_in(rosters[row.section_id], row),
            "known": known_absences(notices, row, rosters[row.section_id]),
            "state": row.state,
        }
        for row in rows
    ]


def students_in(roster: Roster, row: Any) -> list[dict[str, Any]]:
    """Who is expected in a roll's meeting, by name, in the order of the names."""
    return [student_name(one) for one in roster.enrolled if is_expected(one, row)]


def _teacher_names(roster: Roster, on: date) -> list[str]:
    return list(dict.fromkeys(one.name for one in roster.teachers if covers(one, on)))
