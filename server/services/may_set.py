"""Whether somebody may give a student a reason on some days, by the school's rule pack (K5–K7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, select

from server.models import ClearingAct, MarkException, NoticeLine, Student, table_of
from server.problems import Problem
from server.services.facts import SCHOOL
from server.services.school_pack import pack_of
from server.services.verdict_words import sentence
from server.services.year_of import year_of
from sync.excuse import Asked, Use, judge_all

_student, _exception = table_of(Student).c, table_of(MarkException).c
_notice, _clearing = table_of(NoticeLine).c, table_of(ClearingAct).c
OF_STUDENT: BindParameter[Any] = bindparam("student_id")
STUDENT = select(
    _student.student_id,
    _student.num,
    _student.given_name,
    _student.family_name,
    _student.grade,
    _student.active,
).where(_student.school_id == SCHOOL, _student.student_id == OF_STUDENT)
CARRIED = (
    select(_exception.reason, _exception.school_date)
    .where(_exception.school_id == SCHOOL, _exception.num == bindparam("num"))
    .where(_exception.reason.is_not(None), _exception.reason != "")
    .distinct()
)
TOLD = select(_notice.code, _notice.incident, _notice.from_on, _notice.to_on).where(
    _notice.school_id == SCHOOL, _notice.student_id == OF_STUDENT, _notice.incident.is_not(None)
)
CLEARED = select(
    _clearing.code, _clearing.incident, _clearing.school_date, _clearing.school_date.label("to_on")
).where(
    _clearing.school_id == SCHOOL,
    _clearing.student_id == OF_STUDENT,
    _clearing.incident.is_not(None),
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
    uses = uses_of(connection, school_id, student)
    verdicts = judge_all(pack, asked, uses, year)
    against = [_said(one, verdict) for one, verdict in zip(asked, verdicts, strict=True)]
    words = list(dict.fromkeys(filter(None, against)))
    if words:
        raise Problem("invalid", words[0], errors={"code": words})


def uses_of(connection: Connection, school_id: UUID, student: Any) -> list[Use]:
    """The days on which a student's marks carry a reason, with the incident where one was named."""
    asked = {"school_id": school_id, "student_id": student.student_id}
    named = [*connection.execute(TOLD, asked), *connection.execute(CLEARED, asked)]
    rows = connection.execute(CARRIED, {"school_id": school_id, "num": student.num})
    return [Use(row[0], row[1], _incident(named, row[0], row[1])) for row in rows]


def _incident(named: Iterable[Any], code: str, on: date) -> str | None:
    found = (one[1] for one in named if one[0] == code and one[2] <= on <= one[3])
    return next(found, None)


def _said(asked: Asked, verdict: Any) -> str:
    return "" if verdict.may else f"{asked.on:%B} {asked.on.day}: {sentence(verdict)}"
