"""The office's board: one day of a school, who has submitted, by period and teacher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, bindparam, select

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.models import Staff, table_of
from server.record import unpack_marks
from server.services import render
from server.services.aside import version_of
from server.services.beside import load_beside, load_seen
from server.services.facts import IDS, SCHOOL, Person, load_people, rows_of
from server.services.horizon import DAYS, one_a_date, today_at
from server.services.past import read_past
from server.services.pull import stand_of
from server.services.reach import Reach, reach_of
from server.services.render import to_json
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, rolls, sections
from server.services.rosters import Roster, covers

_staff = table_of(Staff).c
ROLLS = (
    rolls()
    .where(ROLL_COLUMNS.school_date == bindparam("on"))
    .order_by(ROLL_COLUMNS.starts_at, ROLL_COLUMNS.period, ROLL_COLUMNS.roll_id)
)
SECTIONS = sections().where(SECTION_COLUMNS.section_id.in_(IDS)).order_by(SECTION_COLUMNS.title)
TEACHERS = (
    select(_staff.staff_id, _staff.display_name, _staff.room, _staff.extension)
    .where(_staff.school_id == SCHOOL, _staff.staff_id.in_(IDS))
    .order_by(_staff.family_name, _staff.given_name)
)


def draw_board(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime, *, mails: bool = False
) -> bytes:
    """The board of a date, today's when none is named, as JSON; as it was known `as_of` then.

    `mails`: this Rollbook can send mail. How people are reached is of now, and of no past instant.
    """
    as_of: datetime | None = query.get("as_of")
    on = query.get("on") or today_at(viewer.zone, as_of or now)
    with reading(engine) as connection:
        stand = stand_of(connection, viewer.school_id)
        today = connection.execute(ROLLS, {"school_id": viewer.school_id, "on": on}).all()
        past = read_past(connection, viewer, today, as_of)
        rows, rosters = past.rows, past.rosters
        beside = load_beside(connection, viewer.school_id, on, now, as_of)
        seen = {} if as_of else load_seen(connection, viewer.school_id, viewer.zone, on)
        staff = {one for roster in rosters.values() for one in teaching_on(roster, on)}
        reach = {} if as_of else reach_of(connection, viewer.school_id, staff, now, mails=mails)
        told = {
            "epoch": stand.epoch,
            "server_time": spell(now),
            "as_of": as_of and spell(as_of),
            "roster_as_of": past.roster_as_of and spell(past.roster_as_of),
            "cursor": f"{stand.epoch}.{stand.seq}",
            "on": on,
            "day": day_of(connection, viewer.school_id, on),
            "school": {
                "school_id": viewer.school_id,
                "name": viewer.school_name,
                "zone": viewer.zone,
            },
            "periods": periods_of(rows),
            "aside": version_of(connection, viewer.school_id),
            "teachers": _teachers(connection, viewer.school_id, staff, seen, reach),
            "sections": _sections(connection, viewer.school_id, rosters, on),
            "rolls": [
                roll | beside.of(roll["roll_id"])
                for roll in board_rolls(connection, viewer.school_id, rows, rosters)
            ],
        }
    return to_json(told)


def day_of(connection: Connection, school_id: UUID, on: date) -> dict[str, Any]:
    """The calendar's line; a date that it does not list has no school."""
    asked = {"school_id": school_id, "from_on": on, "to_on": on}
    days = one_a_date(connection.execute(DAYS, asked))
    if not days:
        return {"on": on, "kind": "closed", "note": None, "schedule": None}
    return render.day(days[0])


def periods_of(rows: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    """The day's periods; where bands of grades keep other hours, the earliest stands."""
    periods: dict[str, dict[str, Any]] = {}
    for row in rows:
        periods.setdefault(
            row.period,
            {
                "period": row.period,
                "name": row.period_name,
                "starts_at": spell(row.starts_at),
                "ends_at": spell(row.ends_at),
                "due_at": spell(row.due_at),
                "check_at": spell(row.check_at),
            },
        )
    return list(periods.values())


def _teachers(
    connection: Connection,
    school_id: UUID,
    staff: Iterable[UUID],
    seen: Mapping[UUID, datetime],
    reach: Mapping[UUID, Reach],
) -> list[dict[str, Any]]:
    return [
        teacher(row) | reached(row.staff_id, seen, reach)
        for row in rows_of(connection, TEACHERS, school_id, sorted(staff))
    ]


def reached(
    staff_id: UUID, seen: Mapping[UUID, datetime], reach: Mapping[UUID, Reach]
) -> dict[str, Any]:
    """When a tablet of theirs was last heard of, and by which way they are reminded."""
    at, known = seen.get(staff_id), reach.get(staff_id)
    return {
        "seen_at": at and spell(at),
        "reach": known and known.way.value,
        "reach_why": known and known.why,
    }


def teacher(row: Row[Any]) -> dict[str, Any]:
    """Who to call, and where."""
    return {
        "staff_id": row.staff_id,
        "name": row.display_name,
        "room": row.room,
        "extension": row.extension,
    }


def teaching_on(roster: Roster, on: date) -> list[UUID]:
    """Who teaches the section on a date, each once."""
    return list(dict.fromkeys(one.staff_id for one in roster.teachers if covers(one, on)))


def _sections(
    connection: Connection, school_id: UUID, rosters: Mapping[UUID, Roster], on: date
) -> list[dict[str, Any]]:
    return [
        {
            "section_id": row.section_id,
            "title": row.title,
            "room": row.room,
            "teacher_ids": teaching_on(rosters[row.section_id], on),
            "count": len(rosters[row.section_id].ids_on(on)),
        }
        for row in rows_of(connection, SECTIONS, school_id, sorted(rosters))
    ]


def board_rolls(
    connection: Connection,
    school_id: UUID,
    rows: Sequence[Row[Any]],
    rosters: Mapping[UUID, Roster],
) -> list[dict[str, Any]]:
    """Rolls counted, without names of students."""
    authors = {row.submitted_by for row in rows if row.submitted_by}
    people = load_people(connection, school_id, authors)
    return [_roll(row, rosters[row.section_id], people) for row in rows]


def _roll(row: Row[Any], roster: Roster, people: Mapping[UUID, Person]) -> dict[str, Any]:
    folded, enrolled = unpack_marks(row.marks), roster.nums_in(row)
    by = people.get(row.submitted_by)
    return render.roll_facts(row) | {
        "by_name": by and by.name,
        "unmarked_count": len(render.unmarked(row, folded, roster, enrolled)),
        "counts": render.counts(folded, enrolled),
    }
