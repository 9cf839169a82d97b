"""One roll with everything that ever reached it, in the order it was received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, bindparam, select

from schemas.fast import read_op
from server.access import Viewer, access_roll
from server.columns import spell
from server.db import reading
from server.models import Device, OpEntry, Student, table_of
from server.record import nums_of_op, unpack_marks, unpack_op
from server.services.facts import IDS, SCHOOL, Person, load_people, rows_of
from server.services.horizon import load_rosters
from server.services.pull import stand_of
from server.services.refold import capture_of
from server.services.render import to_json
from server.services.rolls import ROLL_COLUMNS, render_rolls, rolls, sections
from server.services.sift import sift_history
from sync.deadline import timeliness
from sync.model import Capture, Kind

_op, _student = table_of(OpEntry).c, table_of(Student).c
_device = table_of(Device).c
ROLL = rolls().where(ROLL_COLUMNS.roll_id == bindparam("roll_id"))
SECTION = sections()
ENTRIES = (
    select(table_of(OpEntry))
    .where(_op.school_id == SCHOOL, _op.roll_id == bindparam("roll_id"))
    .order_by(_op.seq)
)
STUDENTS = select(
    _student.num, _student.student_id, _student.given_name, _student.family_name
).where(_student.school_id == SCHOOL, _student.num.in_(IDS))
STUDENTS_BY_ID = select(
    _student.num, _student.student_id, _student.given_name, _student.family_name
).where(_student.school_id == SCHOOL, _student.student_id.in_(IDS))
DEVICES = select(_device.device_id, _device.label).where(
    _device.school_id == SCHOOL, _device.device_id.in_(IDS)
)
TOLD = ("presence", "arrived_at", "left_at", "note", "reason", "excused", "evidence", "why")


def tell_history(engine: Engine, viewer: Viewer, roll_id: UUID, now: datetime) -> bytes:
    """The history as JSON. Raises Problem `not_found` for who may not read the roll."""
    with reading(engine) as connection:
        access_roll(connection, viewer, roll_id)
        asked = {"school_id": viewer.school_id, "roll_id": roll_id}
        row = connection.execute(ROLL, asked).one()
        rosters = load_rosters(connection, viewer.school_id, [row])
        entries = connection.execute(ENTRIES, asked).all()
        told = {
            "epoch": stand_of(connection, viewer.school_id).epoch,
            "server_time": spell(now),
            "as_of": None,
            "roster_as_of": None,
            "roll": render_rolls(connection, viewer.school_id, [row], rosters)[0],
            "section": _section(connection, viewer.school_id, row.section_id),
            **_entries(connection, viewer.school_id, row, entries),
        }
        if viewer.pass_id is not None:
            enrolled = rosters[row.section_id].ids_on(row.school_date)
            told = sift_history(told, enrolled, viewer.staff_id)
    return to_json(told)


def _section(connection: Connection, school_id: UUID, section_id: UUID) -> dict[str, Any]:
    only = SECTION.where(SECTION.selected_columns.section_id == section_id)
    row = connection.execute(only, {"school_id": school_id}).one()
    return {
        "section_id": row.section_id,
        "title": row.title,
        "course": row.course,
        "room": row.room,
    }


def _entries(
    connection: Connection, school_id: UUID, row: Row[Any], entries: Sequence[Row[Any]]
) -> dict[str, Any]:
    nums = set(unpack_marks(row.marks).nums)
    for one in entries:
        if one.outcome == "accepted":
            nums.update(nums_of_op(one.payload))
    students = rows_of(connection, STUDENTS, school_id, sorted(nums))
    text_of = {one.num: str(one.student_id) for one in students}
    trees = [tree_of(one, text_of) for one in entries]
    students += _others(connection, school_id, trees, text_of)
    people = load_people(connection, school_id, (e.author for e in entries if e.author))
    devices = rows_of(
        connection, DEVICES, school_id, sorted({e.device_id for e in entries if e.device_id})
    )
    labels = {one.device_id: one.label for one in devices}
    return {
        "students": [
            {
                "student_id": one.student_id,
                "given_name": one.given_name,
                "family_name": one.family_name,
            }
            for one in students
        ],
        "entries": [
            _entry(one, tree, row, people) | {"device_label": labels.get(one.device_id)}
            for one, tree in zip(entries, trees, strict=True)
        ],
    }


def _others(
    connection: Connection,
    school_id: UUID,
    trees: Iterable[Mapping[str, Any]],
    text_of: Mapping[int, str],
) -> list[Row[Any]]:
    """Students of the school whom only held ops name."""
    told = set(text_of.values())
    names = {mark["student_id"].lower() for tree in trees for mark in tree["marks"]} - told
    return rows_of(connection, STUDENTS_BY_ID, school_id, sorted(map(UUID, names)))


def tree_of(entry: Row[Any], text_of: Mapping[int, str]) -> dict[str, Any]:
    """What an op said, as far as this server can read it; one it cannot says nothing."""
    if entry.outcome == "accepted":
        return unpack_op(entry.payload, text_of)
    sent = read_op(entry.payload)
    if sent.op is None or sent.tree is None:
        return {"marks": []}
    return sent.tree


def _entry(
    entry: Row[Any], tree: Mapping[str, Any], row: Row[Any], people: Mapping[UUID, Person]
) -> dict[str, Any]:
    capture = capture_of(tree, entry.received_at) if "taken_at" in tree else None
    author = people.get(entry.author)
    timed = capture is not None and entry.kind == Kind.SUBMIT and entry.outcome == "accepted"
    return {
        "op_id": entry.op_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "author": author and author.by(),
        "taken_at": spell(entry.taken_at),
        "received_at": spell(entry.received_at),
        "outcome": entry.outcome,
        "reason": entry.reason,
        "timeliness": timeliness(row.due_at, entry.received_at, capture)
        if timed and capture
        else None,
        "clock_note": None if capture is None else clock_note(capture),
        "source": tree.get("source"),
        "resolution": None,
        "heard_at": spell(entry.received_at) if entry.outcome == "accepted" else None,
        "marks": [_mark(mark) for mark in tree["marks"]],
    }


def clock_note(capture: Capture) -> str | None:
    """What a person should know about the tablet's clock, if anything."""
    if not capture.measured:
        return "The tablet had not compared its clock with the school's."
    if capture.clamped:
        return "The tablet's clock was wrong; the time was put right as far as possible."
    if capture.suspect:
        return "The tablet's clock was changed while it was in use."
    return None


def _mark(mark: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: mark[name] for name in TOLD if name in mark}
    return {"student_id": mark["student_id"].lower(), **told}
