"""The report of entry and modification: of each roll who entered it when, and every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select

from server.access import Viewer
from server.db import reading
from server.models import Enrollment, Staff, Student, Teaching, table_of
from server.problems import Problem
from server.services.audit_lines import Known, Looked, Opened, tell_roll
from server.services.audit_span import audit_span
from server.services.entries import DEVICES
from server.services.facts import IDS, SCHOOL, load_prior, rows_of
from server.services.horizon import load_rosters
from server.services.known import open_roll
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, rolls
from server.services.rosters import Roster
from server.services.school_pack import pack_of
from server.services.tell_changes import full_name
from sync.codes import Role
from sync.sentence import say
from sync.statement import changes_since

_roll, _staff, _student = ROLL_COLUMNS, table_of(Staff).c, table_of(Student).c
_teaching, _enrollment = table_of(Teaching).c, table_of(Enrollment).c
ROLLS = (
    rolls()
    .add_columns(SECTION_COLUMNS.title)
    .where(
        _roll.expected,
        _roll.school_date >= bindparam("from_on"),
        _roll.school_date <= bindparam("to_on"),
    )
    .order_by(_roll.school_date, _roll.starts_at, SECTION_COLUMNS.title, _roll.roll_id)
)
STAFF = select(_staff.staff_id, _staff.display_name, _staff.sourced_id, _staff.role).where(
    _staff.school_id == SCHOOL, _staff.staff_id.in_(IDS)
)
EVERYBODY = (
    select(_staff.staff_id, _staff.display_name)
    .where(_staff.school_id == SCHOOL, _staff.active)
    .order_by(_staff.family_name, _staff.given_name, _staff.staff_id)
)
STUDENTS = select(_student.student_id, _student.given_name, _student.family_name).where(
    _student.school_id == SCHOOL, _student.student_id.in_(IDS)
)


def audit(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """All rolls of a day, somebody's between two dates, or a student's. Raises Problem `invalid`,
    `not_found`."""
    span = audit_span(viewer, query, now)
    about = Looked(query.get("staff_id"), query.get("student_id"))
    if about == Looked() and span[0] != span[1]:
        raise Problem("invalid", errors={"to": [say("Of everybody one day at a time.")]})
    with reading(engine) as connection:
        opened = _open(connection, viewer, span, about)
        known = _known(connection, viewer, opened, about)
        name = _name(known, about)
        everybody = connection.execute(EVERYBODY, {"school_id": viewer.school_id}).all()
    return {
        "server_time": now,
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        "from": span[0],
        "to": span[1],
        "about": name,
        "staff": [{"staff_id": one.staff_id, "name": one.display_name} for one in everybody],
        "rolls": [tell_roll(one, known, about) for one in opened],
    }


def _open(
    connection: Connection, viewer: Viewer, span: tuple[Any, Any], about: Looked
) -> list[Opened]:
    asked = {"school_id": viewer.school_id, "from_on": span[0], "to_on": span[1]}
    rows: list[Any] = [*connection.execute(_narrowed(about), asked)]
    rosters = load_rosters(connection, viewer.school_id, rows)
    rows = [row for row in rows if _is_about(row, rosters[row.section_id], about)]
    touched = [row.roll_id for row in rows if row.revision or row.locked_at or row.certified_at]
    prior = load_prior(connection, viewer.school_id, touched)
    return [
        _opened(connection, viewer, row, rosters[row.section_id], prior.get(row.roll_id, ()))
        for row in rows
    ]


def _narrowed(about: Looked) -> Any:
    if about.staff_id is not None:
        mine = select(_teaching.section_id).where(
            _teaching.school_id == SCHOOL, _teaching.staff_id == about.staff_id, _teaching.active
        )
        return ROLLS.where(_roll.section_id.in_(mine))
    if about.student_id is not None:
        hers = select(_enrollment.section_id).where(
            _enrollment.school_id == SCHOOL,
            _enrollment.student_id == about.student_id,
            _enrollment.active,
        )
        return ROLLS.where(_roll.section_id.in_(hers))
    return ROLLS


def _is_about(row: Any, roster: Roster, about: Looked) -> bool:
    if about.staff_id is not None:
        return roster.rank(about.staff_id, row.school_date) is not None
    return about.student_id is None or about.student_id in roster.ids_in(row)


def _opened(
    connection: Connection, viewer: Viewer, row: Any, roster: Roster, prior: Sequence[Any]
) -> Opened:
    roll = open_roll(connection, viewer.school_id, row, roster, prior, zone=viewer.zone)
    ops = [op for op, _ in roll.ops]
    acts = [one for one in prior if one.kind in {"certify", "lock", "reopen"}]
    if not ops:
        return Opened(row, roster, ops, acts, ())
    enrolled = roster.ids_in(row)
    return Opened(row, roster, ops, acts, changes_since(ops, enrolled, ops[0].seq))


def _known(
    connection: Connection, viewer: Viewer, opened: Sequence[Opened], about: Looked
) -> Known:
    ops = [op for one in opened for op in one.ops]
    acts = [act for one in opened for act in one.acts]
    staff = {op.author for op in ops} | {act.author for act in acts if act.author}
    staff |= {about.staff_id} if about.staff_id else set()
    students = {change.student_id for one in opened for change in one.changes}
    students |= {about.student_id} if about.student_id else set()
    devices = {op.device_id for op in ops} | {act.device_id for act in acts if act.device_id}
    school = viewer.school_id
    return Known(
        pack_of(connection, school),
        viewer.zone,
        Role(viewer.role),
        {row.staff_id: row for row in rows_of(connection, STAFF, school, sorted(staff))},
        {row.student_id: row for row in rows_of(connection, STUDENTS, school, sorted(students))},
        {row[0]: row[1] for row in rows_of(connection, DEVICES, school, sorted(devices))},
    )


def _name(known: Known, about: Looked) -> str | None:
    """Whom the report is about. Raises Problem `not_found`."""
    if about.staff_id is not None:
        if about.staff_id not in known.staff:
            raise Problem("not_found")
        name: str = known.staff[about.staff_id].display_name
        return name
    if about.student_id is not None:
        if about.student_id not in known.students:
            raise Problem("not_found")
        return full_name(known.students[about.student_id])
    return None
