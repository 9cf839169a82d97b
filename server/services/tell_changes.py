"""Tells what stands otherwise than it was signed or closed, as far as the reader may know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from server.access import Viewer
from server.columns import spell
from server.models import Student, table_of
from server.services.facts import IDS, SCHOOL, Person, load_people, rows_of
from sync.statement import Change

_student = table_of(Student).c
NAMES = select(_student.student_id, _student.given_name, _student.family_name).where(
    _student.school_id == SCHOOL, _student.student_id.in_(IDS)
)
OFFICES_OWN = frozenset({"reason", "evidence"})
"""Why a student was away is the office's to know: a teacher learns that it changed."""


def tell_changes(
    connection: Connection, viewer: Viewer, changes: Sequence[tuple[Any, Change]]
) -> list[dict[str, Any]]:
    """Changes of rolls with the names of students and people; `changes` come with their rolls."""
    people = load_people(connection, viewer.school_id, {one.by for _, one in changes})
    students = rows_of(
        connection, NAMES, viewer.school_id, sorted({one.student_id for _, one in changes})
    )
    names = {one.student_id: full_name(one) for one in students}
    return [
        _change(viewer, row, one, names, people) for row, one in changes if one.student_id in names
    ]


def full_name(student: Any) -> str:
    """A student's name as it is read; somebody may have one name alone."""
    return f"{student.given_name} {student.family_name}".strip()


def spelled(value: Any) -> str | None:
    """What stands or stood in words of the wire."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return spell(value)
    if isinstance(value, bool):
        return "excused" if value else "unexcused"
    return str(value)


def _change(
    viewer: Viewer,
    row: Any,
    one: Change,
    names: Mapping[UUID, str],
    people: Mapping[UUID, Person],
) -> dict[str, Any]:
    hidden = one.fact in OFFICES_OWN
    return {
        "roll_id": row.roll_id,
        "student_name": names[one.student_id],
        "by": people[one.by].by(),
        "at": one.at,
        "fact": one.fact,
        "old": None if hidden else spelled(one.old),
        "new": None if hidden else spelled(one.new),
        "why": one.why if viewer.is_wide and not hidden else None,
    }
