"""Folds a school's days from its stored rolls: what every date of each student came to (T2–T6).

Rolls are read month by month and given date by date, so that a year of a big school takes a dozen
statements and no more memory than a month of its rolls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import Enrollment, table_of
from server.record import unpack_marks
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.horizon import load_rosters
from server.services.noticed import Noticed, load_noticed
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, rolls
from server.services.rosters import Roster
from sync.codes import Code
from sync.day import Day, fold_day
from sync.model import Flag, Mark, RollState
from sync.pack import Pack
from sync.period import PeriodMark, Taken
from sync.school_year import Span

AT_ONCE = timedelta(days=30)
_roll, _enrollment = ROLL_COLUMNS, table_of(Enrollment).c
EXPECTED = (
    rolls()
    .with_only_columns(
        _roll.roll_id,
        _roll.section_id,
        _roll.school_date,
        _roll.period,
        _roll.period_name,
        _roll.starts_at,
        _roll.ends_at,
        _roll.state,
        _roll.marks,
        SECTION_COLUMNS.roster_rev,
    )
    .where(
        _roll.expected,
        _roll.school_date >= bindparam("from_on"),
        _roll.school_date <= bindparam("to_on"),
    )
    .order_by(_roll.school_date, _roll.starts_at, _roll.roll_id)
)
SECTIONS = (
    select(_enrollment.section_id)
    .where(_enrollment.school_id == SCHOOL, _enrollment.student_id.in_(IDS), _enrollment.active)
    .distinct()
)
Meaning = Callable[[str], Code | None]


@dataclass(frozen=True, slots=True)
class FoldedDate:
    """A school date. `days`, `marks` and the `rolls` that the marks are of are by student;
    who is in none was not expected on it.

    A meeting of which no roll is expected is not there (T3.1); one whose roll says nothing about
    the student is there and not taken (T3).
    """

    on: date
    days: Mapping[UUID, Day]
    marks: Mapping[UUID, Sequence[PeriodMark]]
    rolls: Mapping[UUID, Sequence[Any]]


def fold_days(
    connection: Connection,
    school_id: UUID,
    pack: Pack,
    span: Span,
    students: AbstractSet[UUID] | None = None,
) -> Iterator[FoldedDate]:
    """The dates of a span, both inclusive, on which any roll is expected, in order; of some
    students alone where they are named."""
    asked = EXPECTED
    if students is not None:
        sections = rows_of(connection, SECTIONS, school_id, sorted(students))
        asked = EXPECTED.where(_roll.section_id.in_([row.section_id for row in sections]))
    for from_on, to_on in _months(span):
        dates = {"school_id": school_id, "from_on": from_on, "to_on": to_on}
        rows: list[Any] = [*connection.execute(asked, dates)]
        rosters = load_rosters(connection, school_id, rows)
        noticed = load_noticed(connection, school_id, from_on, to_on)
        for on, of_date in groupby(rows, key=attrgetter("school_date")):
            slots = Slots(lambda code, on=on: pack.meaning(code, on), noticed)  # type: ignore[misc]
            yield _fold_date(on, list(of_date), rosters, slots, students)


def _months(span: Span) -> Iterator[Span]:
    """The span in pieces that are read at once."""
    from_on, to_on = span
    while from_on <= to_on:
        yield from_on, min(from_on + AT_ONCE, to_on)
        from_on += AT_ONCE + timedelta(days=1)


def _fold_date(
    on: date,
    rows: Iterable[Any],
    rosters: Mapping[UUID, Roster],
    slots: Slots,
    students: AbstractSet[UUID] | None,
) -> FoldedDate:
    """Marks that are alike are one and the same, and days of the same marks are folded once."""
    marks: dict[UUID, list[PeriodMark]] = {}
    of_rolls: dict[UUID, list[Any]] = {}
    for row in rows:
        roster = rosters[row.section_id]
        said, silent = slots.said_in(row), slots.silent_in(row)
        enrolled = roster.ids_in(row)
        for student in enrolled if students is None else enrolled & students:
            mark = said.get(roster.num_by_int[student.int], silent)
            mark = slots.explained(row, student, mark)
            marks.setdefault(student, []).append(mark)
            of_rolls.setdefault(student, []).append(row)
    folded: dict[tuple[int, ...], Day] = {}
    days: dict[UUID, Day] = {}
    for student, own in marks.items():
        alike = tuple(map(id, own))
        if alike not in folded:
            folded[alike] = fold_day(on, own)
        days[student] = folded[alike]
    return FoldedDate(on, days, marks, of_rolls)


class Slots:
    """The marks of one date as its rolls say them, each different one made once."""

    def __init__(self, meaning: Meaning, noticed: Noticed) -> None:
        """Take what a code means on the date, and what the office was told ahead."""
        self._meaning, self._noticed = meaning, noticed
        self._meant: dict[str, Code | None] = {}
        self._marks: dict[tuple[Any, ...], PeriodMark] = {}

    def said_in(self, row: Any) -> dict[int, PeriodMark]:
        """What a roll says, by the students' nums."""
        folded = unpack_marks(row.marks)
        by_code = {code: self._mark(row, mark) for code, mark in folded.different().items()}
        return {num: by_code[code] for num, code in zip(folded.nums, folded.codes, strict=True)}

    def silent_in(self, row: Any) -> PeriodMark:
        """What a roll says of a student whom it does not name."""
        key = (row.period, row.starts_at, row.ends_at)
        return self._once(key, lambda: _silence(row))

    def explained(self, row: Any, student: UUID, mark: PeriodMark) -> PeriodMark:
        """The mark with the reason that the office was told ahead, where the student is absent and
        the roll has no reason: one that is locked says what it said (T2.3)."""
        if student not in self._noticed.of or not mark.unexplained:
            return mark
        reason = self._noticed.reason(student, row)
        code = None if row.state == RollState.LOCKED else self._meaning_of(reason)
        if code is None:
            return mark
        key = (id(mark), code.code)
        return self._once(key, lambda: replace(mark, code=code))

    def _mark(self, row: Any, mark: Mark) -> PeriodMark:
        if mark.presence is None:
            return self.silent_in(row)
        contested = Flag.CONTESTED in mark.flags
        said = (mark.presence, mark.arrived_at, mark.left_at, mark.reason, mark.excused, contested)
        key = (row.period, row.starts_at, row.ends_at, *said)
        return self._once(key, lambda: self._spelled(row, mark, contested=contested))

    def _spelled(self, row: Any, mark: Mark, *, contested: bool) -> PeriodMark:
        return PeriodMark(
            period=row.period,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            presence=mark.presence,
            arrived_at=mark.arrived_at,
            left_at=mark.left_at,
            code=self._meaning_of(mark.reason),
            excused=mark.excused,
            contested=contested,
        )

    def _meaning_of(self, reason: str | None) -> Code | None:
        if not reason:
            return None
        if reason not in self._meant:
            self._meant[reason] = self._meaning(reason)
        return self._meant[reason]

    def _once(self, key: tuple[Any, ...], make: Callable[[], PeriodMark]) -> PeriodMark:
        if key not in self._marks:
            self._marks[key] = make()
        return self._marks[key]


def _silence(row: Any) -> PeriodMark:
    return PeriodMark(
        period=row.period, starts_at=row.starts_at, ends_at=row.ends_at, state=Taken.NOT_TAKEN
    )
