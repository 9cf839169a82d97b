"""One roll at the school's turn: its row, its roster, the students it speaks of, its ops so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from server.record import nums_of_op
from server.services.facts import STUDENTS_BY_ID, STUDENTS_BY_NUM, rows_of
from server.services.refold import Known, Refolded, act_of, meeting_of, read_back, refold
from server.services.rosters import Roster
from sync.certify import Act, Certification
from sync.model import Capture, Op, RollState
from sync.model import Roll as FoldedRoll

ACTS = frozenset(Act)


class Roll:
    """A roll that ops are taken into."""

    def __init__(self, school_id: UUID, row: Any, roster: Roster, known: Known, zone: str) -> None:
        """Take what was read; the ops so far are taken in by `open_roll`."""
        self.row, self.roll_id = row, row.roll_id
        self.state: str = row.state
        self.void_reason: str | None = row.void_reason
        self.revision: int = row.revision
        self.meeting = meeting_of(row, zone)
        self.roster, self.known = roster, known
        self.ops: list[tuple[Op, Capture]] = []
        self.acts: list[Certification] = []
        self.school_id = school_id

    @property
    def enrolled(self) -> Collection[UUID]:
        """The students who are expected in the roll's meeting."""
        return self.roster.ids_in(self.row)

    @property
    def authors(self) -> dict[UUID, UUID]:
        """Who wrote each op."""
        return {op.op_id: op.author for op, _ in self.ops}

    def ids(self, marks: Iterable[Mapping[str, Any]]) -> list[UUID]:
        """The students whom marks name, also those whom the school does not know; nobody when all
        are expected in it, which is what admission asks."""
        marks = list(marks)
        if self.roster.names_in(self.row).issuperset(one["student_id"] for one in marks):
            return []
        id_of = self.known.id_of
        return [id_of.get(one["student_id"]) or UUID(one["student_id"]) for one in marks]

    def meet(self, connection: Connection, names: Sequence[str]) -> None:
        """Make sure that students who are not on the roster are known, as far as the school can."""
        if not self.known.num_of.keys() >= set(names):
            self.known = _widen(connection, self.school_id, self.known, names, ())

    def take_in(self, op: Op, capture: Capture) -> Refolded:
        """Fold the roll with one more op."""
        self.ops.append((op, capture))
        return self.fold()

    def fold(self) -> Refolded:
        """The roll folded from its ops, with its certification on top."""
        return refold(self.ops, self.meeting, self.known.num_by_int, self.acts)

    def unmarked(self, folded: FoldedRoll) -> list[str]:
        """The enrolled students whose presence nobody stated; none where the roll is not taken."""
        if folded.state is RollState.NOT_TAKEN:
            return []
        num_of, text_of = self.known.num_by_int, self.roster.text_of
        marked = {num_of[one[0].int] for one in folded.marks if one[1] is not None}
        return sorted(text_of[num] for num in self.roster.nums_in(self.row) - marked)


def open_roll(
    connection: Connection,
    school_id: UUID,
    row: Any,
    roster: Roster,
    prior: Sequence[Any],
    *,
    zone: str,
) -> Roll:
    """A roll with the ops that the log already has."""
    known = know(connection, school_id, roster, prior)
    roll = Roll(school_id, row, roster, known, zone)
    roll.ops = [read_back(one, known) for one in prior if one.kind not in ACTS]
    roll.acts = [act_of(one) for one in prior if one.kind in ACTS]
    return roll


def know(connection: Connection, school_id: UUID, roster: Roster, prior: Sequence[Any]) -> Known:
    """The students of a roster, and those whom the log names though they are in it no more."""
    known = Known(roster.id_of, roster.num_of, roster.text_of, roster.num_by_int)
    nums = {num for one in prior for num in nums_of_op(one.payload)} - roster.text_of.keys()
    return _widen(connection, school_id, known, (), sorted(nums)) if nums else known


def _widen(
    connection: Connection,
    school_id: UUID,
    known: Known,
    names: Sequence[str],
    nums: Sequence[int],
) -> Known:
    """The same and more students; a name is an id as an op spelled it."""
    spelled = {UUID(name): name for name in names if name not in known.num_of}
    rows = rows_of(connection, STUDENTS_BY_ID, school_id, list(spelled))
    rows += rows_of(connection, STUDENTS_BY_NUM, school_id, nums)
    text = {row.student_id: spelled.get(row.student_id, str(row.student_id)) for row in rows}
    return Known(
        {**known.id_of, **{text[row.student_id]: row.student_id for row in rows}},
        {**known.num_of, **{text[row.student_id]: row.num for row in rows}},
        {**known.text_of, **{row.num: str(row.student_id) for row in rows}},
        {**known.num_by_int, **{row.student_id.int: row.num for row in rows}},
    )
