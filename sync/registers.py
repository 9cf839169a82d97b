"""One student's registers, each under its own authority, and the mark they make (rules F2–F8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sync.dispute import Presences, flags_of, said, why_it_stands
from sync.heads import Line, Seen, seen_by_each
from sync.lanes import (
    Lane,
    Weight,
    choose,
    earliest_weight,
    latest_weight,
    no_weight,
    presence_weight,
)
from sync.model import Flag, Kind, Mark, Note, Presence


@dataclass(frozen=True, slots=True)
class Times:
    """One time of a student: as the front desk recorded it, and as staff saw it."""

    desk: Lane
    staff: Lane
    field: str

    @property
    def recorded(self) -> datetime | None:
        """The front desk's time."""
        at: datetime | None = _stated(self.desk, self.field)
        return at

    @property
    def stands(self) -> datetime | None:
        """The front desk's time before a teacher's."""
        seen: datetime | None = _stated(self.staff, self.field)
        return self.recorded or seen


@dataclass(frozen=True, slots=True)
class Account:
    """The office's account of an absence, a register each."""

    reason: Lane
    excused: Lane
    evidence: Lane


def fold_mark(student_id: UUID, lines: Sequence[Line]) -> Mark:
    """Fold all that was said about one student. `lines` are one an op, in any order."""
    seen = seen_by_each(lines)
    staff = [line for line in lines if line.op.kind is Kind.SUBMIT]
    office = [line for line in lines if line.op.kind is Kind.RULE]
    arrived = _times(office, staff, seen, "arrived_at", earliest_weight)
    left = _times(office, staff, seen, "left_at", latest_weight)
    account = Account(*(_account(office, seen, of) for of in ("reason", "excused", "evidence")))
    presences = Presences(
        staff=choose(filter(states_seen, staff), seen, "presence", presence_weight),
        office=choose(filter(states_ruled, office), seen, "presence", presence_weight),
        seen=seen,
        arrived_at=arrived.recorded,
        left_at=left.recorded,
    )
    lanes = (presences.staff, presences.office, arrived.desk, arrived.staff, left.desk, left.staff)
    presence, reason = said(presences.stands), _stated(account.reason, "reason") or None
    return Mark(
        student_id=student_id,
        presence=presence,
        stands_by=_op_id(presences.stands),
        seen=said(presences.staff.stands),
        seen_by=_op_id(presences.staff.stands),
        ruled=presences.ruled,
        ruled_by=None if presences.ruled is None else _op_id(presences.office.stands),
        arrived_at=arrived.stands,
        left_at=left.stands,
        reason=reason,
        excused=_stated(account.excused, "excused"),
        evidence=_stated(account.evidence, "evidence") or None,
        heads=_heads(*lanes, account.reason, account.excused, account.evidence),
        flags=frozenset({*flags_of(presences), *_account_flags(account, presence, reason)}),
        notes=_notes(lines),
        why=why_it_stands(presences),
    )


def states_seen(line: Line) -> bool:
    """Whether a submission's line states a presence; *elsewhere* is not for staff to say."""
    return line.said.presence not in {None, Presence.ELSEWHERE}


def states_ruled(line: Line) -> bool:
    """Whether a ruling's line states a presence or releases the earlier one."""
    return line.said.presence is not None or line.said.rules_presence


def _times(
    office: Sequence[Line], staff: Sequence[Line], seen: Seen, field: str, weight: Weight
) -> Times:
    time = attrgetter(field)
    desk = [line for line in office if states_ruled(line) or time(line.said) is not None]
    room = [line for line in staff if states_seen(line) or time(line.said) is not None]
    return Times(choose(desk, seen, field, weight), choose(room, seen, field, weight), field)


def _account(office: Sequence[Line], seen: Seen, field: str) -> Lane:
    stated = [line for line in office if getattr(line.said, field) is not None]
    return choose(stated, seen, field, no_weight)


def _account_flags(
    account: Account, presence: Presence | None, reason: str | None
) -> Iterator[Flag]:
    if reason is not None and presence is Presence.PRESENT:
        yield Flag.DORMANT_REASON
    if any(
        len({getattr(line.said, field) for line in lane.candidates}) > 1
        for lane, field in ((account.reason, "reason"), (account.excused, "excused"))
    ):
        yield Flag.REASONS_DIFFER


def _heads(*lanes: Lane) -> tuple[UUID, ...]:
    return tuple(sorted({line.op.op_id for lane in lanes for line in lane.heads}))


def _notes(lines: Iterable[Line]) -> tuple[Note, ...]:
    return tuple(sorted(Note(line.op.op_id, line.said.note) for line in lines if line.said.note))


def _stated(lane: Lane, field: str) -> Any:
    return None if lane.stands is None else getattr(lane.stands.said, field)


def _op_id(line: Line | None) -> UUID | None:
    return None if line is None else line.op.op_id
