"""The office's grid: a day's students and periods, or one student's days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, func, select

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.models import Enrollment, Student, table_of
from server.problems import Problem
from server.services.board import (
    ROLLS,
    SECTIONS,
    TEACHERS,
    day_of,
    periods_of,
    teaching_on,
)
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.grid_rolls import grid_rolls, reader_of
from server.services.heard import when_known
from server.services.horizon import DAYS, load_rosters, one_a_date, today_at
from server.services.past import read_past
from server.services.pull import stand_of
from server.services.render import day, to_json
from server.services.rolls import ROLL_COLUMNS, rolls
from server.services.rosters import Enrolled, Roster, covers
from server.services.spans import read_span, terms_told

_student, _enrollment = table_of(Student).c, table_of(Enrollment).c
ONE_STUDENT = select(
    _student.num,
    _student.student_id,
    _student.given_name,
    _student.family_name,
    _student.grade,
).where(_student.school_id == SCHOOL, _student.student_id == bindparam("student_id"))
IN_SECTIONS = select(_enrollment.section_id).where(
    _enrollment.school_id == SCHOOL,
    _enrollment.student_id == bindparam("student_id"),
    _enrollment.active,
)
EXPECTED = (ROLL_COLUMNS.school_id == SCHOOL, ROLL_COLUMNS.expected)
NEAREST = select(
    select(func.max(ROLL_COLUMNS.school_date))
    .where(*EXPECTED, ROLL_COLUMNS.school_date < bindparam("on"))
    .scalar_subquery()
    .label("before_on"),
    select(func.min(ROLL_COLUMNS.school_date))
    .where(*EXPECTED, ROLL_COLUMNS.school_date > bindparam("on"))
    .scalar_subquery()
    .label("after_on"),
)
ROLLS_OF = (
    rolls()
    .where(
        ROLL_COLUMNS.section_id.in_(IDS),
        ROLL_COLUMNS.school_date >= bindparam("from_on"),
        ROLL_COLUMNS.school_date <= bindparam("to_on"),
    )
    .order_by(ROLL_COLUMNS.starts_at, ROLL_COLUMNS.period, ROLL_COLUMNS.roll_id)
)


def draw_grid(engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime) -> bytes:
    """The grid of a date, today's when none is named, as JSON; as it was known `as_of` then."""
    as_of: datetime | None = query.get("as_of")
    on = query.get("on") or today_at(viewer.zone, as_of or now)
    school_id = viewer.school_id
    with reading(engine) as connection:
        stand = stand_of(connection, school_id)
        found = connection.execute(ROLLS, {"school_id": school_id, "on": on}).all()
        past = read_past(connection, viewer, found, as_of)
        rosters = past.rosters
        staff = {one for roster in rosters.values() for one in teaching_on(roster, on)}
        told = {
            "epoch": stand.epoch,
            "server_time": spell(now),
            "as_of": as_of and spell(as_of),
            "roster_as_of": past.roster_as_of and spell(past.roster_as_of),
            "cursor": f"{stand.epoch}.{stand.seq}",
            "on": on,
            **_nearest(connection, school_id, on),
            "known_at": [spell(at) for at in when_known(connection, school_id, on, as_of)],
            "day": day_of(connection, school_id, on),
            "school": {"school_id": school_id, "name": viewer.school_name, "zone": viewer.zone},
            "periods": periods_of(past.rows),
            "teachers": [
                {"staff_id": row.staff_id, "name": row.display_name}
                for row in rows_of(connection, TEACHERS, school_id, sorted(staff))
            ],
            "sections": _sections(connection, school_id, rosters, on),
            "students": _students(rosters.values(), on),
            "rolls": grid_rolls(
                connection, school_id, past.rows, rosters, reader_of(connection, viewer)
            ),
        }
    return to_json(told)


def _nearest(connection: Connection, school_id: UUID, on: date) -> dict[str, date | None]:
    """The dates before and after on which rolls are expected."""
    asked = {"school_id": school_id, "on": on}
    found: dict[str, date | None] = connection.execute(NEAREST, asked).one()._asdict()
    return found


def draw_student(
    engine: Engine, viewer: Viewer, student_id: UUID, query: Mapping[str, Any], now: datetime
) -> bytes:
    """One student's rolls over some dates, as JSON. Raises Problem `not_found`,
    `invalid`."""
    school_id = viewer.school_id
    with reading(engine) as connection:
        asked = {"school_id": school_id, "student_id": student_id}
        student = connection.execute(ONE_STUDENT, asked).first()
        if student is None:
            raise Problem("not_found")
        sections = sorted(set(connection.execute(IN_SECTIONS, asked).scalars()))
        dates = read_span(connection, viewer, query, now)
        from_on, to_on = dates.span.from_on, dates.span.to_on
        span = {"school_id": school_id, "from_on": from_on, "to_on": to_on}
        found = connection.execute(ROLLS_OF, {**span, "ids": sections}).all() if sections else []
        rosters = load_rosters(connection, school_id, found)
        mine = [
            row for row in found if student.num in rosters[row.section_id].nums_on(row.school_date)
        ]
        told = {
            "server_time": spell(now),
            **dates.told,
            "terms": terms_told(dates),
            "student": student._asdict(),
            "days": [day(row) for row in one_a_date(connection.execute(DAYS, span))],
            "sections": _sections(connection, school_id, rosters, to_on),
            "rolls": grid_rolls(
                connection,
                school_id,
                mine,
                rosters,
                reader_of(connection, viewer),
                only={student.num},
            ),
        }
    return to_json(told)


def _sections(
    connection: Connection, school_id: UUID, rosters: Mapping[UUID, Roster], on: date
) -> list[dict[str, Any]]:
    return [
        {
            "section_id": row.section_id,
            "title": row.title,
            "room": row.room,
            "teacher_ids": teaching_on(rosters[row.section_id], on),
        }
        for row in rows_of(connection, SECTIONS, school_id, sorted(rosters))
    ]


def _students(rosters: Iterable[Roster], on: date) -> list[dict[str, Any]]:
    """Everybody on any roll of the date, each once, by name."""
    listed = [one for roster in rosters for one in roster.enrolled if covers(one, on)]
    found = {one.num: one for one in listed}
    ends = _ends(listed, on)
    by_name = sorted(found.values(), key=lambda one: (one.given_name, one.family_name, one.num))
    return [
        {
            "num": one.num,
            "student_id": one.student_id,
            "given_name": one.given_name,
            "family_name": one.family_name,
            "grade": one.grade,
            **ends.get(one.num, {}),
        }
        for one in by_name
    ]


def _ends(listed: Iterable[Enrolled], on: date) -> dict[int, dict[str, Any]]:
    """Who begins or ends in a section on the date, and when where that is known."""
    told: dict[int, dict[str, Any]] = {}
    for one in listed:
        for is_it, word, name, at in (
            (one.begin_on == on, "begins", "begin_at", one.begin_at),
            (one.end_on == on, "ends", "end_at", one.end_at),
        ):
            if is_it:
                known = {} if at is None else {name: spell(at)}
                told.setdefault(one.num, {}).update({word: True, **known})
    return told
