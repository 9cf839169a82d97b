"""The weekly statement: what a teacher signs, and what changed beside it afterwards (C9, C10)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sync.fold import fold
from sync.model import Mark, Op, Roll, RollState

VERSION = 1


class Standing(StrEnum):
    """How a signed week stands."""

    SIGNED = "signed"
    CHANGED_SINCE = "changed_since"


@dataclass(frozen=True, slots=True)
class SignedRoll:
    """One roll as it was before the eyes of who signed; `seq` is its place in the log then."""

    roll_id: UUID
    section_id: UUID
    on: date
    period: str
    seq: int
    roll: Roll


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed: these words by this person about these rolls. Dates are inclusive."""

    staff_id: UUID
    from_on: date
    to_on: date
    words: str
    rolls: tuple[SignedRoll, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of one mark that stands otherwise than before one op."""

    seq: int
    op_id: UUID
    by: UUID
    at: datetime
    student_id: UUID
    fact: str
    old: Any
    new: Any
    why: str | None


FACTS = ("presence", "arrived_at", "left_at", "reason", "excused", "evidence")
"""What a change is about. Notes are only ever added and change nothing."""
NOBODY = Mark(UUID(int=0), None)


def digest(statement: Statement) -> str:
    """The SHA-256 of exactly what is signed, in hexadecimal (C9)."""
    return hashlib.sha256(spelled(statement)).hexdigest()


def spelled(statement: Statement) -> bytes:
    """Exactly what is signed, in one spelling (C9).

    The bytes are JSON with sorted keys: of each roll the meeting, its place in the log, its state
    and every student's presence and times; reasons are the office's and not in it.
    """
    rolls = sorted(statement.rolls, key=lambda one: (one.on, one.period, str(one.roll_id)))
    told = {
        "v": VERSION,
        "staff_id": str(statement.staff_id),
        "from_on": statement.from_on.isoformat(),
        "to_on": statement.to_on.isoformat(),
        "words": statement.words,
        "rolls": [_told(one) for one in rolls],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def is_over(to_on: date, today: date) -> bool:
    """Whether a week may be signed: its last day is past (C9.1)."""
    return to_on < today


def not_taken(statement: Statement) -> tuple[UUID, ...]:
    """The rolls of which the statement says that nobody took them."""
    untaken = (one for one in statement.rolls if one.roll.state is RollState.NOT_TAKEN)
    return tuple(sorted(one.roll_id for one in untaken))


def changes_since(ops: Iterable[Op], roster: Collection[UUID], seq: int) -> tuple[Change, ...]:
    """What stands otherwise since a place in the log, op by op (C10). `ops` are all of one roll."""
    listed = sorted(ops, key=lambda one: one.seq)
    before = [op for op in listed if op.seq <= seq]
    stood = _marks(fold(before, roster))
    found: list[Change] = []
    for op in listed[len(before) :]:
        before.append(op)
        stands = _marks(fold(before, roster))
        found += _differences(op, stood, stands)
        stood = stands
    return tuple(found)


def standing(changes: Collection[Change]) -> Standing:
    """Whether anything changed beside a statement."""
    return Standing.CHANGED_SINCE if changes else Standing.SIGNED


def _told(signed: SignedRoll) -> dict[str, Any]:
    marks = sorted(signed.roll.marks, key=lambda one: str(one.student_id))
    return {
        "roll_id": str(signed.roll_id),
        "section_id": str(signed.section_id),
        "on": signed.on.isoformat(),
        "period": signed.period,
        "seq": signed.seq,
        "taken": signed.roll.state is not RollState.NOT_TAKEN,
        "marks": [
            [str(mark.student_id), mark.presence, _instant(mark.arrived_at), _instant(mark.left_at)]
            for mark in marks
        ],
        "unmarked": sorted(str(student) for student in signed.roll.unmarked),
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds")


def _marks(roll: Roll) -> Mapping[UUID, Mark]:
    return {mark.student_id: mark for mark in roll.marks}


def _differences(
    op: Op, stood: Mapping[UUID, Mark], stands: Mapping[UUID, Mark]
) -> Iterator[Change]:
    said = {line.student_id: line.why for line in op.observations}
    for student in sorted({*stood, *stands}):
        before, after = stood.get(student, NOBODY), stands.get(student, NOBODY)
        for fact in FACTS:
            old, new = getattr(before, fact), getattr(after, fact)
            if old != new:
                at = op.received_at or op.taken_at
                why = said.get(student)
                yield Change(op.seq, op.op_id, op.author, at, student, fact, old, new, why)
