"""The entries of one roll's history: who, when, on what device, what was said and became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from schemas.fast import read_op
from server.columns import spell
from server.models import Device, OpEntry, Student, table_of
from server.record import nums_of_op, unpack_marks, unpack_op
from server.services.facts import IDS, SCHOOL, Person, load_people, rows_of
from server.services.held import ENTRIES
from server.services.put_right import Correction, known_since, load_corrections
from server.services.refold import UNOPENED, capture_of
from server.services.render import student_name
from sync.deadline import late_at, timeliness
from sync.model import Capture, Kind
from sync.sentence import say

_op, _student = table_of(OpEntry).c, table_of(Student).c
_device = table_of(Device).c
OF_ROLL = ENTRIES.where(_op.roll_id == bindparam("roll_id")).order_by(_op.received_at, _op.seq)
NAMED = select(_student.num, _student.student_id, _student.given_name, _student.family_name).where(
    _student.school_id == SCHOOL
)
STUDENTS = NAMED.where(_student.num.in_(IDS))
STUDENTS_BY_ID = NAMED.where(_student.student_id.in_(IDS))
DEVICES = select(_device.device_id, _device.label).where(
    _device.school_id == SCHOOL, _device.device_id.in_(IDS)
)
TOLD = (
    *("presence", "arrived_at", "left_at", "note", "why"),
    *("reason", "excused", "evidence", "incident", "noticed_on"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What had become of an entry at an instant, or has by now."""

    outcome: str
    reason: str | None
    heard_at: datetime | None
    ended: bool


def tell_entries(
    connection: Connection, school_id: UUID, roll: Any, as_of: datetime | None
) -> dict[str, Any]:
    """The students whom a roll names, and its entries that had come `as_of` then."""
    asked = {"school_id": school_id, "roll_id": roll.roll_id}
    corrections = load_corrections(connection, school_id)
    came = {one: _came(one, corrections) for one in connection.execute(OF_ROLL, asked)}
    entries = sorted(
        (one for one, at in came.items() if as_of is None or at <= as_of), key=came.__getitem__
    )
    students = _students(connection, school_id, roll, entries)
    text_of = {one.num: str(one.student_id) for one in students}
    trees = [tree_of(one, text_of) for one in entries]
    students += _others(connection, school_id, trees, text_of)
    people = load_people(connection, school_id, _people(entries))
    labels = _labels(connection, school_id, entries)
    outcomes = [outcome_of(one, came[one], as_of) for one in entries]
    return {
        "students": [student_name(one) for one in sorted(students, key=_by_name)],
        "entries": [
            _entry(one, tree, became, people)
            | {
                "device_label": labels.get(one.device_id),
                "timeliness": _met(one, tree, became, roll),
            }
            for one, tree, became in zip(entries, trees, outcomes, strict=True)
        ],
    }


def _by_name(one: Any) -> tuple[str, str, UUID]:
    return one.family_name, one.given_name, one.student_id


def _came(entry: Any, corrections: list[Correction]) -> datetime:
    return known_since(entry.received_at, entry.seq, corrections)


def outcome_of(entry: Any, came_at: datetime, as_of: datetime | None) -> Outcome:
    """What had become of an entry: one that was held is held until it was resolved."""
    ended = entry.how is not None and (as_of is None or entry.ended_at <= as_of)
    if entry.how is not None and not ended:
        return Outcome("held", entry.held_for, None, ended=False)
    if entry.outcome != "accepted":
        return Outcome(entry.outcome, entry.reason, None, ended)
    return Outcome("accepted", entry.reason, entry.ended_at or came_at, ended)


def _students(
    connection: Connection, school_id: UUID, roll: Any, entries: Iterable[Any]
) -> list[Any]:
    nums = set(unpack_marks(roll.marks).nums)
    for one in entries:
        if one.outcome == "accepted":
            nums.update(nums_of_op(one.payload))
    return rows_of(connection, STUDENTS, school_id, sorted(nums))


def _others(
    connection: Connection,
    school_id: UUID,
    trees: Iterable[Mapping[str, Any]],
    text_of: Mapping[int, str],
) -> list[Any]:
    """Students of the school whom only held ops name."""
    told = set(text_of.values())
    names = {mark["student_id"].lower() for tree in trees for mark in tree["marks"]} - told
    return rows_of(connection, STUDENTS_BY_ID, school_id, sorted(map(UUID, names)))


def _people(entries: Iterable[Any]) -> set[UUID]:
    return {one for entry in entries for one in (entry.author, entry.ended_by) if one}


def _labels(
    connection: Connection, school_id: UUID, entries: Iterable[Any]
) -> dict[UUID, str | None]:
    devices = sorted({one.device_id for one in entries if one.device_id})
    return {row[0]: row[1] for row in rows_of(connection, DEVICES, school_id, devices)}


def tree_of(entry: Row[Any], text_of: Mapping[int, str]) -> dict[str, Any]:
    """What an op said, as far as this server can read it; one it cannot says nothing."""
    if entry.outcome == "accepted":
        return unpack_op(entry.payload, text_of)
    sent = read_op(entry.payload)
    if sent.op is None or sent.tree is None:
        return {"marks": []}
    return sent.tree


def _entry(
    entry: Any, tree: Mapping[str, Any], became: Outcome, people: Mapping[UUID, Person]
) -> dict[str, Any]:
    author = people.get(entry.author)
    return {
        "op_id": entry.op_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "author": author and author.by(),
        "taken_at": spell(entry.taken_at),
        "received_at": spell(entry.received_at),
        "outcome": became.outcome,
        "reason": became.reason,
        "clock_note": _clock(entry, tree),
        "source": tree.get("source"),
        "resolution": _resolution(entry, people) if became.ended else None,
        "heard_at": became.heard_at and spell(became.heard_at),
        "why": tree.get("why"),
        "marks": [_mark(mark) for mark in tree["marks"]],
    }


def _resolution(entry: Any, people: Mapping[UUID, Person]) -> dict[str, Any]:
    by = people.get(entry.ended_by)
    return {
        "how": entry.how,
        "at": spell(entry.ended_at),
        "by": by and by.by(),
        "why": entry.ended_why,
    }


def _met(entry: Any, tree: Mapping[str, Any], became: Outcome, roll: Any) -> str | None:
    """How a submission that is on the record met the deadline."""
    if entry.kind != Kind.SUBMIT or became.outcome != "accepted":
        return None
    in_time = late_at(roll.due_at, roll.grace_min)
    return timeliness(in_time, entry.received_at, capture_of(tree, entry.received_at))


def _clock(entry: Any, tree: Mapping[str, Any]) -> str | None:
    if entry.kind not in frozenset(Kind) or "taken_at" not in tree:
        return None
    return clock_note(capture_of(tree, entry.received_at))


def clock_note(capture: Capture) -> str | None:
    """What a person should know about the tablet's clock, if anything."""
    if not capture.measured:
        return say("The tablet had not compared its clock with the school's.")
    if capture.clamped:
        return say("The tablet's clock was wrong; the time was put right as far as possible.")
    if capture.suspect:
        return say("The tablet's clock was changed while it was in use.")
    return None


def _mark(mark: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: mark[name] for name in TOLD if name in mark}
    if "note_sealed" in mark:
        told["note"] = UNOPENED
    return {"student_id": mark["student_id"].lower(), **told}
