"""The report of entry and modification: of each roll who entered it when, and every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, select

from schemas.words import AuditKind
from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.models import Enrollment, Staff, Student, Teaching, table_of
from server.problems import Problem
from server.record import unpack_op
from server.services.audit_span import audit_span
from server.services.entries import DEVICES
from server.services.facts import IDS, SCHOOL, load_prior, rows_of
from server.services.horizon import load_rosters, today_at
from server.services.known import open_roll
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, rolls
from server.services.rosters import Roster, covers
from server.services.school_pack import pack_of
from sync.codes import Role
from sync.disclose import may_read
from sync.model import Op, Presence
from sync.pack import Pack
from sync.statement import Change, changes_since

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
CONFIDENTIAL = frozenset({"reason", "evidence"})


@dataclass(frozen=True, slots=True)
class Looked:
    """What the report is about: everybody, one person's rolls, or one student's marks."""

    staff_id: UUID | None = None
    student_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What lines are told with."""

    pack: Pack
    zone: str
    role: Role
    staff: Mapping[UUID, Any]
    students: Mapping[UUID, Any]
    devices: Mapping[UUID, str | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A roll with its accepted entries."""

    row: Any
    roster: Roster
    ops: Sequence[Op]
    acts: Sequence[Any]
    changes: Sequence[Change]


def audit(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """All rolls of a day, somebody's between two dates, or a student's. Raises Problem `invalid`,
    `not_found`."""
    span = audit_span(viewer, query, now)
    about = Looked(query.get("staff_id"), query.get("student_id"))
    if about == Looked() and span[0] != span[1]:
        raise Problem("invalid", errors={"to": ["Of everybody one day at a time."]})
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
        "rolls": [_roll_told(one, known, about) for one in opened],
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
    return about.student_id is None or about.student_id in roster.ids_on(row.school_date)


def _opened(
    connection: Connection, viewer: Viewer, row: Any, roster: Roster, prior: Sequence[Any]
) -> Opened:
    roll = open_roll(connection, viewer.school_id, row, roster, prior, zone=viewer.zone)
    ops = [op for op, _ in roll.ops]
    acts = [one for one in prior if one.kind in {"certify", "lock", "reopen"}]
    if not ops:
        return Opened(row, roster, ops, acts, ())
    enrolled = roster.ids_on(row.school_date)
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
        return _full_name(known.students[about.student_id])
    return None


def _roll_told(one: Opened, known: Known, about: Looked) -> dict[str, Any]:
    row = one.row
    taught = (each for each in one.roster.teachers if covers(each, row.school_date))
    lines = sorted(_lines(one, known, about), key=lambda line: line["seq"])
    return {
        "roll_id": row.roll_id,
        "on": row.school_date,
        "period": row.period,
        "period_name": row.period_name,
        "section_title": row.title,
        "teacher_names": list(dict.fromkeys(each.name for each in taught)),
        "taken": row.received_at is not None,
        "state": row.state,
        "lines": lines,
    }


def _lines(one: Opened, known: Known, about: Looked) -> Iterator[dict[str, Any]]:
    by_seq = {op.seq: op for op in one.ops}
    for op in one.ops[:1]:
        yield _first(op, one, known, about)
    for change in one.changes:
        if about.student_id in {None, change.student_id} and change.student_id in known.students:
            yield _changed(change, by_seq[change.seq], one, known)
    for act in one.acts:
        yield _acted(act, one, known)


def _first(op: Op, one: Opened, known: Known, about: Looked) -> dict[str, Any]:
    """The first entry; of one student's report, what it said of the student."""
    said = [line for line in op.observations if about.student_id in {None, line.student_id}]
    counts = Counter(line.presence.value for line in said if line.presence is not None)
    kind = AuditKind.ENTERED if op.kind == "submit" else AuditKind.RULED
    return _line(kind, op, one, known) | {"summary": _in_order(counts)}


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return {one.value: counts[one.value] for one in Presence if counts.get(one.value)}


def _changed(change: Change, op: Op, one: Opened, known: Known) -> dict[str, Any]:
    kind = AuditKind.CHANGED if op.kind == "submit" else AuditKind.RULED
    values = (change.old, change.new)
    hidden = change.fact in CONFIDENTIAL and not _may_read(change, one, known)
    return _line(kind, op, one, known) | {
        "student_name": _full_name(known.students[change.student_id]),
        "fact": change.fact,
        "old": None if hidden else _spelled(values[0]),
        "new": None if hidden else _spelled(values[1]),
        "hidden": hidden,
        "why": None if hidden else change.why,
    }


def _may_read(change: Change, one: Opened, known: Known) -> bool:
    """Whether the reader may know the reasons that a change is about (K8); of evidence, which names
    no code, only who may read them all."""
    if change.fact == "evidence":
        return known.role in {Role.OFFICE, Role.ADMINISTRATOR}
    names = [value for value in (change.old, change.new) if value]
    meant = (known.pack.meaning(name, one.row.school_date) for name in names)
    return all(code is None or may_read(code, known.role) for code in meant)


def _acted(act: Any, one: Opened, known: Known) -> dict[str, Any]:
    return _when(
        AuditKind(act.kind), act.seq, act.author, act.device_id, act.received_at, act.received_at,
        one, known,
    ) | {"why": unpack_op(act.payload, {}).get("why")}  # fmt: skip


def _line(kind: AuditKind, op: Op, one: Opened, known: Known) -> dict[str, Any]:
    received = op.received_at or op.taken_at
    return _when(kind, op.seq, op.author, op.device_id, op.taken_at, received, one, known)


def _when(
    kind: AuditKind,
    seq: int,
    author: UUID | None,
    device_id: UUID | None,
    taken_at: datetime,
    received_at: datetime,
    one: Opened,
    known: Known,
) -> dict[str, Any]:
    entered_on = today_at(known.zone, received_at)
    return {
        "kind": kind,
        "seq": seq,
        "by": _person(author, known),
        "device_label": known.devices.get(device_id) if device_id else None,
        "taken_at": taken_at,
        "received_at": received_at,
        "entered_on": entered_on,
        "later_day": entered_on > one.row.school_date,
        "summary": {},
        "student_name": None,
        "fact": None,
        "old": None,
        "new": None,
        "hidden": False,
        "why": None,
    }


def _person(staff_id: UUID | None, known: Known) -> dict[str, Any] | None:
    row = None if staff_id is None else known.staff.get(staff_id)
    if row is None:
        return None
    return {
        "staff_id": row.staff_id,
        "name": row.display_name,
        "employee_id": row.sourced_id,
        "role": row.role,
    }


def _full_name(student: Any) -> str:
    return f"{student.given_name} {student.family_name}"


def _spelled(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return spell(value)
    if isinstance(value, bool):
        return "excused" if value else "unexcused"
    return str(value)


def lines_of(told: Mapping[str, Any]) -> Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each line with its roll; a roll of which nothing is known comes with none."""
    for roll in told["rolls"]:
        yield from ((roll, line) for line in roll["lines"])
