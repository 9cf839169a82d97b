"""A school day from seven to six with forty teachers of different habits: who is told what, when.

Cedar's rolls are due at a quarter past the hour. The story is the table `TEACHERS`: of each habit,
how many have it, and what every one of them was told at which minute. `1 is` is *Period 1 roll is
due at 8:15*, `1 was` is *Period 1 roll was due at 8:15*, `1+2` names two rolls that are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

import pytest
from sqlalchemy import select

from server.db import reading
from server.models import Section, Staff, Student
from server.push.parcel import Delivery, End, Parcel
from server.services.digest import write_digests
from tests.server.guest_tablet import issue, redeem
from tests.support import cast
from tests.support.api import School
from tests.support.campus import Campus
from tests.support.reminding import REMINDER, ROLL, SUBSCRIPTION, Bell, Said

ON = cast.TUESDAY
TEACHERS = """
                    |  8:10 |  8:15 |  8:25  |  9:10 |  9:15 |  9:25  | 10:10 | 10:15 | 10:25
10 punctual         |       |       |        |       |       |        |       |       |
 6 late             | 1 is  | 1 was |        | 2 is  | 2 was |        |       |       |
 3 very late        | 1 is  | 1 was | 1 was  |       |       |        |       |       |
 3 offline to noon  | 1 is  | 1 was | 1 was  | 1+2   | 1+2   | 1+2    |       |       |
 2 away             |       |       |        |       |       |        |       |       |
 2 substitute       | 1 is  |       |        |       |       |        |       |       |
 2 away for a guest |       |       |        |       |       |        |       |       |
 2 guest            | 1 is  | 1 was |        |       |       |        |       |       |
 1 away alone       |       |       |        |       |       |        |       |       |
 2 of record        | 1 is  | 1 was |        |       |       |        |       |       |
 2 co-teacher       | 1 is  | 1 was |        |       |       |        |       |       |
 3 mail only        |       |       | 1 mail |       |       | 2 mail |       |       |
 1 unreachable      |       |       |        |       |       |        |       |       |
 2 tablet gone      |       |       | 1 mail |       |       |        |       |       |
 1 forgets all      | 1 is  | 1 was | 1 was  | 1+2   | 1+2   | 1+2    | 1+2+3 | 1+2+3 | 1+2+3
"""
OFFICE = [
    "8:30 push 13 rolls not taken, period 1",
    "9:30 push 12 rolls not taken, periods 1 and 2",
    "10:30 push 10 rolls not taken, periods 1, 2 and 3",
    "11:10 push 1 roll has nobody to take it, period 4",
    "11:30 push 11 rolls not taken, periods 1, 2, 3 and 4",
]
CLERK_WITHOUT_A_TABLET = [
    "8:30 mail 13 rolls not taken, period 1",
    "9:30 mail 12 rolls not taken, periods 1 and 2",
    "10:30 mail 10 rolls not taken, periods 1, 2 and 3",
    "11:30 mail 11 rolls not taken, periods 1, 2, 3 and 4",
    "17:00 mail 5 of 73 rolls not taken on Oct 6",
]
ADMINISTRATOR = [
    "8:45 push 5 rolls not taken, period 1",
    "9:45 push 9 rolls not taken, periods 1 and 2",
    "10:45 push 10 rolls not taken, periods 1, 2 and 3",
    "11:45 push 11 rolls not taken, periods 1, 2, 3 and 4",
]


def at(clock: str) -> datetime:
    """A time of the day."""
    hour, minute = clock.split(":")
    return cast.local(ON, int(hour), int(minute))


@dataclass
class Day:
    """The school, its people by habit, and what they are going to do when."""

    school: School
    campus: Campus
    habits: dict[str, list[cast.Person]] = field(default_factory=dict)
    plans: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def people(self, habit: str, count: int, *, email: bool = False) -> list[cast.Person]:
        """So many teachers with a habit."""
        name = habit.title().replace(" ", "")
        made = [self.campus.teacher(f"{name}{n}", email=email) for n in range(count)]
        self.habits[habit] = made
        return made

    def teach(
        self, habit: str, count: int, *, email: bool = False, **takes: str | None
    ) -> list[cast.Person]:
        """As above; `p1="8:20"`: they have a section in period 1, and take its roll at 8:20."""
        people = self.people(habit, count, email=email)
        for person in people:
            for period, clock in takes.items():
                one = self.campus.section(person.name, period.removeprefix("p"), person)
                if clock:
                    self.take(person, one, clock)
        return people

    def take(
        self, person: cast.Person, one: cast.Class, clock: str, taken: str | None = None
    ) -> None:
        """Somebody's roll is received at a time; `taken`: so long it lay on her tablet."""
        more = {"taken_at": at(taken)} if taken else {}
        self.plans.append((at(clock), lambda: self.campus.submit(person, one, ON, **more)))


def cedar(school: School) -> Day:
    """Cedar, its forty teachers and their plans."""
    school.clock.set(at("7:00"))
    campus = Campus(school, "Cedar")
    day = Day(school, campus)
    campus.bells(*(f"{period} {hour:02}:00-{hour:02}:50" for period, hour in PERIODS))
    day.teach("punctual", 10, p1="8:03", p2="9:03", p3="10:03")
    day.teach("late", 6, p1="8:20", p2="9:20")
    day.teach("very late", 3, p1="8:40", p2="9:03")
    for person in day.people("offline to noon", 3):
        for period, taken in (("1", "8:03"), ("2", "9:03")):
            day.take(person, campus.section(person.name, period, person), "12:05", taken)
    substitutes = day.people("substitute", 2)
    for person, substitute in zip(day.teach("away", 2), substitutes, strict=True):
        one = campus.section(person.name, "1", person)
        campus.assign(substitute, one, "substitute")
        campus.leave(person, ON)
        day.take(substitute, one, "8:12")
    for person in (
        *day.teach("away for a guest", 2, p1=None),
        *day.teach("away alone", 1, p4=None),
    ):
        campus.leave(person, ON)
    co_teachers = day.people("co-teacher", 2)
    for person, other in zip(day.people("of record", 2), co_teachers, strict=True):
        day.take(other, campus.section(person.name, "1", person, other), "8:20")
    day.teach("mail only", 3, email=True, p1="8:32", p2="9:40")
    day.teach("unreachable", 1, p1=None)
    day.teach("tablet gone", 2, email=True, p1="8:40")
    day.teach("forgets all", 1, p1=None, p2=None, p3=None)
    day.habits["office"] = [campus.teacher("Ames", "office")]
    day.habits["clerk"] = [campus.teacher("Birk", "office", email=True)]
    day.habits["administrator"] = [campus.teacher("Moss", "administrator")]
    campus.open(ON)
    return day


PERIODS = [("1", 8), ("2", 9), ("3", 10), ("4", 11), ("5", 13), ("6", 14)]
NO_TABLET = {"mail only", "unreachable", "clerk"}


def set_tablets(day: Day, bell: Bell) -> None:
    """Who has a tablet that reminds her; of two it turns out that it is gone."""
    gone: set[str] = set()
    for habit, people in day.habits.items():
        for person in () if habit in NO_TABLET else people:
            subscription_id = bell.subscribe(person)
            if habit == "tablet gone":
                (row,) = day.school.rows(SUBSCRIPTION, subscription_id=subscription_id)
                gone.add(row.endpoint)

    def answer(parcel: Parcel) -> Delivery:
        if parcel.endpoint in gone:
            return Delivery(parcel, End.GONE, 410)
        return Delivery(parcel, End.SENT, 201)

    bell.answer = answer


def invite(day: Day, bell: Bell) -> None:
    """The office gives passes for the rolls of who is away, and the guests begin."""
    office = day.campus.tablet(day.habits["office"][0])
    day.habits["guest"] = []
    for number, person in enumerate(day.habits["away for a guest"]):
        one = day.campus.sections[f"{person.name}/1"]
        names = {"given_name": "G", "family_name": f"Guest{number}"}
        tablet = redeem(day.school, issue(office, one.roll(ON), **names)["code"])
        day.campus.hand_over(tablet)
        day.habits["guest"].append(tablet.person)
        bell.subscribe(tablet.person)
        day.take(tablet.person, one, "8:17")


def run(day: Day, bell: Bell) -> None:
    """From seven to six: everybody does as she does, and the jobs tick."""
    minutes = {at("7:00") + timedelta(minutes=5 * n) for n in range(11 * 12 + 1)}
    for now in sorted(minutes | {when for when, _ in day.plans}):
        day.school.clock.set(now)
        for when, act in day.plans:
            if when == now:
                act()
        bell.tick()
        write_digests(day.school.engine, now)
        bell.send()


@pytest.fixture
def told(school: School) -> tuple[Day, Bell]:
    """The day, when it is over."""
    bell = Bell(school, planned=False)
    day = cedar(school)
    set_tablets(day, bell)
    invite(day, bell)
    run(day, bell)
    return day, bell


def code(said: Said) -> str:
    """A thing that was said, as the table has it."""
    words = said.title.split()
    if words[0] == "Period":
        return f"{words[1]} {'mail' if said.way == 'mail' else words[3]}"
    return "+".join(roll["period"] for roll in said.rolls)


def table(day: Day, bell: Bell) -> Iterator[str]:
    """What was told, habit by habit, in the form of `TEACHERS`."""
    heads, *rows = TEACHERS.strip("\n").splitlines()
    columns = [head.strip() for head in heads.split("|")[1:]]
    yield heads
    for row in rows:
        habit = row.partition("|")[0].strip().partition(" ")[2]
        cells = [heard(bell, person, columns) for person in day.habits[habit]]
        assert all(one == cells[0] for one in cells), (habit, cells)
        name = f"{len(cells):>2} {habit:<17}"
        yield "|".join([name, *cells[0]])


def heard(bell: Bell, person: cast.Person, columns: list[str]) -> list[str]:
    """What one person was told, a cell a column."""
    mine = [one for one in bell.said if one.staff_id == person.staff_id]
    by_time = {one.line().partition(" ")[0]: code(one) for one in mine}
    assert set(by_time) <= set(columns), (person.name, by_time)
    assert len(by_time) == len(mine), (person.name, mine)
    return [by_time.get(column, "") for column in columns]


def squeezed(text: str) -> list[list[str]]:
    """A table without its spaces."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def test_R8_1_a_school_day_of_forty_teachers(told: tuple[Day, Bell]) -> None:
    day, bell = told
    teachers = [one for one in day.campus.people if one.role == "teacher"]
    assert len(teachers) == 40
    assert squeezed("\n".join(table(day, bell))) == squeezed(TEACHERS)
    assert bell.told(day.habits["office"][0]) == OFFICE
    assert bell.told(day.habits["clerk"][0]) == CLERK_WITHOUT_A_TABLET
    assert bell.told(day.habits["administrator"][0]) == ADMINISTRATOR
    nobody_was_told_of_what_was_received(day, bell)
    every_step_is_kept_with_its_end(day)
    nothing_that_was_said_names_anybody(day, bell)


def nobody_was_told_of_what_was_received(day: Day, bell: Bell) -> None:
    """No push names a roll at or after the instant at which the school received it (P6)."""
    received = {str(row.roll_id): row.received_at for row in day.school.rows(ROLL)}
    named = 0
    for said in bell.said:
        for roll in said.rolls:
            named += 1
            at_school = received[roll["roll_id"]]
            assert at_school is None or said.at < at_school, said
    assert named > 100
    for row in day.school.rows(REMINDER, state="sent"):
        at_school = received[str(row.roll_id)]
        assert at_school is None or row.ended_at < at_school, row


def every_step_is_kept_with_its_end(day: Day) -> None:
    """Nothing waits in the evening; who could not be reached is known by name."""
    rows = day.school.rows(REMINDER, school_id=day.campus.school_id)
    assert {row.state for row in rows} == {"sent", "unreachable"}
    assert all(row.ended_at for row in rows)
    keys = [(row.roll_id, row.staff_id, row.step) for row in rows]
    assert len(keys) == len(set(keys))
    (alone,) = day.habits["unreachable"]
    mine = [(row.step, row.state) for row in rows if row.staff_id == alone.staff_id]
    assert sorted(mine) == [
        ("teachers+0", "unreachable"),
        ("teachers+10", "unreachable"),
        ("teachers-5", "unreachable"),
    ]
    people = day.campus.tablet(day.habits["office"][0]).get("reach")["people"]
    ways = {one["name"]: one["reach"] for one in people}
    assert ways[f"A. {alone.name}"] == "app"
    assert {ways[f"A. {one.name}"] for one in day.habits["tablet gone"]} <= {"app"}


def nothing_that_was_said_names_anybody(day: Day, bell: Bell) -> None:
    """No student, section or person of the school stands in any title or text (P7)."""
    with reading(day.school.engine) as connection:
        students = connection.execute(select(Student.given_name, Student.family_name)).all()
        people = connection.execute(select(Staff.family_name, Staff.display_name)).all()
        titles = connection.execute(select(Section.title)).all()
    never = {name for name in chain(*students, *people, *titles) if len(name) > 2}
    said = "\n".join(chain.from_iterable((one.title, one.body) for one in bell.said))
    assert [name for name in never if name in said] == []
