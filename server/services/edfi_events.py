"""The rolls of some days as Ed-Fi's events, for the district's own systems (T18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, select

from schemas.edfi import Section as EdfiSection
from schemas.edfi import Session
from schemas.edfi_school import school_events
from schemas.edfi_section import section_events, taken_event
from server.access import Viewer
from server.db import reading
from server.models import Section, Staff, Student, table_of
from server.services.attendance import count_by
from server.services.audit_span import audit_span
from server.services.facts import SCHOOL
from server.services.fold_days import FoldedDate, fold_days
from server.services.horizon import today_at
from server.services.rolls import ROLL_COLUMNS, rolls
from server.services.spans import TERMS
from sync.clearing import lapsed_excuses
from sync.codes import Code
from sync.day import Day
from sync.period import PeriodMark
from sync.sessions import Counting

_section, _student, _staff = (table_of(one).c for one in (Section, Student, Staff))
SECTIONS = select(_section.section_id, _section.sourced_id, _section.course).where(
    _section.school_id == SCHOOL
)
STUDENTS = select(_student.student_id, _student.sourced_id, _student.local_id).where(
    _student.school_id == SCHOOL
)
STAFF = select(_staff.staff_id, _staff.sourced_id).where(_staff.school_id == SCHOOL)
TAKEN = (
    rolls()
    .where(
        ROLL_COLUMNS.expected,
        ROLL_COLUMNS.received_at.is_not(None),
        ROLL_COLUMNS.school_date >= bindparam("from_on"),
        ROLL_COLUMNS.school_date <= bindparam("to_on"),
    )
    .order_by(ROLL_COLUMNS.school_date, ROLL_COLUMNS.starts_at, ROLL_COLUMNS.roll_id)
)
JULY = 7
"""A school year begins in July and is named by the calendar year in which it ends."""
Told = list[dict[str, Any]]


@dataclass(slots=True)
class Names:
    """What the school's things are called in Ed-Fi, on each date."""

    number: int
    zone: ZoneInfo
    terms: list[Any]
    sections: Mapping[UUID, Any]
    students: Mapping[UUID, Any]
    staff: Mapping[UUID, Any]
    sessions: dict[date, Session] = field(default_factory=dict)

    def session(self, on: date) -> Session:
        """The term that a date lies in, the school year where none is known."""
        if on not in self.sessions:
            year = on.year + (on.month >= JULY)
            titles = [one.title for one in self.terms if one.starts_on <= on <= one.ends_on]
            name = (titles[0] if titles else f"{year - 1}-{year}")[:60]
            self.sessions[on] = Session(self.number, year, name, f"{year}", self.zone)
        return self.sessions[on]

    def section(self, roll: Any) -> EdfiSection:
        """A roll's section by its course and its own id."""
        row = self.sections[roll.section_id]
        course = (row.course or row.sourced_id)[:60]
        session = self.session(roll.school_date)
        return EdfiSection(session, course, row.sourced_id[:255], (roll.period_name[:60],))

    def student(self, student_id: UUID) -> str:
        """A student by the district's number, else by the roster's."""
        row = self.students[student_id]
        number: str = (row.local_id or row.sourced_id)[:32]
        return number


def edfi_events(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The events of each resource between two dates. Raises Problem `invalid`."""
    span = audit_span(viewer, query, now)
    positive = query.get("positive") == "1"
    with reading(engine) as connection:
        names = _names(connection, viewer, query["edfi_school_id"])
        asked = {"school_id": viewer.school_id, "from_on": span[0], "to_on": span[1]}
        taken = [_taken(row, names, viewer.zone) for row in connection.execute(TAKEN, asked)]
        by = count_by(connection, viewer.school_id, today_at(viewer.zone, now))
        dates = list(fold_days(connection, viewer.school_id, by.pack, span))
    return {
        "sectionAttendanceTakenEvents": taken,
        "studentSectionAttendanceEvents": [
            one for folded in dates for one in _of_sections(folded, names, positive=positive)
        ],
        "studentSchoolAttendanceEvents": list(_of_school(dates, names, by, positive=positive)),
    }


def _names(connection: Connection, viewer: Viewer, number: int) -> Names:
    asked = {"school_id": viewer.school_id}
    return Names(
        number,
        ZoneInfo(viewer.zone),
        list(connection.execute(TERMS, asked)),
        {row.section_id: row for row in connection.execute(SECTIONS, asked)},
        {row.student_id: row for row in connection.execute(STUDENTS, asked)},
        {row.staff_id: row for row in connection.execute(STAFF, asked)},
    )


def _taken(roll: Any, names: Names, zone: str) -> dict[str, Any]:
    submitted_on = today_at(zone, roll.received_at)
    staff = names.staff.get(roll.submitted_by)
    return taken_event(
        names.section(roll),
        roll.school_date,
        submitted_on,
        None if staff is None else staff.sourced_id[:32],
    )


def _of_sections(folded: FoldedDate, names: Names, *, positive: bool) -> Iterator[dict[str, Any]]:
    for student, marks in folded.marks.items():
        number = names.student(student)
        for mark, roll in zip(marks, folded.rolls[student], strict=True):
            section = names.section(roll)
            yield from section_events(section, number, folded.on, mark, positive=positive)


def _of_school(
    dates: Iterable[FoldedDate], names: Names, by: Counting, *, positive: bool
) -> Iterator[dict[str, Any]]:
    of_student: dict[UUID, list[tuple[Day, Code | None]]] = {}
    for folded in dates:
        for student, day in folded.days.items():
            reason = _common_reason(folded.marks[student])
            of_student.setdefault(student, []).append((day, reason))
    for student, days in of_student.items():
        lapsed = lapsed_excuses(by.pack, (day for day, _ in days), by.year, by.as_of)
        number = names.student(student)
        for day, reason in days:
            session = names.session(day.on)
            yield from school_events(
                session, number, day, reason, lapsed.get(day.on), positive=positive
            )


def _common_reason(marks: Iterable[PeriodMark]) -> Code | None:
    """The reason of a whole day, where every mark that is known has the same."""
    known = [mark.reason for mark in marks if mark.known]
    first = known[0] if known else None
    return first if first is not None and all(one is first for one in known) else None
