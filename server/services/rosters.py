"""Who is in a section and who teaches it, kept in memory by `roster_rev`.

The importer raises a section's `roster_rev` with every change of its enrollments, assignments or
students, and readers take the number from the same snapshot as their rows: so what is kept here is
never stale, and never needs to be thrown away but for room.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, select

from server.ask import Question, ask
from server.models import Enrollment, Staff, Student, Teaching, table_of
from sync.model import Rank
from sync.period import is_enrolled_at

KEPT = 4_000
RANK_OF = {
    "substitute": Rank.SUBSTITUTE,
    "primary": Rank.TEACHER,
    "co_teacher": Rank.TEACHER,
}
STRONGEST = (Rank.SUBSTITUTE, Rank.TEACHER)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One student's time in a section; dates inclusive, None is open-ended. The instants are on the
    first and the last date, where less than the whole of it counts."""

    num: int
    student_id: UUID
    given_name: str
    family_name: str
    grade: str | None
    begin_on: date | None
    end_on: date | None
    begin_at: datetime | None = None
    end_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """One person's assignment to a section."""

    staff_id: UUID
    name: str
    role: str
    begin_on: date | None
    end_on: date | None


@dataclass(slots=True)
class Roster:
    """One section at one `roster_rev`."""

    enrolled: tuple[Enrolled, ...]
    teachers: tuple[Assigned, ...]
    num_of: dict[str, int] = field(default_factory=dict)
    id_of: dict[str, UUID] = field(default_factory=dict)
    text_of: dict[int, str] = field(default_factory=dict)
    num_by_int: dict[int, int] = field(default_factory=dict)
    _parted: frozenset[date | None] = frozenset()
    _on: dict[date, frozenset[UUID]] = field(default_factory=dict)
    _names_on: dict[date, frozenset[str]] = field(default_factory=dict)
    _nums_on: dict[date, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.enrolled:
            text = str(one.student_id)
            self.num_of[text] = one.num
            self.id_of[text] = one.student_id
            self.text_of[one.num] = text
            self.num_by_int[one.student_id.int] = one.num
        self._parted = frozenset(
            [one.begin_on for one in self.enrolled if one.begin_at is not None]
            + [one.end_on for one in self.enrolled if one.end_at is not None]
        )

    def ids_on(self, on: date) -> frozenset[UUID]:
        """The students enrolled on a date."""
        ids = self._on.get(on)
        if ids is None:
            ids = frozenset(one.student_id for one in self.enrolled if covers(one, on))
            if len(self._on) > 60:
                self._on.clear()
            self._on[on] = ids
        return ids

    def names_on(self, on: date) -> frozenset[str]:
        """The same students by their ids as text, which compare faster than UUIDs."""
        names = self._names_on.get(on)
        if names is None:
            names = frozenset(map(str, self.ids_on(on)))
            if len(self._names_on) > 60:
                self._names_on.clear()
            self._names_on[on] = names
        return names

    def nums_on(self, on: date) -> frozenset[int]:
        """The same students by their nums."""
        nums = self._nums_on.get(on)
        if nums is None:
            nums = frozenset(self.num_by_int[one.int] for one in self.ids_on(on))
            if len(self._nums_on) > 60:
                self._nums_on.clear()
            self._nums_on[on] = nums
        return nums

    def ids_in(self, row: Any) -> frozenset[UUID]:
        """The students who are expected in a roll's meeting: enrolled when it began (F10.3)."""
        if row.school_date not in self._parted:
            return self.ids_on(row.school_date)
        return frozenset(one.student_id for one in self.enrolled if is_expected(one, row))

    def names_in(self, row: Any) -> frozenset[str]:
        """The same students by their ids as text."""
        if row.school_date not in self._parted:
            return self.names_on(row.school_date)
        return frozenset(map(str, self.ids_in(row)))

    def nums_in(self, row: Any) -> frozenset[int]:
        """The same students by their nums."""
        if row.school_date not in self._parted:
            return self.nums_on(row.school_date)
        return frozenset(self.num_by_int[one.int] for one in self.ids_in(row))

    def apart_in(self, row: Any) -> list[Enrolled]:
        """Who is enrolled on a roll's date and not when its meeting began."""
        if row.school_date not in self._parted:
            return []
        here = self.nums_in(row)
        on = row.school_date
        return [one for one in self.enrolled if covers(one, on) and one.num not in here]

    def only_on(self, on: date) -> Roster:
        """Nobody but who is enrolled and who teaches on a date."""
        return Roster(
            tuple(one for one in self.enrolled if covers(one, on)),
            tuple(one for one in self.teachers if covers(one, on)),
        )

    def rank(self, staff_id: UUID, on: date) -> Rank | None:
        """A person's rank for the section's meeting on a date; None where not assigned."""
        ranks = {
            RANK_OF.get(one.role, Rank.TEACHER)
            for one in self.teachers
            if one.staff_id == staff_id and covers(one, on)
        }
        return next((rank for rank in STRONGEST if rank in ranks), None)


def covers(span: Enrolled | Assigned, on: date) -> bool:
    """Whether a date lies in the span."""
    return (span.begin_on is None or span.begin_on <= on) and (
        span.end_on is None or on <= span.end_on
    )


def is_expected(one: Enrolled, row: Any) -> bool:
    """Whether a student is expected in a roll's meeting by this line of the roster (F10.3)."""
    return covers(one, row.school_date) and is_enrolled_at(
        row.starts_at, [(one.begin_at, one.end_at)]
    )


_enrollment, _student = table_of(Enrollment).c, table_of(Student).c
_teaching, _staff = table_of(Teaching).c, table_of(Staff).c
ENROLLED = (
    select(
        _enrollment.section_id,
        _student.num,
        _student.student_id,
        _student.given_name,
        _student.family_name,
        _student.grade,
        _enrollment.begin_on,
        _enrollment.end_on,
        _enrollment.begin_at,
        _enrollment.end_at,
    )
    .join_from(
        table_of(Enrollment),
        table_of(Student),
        (_student.school_id == _enrollment.school_id)
        & (_student.student_id == _enrollment.student_id),
    )
    .where(
        _enrollment.school_id == bindparam("school_id"),
        _enrollment.section_id.in_(bindparam("ids", expanding=True)),
        _enrollment.active,
    )
    .order_by(_student.family_name, _student.given_name, _student.num)
)
ASSIGNED = (
    select(
        _teaching.section_id,
        _teaching.staff_id,
        _staff.display_name,
        _teaching.role,
        _teaching.begin_on,
        _teaching.end_on,
    )
    .join_from(
        table_of(Teaching),
        table_of(Staff),
        (_staff.school_id == _teaching.school_id) & (_staff.staff_id == _teaching.staff_id),
    )
    .where(
        _teaching.school_id == bindparam("school_id"),
        _teaching.section_id.in_(bindparam("ids", expanding=True)),
        _teaching.active,
    )
    .order_by(_teaching.role.desc(), _staff.display_name, _teaching.assignment_id)
)


class Rosters:
    """The rosters of one database, the least used thrown away first."""

    def __init__(self, kept: int = KEPT) -> None:
        """Take how many to keep."""
        self._kept = kept
        self._rosters: OrderedDict[tuple[UUID, UUID, int], Roster] = OrderedDict()
        self._lock = threading.Lock()

    def load(
        self, connection: Connection, school_id: UUID, revs: Mapping[UUID, int]
    ) -> dict[UUID, Roster]:
        """The rosters of some sections at the `roster_rev` that was just read beside them."""
        found, missing = {}, []
        with self._lock:
            for section_id, rev in revs.items():
                key = (school_id, section_id, rev)
                roster = self._rosters.get(key)
                if roster is None:
                    missing.append(section_id)
                else:
                    self._rosters.move_to_end(key)
                    found[section_id] = roster
        if missing:
            read = _read(connection, school_id, missing)
            self._keep(school_id, revs, read)
            found |= read
        return found

    def _keep(self, school_id: UUID, revs: Mapping[UUID, int], read: Mapping[UUID, Roster]) -> None:
        with self._lock:
            for section_id, roster in read.items():
                self._rosters[school_id, section_id, revs[section_id]] = roster
            while len(self._rosters) > self._kept:
                self._rosters.popitem(last=False)


def _read(connection: Connection, school_id: UUID, sections: Iterable[UUID]) -> dict[UUID, Roster]:
    wanted = list(sections)
    enrolled: dict[UUID, list[Enrolled]] = {section_id: [] for section_id in wanted}
    assigned: dict[UUID, list[Assigned]] = {section_id: [] for section_id in wanted}
    asked = {"school_id": school_id}
    questions = [Question(one, asked, padded(wanted)) for one in (ENROLLED, ASSIGNED)]
    students, teachers = ask(connection, questions)
    for section_id, *facts in students:
        enrolled[section_id].append(Enrolled(*facts))
    for section_id, *facts in teachers:
        assigned[section_id].append(Assigned(*facts))
    return {
        section_id: Roster(tuple(enrolled[section_id]), tuple(assigned[section_id]))
        for section_id in wanted
    }


def padded(ids: Iterable[Any]) -> list[Any]:
    """The ids, the last repeated up to a power of two: few lengths, so that the database's
    prepared statements are met again. Raises IndexError when there are none."""
    wanted = list(ids)
    room = 1 << (len(wanted) - 1).bit_length()
    return wanted + [wanted[-1]] * (room - len(wanted))


_OF_ENGINE: WeakKeyDictionary[Engine, Rosters] = WeakKeyDictionary()


def rosters_of(connection: Connection) -> Rosters:
    """The rosters kept for the connection's database."""
    return _OF_ENGINE.setdefault(connection.engine, Rosters())
