"""Writes what a roster lacks, as docs/schedule-csv.md has it: bells, calendar, meetings and what is
expected when."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from server.demo import bells, calendar
from server.demo.bells import Slot
from server.demo.calendar import DemoYear
from server.demo.roster_files import as_csv
from server.demo.school import DAILY_GRADE, DAILY_PERIOD, SEED, DemoSchool, username

EVERY_DAY = "MTWRFSU"
"""The calendar alone says which dates are school; a make-up day may be a Saturday."""
KNOWN_TODAY = 14
ASSEMBLY, TRIP = "Assembly in the gym", "At the science museum"


def write_schedule(
    folder: Path, school: DemoSchool, year: DemoYear, today: date, slots: Sequence[Slot]
) -> None:
    """The folder that `rollbook import schedule` takes; `slots` are today's bells."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "bell_schedules": ("schedule period name starts ends", _bells(slots)),
        "calendar": ("date kind schedule note", _days(year, today)),
        "meetings": ("section period weekdays", _meetings(school)),
        "absences": ("student from to period", _absences(school, today)),
        "staff_contacts": ("staff room extension", _contacts(school)),
        "deadlines": ("from grades period due_after check_after grace", _deadlines(year)),
        "exemptions": ("date section period why", _exemptions(school, year, today)),
        "leaves": ("staff from to", _leaves(year, today)),
    }
    for name, (header, rows) in files.items():
        (folder / f"{name}.csv").write_text(as_csv(header, rows), "utf-8", newline="")


def _bells(today: Sequence[Slot]) -> Iterator[Sequence[str]]:
    days = {
        calendar.REGULAR: bells.ordinary_day(),
        calendar.MINIMUM: bells.minimum_day(),
        calendar.LATE: bells.late_start(),
        calendar.TODAY: today,
    }
    for schedule, slots in days.items():
        for slot in slots:
            yield schedule, slot.period, slot.name, slot.starts_time, slot.ends_time


def _days(year: DemoYear, today: date) -> Iterator[Sequence[str]]:
    for day in calendar.days(year, today):
        yield day.on.isoformat(), day.kind, day.schedule, day.note


def _meetings(school: DemoSchool) -> Iterator[Sequence[str]]:
    for section in school.sections:
        yield section.key, section.period, EVERY_DAY


def _absences(school: DemoSchool, today: date) -> Iterator[Sequence[object]]:
    """Whose absence the office knows: one of 8A for certain, some of the others, a few for long."""
    chance = random.Random(f"{SEED}/{today}")  # noqa: S311 - the same each time
    eighth = [one for one in school.students if one.group == "8A"]
    some = [chance.choice(eighth[8:]), *chance.sample(school.students, KNOWN_TODAY)]
    for student in dict.fromkeys(some):
        begins = today - timedelta(days=chance.choice((0, 0, 0, 1, 2)))
        ends = today + timedelta(days=chance.choice((0, 0, 1, 4)))
        yield f"s-{student.number}", begins, ends, ""


def _deadlines(year: DemoYear) -> Iterator[Sequence[object]]:
    """As the district says, but for grade 5: its one roll of the day has more time."""
    yield year.starts_on, "", "", 15, 30, ""
    yield year.starts_on, DAILY_GRADE, DAILY_PERIOD, 20, 40, 5


def _exemptions(school: DemoSchool, year: DemoYear, today: date) -> Iterator[Sequence[object]]:
    """An assembly in one of the next days, and a group that is out on another."""
    ahead = calendar.next_school_days(year, today)[1:3]
    eighth = next(one for one in school.sections if one.group == "8B" and one.period == "5")
    excused = (("", 3, ASSEMBLY), (eighth.key, "", TRIP))
    for on, what in zip(ahead, excused, strict=False):  # the year may be over
        yield on, *what


def _leaves(year: DemoYear, today: date) -> Iterator[Sequence[object]]:
    """Somebody is at a training in the days to come."""
    ahead = calendar.next_school_days(year, today)[2:4]
    if ahead:
        yield username("Manning"), ahead[0], ahead[-1]


def _contacts(school: DemoSchool) -> Iterator[Sequence[str]]:
    for staff in school.staff:
        if staff.role != "office":  # they are on no roster
            yield staff.username, staff.room, staff.extension
