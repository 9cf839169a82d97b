"""The worked examples of a whole year, told through the API (S20, S21, S23, S24).

Alder Elementary on TestCal 2025-26: a roll a day at 8:00, taken on each of its 180 days; the office
rules the days of independent study. What became of it is read in June.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from schemas.attendance import Attendance, StudentDays
from server.models import School as SchoolRow
from server.models import table_of
from tests.support import cast
from tests.support.api import Tablet, Tree, open_school
from tests.support.campus import Campus
from tests.sync.testcal import TESTCAL

ENTERED = date(2026, 1, 12)
DAYS = TESTCAL.days
SPRING = TESTCAL.between(ENTERED, DAYS[-1])
YEAR = f"?from={DAYS[0]}&to={DAYS[-1]}"


@dataclass(frozen=True)
class Story:
    """A student, the days she missed, those of independent study, and what is read in June:
    days absent, days expected, the tier, whether it is chronic."""

    missed: tuple[date, ...]
    reads: tuple[int, int, str, bool]
    since: date | None = None
    studied: tuple[date, ...] = ()
    not_completed: tuple[date, ...] = ()

    @property
    def away(self) -> frozenset[date]:
        """When no roll sees her."""
        return frozenset({*self.missed, *self.studied, *self.not_completed})


STORIES = {
    "S20 eighteen of 180": Story(DAYS[12:30], (18, 180, "moderate", True)),
    "S20 seventeen of 180": Story(DAYS[13:30], (17, 180, "at_risk", False)),
    "S21 ten of 98": Story(SPRING[3:13], (10, 98, "moderate", True), ENTERED),
    "S21 nine of 98": Story(SPRING[4:13], (9, 98, "at_risk", False), ENTERED),
    "S23 independent study": Story(
        DAYS[:12], (17, 180, "at_risk", False), None, DAYS[20:30], DAYS[30:35]
    ),
    "S24 twenty of 180": Story(DAYS[40:60], (20, 180, "moderate", True)),
    "S24 six of 180": Story(DAYS[40:46], (6, 180, "fine", False)),
}


@dataclass
class Year:
    """The office's tablet in June, and who is whose story."""

    desk: Tablet
    students: dict[str, UUID]

    def lines(self, file: str) -> list[dict[str, str]]:
        """A file of the year."""
        answer = self.desk.client.get(f"{self.desk.path}/attendance/{file}.csv{YEAR}")
        return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    path = tmp_path_factory.mktemp("year") / "alder.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    school = open_school(f"sqlite:///{path}", cast.local(DAYS[0], 7))
    campus = Campus(school, "Elementary")
    campus.bells("1 08:00-14:20")
    room = campus.section("Room 5", "1", wu := campus.teacher("Wu"))
    lind = campus.teacher("Desk", "office")
    students = {name: campus.student(room.section_id, one.since) for name, one in STORIES.items()}
    campus.open(*DAYS)
    pack = {"rule_pack": "california_lausd"}
    school.change(table_of(SchoolRow), pack, school_id=campus.school_id)
    for on in DAYS:
        school.clock.set(cast.local(on, 8, 5))
        campus.submit(wu, room, on, marks=[*_marks(students, on)])
    school.clock.set(cast.local(DAYS[-1], 16))
    desk = campus.tablet(lind)
    desk.push(*(desk.op(room, on=on, kind="rule", marks=marks) for on, marks in _ruled(students)))
    yield Year(desk, students)
    school.engine.dispose()


def _marks(students: dict[str, UUID], on: date) -> Iterator[Tree]:
    for name, story in STORIES.items():
        if story.since is None or story.since <= on:
            presence = "absent" if on in story.away else "present"
            yield {"student_id": str(students[name]), "presence": presence}


def _ruled(students: dict[str, UUID]) -> Iterator[tuple[date, list[Tree]]]:
    for name, story in STORIES.items():
        for code, days in (("IS+", story.studied), ("IS-", story.not_completed)):
            mark = {"student_id": str(students[name]), "reason": code, "evidence": "Agreement 12"}
            yield from ((on, [mark]) for on in days)


@pytest.fixture(scope="module")
def told(year: Year) -> Tree:
    answer = year.desk.get(f"attendance{YEAR}")
    assert Attendance().validate(answer) == {}
    return answer


@pytest.mark.parametrize("name", STORIES)
def test_T9_T9_1_S20_S21_S23_S24_absence_is_measured_exactly(
    year: Year, told: Tree, name: str
) -> None:
    absent, expected, tier, is_chronic = STORIES[name].reads
    (one,) = [one for one in told["students"] if one["student_id"] == str(year.students[name])]
    measured = one["chronic"]
    share = measured["share"]
    assert (measured["absent"], measured["expected"]) == (absent, expected)
    assert share["top"] * expected == absent * share["bottom"]
    assert (measured["tier"], measured["chronic"]) == (tier, is_chronic)


@pytest.mark.parametrize("name", STORIES)
def test_T7_S20_S21_S23_S24_a_students_year_has_each_day_once(year: Year, name: str) -> None:
    story = STORIES[name]
    answer = year.desk.get(f"attendance/students/{year.students[name]}{YEAR}")
    assert StudentDays().validate(answer) == {}
    by_date = {one["on"]: one["counts_as"] for one in answer["dates"]}
    assert len(by_date) == len(answer["dates"]) == story.reads[1]
    assert {on for on, into in by_date.items() if into != "attended"} == set(map(str, story.away))
    assert {by_date[str(on)] for on in story.studied} <= {"study"}
    assert {by_date[str(on)] for on in story.not_completed} <= {"study_incomplete"}


def test_T8_S23_completed_study_earns_attendance_and_the_other_does_not(
    year: Year, told: Tree
) -> None:
    student = str(year.students["S23 independent study"])
    (one,) = [one for one in told["students"] if one["student_id"] == student]
    days = one["days"]
    assert (days["study"], days["study_incomplete"], days["attended"]) == (10, 5, 163)
    assert one["rate"] == {"top": 163, "bottom": 180}


def test_T19_S20_S21_the_year_and_its_months_are_the_sums_of_the_stories(told: Tree) -> None:
    expected = sum(story.reads[1] for story in STORIES.values())
    absent = sum(story.reads[0] for story in STORIES.values())
    assert (told["days_taught"], told["days"]["expected"], told["days"]["absent"]) == (
        180, expected, absent,
    )  # fmt: skip
    assert told["ada"]["top"] * 180 == (expected - absent) * told["ada"]["bottom"]
    assert [one["month_on"][:7] for one in told["months"]] == sorted({str(on)[:7] for on in DAYS})
    assert sum(one["days"]["absent"] for one in told["months"]) == absent


def test_T9_T19_S20_S21_S23_S24_the_files_say_the_same(year: Year, told: Tree) -> None:
    measured = sorted(
        (one["Full days absent"], one["Days measured for chronic absence"], one["Chronic"])
        for one in year.lines("students")
        if one["Days expected"] != "0"
    )
    assert measured == sorted(map(_in_words, STORIES.values()))
    *months, whole = year.lines("months")
    assert sum(int(one["Days taught"]) for one in months) == int(whole["Days taught"]) == 180
    assert whole["ADA, exactly"] == f"{told['ada']['top']} of {told['ada']['bottom']}"


def _in_words(story: Story) -> tuple[Any, ...]:
    absent, expected, _, is_chronic = story.reads
    return f"{absent}", f"{expected}", "yes" if is_chronic else "no"
