"""Refolds every roll from the log and compares it with what the rows keep; can put them right.

The log is the truth. What is compared: each op's content with its hash, each roll's row and its
exceptions with the fold of its accepted ops, and the school's seq with the highest that was given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, func, select

from schemas.fast import CANONICAL
from schemas.words import CloseAct, ClosedSpan
from server.db import Turn, reading, school_turn
from server.models import (
    MarkException,
    OpEntry,
    Resolution,
    RollRow,
    School,
    SchoolSync,
    Section,
    WeekStatement,
    table_of,
)
from server.record import unpack_op
from server.services.closed_days import load_last_acts
from server.services.facts import IDS, SCHOOL, load_prior, rows_of
from server.services.known import Roll, open_roll
from server.services.month_sums import month_sums
from server.services.refold import Refolded
from server.services.rosters import rosters_of
from server.services.slip_keys import broken_slip_keys
from server.services.week_content import is_whole
from server.services.write import write_rolls
from sync.school_year import Span

AT_ONCE = 200
_roll, _section = table_of(RollRow).c, table_of(Section).c
_op, _exception = table_of(OpEntry).c, table_of(MarkException).c
_end, _statement = table_of(Resolution).c, table_of(WeekStatement).c
MADE = table_of(OpEntry).alias("made")
_made = MADE.c
_school, _sync = table_of(School).c, table_of(SchoolSync).c
SCHOOLS = select(_school.school_id, _school.name, _school.zone).order_by(_school.name)
TAKEN = (select(_roll.roll_id).where(_roll.school_id == SCHOOL, _roll.marks.is_not(None))).union(
    select(_op.roll_id).where(_op.school_id == SCHOOL, _op.outcome == "accepted"),
)
TAKEN_IN = select(_roll.roll_id).where(
    _roll.school_id == SCHOOL,
    _roll.school_date >= bindparam("from_on"),
    _roll.school_date <= bindparam("to_on"),
    _roll.marks.is_not(None) | (_roll.revision > 0),
)
STATEMENTS = (
    select(_statement.statement_id, _statement.content, _statement.digest)
    .where(
        _statement.school_id == SCHOOL,
        _statement.to_on >= bindparam("from_on"),
        _statement.from_on <= bindparam("to_on"),
    )
    .order_by(_statement.seq)
)
ROWS = (
    select(table_of(RollRow), _section.roster_rev)
    .join_from(
        table_of(RollRow),
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(_roll.school_id == SCHOOL, _roll.roll_id.in_(IDS))
)
EXCEPTIONS = select(table_of(MarkException)).where(
    _exception.school_id == SCHOOL, _exception.roll_id.in_(IDS)
)
HIGHEST = select(
    select(func.max(_op.seq)).where(_op.school_id == SCHOOL).scalar_subquery(),
    select(func.max(_roll.seq)).where(_roll.school_id == SCHOOL).scalar_subquery(),
    select(func.max(_section.seq)).where(_section.school_id == SCHOOL).scalar_subquery(),
    select(func.max(_end.seq)).where(_end.school_id == SCHOOL).scalar_subquery(),
)
ENDS = (
    select(_end.op_id, _end.how, _op.outcome, _made.outcome.label("made"))
    .join_from(
        table_of(Resolution),
        table_of(OpEntry),
        (_op.school_id == _end.school_id) & (_op.op_id == _end.op_id),
    )
    .join(
        MADE,
        (_made.school_id == _end.school_id) & (_made.op_id == _end.ruling),
        isouter=True,
    )
    .where(_end.school_id == SCHOOL)
)
ENDED = {
    "accepted": ("accepted", None),
    "taken_over": ("held", "accepted"),
    "set_aside": ("held", None),
}
"""What an op and the op that was made of it have become, by how it ended."""
SEQ = select(_sync.seq).where(_sync.school_id == SCHOOL)
UNTAKEN: dict[str, Any] = {
    "state": "not_taken",
    "revision": 0,
    "timeliness": None,
    "next_day": False,
    "taken_at": None,
    "received_at": None,
    "submitted_by": None,
    "countersign": False,
    "certified_at": None,
    "certified_by": None,
    "locked_at": None,
    "locked_by": None,
    "contested": 0,
    "safety": 0,
    "marks": None,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not what the log says; without names."""

    school_id: UUID
    roll_id: UUID | None
    what: str


@dataclass(slots=True)
class Checked:
    """What a check found in one school."""

    school_id: UUID
    name: str
    rolls: int
    ops: int
    differences: list[Difference]
    repaired: int = 0
    statements: int = 0
    months: int = 0


def check(engine: Engine, *, repair: bool = False) -> Iterator[Checked]:
    """Check every school, one after the other; `repair` writes the rows anew from the log."""
    with reading(engine) as connection:
        schools = connection.execute(SCHOOLS).all()
    for school_id, name, zone in schools:
        if repair:
            with school_turn(engine, school_id) as turn:
                found = _check(turn.connection, school_id, name, zone, turn)
        else:
            with reading(engine) as connection:
                found = _check(connection, school_id, name, zone)
        yield found


def _check(
    connection: Connection, school_id: UUID, name: str, zone: str, turn: Turn | None = None
) -> Checked:
    found = Checked(school_id, name, 0, 0, [])
    taken = sorted(connection.execute(TAKEN, {"school_id": school_id}).scalars())
    _check_rolls(connection, taken, zone, found, turn)
    found.differences += _end_differences(connection, school_id)
    found.differences += _seq_differences(connection, school_id)
    found.differences += [
        Difference(
            school_id, None, f"slip key {one} is no pair: `rollbook slips rotate-key --withdraw`"
        )
        for one in broken_slip_keys(connection, school_id)
    ]
    check_signatures(connection, school_id, found)
    return found


def check_days(
    connection: Connection, school_id: UUID, name: str, zone: str, span: Span
) -> Checked:
    """The same of the rolls, the signatures and the closed months of some dates alone."""
    found = Checked(school_id, name, 0, 0, [])
    asked = {"school_id": school_id, "from_on": span[0], "to_on": span[1]}
    taken = sorted(connection.execute(TAKEN_IN, asked).scalars())
    _check_rolls(connection, taken, zone, found, None)
    check_signatures(connection, school_id, found, span)
    return found


def check_signatures(
    connection: Connection, school_id: UUID, found: Checked, span: Span | None = None
) -> None:
    """Whether statements are what was signed, and closed months still come to what they came to."""
    first, last = span or (date.min, date.max)
    asked = {"school_id": school_id, "from_on": first, "to_on": last}
    for row in connection.execute(STATEMENTS, asked):
        found.statements += 1
        if not is_whole(row.content, row.digest):
            what = f"statement {row.statement_id} is not what was signed"
            found.differences.append(Difference(school_id, None, what))
    acts = load_last_acts(connection, school_id, first.replace(day=1), last)
    for (span_closed, first_on), act in sorted(acts.items()):
        if span_closed == ClosedSpan.MONTH and act.act == CloseAct.CLOSE:
            found.months += 1
            if month_sums(connection, school_id, first_on) != act.sums:
                what = f"{first_on:%Y-%m} does not come to what it came to when it was closed"
                found.differences.append(Difference(school_id, None, what))


def _check_rolls(
    connection: Connection,
    taken: Sequence[UUID],
    zone: str,
    found: Checked,
    turn: Turn | None,
) -> None:
    school_id = found.school_id
    for at in range(0, len(taken), AT_ONCE):
        for one in _refolded(connection, school_id, taken[at : at + AT_ONCE], zone, found):
            wrong = list(one.differences())
            found.differences += [Difference(school_id, one.row.roll_id, what) for what in wrong]
            if wrong and turn is not None and one.refolded is not None:
                _repair(turn, one)
                found.repaired += 1


@dataclass(frozen=True, slots=True)
class Compared:
    """A roll as its row and its exceptions keep it, and as the log says."""

    row: Any
    exceptions: Sequence[Any]
    roll: Roll
    refolded: Refolded | None

    def differences(self) -> Iterator[str]:
        """What is not as the log says."""
        expected = UNTAKEN if self.refolded is None else self.refolded.row
        for name, value in expected.items():
            kept = getattr(self.row, name)
            if name == "seq":
                if kept < value:
                    yield f"seq is {kept}, an op of it has {value}"
            elif kept != value:
                yield f"{name} differs"
        due = [] if self.refolded is None else self.refolded.exceptions
        kept_rows = [{name: getattr(row, name) for name in EXCEPTION} for row in self.exceptions]
        if sorted(due, key=_num) != sorted(kept_rows, key=_num):
            yield "exceptions differ"


EXCEPTION = ("num", "presence", "arrived_at", "left_at", "reason", "excused", "flags")


def _num(exception: dict[str, Any]) -> int:
    num: int = exception["num"]
    return num


def _refolded(
    connection: Connection, school_id: UUID, taken: Sequence[UUID], zone: str, found: Checked
) -> Iterator[Compared]:
    rows = rows_of(connection, ROWS, school_id, taken)
    for roll_id in {*taken} - {row.roll_id for row in rows}:
        found.differences.append(Difference(school_id, roll_id, "ops without a roll"))
    prior = load_prior(connection, school_id, [row.roll_id for row in rows])
    revs = {row.section_id: row.roster_rev for row in rows}
    rosters = rosters_of(connection).load(connection, school_id, revs) if revs else {}
    exceptions: dict[UUID, list[Any]] = {row.roll_id: [] for row in rows}
    for exception in rows_of(connection, EXCEPTIONS, school_id, list(exceptions)):
        exceptions[exception.roll_id].append(exception)
    for row in rows:
        ops = prior[row.roll_id]
        roll = open_roll(connection, school_id, row, rosters[row.section_id], ops, zone=zone)
        found.rolls += 1
        found.ops += len(ops)
        found.differences += [
            Difference(school_id, row.roll_id, f"op {op.op_id} is not what was received")
            for op in ops
            if not _is_as_received(op, roll)
        ]
        refolded = roll.fold() if ops else None
        yield Compared(row, exceptions[row.roll_id], roll, refolded)


def _is_as_received(op: Any, roll: Roll) -> bool:
    tree = {
        **unpack_op(op.payload, roll.known.text_of),
        "id": str(op.op_id),
        "v": op.v,
        "kind": op.kind,
        "roll_id": str(op.roll_id),
    }
    return hashlib.sha256(CANONICAL.encode(tree)).digest() == bytes(op.hash)


def _repair(turn: Turn, one: Compared) -> None:
    assert one.refolded is not None, "a roll without ops has nothing to be folded from"
    one.refolded.row["seq"] = turn.next_seq()
    stale = (
        table_of(MarkException)
        .delete()
        .where(
            _exception.school_id == turn.school_id,
            _exception.roll_id == bindparam("stale_roll"),
        )
    )
    turn.connection.execute(stale, {"stale_roll": one.row.roll_id})
    write_rolls(turn.connection, turn.school_id, [(one.roll, one.refolded)])


def _end_differences(connection: Connection, school_id: UUID) -> list[Difference]:
    return [
        Difference(school_id, None, f"held op {row.op_id} did not end as it says: {row.how}")
        for row in connection.execute(ENDS, {"school_id": school_id})
        if (row.outcome, row.made) != ENDED[row.how]
    ]


def _seq_differences(connection: Connection, school_id: UUID) -> list[Difference]:
    asked = {"school_id": school_id}
    highest = max(seq or 0 for seq in connection.execute(HIGHEST, asked).one())
    seq = connection.execute(SEQ, asked).scalar_one()
    if highest <= seq:
        return []
    return [Difference(school_id, None, f"the school's seq is {seq}, {highest} was given")]
