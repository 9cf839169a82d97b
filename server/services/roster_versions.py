"""The rosters of the past: a line in the database whenever who is in a section or teaches changes.

A version is text, written by the database itself, because an import changes a hundred thousand
sections at once: `num,begin,end;…` of the enrolled, with `,begin_at,end_at` where an instant is
known, a line break, `staff id,role,begin,end;…` of those assigned. Names are not kept twice: a
past roster is read with today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    LargeBinary,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
)

from server.ask import Question, ask
from server.models import Enrollment, RosterVersion, Section, Staff, Student, Teaching, table_of
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.rosters import Assigned, Enrolled, Roster, padded

_version, _section = table_of(RosterVersion).c, table_of(Section).c
_enrollment, _teaching = table_of(Enrollment).c, table_of(Teaching).c
_student, _staff = table_of(Student).c, table_of(Staff).c
NEWEST = (
    select(_version.section_id, func.max(_version.roster_rev).label("roster_rev"))
    .where(
        _version.school_id == SCHOOL, _version.section_id.in_(IDS), _version.at <= bindparam("at")
    )
    .group_by(_version.section_id)
    .subquery()
)
VERSIONS = (
    select(_version.section_id, _version.roster_rev, _version.at, _version.roster)
    .join_from(
        table_of(RosterVersion),
        NEWEST,
        (_version.section_id == NEWEST.c.section_id) & (_version.roster_rev == NEWEST.c.roster_rev),
    )
    .where(_version.school_id == SCHOOL)
)
STUDENTS = select(
    _student.num,
    _student.student_id,
    _student.given_name,
    _student.family_name,
    _student.grade,
).where(_student.school_id == SCHOOL, _student.num.in_(IDS))
STAFF = select(_staff.staff_id, _staff.display_name).where(
    _staff.school_id == SCHOOL, _staff.staff_id.in_(IDS)
)


def keep_versions(connection: Connection, touched: FromClause, at: datetime) -> None:
    """Keep the roster of every section that a table names, in one statement; `at` is since when."""
    enrolled = _told(touched, Enrollment, _student_facts())
    assigned = _told(touched, Teaching, _teacher_facts())
    both = func.coalesce(enrolled.c.told, "") + literal("\n") + func.coalesce(assigned.c.told, "")
    rows = (
        select(
            _section.school_id,
            _section.section_id,
            _section.roster_rev,
            literal(at, _version.at.type),
            _as_bytes(connection, both),
        )
        .select_from(table_of(Section))
        .join(touched, _same(touched, table_of(Section)))
        .outerjoin(enrolled, _same(enrolled, table_of(Section)))
        .outerjoin(assigned, _same(assigned, table_of(Section)))
    )
    names = ["school_id", "section_id", "roster_rev", "at", "roster"]
    connection.execute(insert(table_of(RosterVersion)).from_select(names, rows))


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(one.c.school_id == other.c.school_id, one.c.section_id == other.c.section_id)


def _told(touched: FromClause, model: Any, facts: ColumnElement[str]) -> Any:
    """What stands of each touched section in one of the two tables, as one text."""
    table = table_of(model)
    joined = touched.join(table, _same(table, touched))
    if model is Enrollment:
        joined = joined.join(
            table_of(Student),
            (_student.school_id == _enrollment.school_id)
            & (_student.student_id == _enrollment.student_id),
        )
    asked: Select[Any] = select(
        touched.c.school_id,
        touched.c.section_id,
        func.aggregate_strings(facts, ";").label("told"),
    )
    return (
        asked.select_from(joined)
        .where(table.c.active)
        .group_by(touched.c.school_id, touched.c.section_id)
        .subquery()
    )


def _student_facts() -> ColumnElement[str]:
    return cast(_student.num, String) + _dates(_enrollment) + _instants()


def _instants() -> ColumnElement[str]:
    at = (_enrollment.begin_at, _enrollment.end_at)
    begin, end = (func.coalesce(cast(one, String), "") for one in at)
    known = or_(*(one.is_not(None) for one in at))
    return case((known, literal(",") + begin + literal(",") + end), else_="")


def _teacher_facts() -> ColumnElement[str]:
    return cast(_teaching.staff_id, String) + "," + _teaching.role + _dates(_teaching)


def _dates(of: Any) -> ColumnElement[str]:
    begin, end = (func.coalesce(cast(one, String), "") for one in (of.begin_on, of.end_on))
    return literal(",") + begin + literal(",") + end


def _as_bytes(connection: Connection, text: ColumnElement[str]) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql":
        return func.convert_to(text, "UTF8")
    return cast(text, LargeBinary)


@dataclass(frozen=True, slots=True)
class Version:
    """One section's roster at a past instant, and since when it had been so."""

    section_id: UUID
    roster_rev: int
    at: datetime
    roster: bytes


def find_versions(
    connection: Connection, school_id: UUID, sections: Iterable[UUID], at: datetime
) -> dict[UUID, Version]:
    """The newest version of each section that was there at an instant; none for the others."""
    wanted = sorted(set(sections))
    if not wanted:
        return {}
    asked = {"school_id": school_id, "at": at}
    (rows,) = ask(connection, [Question(VERSIONS, asked, padded(wanted))])
    return {row.section_id: Version(*row) for row in rows}


def read_versions(
    connection: Connection, school_id: UUID, versions: Iterable[Version]
) -> dict[UUID, Roster]:
    """The rosters as they were, with the names of today."""
    parts = {one.section_id: one.roster.decode().split("\n") for one in versions}
    enrolled = {section: _split(told) for section, (told, _) in parts.items()}
    assigned = {section: _split(told) for section, (_, told) in parts.items()}
    nums = {int(one[0]) for lines in enrolled.values() for one in lines}
    staff = {UUID(one[0]) for lines in assigned.values() for one in lines}
    students = {row.num: row for row in rows_of(connection, STUDENTS, school_id, sorted(nums))}
    names = {row[0]: row[1] for row in rows_of(connection, STAFF, school_id, sorted(staff))}
    return {
        section: Roster(
            tuple(sorted(_enrolled(enrolled[section], students), key=_by_name)),
            tuple(sorted(_assigned(assigned[section], names), key=_by_role)),
        )
        for section in parts
    }


def _split(told: str) -> list[list[str]]:
    return [one.split(",") for one in told.split(";") if one]


def _enrolled(lines: Iterable[list[str]], students: Mapping[int, Any]) -> Iterable[Enrolled]:
    for num, begin, end, *instants in lines:
        of = students[int(num)]
        who = (of.num, of.student_id, of.given_name, of.family_name, of.grade)
        yield Enrolled(*who, _date(begin), _date(end), *map(_instant, instants))


def _assigned(lines: Iterable[list[str]], names: Mapping[UUID, str]) -> Iterable[Assigned]:
    for staff_id, role, begin, end in lines:
        person = UUID(staff_id)
        yield Assigned(person, names[person], role, _date(begin), _date(end))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _by_name(one: Enrolled) -> tuple[str, str, int]:
    return one.family_name, one.given_name, one.num


def _by_role(one: Assigned) -> tuple[int, str]:
    return -ord(one.role[0]), one.name
