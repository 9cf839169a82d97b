"""Whether somebody may give a student a reason on some days, by the school's rule pack (K5–K7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import MarkException, Student, table_of
from server.problems import Problem
from server.services.facts import SCHOOL
from server.services.ruling_codes import incidents_of
from server.services.school_pack import pack_of
from server.services.school_years import year_of
from server.services.verdict_words import sentence
from sync.excuse import Asked, Use, judge_all

_student, _exception = table_of(Student).c, table_of(MarkException).c
STUDENT = select(
    _student.student_id,
    _student.num,
    _student.given_name,
    _student.family_name,
    _student.grade,
    _student.active,
).where(_student.school_id == SCHOOL, _student.student_id == bindparam("student_id"))
CARRIED = (
    select(_exception.num, _exception.roll_id, _exception.school_date, _exception.reason)
    .where(_exception.school_id == SCHOOL, _exception.num == bindparam("num"))
    .where(_exception.reason == bindparam("code"))
)


def student_of(connection: Connection, school_id: UUID, student_id: UUID) -> Any:
    """A student who is at the school. Raises Problem `invalid`."""
    asked = {"school_id": school_id, "student_id": student_id}
    row = connection.execute(STUDENT, asked).first()
    if row is None or not row.active:
        raise Problem("invalid", errors={"student_id": ["No student of this school."]})
    return row


def check_reason(
    connection: Connection, school_id: UUID, student: Any, asked: Sequence[Asked]
) -> None:
    """Let it pass if the reason may be given on all the days. Raises Problem `invalid` with the
    sentences of those on which it may not; then it is given on none."""
    if not asked:
        return
    pack, year = pack_of(connection, school_id), year_of(connection, school_id, asked[0].on)
    uses = uses_of(connection, school_id, student, asked[0].code)
    verdicts = judge_all(pack, asked, uses, year)
    against = [_said(one, verdict) for one, verdict in zip(asked, verdicts, strict=True)]
    words = list(dict.fromkeys(filter(None, against)))
    if words:
        raise Problem("invalid", words[0], errors={"code": words})


def uses_of(connection: Connection, school_id: UUID, student: Any, code: str) -> list[Use]:
    """The days on which a student's marks carry a reason, with the incident where one was named."""
    asked = {"school_id": school_id, "num": student.num, "code": code}
    rows = connection.execute(CARRIED, asked).all()
    incidents = incidents_of(connection, school_id, rows)
    return [Use(row.reason, row.school_date, incidents.get((row.num, row.roll_id))) for row in rows]


def _said(asked: Asked, verdict: Any) -> str:
    return "" if verdict.may else f"{asked.on:%B} {asked.on.day}: {sentence(verdict)}"
