"""Loads all that a batch of ops is judged by, in a handful of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, select

from server.ask import Question, ask
from server.models import (
    CaptureGrant,
    OpEntry,
    PassMeeting,
    Resolution,
    RollRow,
    Section,
    Staff,
    Student,
    table_of,
)
from server.services.rosters import Roster, padded, rosters_of

_op, _roll, _section = table_of(OpEntry).c, table_of(RollRow).c, table_of(Section).c
_grant, _staff, _student = table_of(CaptureGrant).c, table_of(Staff).c, table_of(Student).c
_listed, _end = table_of(PassMeeting).c, table_of(Resolution).c

SCHOOL: BindParameter[Any] = bindparam("school_id")
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
RECEIVED = select(
    _op.op_id, _op.seq, _op.hash, _op.outcome, _op.reason, _op.received_at, _op.result
).where(_op.school_id == SCHOOL, _op.op_id.in_(IDS))
ROLLS = (
    select(
        _roll.roll_id,
        _roll.section_id,
        _roll.school_date,
        _roll.starts_at,
        _roll.due_at,
        _roll.grace_min,
        _roll.void_reason,
        _roll.state,
        _roll.revision,
        _section.roster_rev,
    )
    .join_from(
        table_of(RollRow),
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(_roll.school_id == SCHOOL, _roll.roll_id.in_(IDS))
)
GRANTS = (
    select(
        _grant.grant_id,
        _grant.staff_id,
        _grant.device_id,
        _grant.until_at,
        _grant.revoked_at,
        _grant.pass_id,
        _staff.display_name,
        _staff.role,
    )
    .join_from(
        table_of(CaptureGrant),
        table_of(Staff),
        (_staff.school_id == _grant.school_id) & (_staff.staff_id == _grant.staff_id),
    )
    .where(_grant.school_id == SCHOOL, _grant.grant_id.in_(IDS))
)
GRANTS_ELSEWHERE = select(_grant.grant_id).where(
    _grant.school_id != SCHOOL, _grant.grant_id.in_(IDS)
)
PASSES = select(_listed.pass_id, _listed.roll_id).where(
    _listed.school_id == SCHOOL, _listed.pass_id.in_(IDS)
)
RESOLVED = select(_end.op_id, _end.how).where(_end.school_id == SCHOOL, _end.op_id.in_(IDS))
PRIOR = (
    select(
        _op.roll_id,
        _op.op_id,
        _op.seq,
        _op.kind,
        _op.author,
        _op.rank,
        _op.device_id,
        _op.taken_at,
        _op.received_at,
        _op.payload,
        _op.hash,
        _op.v,
    )
    .where(_op.school_id == SCHOOL, _op.roll_id.in_(IDS), _op.outcome == "accepted")
    .order_by(_op.seq)
)
STUDENTS_BY_ID = select(_student.num, _student.student_id).where(
    _student.school_id == SCHOOL, _student.student_id.in_(IDS)
)
STUDENTS_BY_NUM = select(_student.num, _student.student_id).where(
    _student.school_id == SCHOOL, _student.num.in_(IDS)
)
PEOPLE = select(_staff.staff_id, _staff.display_name, _staff.role).where(
    _staff.school_id == SCHOOL, _staff.staff_id.in_(IDS)
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the school, as others may see them."""

    staff_id: UUID
    name: str = field(repr=False)
    role: str

    def by(self) -> dict[str, Any]:
        """As the wire has it."""
        return {"role": self.role, "name": self.name, "staff_id": self.staff_id}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a batch asks about: ids of ops, rolls, grants."""

    ops: Sequence[UUID]
    rolls: Sequence[UUID]
    grants: Sequence[UUID]


@dataclass(slots=True)
class Facts:
    """What the database says about a batch, at the school's turn.

    `passes`: the rolls that day passes list, of those that the batch's grants came with.
    `resolved`: what somebody decided about ops that had been held and are sent again.
    """

    received: dict[UUID, Any] = field(default_factory=dict)
    rolls: dict[UUID, Any] = field(default_factory=dict)
    rosters: dict[UUID, Roster] = field(default_factory=dict)
    grants: dict[UUID, Any] = field(default_factory=dict)
    prior: dict[UUID, list[Any]] = field(default_factory=dict)
    elsewhere: frozenset[UUID] = frozenset()
    passes: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    resolved: dict[UUID, Any] = field(default_factory=dict)


def questions(school_id: UUID, wanted: Wanted) -> list[Question]:
    """What is asked about a batch first."""
    asked = ((RECEIVED, wanted.ops), (ROLLS, wanted.rolls), (GRANTS, wanted.grants))
    return [question(statement, school_id, ids) for statement, ids in asked if ids]


def load(
    connection: Connection, school_id: UUID, wanted: Wanted, answers: Sequence[list[Any]]
) -> Facts:
    """Everything, each kind at most once; `answers` are those to the first questions."""
    told = iter(answers)
    received, rolls, grants = (
        {row[0]: row for row in next(told)} if ids else {}
        for ids in (wanted.ops, wanted.rolls, wanted.grants)
    )
    unknown = [one for one in wanted.grants if one not in grants]
    elsewhere = rows_of(connection, GRANTS_ELSEWHERE, school_id, unknown)
    revs = {row.section_id: row.roster_rev for row in rolls.values()}
    taken = [row.roll_id for row in rolls.values() if row.revision]
    held = [row.op_id for row in received.values() if row.outcome == "held"]
    return Facts(
        received,
        rolls,
        rosters_of(connection).load(connection, school_id, revs) if revs else {},
        grants,
        load_prior(connection, school_id, taken),
        frozenset(row.grant_id for row in elsewhere),
        load_passes(connection, school_id, grants.values()),
        {row.op_id: row for row in rows_of(connection, RESOLVED, school_id, held)},
    )


def load_passes(
    connection: Connection, school_id: UUID, grants: Iterable[Any]
) -> dict[UUID, frozenset[UUID]]:
    """The rolls that grants are for, of those that came with a day pass; mostly asks nothing."""
    passes = {row.pass_id for row in grants if row.pass_id is not None}
    rows = rows_of(connection, PASSES, school_id, sorted(passes))
    return {
        pass_id: frozenset(row.roll_id for row in rows if row.pass_id == pass_id)
        for pass_id in passes
    }


def load_prior(
    connection: Connection, school_id: UUID, rolls: Sequence[UUID]
) -> dict[UUID, list[Any]]:
    """The accepted ops of some rolls, in the order of the log."""
    prior: dict[UUID, list[Any]] = {roll_id: [] for roll_id in rolls}
    for row in rows_of(connection, PRIOR, school_id, rolls):
        prior[row.roll_id].append(row)
    return prior


def load_people(
    connection: Connection, school_id: UUID, staff: Iterable[UUID]
) -> dict[UUID, Person]:
    """Who some people are."""
    rows = rows_of(connection, PEOPLE, school_id, sorted(set(staff)))
    return {row.staff_id: Person(row.staff_id, row.display_name, row.role) for row in rows}


def rows_of(
    connection: Connection, statement: Any, school_id: UUID, ids: Sequence[Any]
) -> list[Any]:
    """The rows about some ids; asks nothing when there are none."""
    return ask(connection, [question(statement, school_id, ids)])[0] if ids else []


def question(statement: Any, school_id: UUID, ids: Sequence[Any], **more: Any) -> Question:
    """What a statement asks about some ids of a school; `more` are its other values."""
    return Question(statement, {"school_id": school_id, **more}, padded(ids))


def knows_rules(role: str) -> bool:
    """Whether a role's rulings are the office's word."""
    return role in {"office", "administrator"}
