"""A school to order: bells, teachers, who teaches what when; its rolls laid out by the real layout.

campus = Campus(school, "Cedar")
campus.bells("1 08:00-08:50", "2 09:00-09:50")
wu = campus.teacher("Wu", email=True)
campus.section("Algebra", "1", wu)
campus.open(date(2026, 10, 6))          # laid out, everybody reminded of nothing yet
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from server import models
from server.db import school_turn, writing
from server.services.lay_out import lay_out
from tests.support import cast
from tests.support.api import School, Tablet, Tree

CLASS_SIZE = 2


@dataclass
class Campus:
    """One school of a database that the cast is in too; its rows are written by `open`."""

    school: School
    name: str
    zone: str = cast.ZONE.key
    school_id: UUID = field(default_factory=uuid4)
    people: list[cast.Person] = field(default_factory=list)
    sections: dict[str, cast.Class] = field(default_factory=dict)
    rows: list[tuple[Any, Tree]] = field(default_factory=list)
    _tablets: dict[UUID, Tablet] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mine = {"school_id": self.school_id}
        facts = {"sourced_id": self.name, "name": self.name, "zone": self.zone}
        self.rows += [
            (models.School, mine | facts),
            (models.SchoolSync, mine | {"epoch": f"e-{self.name}", "seq": 0}),
        ]

    def bells(self, *slots: str) -> None:
        """The regular bell schedule: "2 09:00-09:50" is class period 2."""
        for slot in slots:
            period, times = slot.split()
            starts, ends = times.split("-")
            self._add(
                models.BellPeriod,
                schedule="regular",
                period=period,
                name=f"Period {period}",
                starts_time=starts,
                ends_time=ends,
            )

    def teacher(self, name: str, role: str = "teacher", *, email: bool = False) -> cast.Person:
        """Somebody who works here, with a tablet that she is signed in on."""
        username = f"{name}-{self.name}".lower()
        account_id = cast.named("account", username)
        person = cast.Person(name, role, self.school_id, uuid4(), username, uuid4(), uuid4())
        self.people.append(person)
        self.rows.append(
            (
                models.Account,
                {"account_id": account_id, "username": username, "created_at": cast.LONG_AGO},
            )
        )
        self._add(
            models.Staff,
            staff_id=person.staff_id,
            sourced_id=username,
            given_name="A",
            family_name=name,
            display_name=f"A. {name}",
            username=username,
            email=f"{username}@school.example" if email else None,
            role=role,
            account_id=account_id,
        )
        seen = {"first_seen_at": cast.LONG_AGO, "last_seen_at": cast.LONG_AGO}
        self._add(models.Device, device_id=person.device_id, label="A tablet", **seen)
        self._add(
            models.CaptureGrant,
            grant_id=person.grant_id,
            staff_id=person.staff_id,
            device_id=person.device_id,
            created_at=cast.LONG_AGO,
            until_at=cast.NEXT_SUMMER,
        )
        return person

    def section(self, title: str, period: str, *teachers: cast.Person) -> cast.Class:
        """A group with two students, its teachers (of record, then co-teachers) and its period."""
        section_id = uuid4()
        self._add(
            models.Section,
            section_id=section_id,
            sourced_id=f"{title}/{period}",
            title=title,
            kind="scheduled",
            grades="08",
        )
        weekdays = {"weekdays": "MTWRFSU", "day_labels": ""}
        self._add(models.SectionMeeting, section_id=section_id, period=period, **weekdays)
        students = tuple(self.student(section_id) for _ in range(CLASS_SIZE))
        one = cast.Class(self.school_id, section_id, title, period, students)
        self.sections[f"{title}/{period}"] = one
        for place, person in enumerate(teachers):
            self.assign(person, one, "co_teacher" if place else "primary")
        return one

    def assign(self, person: cast.Person, one: cast.Class, role: str) -> None:
        """Somebody teaches a section."""
        self._add(
            models.Teaching,
            assignment_id=uuid4(),
            sourced_id=str(uuid4()),
            section_id=one.section_id,
            staff_id=person.staff_id,
            role=role,
        )

    def enroll(self, student_id: UUID, one: cast.Class, begin_on: date | None = None) -> cast.Class:
        """A student is in another section too; the section as it is with her."""
        self._add(
            models.Enrollment,
            enrollment_id=uuid4(),
            sourced_id=str(uuid4()),
            section_id=one.section_id,
            student_id=student_id,
            begin_on=begin_on,
        )
        return replace(one, students=(*one.students, student_id))

    def leave(self, person: cast.Person, on: date) -> None:
        """Somebody is away on a date."""
        self._add(
            models.StaffLeave,
            leave_id=uuid4(),
            staff_id=person.staff_id,
            from_on=on,
            to_on=on,
            set_at=cast.LONG_AGO,
        )

    def open(self, *days: date) -> None:
        """Write it all, and lay out the rolls of these dates."""
        for on in days:
            self._add(
                models.CalendarDay,
                school_date=on,
                grades="*",
                kind="instructional",
                schedule="regular",
            )
        with writing(self.school.engine) as connection:
            for model, rows in _by_model(self.rows):
                connection.execute(insert(model), rows)
        with school_turn(self.school.engine, self.school_id) as turn:
            lay_out(turn.connection, self.school_id, self.school.clock.now(), since=days[0])

    def submit(self, person: cast.Person, one: cast.Class, on: date, **more: Any) -> Tree:
        """Somebody takes a roll on her tablet, and it is received."""
        tablet = self.tablet(person)
        (result,) = tablet.push(tablet.op(one, on=on, **more))
        assert result["outcome"] == "accepted", result
        return result

    def tablet(self, person: cast.Person) -> Tablet:
        """A person's tablet; she is signed in on it."""
        if person.staff_id not in self._tablets:
            self._tablets[person.staff_id] = self.school.tablet(person)
        return self._tablets[person.staff_id]

    def hand_over(self, tablet: Tablet) -> None:
        """A guest's tablet, which she began on with a pass."""
        self._tablets[tablet.person.staff_id] = tablet

    def student(self, section_id: UUID, begin_on: date | None = None) -> UUID:
        """Somebody new in a section, from a date on where one is named."""
        student_id = uuid4()
        num = sum(model is models.Student for model, _ in self.rows) + 1
        self._add(
            models.Student,
            student_id=student_id,
            num=num,
            sourced_id=f"s{num}",
            given_name=cast.GIVEN[num % len(cast.GIVEN)],
            family_name=cast.FAMILY[num % len(cast.FAMILY)],
            grade="08",
        )
        self._add(
            models.Enrollment,
            enrollment_id=uuid4(),
            sourced_id=f"e{num}",
            section_id=section_id,
            student_id=student_id,
            begin_on=begin_on,
        )
        return student_id

    def _add(self, model: Any, **row: Any) -> None:
        self.rows.append((model, {"school_id": self.school_id, **row}))


ORDER = (
    models.School,
    models.SchoolSync,
    models.Account,
    models.Staff,
    models.Device,
    models.CaptureGrant,
    models.Student,
    models.Section,
    models.Enrollment,
    models.Teaching,
    models.StaffLeave,
    models.SectionMeeting,
    models.BellPeriod,
    models.CalendarDay,
)


def _by_model(rows: list[tuple[Any, Tree]]) -> Iterator[tuple[Any, list[Tree]]]:
    for model in ORDER:
        some = [row for one, row in rows if one is model]
        if some:
            yield model, some
