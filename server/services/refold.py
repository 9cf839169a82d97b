"""From ops to a roll's row: reads ops back from the log, folds, and writes what the row keeps.

The row's marks are a cache that does not depend on today's roster: every student whom the school
knows and an op names has a mark there, and readers leave out who was not enrolled on the date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from schemas.fast import instant
from schemas.words import How
from server.record import pack_marks, unpack_op
from sync.certify import Act, Certification, certified
from sync.deadline import (
    best_timeliness,
    corrected_taken_at,
    is_next_day,
    late_at,
    timeliness,
)
from sync.fold import fold
from sync.model import (
    Capture,
    Flag,
    Kind,
    Mark,
    Observation,
    Op,
    Presence,
    Rank,
    Roll,
    Timeliness,
)
from sync.sentence import say

NO_FACTS = (None,) * 5
"""arrived_at, left_at, reason, excused, evidence of a mark that says no more than who and what."""
UNOPENED = say("A note that could not be opened")
"""Sealed on a tablet to a key that this school has not, or damaged; the log keeps it as it came."""
PRESENCE = {presence.value: presence for presence in Presence}


@dataclass(frozen=True, slots=True)
class Meeting:
    """What folding a roll needs to know of its row; `late_at` is the last instant in time."""

    on: date
    late_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Known:
    """Students by the names they go under: id as an op spells it, id as an integer, num."""

    id_of: Mapping[str, UUID]
    num_of: Mapping[str, int]
    text_of: Mapping[int, str]
    num_by_int: Mapping[int, int]


def meeting_of(row: Any, zone: str) -> Meeting:
    """The meeting of a roll's row."""
    return Meeting(row.school_date, late_at(row.due_at, row.grace_min), zone)


def capture_of(tree: Mapping[str, Any], received_at: datetime) -> Capture:
    """When an op was taken, corrected and clamped, to the millisecond; and how far to trust it."""
    clock, source = tree.get("clock"), tree.get("source")
    seen = clock and clock["server_seen_at"]
    server_seen_at = instant(seen) if seen else None
    taken_at, clamped = corrected_taken_at(
        instant(tree["taken_at"]),
        clock["offset_ms"] if clock else 0,
        server_seen_at,
        received_at,
        clock["uncertainty_ms"] if clock else 0,
    )
    return Capture(
        taken_at=taken_at.replace(microsecond=taken_at.microsecond // 1000 * 1000),
        uncertainty_ms=clock["uncertainty_ms"] if clock else 0,
        suspect=bool(clock and clock["suspect"]),
        clamped=clamped,
        server_seen_at=server_seen_at,
        measured=clock is not None,
        asleep_ms=clock.get("asleep_ms", 0) if clock else 0,
        paper=bool(source and source["how"] == How.PAPER),
        stated_at=instant(source["stated_at"]) if source and "stated_at" in source else None,
    )


def observations(
    marks: Iterable[Mapping[str, Any]], kind: Kind, id_of: Mapping[str, UUID]
) -> tuple[Observation, ...]:
    """What an op says of each student that the school knows."""
    return tuple(
        Observation(id_of[mark["student_id"]], PRESENCE[mark["presence"]])
        if len(mark) == 2 and mark.get("presence") is not None
        else _observation(mark, kind, id_of)
        for mark in marks
        if mark["student_id"] in id_of
    )


def _observation(mark: Mapping[str, Any], kind: Kind, id_of: Mapping[str, UUID]) -> Observation:
    said = mark.get("presence")
    arrived, left = mark.get("arrived_at"), mark.get("left_at")
    return Observation(
        student_id=id_of[mark["student_id"]],
        presence=None if said is None else PRESENCE[said],
        rules_presence=kind is Kind.RULE and "presence" in mark,
        arrived_at=instant(arrived) if arrived else None,
        left_at=instant(left) if left else None,
        note=UNOPENED if "note_sealed" in mark else mark.get("note"),
        reason=mark.get("reason"),
        excused=mark.get("excused"),
        evidence=mark.get("evidence"),
        why=mark.get("why"),
        parents=frozenset(map(UUID, mark.get("parents", ()))),
    )


def read_back(row: Any, known: Known) -> tuple[Op, Capture]:
    """An op as the log has it."""
    tree = unpack_op(row.payload, known.text_of)
    kind = Kind(row.kind)
    op = Op(
        op_id=row.op_id,
        kind=kind,
        author=row.author,
        rank=Rank(row.rank),
        device_id=row.device_id,
        taken_at=row.taken_at,
        observations=observations(tree["marks"], kind, known.id_of),
        received_at=row.received_at,
        seq=row.seq,
    )
    return op, capture_of(tree, row.received_at)


def act_of(row: Any) -> Certification:
    """A certification, a lock or a reopening as the log has it."""
    return Certification(Act(row.kind), row.author, row.received_at, row.seq)


@dataclass(frozen=True, slots=True)
class Refolded:
    """A folded roll and what its row and its exceptions keep of it."""

    roll: Roll
    row: dict[str, Any]
    exceptions: list[dict[str, Any]]


def refold(
    ops: Sequence[tuple[Op, Capture]],
    meeting: Meeting,
    num_of: Mapping[int, int],
    acts: Sequence[Certification] = (),
) -> Refolded:
    """Fold a roll from its accepted ops, which stand in the order of the log, and put what was
    done to it as a whole on top.

    `num_of` is by the students' ids as integers: hashing UUIDs would take longer than folding.
    """
    entries = [op for op, _ in ops]
    named = [one[0] for op in entries for one in op.observations]
    roll = fold(entries, named)
    flagged = [mark.flags for mark in roll.marks if mark[13]]
    first = next((op for op in entries if op.op_id == roll.first_op), None)
    submissions = [(op, capture) for op, capture in ops if _takes_roll(op)]
    stands = certified(roll.state, (op for op, _ in submissions), entries, acts)
    row = {
        "state": stands.state.value,
        "countersign": stands.countersign,
        "certified_at": stands.at,
        "certified_by": stands.by,
        "locked_at": stands.locked_at,
        "locked_by": stands.locked_by,
        "revision": len(entries),
        "timeliness": best_timeliness(met(op, c, meeting) for op, c in submissions),
        "next_day": bool(submissions)
        and all(is_next_day(meeting.on, _received(op), meeting.zone) for op, _ in submissions),
        "taken_at": first and first.taken_at,
        "received_at": first and first.received_at,
        "submitted_by": first and first.author,
        "contested": sum(Flag.CONTESTED in flags for flags in flagged),
        "safety": sum(Flag.SAFETY in flags for flags in flagged),
        "marks": pack_marks(
            roll.marks,
            [num_of[mark[0].int] for mark in roll.marks],
            [op.op_id for op in entries],
            [op.author for op in entries],
        )
        if entries
        else None,
        "seq": max([op.seq for op in entries] + [act.seq for act in acts], default=0),
    }
    plain = Presence.PRESENT
    odd = [
        mark for mark in roll.marks if mark[1] is not plain or mark[13] or mark[7:12] != NO_FACTS
    ]
    return Refolded(roll, row, [_exception(mark, num_of[mark[0].int]) for mark in odd])


def met(op: Op, capture: Capture, meeting: Meeting) -> Timeliness:
    """How one submission met the roll's deadline."""
    return timeliness(meeting.late_at, _received(op), capture)


def _received(op: Op) -> datetime:
    assert op.received_at is not None, "an op of the log was received"
    return op.received_at


def _takes_roll(op: Op) -> bool:
    return op.kind is Kind.SUBMIT and any(one[1] is not None for one in op.observations)


def _exception(mark: Mark, num: int) -> dict[str, Any]:
    """What is anything but plain present has a row, for reports."""
    return {
        "num": num,
        "presence": None if mark.presence is None else mark.presence.value,
        "arrived_at": mark.arrived_at,
        "left_at": mark.left_at,
        "reason": mark.reason,
        "excused": mark.excused,
        "flags": ",".join(sorted(mark.flags)),
    }
