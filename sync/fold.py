"""Fold the ops about one meeting into its roll (rules F).

The same facts give the same roll, whatever their order, duplication or delay; any set of ops, also
a faulty one, gives a roll and never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from operator import lt
from uuid import UUID

from sync.heads import Line
from sync.model import Flag, Kind, Mark, Note, Observation, Op, Presence, Roll, RollState
from sync.registers import fold_mark, states_seen

FoldLines = Callable[[UUID, Sequence[Line]], Mark]


def fold(ops: Iterable[Op], roster: Collection[UUID]) -> Roll:
    """Fold a roll from its ops; `roster` are the students enrolled on its date."""
    entries = list(ops)
    if len(entries) == 1:
        roll = fold_first_submission(entries[0], roster)
        if roll is not None:
            return roll
    return fold_any(entries, roster, quick_mark)


def fold_any(
    ops: Iterable[Op], roster: Collection[UUID], fold_lines: FoldLines = fold_mark
) -> Roll:
    """The rules, for every set of ops."""
    entries = distinct(ops)
    enrolled = set(roster)
    lines = by_student(entries)
    marks = [fold_lines(student, lines[student]) for student in sorted(lines)]
    marked = {mark.student_id for mark in marks if mark.presence is not None}
    first = first_submission(entries)
    return Roll(
        state=RollState.NOT_TAKEN if first is None else RollState.SUBMITTED,
        marks=tuple(mark for mark in marks if mark.student_id in enrolled),
        unmarked=tuple(sorted(enrolled - marked)),
        first_op=first,
        not_enrolled=tuple(mark for mark in marks if mark.student_id not in enrolled),
    )


def distinct(ops: Iterable[Op]) -> list[Op]:
    """Each op once. Two that share an id are a fault: the one whose content sorts first counts."""
    kept: dict[UUID, Op] = {}
    for op in ops:
        other = kept.setdefault(op.op_id, op)
        if other is not op and content(op) < content(other):
            kept[op.op_id] = op
    return list(kept.values())


def content(op: Op) -> str:
    """All that the fold reads of an op, as one text; the tablet writes the same."""
    facts: list[object] = [op.kind, op.author, op.rank, op.taken_at]
    for one in op.observations:
        facts += [one.student_id, one.presence, one.presence is None and one.rules_presence]
        facts += [one.arrived_at, one.left_at, one.note, one.reason, one.excused, one.evidence]
        facts += sorted(one.parents)
    return "\n".join(map(_text, facts))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")[:-6].lower()
    return "" if value is None else str(value).lower()


def by_student(ops: Iterable[Op]) -> dict[UUID, list[Line]]:
    """What each op says about each student; where it names one twice, its last line counts."""
    lines: dict[UUID, list[Line]] = {}
    for op in ops:
        for said in {one.student_id: one for one in op.observations}.values():
            lines.setdefault(said.student_id, []).append(Line(op, said))
    return lines


def first_submission(ops: Iterable[Op]) -> UUID | None:
    """The submission that took the roll: the earliest capture that states anyone's presence."""
    took = [
        (op.taken_at, op.op_id)
        for op in ops
        if op.kind is Kind.SUBMIT and any(states_seen(Line(op, one)) for one in op.observations)
    ]
    return min(took)[1] if took else None


def quick_mark(student_id: UUID, lines: Sequence[Line]) -> Mark:
    """What `fold_mark` gives; at once for a student of whom only one submission speaks."""
    if len(lines) == 1 and lines[0].op.kind is Kind.SUBMIT:
        plain = plain_marks(lines[0].op.op_id, (lines[0].said,))
        if plain is not None:
            return plain[0]
    return fold_mark(student_id, lines)


def fold_first_submission(op: Op, roster: Collection[UUID]) -> Roll | None:
    """The hot path: one submission that states the presence of each of its students, once.

    None where the rules are needed; otherwise what `fold_any` gives, many times faster. It works on
    the ids' integers because comparing and hashing UUIDs costs more than all the rest.
    """
    if op.kind is not Kind.SUBMIT or not op.observations:
        return None
    said: Iterable[Observation] = op.observations
    keys = [one[0].int for one in said]
    if not all(map(lt, keys, keys[1:])):
        said = sorted(said, key=lambda one: one[0].int)
    enrolled = {student.int: student for student in roster}
    stated = set(keys)
    if len(stated) != len(keys) or not stated <= enrolled.keys():
        return None
    marks = plain_marks(op.op_id, said)
    if marks is None:
        return None
    missing = sorted(enrolled.keys() - stated) if len(enrolled) != len(keys) else ()
    unmarked = tuple(enrolled[key] for key in missing)
    return Roll(RollState.SUBMITTED, marks, unmarked, op.op_id)


def plain_marks(op_id: UUID, said: Iterable[Observation]) -> tuple[Mark, ...] | None:
    """The marks that one submission alone makes; None if a line does not state a presence."""
    marks = []
    make, elsewhere = Mark._make, Presence.ELSEWHERE
    heads, unflagged = (op_id,), frozenset[Flag]()
    for student, presence, _, arrived_at, left_at, note, *_ in said:
        if presence is None or presence is elsewhere:
            return None
        lanes = (student, presence, op_id, presence, op_id, None, None, arrived_at, left_at)
        notes = (Note(op_id, note),) if note else ()
        marks.append(make((*lanes, None, None, None, heads, unflagged, notes, None)))
    return tuple(marks)
