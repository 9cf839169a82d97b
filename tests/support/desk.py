"""The front desk of a story: writes lines and notices, and puts students into more sections."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from werkzeug.test import TestResponse

from schemas.front_desk import DeskNotice, Visit
from server.columns import spell
from server.db import writing
from server.models import Enrollment, School, Section, table_of
from tests.support import api, cast
from tests.support.api import Tablet, Tree

BEGAN = cast.LONG_AGO.date()


def california(school: api.School) -> None:
    """Birch uses the pack of Los Angeles."""
    school.change(table_of(School), {"rule_pack": "california_lausd"}, school_id=school.cast.birch)


def enroll(school: api.School, student_id: UUID, one: cast.Class) -> None:
    """A student in one more section."""
    row = {
        "school_id": school.cast.birch,
        "enrollment_id": uuid4(),
        "sourced_id": str(uuid4()),
        "section_id": one.section_id,
        "student_id": student_id,
        "begin_on": BEGAN,
        "end_on": None,
    }
    with writing(school.engine) as connection:
        connection.execute(insert(table_of(Enrollment)), row)
    school.change(table_of(Section), {"roster_rev": 2}, section_id=one.section_id)


def post_visit(desk: Tablet, student_id: UUID, what: str, **more: Any) -> TestResponse:
    """Write a line of the front desk; the whole answer."""
    body = {"visit_id": str(uuid4()), "student_id": str(student_id), "what": what} | {
        name: spell(value) if isinstance(value, datetime) else value for name, value in more.items()
    }
    return desk.post("visits", body)


def visit(desk: Tablet, student_id: UUID, what: str, **more: Any) -> Tree:
    """Write a line of the front desk that is taken."""
    return _taken(post_visit(desk, student_id, what, **more), Visit())


def withdraw(desk: Tablet, visit_id: str) -> Tree:
    """Take a line back."""
    body = {"withdrawal_id": str(uuid4()), "visit_id": visit_id}
    return _taken(desk.post("visits/withdrawn", body), Visit())


def post_notice(desk: Tablet, student_id: UUID, from_on: str, to_on: str = "", **more: Any) -> Any:
    """Write down what a family told; the whole answer."""
    body = {
        "notice_id": str(uuid4()),
        "student_id": str(student_id),
        "from_on": from_on,
        "to_on": to_on or from_on,
        "told_by": "Her mother",
        "told_how": "phone",
        **more,
    }
    return desk.post("notices", body)


def notice(desk: Tablet, student_id: UUID, from_on: str, to_on: str = "", **more: Any) -> Tree:
    """Write down a notice that is taken."""
    return _taken(post_notice(desk, student_id, from_on, to_on, **more), DeskNotice())


def end_notice(desk: Tablet, notice_id: str, to_on: str | None = None) -> Tree:
    """End a notice."""
    body = {"line_id": str(uuid4()), "notice_id": notice_id, "to_on": to_on}
    return _taken(desk.post("notices/ended", body), DeskNotice())


def mark(desk: Tablet, one: cast.Class, student_id: UUID, **when: Any) -> Tree:
    """A student's line on a roll."""
    marks: list[Tree] = desk.roll(one, **when)["marks"]
    return next((line for line in marks if line["student_id"] == str(student_id)), {})


def _taken(answer: TestResponse, form: Any) -> Tree:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    assert form.validate(told) == {}
    return told


def seat(school: api.School) -> None:
    """Tuesday, 9:10: Elif was seen in 8A; 8B does not see her, and the nurse's sheet has her."""
    student = school.cast.eight_a.students[3]
    ruiz, brandt, lind = map(
        school.tablet, (school.cast.ruiz, school.cast.brandt, school.cast.lind)
    )
    clock = school.clock
    clock.set(cast.local(cast.TUESDAY, 8, 5))
    ruiz.push(ruiz.op(school.cast.eight_a))
    clock.set(cast.local(cast.TUESDAY, 9, 2))
    visit(lind, student, "visit", place="nurse")
    clock.set(cast.local(cast.TUESDAY, 9, 10))
    op = brandt.op(school.cast.eight_b)
    op["marks"].append({"student_id": str(student), "presence": "absent"})
    brandt.push(op)
