"""Held ops as the wire has them: for the feed, the office's list, and their authors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from schemas.fast import read_op
from server.columns import decode, spell
from server.models import Device, OpEntry, Resolution, RollRow, Section, Student, table_of
from server.record import nums_of_op, unpack_op
from server.services.facts import IDS, SCHOOL, STUDENTS_BY_NUM, Person, load_people, rows_of
from server.services.waiting import ended, to_the_author, to_the_office
from sync.model import Presence

_op, _end, _device = table_of(OpEntry).c, table_of(Resolution).c, table_of(Device).c
_roll, _section, _student = table_of(RollRow).c, table_of(Section).c, table_of(Student).c
KEPT = timedelta(days=21)
MOST_OWN = 200
MET = (_end.school_id == _op.school_id) & (_end.op_id == _op.op_id)
COLUMNS = (
    *(column for column in _op if column.name != "seq"),
    _end.at.label("ended_at"),
    _end.how,
    _end.reason.label("held_for"),
    _end.by.label("ended_by"),
    _end.why.label("ended_why"),
    _end.ruling,
)
ENTRIES = (
    select(func.coalesce(_end.seq, _op.seq).label("seq"), *COLUMNS)
    .join_from(table_of(OpEntry), table_of(Resolution), MET, isouter=True)
    .where(_op.school_id == SCHOOL)
)
"""Ops with what became of them where they were held; `seq` is where that stands in the log."""
WAITING = (
    select(_op.seq, *COLUMNS)
    .join_from(table_of(OpEntry), table_of(Resolution), MET, isouter=True)
    .where(_op.school_id == SCHOOL, _op.outcome == "held", _end.op_id.is_(None))
)
RESOLVED = (
    select(_end.seq, *COLUMNS)
    .join_from(table_of(OpEntry), table_of(Resolution), MET)
    .where(_end.school_id == SCHOOL)
)
ROLLS = (
    select(_roll.roll_id, _roll.school_date, _roll.period_name, _section.title)
    .join_from(
        table_of(RollRow),
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(_roll.school_id == SCHOOL, _roll.roll_id.in_(IDS))
)
DEVICES = select(_device.device_id, _device.label).where(
    _device.school_id == SCHOOL, _device.device_id.in_(IDS)
)
NAMES = select(_student.student_id, _student.given_name, _student.family_name).where(
    _student.school_id == SCHOOL, _student.student_id.in_(IDS)
)


def said(connection: Connection, school_id: UUID, row: Any) -> dict[str, Any]:
    """What an op said, as far as this server can read it; one it cannot says nothing."""
    if row.outcome == "accepted":
        nums = sorted(set(nums_of_op(row.payload)))
        known = rows_of(connection, STUDENTS_BY_NUM, school_id, nums)
        return unpack_op(row.payload, {one.num: str(one.student_id) for one in known})
    sent = read_op(row.payload)
    return {"marks": []} if sent.op is None or sent.tree is None else sent.tree


def own_items(
    connection: Connection, school_id: UUID, staff_id: UUID, now: datetime
) -> list[dict[str, Any]]:
    """A person's own held ops, as long as their tablets keep what was acknowledged: whoever begins
    anew has no place in the feed from which to learn of them."""
    asked = {"school_id": school_id}
    waiting = connection.execute(WAITING.where(_op.author == staff_id), asked).all()
    recent = RESOLVED.where(_op.author == staff_id, _end.at > now - KEPT)
    rows = [*waiting, *connection.execute(recent, asked).all()]
    told = items(connection, school_id, rows, wide=False)
    return sorted(told, key=lambda item: int(item["seq"]))[-MOST_OWN:]


def items(
    connection: Connection, school_id: UUID, rows: Sequence[Any], *, wide: bool
) -> list[dict[str, Any]]:
    """Held ops as the wire has them. Their author alone (not `wide`) hears no more of the roll and
    of students than their own tablet knows."""
    if not rows:
        return []
    trees = [said(connection, school_id, row) for row in rows]
    known = _Known(connection, school_id, rows, [_alone(tree) for tree in trees], wide=wide)
    return [_item(row, tree, known) for row, tree in zip(rows, trees, strict=True)]


class _Known:
    """What items name: people, rolls, devices, and students where an op is about one only."""

    def __init__(
        self,
        connection: Connection,
        school_id: UUID,
        rows: Sequence[Any],
        alone: Iterable[UUID | None],
        *,
        wide: bool,
    ) -> None:
        def found(query: Any, ids: Iterable[UUID | None]) -> dict[UUID, Any]:
            wanted = sorted({one for one in ids if one is not None})
            return {row[0]: row for row in rows_of(connection, query, school_id, wanted)}

        staff = [one for row in rows for one in (row.author, row.ended_by) if one]
        self.people = load_people(connection, school_id, staff)
        self.rolls = found(ROLLS, (row.roll_id for row in rows))
        self.devices = found(DEVICES, (row.device_id for row in rows))
        self.names = found(NAMES, alone) if wide else {}
        self.wide = wide

    def roll(self, row: Any, reason: str) -> Any:
        """The roll that it is about; an author does not hear of one that is not theirs."""
        return None if reason == "unknown_roll" and not self.wide else self.rolls.get(row.roll_id)

    def by(self, staff_id: UUID | None) -> dict[str, Any] | None:
        """Somebody as others may see them."""
        person: Person | None = self.people.get(staff_id) if staff_id else None
        return None if person is None else person.by()


def _item(row: Any, tree: Mapping[str, Any], known: _Known) -> dict[str, Any]:
    reason = row.held_for or row.reason
    roll, device = known.roll(row, reason), known.devices.get(row.device_id)
    alone = _alone(tree)
    name = known.names.get(alone) if alone else None
    told = {
        "type": "held",
        "seq": row.seq,
        "op_id": row.op_id,
        "roll_id": row.roll_id,
        "reason": reason,
        "author": known.by(row.author),
        "taken_at": spell(row.taken_at),
        "received_at": spell(row.received_at),
        "section_title": roll and roll.title,
        "on": roll and roll.school_date,
        "period_name": roll and roll.period_name,
        "device_label": device and device.label,
        "marks_count": len(tree["marks"]),
        "counts": counts(tree["marks"]),
        "students": f"{name.given_name} {name.family_name}" if name else "",
        "resolution": resolution(row, known),
    }
    return told | {"detail": _detail(row, reason, told, wide=known.wide)}


def resolution(row: Any, known: _Known) -> dict[str, Any] | None:
    """What became of it; None while it waits."""
    if row.how is None:
        return None
    return {
        "how": row.how,
        "at": spell(row.ended_at),
        "by": known.by(row.ended_by),
        "why": row.ended_why,
    }


def _detail(row: Any, reason: str, told: Mapping[str, Any], *, wide: bool) -> str:
    if row.how is not None:
        return ended(row.how, row.ended_why)
    return to_the_office(reason, told) if wide else to_the_author(reason, _kept(row))


def _kept(row: Any) -> str:
    kept = None if row.result is None else decode(row.result)
    return kept if isinstance(kept, str) else ""


def counts(marks: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many students an op states as what."""
    told = {presence.value: 0 for presence in Presence}
    for mark in marks:
        if mark.get("presence") is not None:
            told[mark["presence"]] += 1
    return told


def _alone(tree: Mapping[str, Any]) -> UUID | None:
    """The student, where an op is about one only."""
    students = {mark["student_id"] for mark in tree["marks"]}
    return UUID(students.pop()) if len(students) == 1 else None
