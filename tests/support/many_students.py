"""Six hundred students in seven periods at Birch, beside the cast: for the grid at its full size.

absent = settle_many(engine)     # every roll of Tuesday is taken; who was absent in which period
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert

from schemas.fast import CANONICAL, read_op
from server import models
from server.columns import spell
from server.db import writing
from server.services.facts import Person
from server.services.hearing import Sender
from server.services.submit import submit
from tests.support.cast import FAMILY, GIVEN, TUESDAY, ZONE, gather, local, named
from tests.support.whole_school import PERIODS, Teacher, settle_whole

STUDENTS, FIRST_NUM, ABSENT_EVERY = 600, 1001, 40
IDS = tuple(named("many", str(n)) for n in range(STUDENTS))
Absent = dict[str, list[UUID]]


def settle_many(engine: Engine) -> Absent:
    """Everybody, and every roll of the day as its teacher took it."""
    everybody, birch = settle_whole(engine), gather().birch
    classes = {
        (one.place, period): students
        for period in PERIODS
        for one, students in _classes(everybody, period)
    }
    with writing(engine) as connection:
        connection.execute(insert(models.Student), [_student(birch, n) for n in range(STUDENTS)])
        connection.execute(
            insert(models.Enrollment),
            [
                _enrollment(birch, everybody[place].sections[period], student)
                for (place, period), students in classes.items()
                for student in students
            ],
        )
    absent: Absent = {period: [] for period in PERIODS}
    for one in everybody:
        own = [(period, classes[one.place, period]) for period in one.sections]
        _take(engine, one, own, absent)
    return absent


def _classes(everybody: list[Teacher], period: str) -> Iterator[tuple[Teacher, list[UUID]]]:
    """Who is with whom: another mix in each period."""
    here = [one for one in everybody if period in one.sections]
    for n, one in enumerate(here):
        shift = n + int(period)
        yield one, [IDS[k] for k in range(STUDENTS) if (k + shift) % len(here) == 0]


def _take(engine: Engine, one: Teacher, own: list[tuple[str, list[UUID]]], absent: Absent) -> None:
    birch, device = gather().birch, gather().ruiz.device_id
    sender = Sender(birch, ZONE.key, device, Person(one.staff_id, one.name, "teacher"))
    batch = [read_op(CANONICAL.encode(_op(one, *each, absent))) for each in own]
    replies = submit(engine, sender, batch, local(TUESDAY, 15)).replies
    assert {reply.outcome for reply in replies} == {"accepted"}


def _op(one: Teacher, period: str, students: list[UUID], absent: Absent) -> dict[str, Any]:
    marks = []
    for student in students:
        away = (IDS.index(student) * 7 + int(period)) % ABSENT_EVERY == 0
        if away:
            absent[period].append(student)
        marks.append({"student_id": str(student), "presence": "absent" if away else "present"})
    return {
        "id": str(named("many-op", f"{one.place}/{period}")),
        "v": 1,
        "kind": "submit",
        "roll_id": str(one.roll(period)),
        "taken_at": spell(local(TUESDAY, PERIODS[period].hour, PERIODS[period].minute + 5)),
        "marks": marks,
    }


def _student(school_id: UUID, n: int) -> dict[str, Any]:
    family = f"{FAMILY[n // 15 % 10]}-{FAMILY[n // 150 + 5]}"
    return {
        "school_id": school_id,
        "student_id": IDS[n],
        "num": FIRST_NUM + n,
        "sourced_id": f"many-{n}",
        "given_name": GIVEN[n % len(GIVEN)],
        "family_name": family,
        "grade": f"{6 + n % 3:02}",
    }


def _enrollment(school_id: UUID, section_id: UUID, student: UUID) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "enrollment_id": named("many-enrollment", f"{section_id}/{student}"),
        "sourced_id": f"many-{section_id}-{student}",
        "section_id": section_id,
        "student_id": student,
        "begin_on": None,
        "end_on": None,
    }
