"""Cedar High: six periods, a teacher, the office, and **Elif**, who is in a section of each.

high = High(school)
high.take("1", absent=True)           # Elif's teacher takes the roll of period 1
high.rule("1", reason="A-1")          # the office says why
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from server.columns import spell
from tests.support import cast
from tests.support.api import School, Tree
from tests.support.campus import Campus

BELL = ("08:30-09:26", "09:32-10:28", "10:49-11:45", "11:51-12:47", "13:23-14:19", "14:25-15:21")
DAYS = tuple(cast.TUESDAY + timedelta(days=n) for n in (0, 1, 2, 3))


class High:
    """The school, with its rolls of some dates laid out and none taken."""

    def __init__(
        self, school: School, since: date | None = None, days: Sequence[date] = DAYS
    ) -> None:
        """`since`: Elif is enrolled from this date on."""
        self.campus = Campus(school, "Cedar")
        self.campus.bells(*(f"{n} {times}" for n, times in enumerate(BELL, start=1)))
        self.wu, self.lind = self.campus.teacher("Wu"), self.campus.teacher("Desk", "office")
        self.head = self.campus.teacher("Head", "administrator")
        home = self.campus.section("Room", "1", self.wu)
        self.elif_: UUID = home.students[0]
        self.classes = {"1": home}
        for n in range(2, len(BELL) + 1):
            one = self.campus.section(f"Course {n}", f"{n}", self.wu)
            self.classes[f"{n}"] = self.campus.enroll(self.elif_, one, since)
        self.campus.open(*days)

    def take(self, period: str, presence: str = "present", on: date = DAYS[0], **more: Any) -> Tree:
        """The roll of a period, everybody present but Elif, who is as is said."""
        one, clock = self.classes[period], self.campus.school.clock
        clock.set(max(clock.now(), cast.local(on, 8, 33)))
        marks = [
            {"student_id": str(student), "presence": "present"}
            if student != self.elif_
            else {"student_id": str(student), "presence": presence, **more}
            for student in one.students
        ]
        return self.campus.submit(self.wu, one, on, marks=marks)

    def take_all(self, *said: str | None, on: date = DAYS[0]) -> None:
        """A roll a period, none where nothing is said."""
        for period, presence in enumerate(said, start=1):
            if presence is not None:
                self.take(f"{period}", presence, on)

    def rule(self, *periods: str, on: date = DAYS[0], **said: Any) -> list[Tree]:
        """The office's word on Elif."""
        self.campus.school.clock.forward(minutes=1)
        desk = self.campus.tablet(self.lind)
        mark = {"student_id": str(self.elif_), "why": "A call from home.", **said}
        ops: Sequence[Tree] = [
            desk.op(self.classes[one], on=on, kind="rule", marks=[mark]) for one in periods
        ]
        results = desk.push(*ops)
        assert {one["outcome"] for one in results} == {"accepted"}, results
        return results

    def at(self, clock: str, on: date = DAYS[0]) -> str:
        """A time of the school's day as the wire spells instants."""
        hour, minute = map(int, clock.split(":"))
        return spell(cast.local(on, hour, minute))
