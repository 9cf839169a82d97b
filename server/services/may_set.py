"""Whether somebody may give a student a reason on some days, by the school's rule pack (K5–K7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import Student, table_of
from server.problems import Problem
from server.services.facts import SCHOOL
from server.services.judge_reasons import Wanted, judge_reasons
from server.services.school_pack import pack_of
from server.services.verdict_words import sentence
from sync.excuse import Asked, Verdict
from sync.phrases import day_of
from sync.sentence import say

_student = table_of(Student).c
STUDENT = select(
    _student.student_id,
    _student.num,
    _student.given_name,
    _student.family_name,
    _student.grade,
    _student.active,
).where(_student.school_id == SCHOOL, _student.student_id == bindparam("student_id"))


def student_of(connection: Connection, school_id: UUID, student_id: UUID) -> Any:
    """A student who is at the school. Raises Problem `invalid`."""
    asked = {"school_id": school_id, "student_id": student_id}
    row = connection.execute(STUDENT, asked).first()
    if row is None or not row.active:
        raise Problem("invalid", errors={"student_id": [say("No student of this school.")]})
    return row


def check_reason(
    connection: Connection, school_id: UUID, student: Any, asked: Sequence[Asked]
) -> None:
    """Let it pass if the reason may be given on all the days. Raises Problem `invalid` with the
    sentences of those on which it may not; then it is given on none."""
    wanted = [Wanted(student.num, one) for one in asked]
    verdicts = judge_reasons(connection, school_id, pack_of(connection, school_id), wanted)
    against = [_said(one, verdict) for one, verdict in zip(asked, verdicts, strict=True)]
    words = list(dict.fromkeys(filter(None, against)))
    if words:
        raise Problem("invalid", words[0], errors={"code": words})


def _said(asked: Asked, verdict: Verdict) -> str:
    if verdict.may:
        return ""
    return say("{day}: {why}", day=day_of(asked.on), why=sentence(verdict))
