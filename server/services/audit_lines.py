"""Tells what happened to a roll, line by line: the first entry, each change, each act (E1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.words import AuditKind
from server.record import unpack_op
from server.services.horizon import today_at
from server.services.rosters import Roster, covers
from server.services.tell_changes import full_name, spelled
from sync.codes import Role
from sync.disclose import may_read
from sync.model import Op, Presence
from sync.pack import Pack
from sync.statement import Change

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


def tell_roll(one: Opened, known: Known, about: Looked) -> dict[str, Any]:
    """A roll with all that happened to it, in the order of the log (E1)."""
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
        "student_name": full_name(known.students[change.student_id]),
        "fact": change.fact,
        "old": None if hidden else spelled(values[0]),
        "new": None if hidden else spelled(values[1]),
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
